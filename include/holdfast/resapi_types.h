/* Entry points and callbacks of a resource DLL, the tables that carry them, and the structures they share. */
#ifndef HOLDFAST_RESAPI_TYPES_H
#define HOLDFAST_RESAPI_TYPES_H

#ifndef FIELD_OFFSET
#define FIELD_OFFSET(type, field) ((DWORD) __builtin_offsetof(type, field))
#endif

#define STARTUP_ROUTINE "Startup"
#define STARTUP_EX_ROUTINE "StartupEx"

typedef PVOID RESID;            /* what the DLL returned from Open; NULL is no instance */
typedef HANDLE RESOURCE_HANDLE; /* what the monitor gave to Open: for callbacks only, from Open to the end of Close */

typedef enum LOG_LEVEL { LOG_INFORMATION = 0, LOG_WARNING = 1, LOG_ERROR = 2, LOG_SEVERE = 3 } LOG_LEVEL, *PLOG_LEVEL;

/* Result of SetResourceStatus. Terminate: give the operation up now. */
typedef enum RESOURCE_EXIT_STATE {
  ResourceExitStateContinue = 0,
  ResourceExitStateTerminate = 1,
  ResourceExitStateMax = 2
} RESOURCE_EXIT_STATE;

/* States that a DLL may report beside those of CLUSTER_RESOURCE_STATE. */
#define ClusterResourceCannotComeOnlineOnThisNode ((CLUSTER_RESOURCE_STATE)(ClusterResourcePending - 1))
#define ClusterResourceCannotComeOnlineOnAnyNode ((CLUSTER_RESOURCE_STATE)(ClusterResourcePending - 2))

/* Report of a pending Online or Offline. CheckPoint grows by one with each report: a changed value proves progress.
 * EventHandle, with the report Online, is a handle that the DLL signals when the resource fails. */
typedef struct RESOURCE_STATUS {
  CLUSTER_RESOURCE_STATE ResourceState;
  DWORD CheckPoint;
  DWORD WaitHint; /* not used */
  HANDLE EventHandle;
} RESOURCE_STATUS, *PRESOURCE_STATUS;

typedef struct RESOURCE_STATUS_EX {
  CLUSTER_RESOURCE_STATE ResourceState;
  DWORD CheckPoint;
  HANDLE EventHandle;
  DWORD ApplicationSpecificErrorCode; /* becomes ResourceSpecificData1 */
  DWORD Flags;                        /* CLUSRESDLL_STATUS_... */
  DWORD WaitHint;                     /* not used */
} RESOURCE_STATUS_EX, *PRESOURCE_STATUS_EX;

/* Set all bytes to zero. ResourceState is to be set afterwards. */
#define ResUtilInitializeResourceStatus(_resource_status_) ZeroMemory(_resource_status_, sizeof(RESOURCE_STATUS))
#define ResUtilInitializeResourceStatusEx(_resource_status_) ZeroMemory(_resource_status_, sizeof(RESOURCE_STATUS_EX))

#define CLUSRESDLL_STATUS_OFFLINE_BUSY 0x00000001
#define CLUSRESDLL_STATUS_OFFLINE_SOURCE_THROTTLED 0x00000002
#define CLUSRESDLL_STATUS_OFFLINE_DESTINATION_THROTTLED 0x00000004
#define CLUSRESDLL_STATUS_OFFLINE_DESTINATION_REJECTED 0x00000008
#define CLUSRESDLL_STATUS_INSUFFICIENT_MEMORY 0x00000010
#define CLUSRESDLL_STATUS_INSUFFICIENT_PROCESSOR 0x00000020
#define CLUSRESDLL_STATUS_INSUFFICIENT_OTHER_RESOURCES 0x00000040
#define CLUSRESDLL_STATUS_INVALID_PARAMETERS 0x00000080
#define CLUSRESDLL_STATUS_NETWORK_NOT_AVAILABLE 0x00000100
#define CLUSRESDLL_STATUS_DO_NOT_COLLECT_WER_REPORT 0x40000000
#define CLUSRESDLL_STATUS_DUMP_NOW 0x80000000

#define CLUS_RESDLL_OPEN_RECOVER_MONITOR_STATE 0x00000001
#define CLUS_RESDLL_OPEN_DONT_DELETE_TEMP_DISK 0x00000002
#define CLUS_RESDLL_ONLINE_RECOVER_MONITOR_STATE 0x00000001
#define CLUS_RESDLL_ONLINE_IGNORE_RESOURCE_STATUS 0x00000002
#define CLUS_RESDLL_ONLINE_RETURN_TO_SOURCE_NODE_ON_ERROR 0x00000004
#define CLUS_RESDLL_ONLINE_RESTORE_ONLINE_STATE 0x00000008
#define CLUS_RESDLL_ONLINE_IGNORE_NETWORK_CONNECTIVITY 0x00000010
#define CLUS_RESDLL_OFFLINE_IGNORE_RESOURCE_STATUS 0x00000001
#define CLUS_RESDLL_OFFLINE_RETURN_TO_SOURCE_NODE_ON_ERROR 0x00000002
#define CLUS_RESDLL_OFFLINE_QUEUE_ENABLED 0x00000004
#define CLUS_RESDLL_OFFLINE_RETURNING_TO_SOURCE_NODE_BECAUSE_OF_ERROR 0x00000008
#define CLUS_RESDLL_OFFLINE_DUE_TO_EMBEDDED_FAILURE 0x00000010
#define CLUS_RESDLL_OFFLINE_IGNORE_NETWORK_CONNECTIVITY 0x00000020
#define CLUS_RESDLL_OFFLINE_DO_NOT_UPDATE_PERSISTENT_STATE 0x00000040

/* Flag of SetResourceLockedModeEx. */
#define CLUS_RESDLL_LOCKED_MODE_EX_DONT_REMOVE_FROM_MOVE_QUEUE 0x00000001

typedef enum RESDLL_CONTEXT_OPERATION_TYPE {
  ResdllContextOperationTypeFailback = 0,
  ResdllContextOperationTypeDrain = 1,
  ResdllContextOperationTypeDrainFailure = 2,
  ResdllContextOperationTypeEmbeddedFailure = 3,
  ResdllContextOperationTypePreemption = 4,
  ResdllContextOperationTypeNetworkDisconnect = 5,
  ResdllContextOperationTypeNetworkDisconnectMoveRetry = 6
} RESDLL_CONTEXT_OPERATION_TYPE,
    *PRESDLL_CONTEXT_OPERATION_TYPE;

#define CLUSCTL_GET_OPERATION_CONTEXT_PARAMS_VERSION_1 1

typedef struct GET_OPERATION_CONTEXT_PARAMS {
  DWORD Size;
  DWORD Version;
  RESDLL_CONTEXT_OPERATION_TYPE Type;
  DWORD Priority;
} GET_OPERATION_CONTEXT_PARAMS, *PGET_OPERATION_CONTEXT_PARAMS;

typedef enum RESOURCE_MONITOR_STATE {
  RmonInitializing = 0,
  RmonIdle = 1,
  RmonStartingResource = 2,
  RmonInitializingResource = 3,
  RmonOnlineResource = 4,
  RmonOfflineResource = 5,
  RmonShutdownResource = 6,
  RmonDeletingResource = 7,
  RmonIsAlivePoll = 8,
  RmonLooksAlivePoll = 9,
  RmonArbitrateResource = 10,
  RmonReleaseResource = 11,
  RmonResourceControl = 12,
  RmonResourceTypeControl = 13,
  RmonTerminateResource = 14,
  RmonDeadlocked = 15
} RESOURCE_MONITOR_STATE;

typedef struct MONITOR_STATE {
  LARGE_INTEGER LastUpdate;
  RESOURCE_MONITOR_STATE State;
  HANDLE ActiveResource;
  BOOL ResmonStop;
} MONITOR_STATE, *PMONITOR_STATE;

/* A worker thread of a DLL. Zeroed by its owner before the first ClusWorkerCreate; Terminate is set by
 * ClusWorkerTerminate and read by the worker with ClusWorkerCheckTerminate. */
typedef struct CLUS_WORKER {
  HANDLE hThread;
  BOOL Terminate;
} CLUS_WORKER, *PCLUS_WORKER;

typedef DWORD(WINAPI WORKER_START_ROUTINE)(PCLUS_WORKER pWorker, LPVOID lpThreadParameter);
typedef WORKER_START_ROUTINE* PWORKER_START_ROUTINE;

/* ---- callbacks of the monitor: may be called from any thread of the DLL, never block ---- */

/* Returns a RESOURCE_EXIT_STATE. Legal between ERROR_IO_PENDING and the report of the end. */
typedef DWORD(WINAPI SET_RESOURCE_STATUS_ROUTINE)(RESOURCE_HANDLE ResourceHandle, PRESOURCE_STATUS ResourceStatus);
typedef SET_RESOURCE_STATUS_ROUTINE* PSET_RESOURCE_STATUS_ROUTINE;
typedef DWORD(WINAPI SET_RESOURCE_STATUS_ROUTINE_EX)(RESOURCE_HANDLE ResourceHandle,
                                                     PRESOURCE_STATUS_EX ResourceStatus);
typedef SET_RESOURCE_STATUS_ROUTINE_EX* PSET_RESOURCE_STATUS_ROUTINE_EX;
/* FormatString has inserts as FormatMessage has them (%1!s!, %2!u!), not printf's. The line goes to the cluster log. */
typedef VOID(WINAPI LOG_EVENT_ROUTINE)(RESOURCE_HANDLE ResourceHandle, LOG_LEVEL LogLevel, LPCWSTR FormatString, ...);
typedef LOG_EVENT_ROUTINE* PLOG_EVENT_ROUTINE;
typedef VOID(WINAPI QUORUM_RESOURCE_LOST)(RESOURCE_HANDLE Resource);
typedef QUORUM_RESOURCE_LOST* PQUORUM_RESOURCE_LOST;

typedef DWORD(WINAPI* PSET_RESOURCE_LOCKED_MODE_ROUTINE)(RESOURCE_HANDLE ResourceHandle, BOOL LockedModeEnabled,
                                                         DWORD LockedModeReason);
typedef DWORD(WINAPI* PSIGNAL_FAILURE_ROUTINE)(RESOURCE_HANDLE ResourceHandle, FAILURE_TYPE FailureType,
                                               DWORD ApplicationSpecificErrorCode);
typedef DWORD(WINAPI* PSET_RESOURCE_INMEMORY_NODELOCAL_PROPERTIES_ROUTINE)(RESOURCE_HANDLE ResourceHandle,
                                                                           UCHAR* propertyListBuffer,
                                                                           DWORD propertyListBufferSize);
typedef DWORD(WINAPI* PEND_CONTROL_CALL)(INT64 context, DWORD status);
typedef DWORD(WINAPI* PEND_TYPE_CONTROL_CALL)(INT64 context, DWORD status);
typedef DWORD(WINAPI* PEXTEND_RES_CONTROL_CALL)(INT64 context, DWORD newTimeoutInMs);
typedef DWORD(WINAPI* PEXTEND_RES_TYPE_CONTROL_CALL)(INT64 context, DWORD newTimeoutInMs);
typedef DWORD(WINAPI* PRAISE_RES_TYPE_NOTIFICATION)(LPCWSTR resourceType, const BYTE* pPayload, DWORD payloadSize);
typedef DWORD(WINAPI* PCHANGE_RESOURCE_PROCESS_FOR_DUMPS)(RESOURCE_HANDLE resource, LPCWSTR processName,
                                                          DWORD processId, BOOL isAdd);
typedef DWORD(WINAPI* PCHANGE_RES_TYPE_PROCESS_FOR_DUMPS)(LPCWSTR resourceTypeName, LPCWSTR processName,
                                                          DWORD processId, BOOL isAdd);
typedef DWORD(WINAPI* PSET_INTERNAL_STATE)(RESOURCE_HANDLE resource, CLUSTER_RESOURCE_APPLICATION_STATE stateType,
                                           BOOL active);
typedef DWORD(WINAPI* PSET_RESOURCE_LOCKED_MODE_EX_ROUTINE)(RESOURCE_HANDLE ResourceHandle, BOOL LockedModeEnabled,
                                                            DWORD LockedModeReason, DWORD LockedModeFlags);
typedef DWORD(WINAPI* PREQUEST_DUMP_ROUTINE)(RESOURCE_HANDLE ResourceHandle, BOOL DumpDueToCallInProgress,
                                             DWORD DumpDelayInMs);
typedef DWORD(WINAPI* PSET_RESOURCE_WPR_POLICY_ROUTINE)(RESOURCE_HANDLE ResourceHandle, DWORD WprPolicyFlags);
typedef DWORD(WINAPI* PARM_WPR_WATCHDOG_FOR_CURRENT_RESOURCE_CALL_ROUTINE)(RESOURCE_HANDLE ResourceHandle,
                                                                           UINT64 TimeoutInMs);

/* Valid and unchanged until the DLL is unloaded: it may keep the pointer. */
typedef struct CLRES_CALLBACK_FUNCTION_TABLE {
  PLOG_EVENT_ROUTINE LogEvent;
  PSET_RESOURCE_STATUS_ROUTINE_EX SetResourceStatusEx;
  PSET_RESOURCE_LOCKED_MODE_ROUTINE SetResourceLockedMode;
  PSIGNAL_FAILURE_ROUTINE SignalFailure;
  PSET_RESOURCE_INMEMORY_NODELOCAL_PROPERTIES_ROUTINE SetResourceInMemoryNodeLocalProperties;
  PEND_CONTROL_CALL EndControlCall;
  PEND_TYPE_CONTROL_CALL EndTypeControlCall;
  PEXTEND_RES_CONTROL_CALL ExtendControlCall;
  PEXTEND_RES_TYPE_CONTROL_CALL ExtendTypeControlCall;
  PRAISE_RES_TYPE_NOTIFICATION RaiseResTypeNotification;
  PCHANGE_RESOURCE_PROCESS_FOR_DUMPS ChangeResourceProcessForDumps;
  PCHANGE_RES_TYPE_PROCESS_FOR_DUMPS ChangeResTypeProcessForDumps;
  PSET_INTERNAL_STATE SetInternalState;
  PSET_RESOURCE_LOCKED_MODE_EX_ROUTINE SetResourceLockedModeEx;
  PREQUEST_DUMP_ROUTINE RequestDump;
  PSET_RESOURCE_WPR_POLICY_ROUTINE SetResourceWprPolicy;
  PARM_WPR_WATCHDOG_FOR_CURRENT_RESOURCE_CALL_ROUTINE ArmWprWatchdogForCurrentResourceCall;
} CLRES_CALLBACK_FUNCTION_TABLE, *PCLRES_CALLBACK_FUNCTION_TABLE;

/* ---- entry points: called by the monitor, never two at a time in one DLL except Terminate ---- */

/* ResourceKey is the resource's key; open "Parameters" below it for private properties. NULL result: not opened. */
typedef RESID(WINAPI OPEN_ROUTINE)(LPCWSTR ResourceName, HKEY ResourceKey, RESOURCE_HANDLE ResourceHandle);
typedef OPEN_ROUTINE* POPEN_ROUTINE;
typedef RESID(WINAPI OPEN_V2_ROUTINE)(LPCWSTR ResourceName, HKEY ResourceKey, RESOURCE_HANDLE ResourceHandle,
                                      DWORD OpenFlags);
typedef OPEN_V2_ROUTINE* POPEN_V2_ROUTINE;
typedef VOID(WINAPI CLOSE_ROUTINE)(RESID Resource);
typedef CLOSE_ROUTINE* PCLOSE_ROUTINE;
/* ERROR_SUCCESS: online. ERROR_IO_PENDING: a worker reports the end. Within about 300 ms. */
typedef DWORD(WINAPI ONLINE_ROUTINE)(RESID Resource, LPHANDLE EventHandle);
typedef ONLINE_ROUTINE* PONLINE_ROUTINE;
typedef DWORD(WINAPI ONLINE_V2_ROUTINE)(RESID Resource, LPHANDLE EventHandle, DWORD OnlineFlags, PBYTE InBuffer,
                                        DWORD InBufferSize, DWORD Reserved);
typedef ONLINE_V2_ROUTINE* PONLINE_V2_ROUTINE;
typedef DWORD(WINAPI OFFLINE_ROUTINE)(RESID Resource);
typedef OFFLINE_ROUTINE* POFFLINE_ROUTINE;
typedef DWORD(WINAPI OFFLINE_V2_ROUTINE)(RESID Resource, LPCWSTR DestinationNodeName, DWORD OfflineFlags,
                                         PBYTE InBuffer, DWORD InBufferSize, DWORD Reserved);
typedef OFFLINE_V2_ROUTINE* POFFLINE_V2_ROUTINE;
/* At once and without waiting for anybody; may come while another entry point of the DLL runs. */
typedef VOID(WINAPI TERMINATE_ROUTINE)(RESID Resource);
typedef TERMINATE_ROUTINE* PTERMINATE_ROUTINE;
typedef BOOL(WINAPI IS_ALIVE_ROUTINE)(RESID Resource);
typedef IS_ALIVE_ROUTINE* PIS_ALIVE_ROUTINE;
typedef BOOL(WINAPI LOOKS_ALIVE_ROUTINE)(RESID Resource);
typedef LOOKS_ALIVE_ROUTINE* PLOOKS_ALIVE_ROUTINE;
typedef DWORD(WINAPI ARBITRATE_ROUTINE)(RESID Resource, PQUORUM_RESOURCE_LOST LostQuorumResource);
typedef ARBITRATE_ROUTINE* PARBITRATE_ROUTINE;
typedef DWORD(WINAPI RELEASE_ROUTINE)(RESID Resource);
typedef RELEASE_ROUTINE* PRELEASE_ROUTINE;
/* ERROR_INVALID_FUNCTION: the monitor does its default. ERROR_MORE_DATA: the size needed in *BytesReturned. */
typedef DWORD(WINAPI RESOURCE_CONTROL_ROUTINE)(RESID Resource, DWORD ControlCode, PVOID InBuffer, DWORD InBufferSize,
                                               PVOID OutBuffer, DWORD OutBufferSize, LPDWORD BytesReturned);
typedef RESOURCE_CONTROL_ROUTINE* PRESOURCE_CONTROL_ROUTINE;
typedef DWORD(WINAPI RESOURCE_TYPE_CONTROL_ROUTINE)(LPCWSTR ResourceTypeName, DWORD ControlCode, PVOID InBuffer,
                                                    DWORD InBufferSize, PVOID OutBuffer, DWORD OutBufferSize,
                                                    LPDWORD BytesReturned);
typedef RESOURCE_TYPE_CONTROL_ROUTINE* PRESOURCE_TYPE_CONTROL_ROUTINE;
typedef DWORD(WINAPI CANCEL_ROUTINE)(RESID Resource, DWORD CancelFlags_RESERVED);
typedef CANCEL_ROUTINE* PCANCEL_ROUTINE;
typedef DWORD(WINAPI BEGIN_RESCALL_ROUTINE)(RESID Resource, DWORD ControlCode, PVOID InBuffer, DWORD InBufferSize,
                                            PVOID OutBuffer, DWORD OutBufferSize, LPDWORD BytesReturned, INT64 Context,
                                            PBOOL ReturnedAsynchronously);
typedef BEGIN_RESCALL_ROUTINE* PBEGIN_RESCALL_ROUTINE;
typedef DWORD(WINAPI BEGIN_RESTYPECALL_ROUTINE)(LPCWSTR ResourceTypeName, DWORD ControlCode, PVOID InBuffer,
                                                DWORD InBufferSize, PVOID OutBuffer, DWORD OutBufferSize,
                                                LPDWORD BytesReturned, INT64 Context, PBOOL ReturnedAsynchronously);
typedef BEGIN_RESTYPECALL_ROUTINE* PBEGIN_RESTYPECALL_ROUTINE;
typedef DWORD(WINAPI BEGIN_RESCALL_AS_USER_ROUTINE)(RESID Resource, HANDLE TokenHandle, DWORD ControlCode,
                                                    PVOID InBuffer, DWORD InBufferSize, PVOID OutBuffer,
                                                    DWORD OutBufferSize, LPDWORD BytesReturned, INT64 Context,
                                                    PBOOL ReturnedAsynchronously);
typedef BEGIN_RESCALL_AS_USER_ROUTINE* PBEGIN_RESCALL_AS_USER_ROUTINE;
typedef DWORD(WINAPI BEGIN_RESTYPECALL_AS_USER_ROUTINE)(LPCWSTR ResourceTypeName, HANDLE TokenHandle, DWORD ControlCode,
                                                        PVOID InBuffer, DWORD InBufferSize, PVOID OutBuffer,
                                                        DWORD OutBufferSize, LPDWORD BytesReturned, INT64 Context,
                                                        PBOOL ReturnedAsynchronously);
typedef BEGIN_RESTYPECALL_AS_USER_ROUTINE* PBEGIN_RESTYPECALL_AS_USER_ROUTINE;

/* ---- function tables ---- */

#define CLRES_VERSION_V1_00 0x100
#define CLRES_VERSION_V2_00 0x200
#define CLRES_VERSION_V3_00 0x300
#define CLRES_VERSION_V4_00 0x400

/* NULL is allowed for Arbitrate, Release, the control functions, Cancel and the AsUser functions. */
typedef struct CLRES_V1_FUNCTIONS {
  POPEN_ROUTINE Open;
  PCLOSE_ROUTINE Close;
  PONLINE_ROUTINE Online;
  POFFLINE_ROUTINE Offline;
  PTERMINATE_ROUTINE Terminate;
  PLOOKS_ALIVE_ROUTINE LooksAlive;
  PIS_ALIVE_ROUTINE IsAlive;
  PARBITRATE_ROUTINE Arbitrate;
  PRELEASE_ROUTINE Release;
  PRESOURCE_CONTROL_ROUTINE ResourceControl;
  PRESOURCE_TYPE_CONTROL_ROUTINE ResourceTypeControl;
} CLRES_V1_FUNCTIONS, *PCLRES_V1_FUNCTIONS;

typedef struct CLRES_V2_FUNCTIONS {
  POPEN_V2_ROUTINE Open;
  PCLOSE_ROUTINE Close;
  PONLINE_V2_ROUTINE Online;
  POFFLINE_V2_ROUTINE Offline;
  PTERMINATE_ROUTINE Terminate;
  PLOOKS_ALIVE_ROUTINE LooksAlive;
  PIS_ALIVE_ROUTINE IsAlive;
  PARBITRATE_ROUTINE Arbitrate;
  PRELEASE_ROUTINE Release;
  PRESOURCE_CONTROL_ROUTINE ResourceControl;
  PRESOURCE_TYPE_CONTROL_ROUTINE ResourceTypeControl;
  PCANCEL_ROUTINE Cancel;
} CLRES_V2_FUNCTIONS, *PCLRES_V2_FUNCTIONS;

typedef struct CLRES_V3_FUNCTIONS {
  POPEN_V2_ROUTINE Open;
  PCLOSE_ROUTINE Close;
  PONLINE_V2_ROUTINE Online;
  POFFLINE_V2_ROUTINE Offline;
  PTERMINATE_ROUTINE Terminate;
  PLOOKS_ALIVE_ROUTINE LooksAlive;
  PIS_ALIVE_ROUTINE IsAlive;
  PARBITRATE_ROUTINE Arbitrate;
  PRELEASE_ROUTINE Release;
  PBEGIN_RESCALL_ROUTINE BeginResourceControl;
  PBEGIN_RESTYPECALL_ROUTINE BeginResourceTypeControl;
  PCANCEL_ROUTINE Cancel;
} CLRES_V3_FUNCTIONS, *PCLRES_V3_FUNCTIONS;

typedef struct CLRES_V4_FUNCTIONS {
  POPEN_V2_ROUTINE Open;
  PCLOSE_ROUTINE Close;
  PONLINE_V2_ROUTINE Online;
  POFFLINE_V2_ROUTINE Offline;
  PTERMINATE_ROUTINE Terminate;
  PLOOKS_ALIVE_ROUTINE LooksAlive;
  PIS_ALIVE_ROUTINE IsAlive;
  PARBITRATE_ROUTINE Arbitrate;
  PRELEASE_ROUTINE Release;
  PBEGIN_RESCALL_ROUTINE BeginResourceControl;
  PBEGIN_RESTYPECALL_ROUTINE BeginResourceTypeControl;
  PCANCEL_ROUTINE Cancel;
  PBEGIN_RESCALL_AS_USER_ROUTINE BeginResourceControlAsUser;
  PBEGIN_RESTYPECALL_AS_USER_ROUTINE BeginResourceTypeControlAsUser;
} CLRES_V4_FUNCTIONS, *PCLRES_V4_FUNCTIONS;

/* Version says which arm of the union is meant; TableSize is the size of that arm or of the whole structure. */
typedef struct CLRES_FUNCTION_TABLE {
  DWORD TableSize;
  DWORD Version;
  __extension__ union {
    CLRES_V1_FUNCTIONS V1Functions;
    CLRES_V2_FUNCTIONS V2Functions;
    CLRES_V3_FUNCTIONS V3Functions;
    CLRES_V4_FUNCTIONS V4Functions;
  };
} CLRES_FUNCTION_TABLE, *PCLRES_FUNCTION_TABLE;

#define CLRES_V1_FUNCTION_SIZE sizeof(CLRES_V1_FUNCTIONS)
#define CLRES_V2_FUNCTION_SIZE sizeof(CLRES_V2_FUNCTIONS)
#define CLRES_V3_FUNCTION_SIZE sizeof(CLRES_V3_FUNCTIONS)
#define CLRES_V4_FUNCTION_SIZE sizeof(CLRES_V4_FUNCTIONS)

/* Defines a table of version 1 of the functions _PrefixOpen, _PrefixClose, _PrefixOnline, _PrefixOffline,
 * _PrefixTerminate, _PrefixLooksAlive, _PrefixIsAlive and the four given. */
#define CLRES_V1_FUNCTION_TABLE(_Name, _Version, _Prefix, _Arbitrate, _Release, _ResControl, _ResTypeControl)      \
  CLRES_FUNCTION_TABLE _Name = {                                                                                   \
      CLRES_V1_FUNCTION_SIZE,                                                                                      \
      _Version,                                                                                                    \
      {{_Prefix##Open, _Prefix##Close, _Prefix##Online, _Prefix##Offline, _Prefix##Terminate, _Prefix##LooksAlive, \
        _Prefix##IsAlive, _Arbitrate, _Release, _ResControl, _ResTypeControl}}}

#define HOLDFAST_TABLE_SET(_Name, _Version, _Arm, _Size, _Prefix, _Arbitrate, _Release, _LooksAlive, _IsAlive, \
                           _Cancel)                                                                            \
  (_Name).TableSize = (DWORD)(_Size);                                                                          \
  (_Name).Version = (_Version);                                                                                \
  (_Name)._Arm.Open = _Prefix##OpenV2;                                                                         \
  (_Name)._Arm.Close = _Prefix##Close;                                                                         \
  (_Name)._Arm.Online = _Prefix##OnlineV2;                                                                     \
  (_Name)._Arm.Offline = _Prefix##OfflineV2;                                                                   \
  (_Name)._Arm.Terminate = _Prefix##Terminate;                                                                 \
  (_Name)._Arm.LooksAlive = _LooksAlive;                                                                       \
  (_Name)._Arm.IsAlive = _IsAlive;                                                                             \
  (_Name)._Arm.Arbitrate = _Arbitrate;                                                                         \
  (_Name)._Arm.Release = _Release;                                                                             \
  (_Name)._Arm.Cancel = _Cancel

/* Statements that fill a table of version 2, 3 or 4 at run time. */
#define CLRES_V2_FUNCTION_TABLE_SET(_Name, _Version, _Prefix, _Arbitrate, _Release, _ResControl, _ResTypeControl,      \
                                    _LooksAlive, _IsAlive, _Cancel)                                                    \
  HOLDFAST_TABLE_SET(_Name, _Version, V2Functions, CLRES_V2_FUNCTION_SIZE, _Prefix, _Arbitrate, _Release, _LooksAlive, \
                     _IsAlive, _Cancel);                                                                               \
  (_Name).V2Functions.ResourceControl = _ResControl;                                                                   \
  (_Name).V2Functions.ResourceTypeControl = _ResTypeControl;

#define CLRES_V3_FUNCTION_TABLE_SET(_Name, _Version, _Prefix, _Arbitrate, _Release, _BeginResControl,                  \
                                    _BeginResTypeControl, _LooksAlive, _IsAlive, _Cancel)                              \
  HOLDFAST_TABLE_SET(_Name, _Version, V3Functions, CLRES_V3_FUNCTION_SIZE, _Prefix, _Arbitrate, _Release, _LooksAlive, \
                     _IsAlive, _Cancel);                                                                               \
  (_Name).V3Functions.BeginResourceControl = _BeginResControl;                                                         \
  (_Name).V3Functions.BeginResourceTypeControl = _BeginResTypeControl;

#define CLRES_V4_FUNCTION_TABLE_SET(_Name, _Version, _Prefix, _Arbitrate, _Release, _BeginResControl,                  \
                                    _BeginResTypeControl, _LooksAlive, _IsAlive, _Cancel, _BeginResControlAsUser,      \
                                    _BeginResTypeControlAsUser)                                                        \
  HOLDFAST_TABLE_SET(_Name, _Version, V4Functions, CLRES_V4_FUNCTION_SIZE, _Prefix, _Arbitrate, _Release, _LooksAlive, \
                     _IsAlive, _Cancel);                                                                               \
  (_Name).V4Functions.BeginResourceControl = _BeginResControl;                                                         \
  (_Name).V4Functions.BeginResourceTypeControl = _BeginResTypeControl;                                                 \
  (_Name).V4Functions.BeginResourceControlAsUser = _BeginResControlAsUser;                                             \
  (_Name).V4Functions.BeginResourceTypeControlAsUser = _BeginResTypeControlAsUser;

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* Called once per resource type that the DLL serves, before its first Open. The versions are those that the monitor
 * speaks; *FunctionTable is the DLL's table, which stays valid and unchanged. ERROR_REVISION_MISMATCH: no common
 * version. ERROR_CLUSTER_RESNAME_NOT_FOUND: the DLL does not serve this type. */
DWORD WINAPI Startup(LPCWSTR ResourceType, DWORD MinVersionSupported, DWORD MaxVersionSupported,
                     PSET_RESOURCE_STATUS_ROUTINE SetResourceStatus, PLOG_EVENT_ROUTINE LogEvent,
                     PCLRES_FUNCTION_TABLE* FunctionTable);
DWORD WINAPI StartupEx(LPCWSTR ResourceType, DWORD MinVersionSupported, DWORD MaxVersionSupported,
                       PCLRES_CALLBACK_FUNCTION_TABLE MonitorCallbackFunctions,
                       PCLRES_FUNCTION_TABLE* ResourceDllInterfaceFunctions);

typedef __typeof__(&Startup) PSTARTUP_ROUTINE;
typedef __typeof__(&StartupEx) PSTARTUP_EX_ROUTINE;

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif
