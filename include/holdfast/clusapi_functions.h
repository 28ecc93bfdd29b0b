/* The functions of the Cluster API, implemented by libclusapi.
 *
 * Common to all:
 *  - DWORD and LONG results are Win32 codes, 0 is success. Handles are NULL on failure, BOOL is FALSE, a state is -1;
 *    then GetLastError has the code.
 *  - Text out: *cch is the capacity in characters with NUL on entry, the length without NUL on return. Too small:
 *    ERROR_MORE_DATA and the length needed. A NULL buffer with a length asks for the length and gives 0.
 *  - ERROR_IO_PENDING: accepted, and not yet done; watch a notification port or the state.
 *  - Without quorum a function that changes something gives ERROR_CLUSTER_NO_QUORUM; one that reads is served.
 *  - Without service: RPC_S_SERVER_UNAVAILABLE (1722) or EPT_S_NOT_REGISTERED (1753).
 *  - A call from an entry point that would need the lane which the entry point holds: ERROR_POSSIBLE_DEADLOCK. */
#ifndef HOLDFAST_CLUSAPI_FUNCTIONS_H
#define HOLDFAST_CLUSAPI_FUNCTIONS_H

#include <holdfast/clusapi_notify.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* ---- cluster ----
 * GetNodeClusterState: *pdwClusterState is a NODE_CLUSTER_STATE; NULL name: this node; needs no service.
 * OpenCluster: NULL is the cluster of this node. Close with CloseCluster; handles got through it stay valid.
 * OpenClusterEx: GENERIC_READ, GENERIC_ALL or MAXIMUM_ALLOWED; the access granted in *GrantedAccess (may be NULL).
 * GetClusterInformation: lpClusterInfo may be NULL, else its dwVersionInfoSize is set.
 * SetClusterName: ERROR_RESOURCE_PROPERTIES_STORED when it takes effect later.
 * GetClusterQuorumResource: empty name is node majority. SetClusterQuorumResource: ERROR_NOT_QUORUM_CAPABLE,
 * ERROR_QUORUM_RESOURCE_ONLINE_FAILED, ERROR_CLUSTER_QUORUM_DISK_NOT_FOUND.
 * ClusterSetAccountAccess: dwAccess CLUSAPI_READ_ACCESS, _CHANGE_ACCESS or _NO_ACCESS; type 0 allow, 1 deny, 2 remove.
 */
DWORD WINAPI GetNodeClusterState(LPCWSTR lpszNodeName, DWORD* pdwClusterState);
HCLUSTER WINAPI OpenCluster(LPCWSTR lpszClusterName);
HCLUSTER WINAPI OpenClusterEx(LPCWSTR lpszClusterName, DWORD DesiredAccess, DWORD* GrantedAccess);
BOOL WINAPI CloseCluster(HCLUSTER hCluster);
DWORD WINAPI SetClusterName(HCLUSTER hCluster, LPCWSTR lpszNewClusterName);
DWORD WINAPI GetClusterInformation(HCLUSTER hCluster, LPWSTR lpszClusterName, LPDWORD lpcchClusterName,
                                   LPCLUSTERVERSIONINFO lpClusterInfo);
DWORD WINAPI GetClusterQuorumResource(HCLUSTER hCluster, LPWSTR lpszResourceName, LPDWORD lpcchResourceName,
                                      LPWSTR lpszDeviceName, LPDWORD lpcchDeviceName, LPDWORD lpdwMaxQuorumLogSize);
DWORD WINAPI SetClusterQuorumResource(HRESOURCE hResource, LPCWSTR lpszDeviceName, DWORD dwMaxQuoLogSize);
HCLUSTER WINAPI CreateCluster(PCREATE_CLUSTER_CONFIG pConfig, PCLUSTER_SETUP_PROGRESS_CALLBACK pfnProgressCallback,
                              PVOID pvCallbackArg);
DWORD WINAPI DestroyCluster(HCLUSTER hCluster, PCLUSTER_SETUP_PROGRESS_CALLBACK pfnProgressCallback,
                            PVOID pvCallbackArg, BOOL fdeleteVirtualComputerObjects);
HNODE WINAPI AddClusterNode(HCLUSTER hCluster, PCWSTR lpszNodeName,
                            PCLUSTER_SETUP_PROGRESS_CALLBACK pfnProgressCallback, PVOID pvCallbackArg);
DWORD WINAPI ClusterSetAccountAccess(HCLUSTER hCluster, LPCWSTR szAccountSID, DWORD dwAccess, DWORD dwControlType);

/* ---- control codes ----
 * hHostNode NULL: the owner for a resource or group, else the node that serves the call. On ERROR_MORE_DATA
 * *lpBytesReturned (may be NULL) is the size needed. ERROR_INVALID_FUNCTION: nobody knows the code.
 * ERROR_HOST_NODE_NOT_RESOURCE_OWNER: the host given does not own it. RPC_X_BAD_STUB_DATA: a NULL buffer with a size.
 */
DWORD WINAPI ClusterControl(HCLUSTER hCluster, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                            DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesReturned);
DWORD WINAPI ClusterNodeControl(HNODE hNode, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesReturned);
DWORD WINAPI ClusterGroupControl(HGROUP hGroup, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                 DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize,
                                 LPDWORD lpBytesReturned);
DWORD WINAPI ClusterResourceControl(HRESOURCE hResource, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                    DWORD cbInBufferSize, LPVOID lpOutBuffer, DWORD cbOutBufferSize,
                                    LPDWORD lpBytesReturned);
DWORD WINAPI ClusterResourceTypeControl(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, HNODE hHostNode,
                                        DWORD dwControlCode, LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer,
                                        DWORD nOutBufferSize, LPDWORD lpBytesReturned);
DWORD WINAPI ClusterNetworkControl(HNETWORK hNetwork, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                   DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize,
                                   LPDWORD lpBytesReturned);
DWORD WINAPI ClusterNetInterfaceControl(HNETINTERFACE hNetInterface, HNODE hHostNode, DWORD dwControlCode,
                                        LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer,
                                        DWORD nOutBufferSize, LPDWORD lpBytesReturned);

/* ---- notification ports ----
 * CreateClusterNotifyPort: hChange INVALID_HANDLE_VALUE makes a port, else a filter is added to that port; hCluster may
 * be INVALID_HANDLE_VALUE only for a new port. dwNotifyKey comes back with each event.
 * GetClusterNotify: WAIT_TIMEOUT (258) when nothing came; ERROR_MORE_DATA leaves the event queued; lpszName is the
 * object's name. CloseClusterNotifyPort releases a thread that waits: with the event HANDLE_CLOSE where it is in the
 * filter, else with ERROR_INVALID_HANDLE.
 * The V2 form names object type and bits; each text of GetClusterNotifyV2 is optional; buffer has the new state or the
 * changed properties. A client that lags gets LOST_NOTIFICATIONS and reads again. */
HCHANGE WINAPI CreateClusterNotifyPort(HCHANGE hChange, HCLUSTER hCluster, DWORD dwFilter, DWORD_PTR dwNotifyKey);
DWORD WINAPI RegisterClusterNotify(HCHANGE hChange, DWORD dwFilterType, HANDLE hObject, DWORD_PTR dwNotifyKey);
DWORD WINAPI GetClusterNotify(HCHANGE hChange, DWORD_PTR* lpdwNotifyKey, LPDWORD lpdwFilterType, LPWSTR lpszName,
                              LPDWORD lpcchName, DWORD dwMilliseconds);
BOOL WINAPI CloseClusterNotifyPort(HCHANGE hChange);
HCHANGE WINAPI CreateClusterNotifyPortV2(HCHANGE hChange, HCLUSTER hCluster, NOTIFY_FILTER_AND_TYPE* Filters,
                                         DWORD dwFilterCount, DWORD_PTR dwNotifyKey);
DWORD WINAPI RegisterClusterNotifyV2(HCHANGE hChange, NOTIFY_FILTER_AND_TYPE Filter, HANDLE hObject,
                                     DWORD_PTR dwNotifyKey);
DWORD WINAPI GetClusterNotifyV2(HCHANGE hChange, DWORD_PTR* lpdwNotifyKey, PNOTIFY_FILTER_AND_TYPE pFilterAndType,
                                BYTE* buffer, LPDWORD lpbBufferSize, LPWSTR lpszObjectId, LPDWORD lpcchObjectId,
                                LPWSTR lpszParentId, LPDWORD lpcchParentId, LPWSTR lpszName, LPDWORD lpcchName,
                                LPWSTR lpszType, LPDWORD lpcchType, DWORD dwMilliseconds);

/* ---- enumerations ----
 * An enumeration is a snapshot made by the Open function for a mask of kinds; names are read by index from 0 until
 * ERROR_NO_MORE_ITEMS; *lpdwType is the kind of the item. Close each. */
HCLUSENUM WINAPI ClusterOpenEnum(HCLUSTER hCluster, DWORD dwType);
DWORD WINAPI ClusterGetEnumCount(HCLUSENUM hEnum);
DWORD WINAPI ClusterEnum(HCLUSENUM hEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName, LPDWORD lpcchName);
DWORD WINAPI ClusterCloseEnum(HCLUSENUM hEnum);
HNODEENUM WINAPI ClusterNodeOpenEnum(HNODE hNode, DWORD dwType);
DWORD WINAPI ClusterNodeGetEnumCount(HNODEENUM hNodeEnum);
DWORD WINAPI ClusterNodeEnum(HNODEENUM hNodeEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName, LPDWORD lpcchName);
DWORD WINAPI ClusterNodeCloseEnum(HNODEENUM hNodeEnum);
HGROUPENUM WINAPI ClusterGroupOpenEnum(HGROUP hGroup, DWORD dwType);
DWORD WINAPI ClusterGroupGetEnumCount(HGROUPENUM hGroupEnum);
DWORD WINAPI ClusterGroupEnum(HGROUPENUM hGroupEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszResourceName,
                              LPDWORD lpcchName);
DWORD WINAPI ClusterGroupCloseEnum(HGROUPENUM hGroupEnum);
HRESENUM WINAPI ClusterResourceOpenEnum(HRESOURCE hResource, DWORD dwType);
DWORD WINAPI ClusterResourceGetEnumCount(HRESENUM hResEnum);
DWORD WINAPI ClusterResourceEnum(HRESENUM hResEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName,
                                 LPDWORD lpcchName);
DWORD WINAPI ClusterResourceCloseEnum(HRESENUM hResEnum);
HRESTYPEENUM WINAPI ClusterResourceTypeOpenEnum(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, DWORD dwType);
DWORD WINAPI ClusterResourceTypeGetEnumCount(HRESTYPEENUM hResTypeEnum);
DWORD WINAPI ClusterResourceTypeEnum(HRESTYPEENUM hResTypeEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName,
                                     LPDWORD lpcchName);
DWORD WINAPI ClusterResourceTypeCloseEnum(HRESTYPEENUM hResTypeEnum);
HNETWORKENUM WINAPI ClusterNetworkOpenEnum(HNETWORK hNetwork, DWORD dwType);
DWORD WINAPI ClusterNetworkGetEnumCount(HNETWORKENUM hNetworkEnum);
DWORD WINAPI ClusterNetworkEnum(HNETWORKENUM hNetworkEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName,
                                LPDWORD lpcchName);
DWORD WINAPI ClusterNetworkCloseEnum(HNETWORKENUM hNetworkEnum);

/* ---- node ----
 * OpenClusterNode: ERROR_CLUSTER_NODE_NOT_FOUND. GetClusterNodeId: NULL handle is this node.
 * PauseClusterNodeEx: with a drain ERROR_IO_PENDING. ResumeClusterNode: ERROR_CLUSTER_NODE_NOT_PAUSED.
 * EvictClusterNode(Ex): ERROR_CANT_EVICT_ACTIVE_NODE, ERROR_CLUSTER_EVICT_WITHOUT_CLEANUP. */
HNODE WINAPI OpenClusterNode(HCLUSTER hCluster, LPCWSTR lpszNodeName);
HNODE WINAPI OpenClusterNodeEx(HCLUSTER hCluster, LPCWSTR lpszNodeName, DWORD dwDesiredAccess,
                               DWORD* lpdwGrantedAccess);
HNODE WINAPI OpenClusterNodeById(HCLUSTER hCluster, DWORD nodeId);
BOOL WINAPI CloseClusterNode(HNODE hNode);
CLUSTER_NODE_STATE WINAPI GetClusterNodeState(HNODE hNode);
DWORD WINAPI GetClusterNodeId(HNODE hNode, LPWSTR lpszNodeId, LPDWORD lpcchName);
#define GetCurrentClusterNodeId(_lpszNodeId_, _lpcchName_) GetClusterNodeId(NULL, (_lpszNodeId_), (_lpcchName_))
HCLUSTER WINAPI GetClusterFromNode(HNODE hNode);
DWORD WINAPI PauseClusterNode(HNODE hNode);
DWORD WINAPI PauseClusterNodeEx(HNODE hNode, BOOL bDrainNode, DWORD dwPauseFlags, HNODE hNodeDrainTarget);
DWORD WINAPI ResumeClusterNode(HNODE hNode);
DWORD WINAPI ResumeClusterNodeEx(HNODE hNode, CLUSTER_NODE_RESUME_FAILBACK_TYPE eResumeFailbackType,
                                 DWORD dwResumeFlagsReserved);
DWORD WINAPI EvictClusterNode(HNODE hNode);
DWORD WINAPI EvictClusterNodeEx(HNODE hNode, DWORD dwTimeOut, HRESULT* phrCleanupStatus);

/* ---- group ----
 * CreateClusterGroup: offline and empty; ERROR_OBJECT_ALREADY_EXISTS. OpenClusterGroup: ERROR_GROUP_NOT_FOUND.
 * GetClusterGroupState: name of the owner in lpszNodeName (may be NULL).
 * SetClusterGroupNodeList: preferred owners, best first; 0 nodes clears the list.
 * Online, Offline, Move: ERROR_IO_PENDING; ERROR_HOST_NODE_NOT_AVAILABLE. A move is done when the owner has changed.
 * DeleteClusterGroup: only offline and empty. DestroyClusterGroup: with its resources. */
HGROUP WINAPI CreateClusterGroup(HCLUSTER hCluster, LPCWSTR lpszGroupName);
HGROUP WINAPI CreateClusterGroupEx(HCLUSTER hCluster, LPCWSTR lpszGroupName, PCLUSTER_CREATE_GROUP_INFO pGroupInfo);
HGROUP WINAPI OpenClusterGroup(HCLUSTER hCluster, LPCWSTR lpszGroupName);
HGROUP WINAPI OpenClusterGroupEx(HCLUSTER hCluster, LPCWSTR lpszGroupName, DWORD dwDesiredAccess,
                                 DWORD* lpdwGrantedAccess);
BOOL WINAPI CloseClusterGroup(HGROUP hGroup);
HCLUSTER WINAPI GetClusterFromGroup(HGROUP hGroup);
CLUSTER_GROUP_STATE WINAPI GetClusterGroupState(HGROUP hGroup, LPWSTR lpszNodeName, LPDWORD lpcchNodeName);
DWORD WINAPI SetClusterGroupName(HGROUP hGroup, LPCWSTR lpszGroupName);
DWORD WINAPI SetClusterGroupNodeList(HGROUP hGroup, DWORD NodeCount, HNODE NodeList[]);
DWORD WINAPI OnlineClusterGroup(HGROUP hGroup, HNODE hDestinationNode);
DWORD WINAPI OnlineClusterGroupEx(HGROUP hGroup, HNODE hDestinationNode, DWORD dwOnlineFlags, PBYTE lpInBuffer,
                                  DWORD cbInBufferSize);
DWORD WINAPI OfflineClusterGroup(HGROUP hGroup);
DWORD WINAPI OfflineClusterGroupEx(HGROUP hGroup, DWORD dwOfflineFlags, PBYTE lpInBuffer, DWORD cbInBufferSize);
DWORD WINAPI MoveClusterGroup(HGROUP hGroup, HNODE hDestinationNode);
DWORD WINAPI MoveClusterGroupEx(HGROUP hGroup, HNODE hDestinationNode, DWORD dwMoveFlags, PBYTE lpInBuffer,
                                DWORD cbInBufferSize);
DWORD WINAPI DeleteClusterGroup(HGROUP hGroup);
DWORD WINAPI DestroyClusterGroup(HGROUP hGroup);

/* ---- resource ----
 * CreateClusterResource: CLUSTER_RESOURCE_CREATE_FLAGS; opened by its DLL before it exists: the DLL's code when that
 * fails, ERROR_MOD_NOT_FOUND, ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND, ERROR_OBJECT_ALREADY_EXISTS.
 * OpenClusterResource: ERROR_RESOURCE_NOT_FOUND. DeleteClusterResource: must be offline (ERROR_INVALID_STATE) and have
 * no dependents (ERROR_DEPENDENT_RESOURCE_EXISTS); close the handle all the same.
 * GetClusterResourceState: names of owner and group (each may be NULL).
 * OnlineClusterResource: ERROR_IO_PENDING, ERROR_DEPENDENCY_NOT_FOUND, ERROR_RESOURCE_FAILED.
 * FailClusterResource: a simulated failure, treated as a real one.
 * AddClusterResourceDependency: ERROR_CIRCULAR_DEPENDENCY (1059), ERROR_DEPENDENCY_ALREADY_EXISTS.
 * GetClusterResourceDependencyExpression: in the form with GUIDs.
 * GetClusterResourceNetworkName: name of the Network Name it depends on; worker only. */
HRESOURCE WINAPI CreateClusterResource(HGROUP hGroup, LPCWSTR lpszResourceName, LPCWSTR lpszResourceType,
                                       DWORD dwFlags);
HRESOURCE WINAPI OpenClusterResource(HCLUSTER hCluster, LPCWSTR lpszResourceName);
HRESOURCE WINAPI OpenClusterResourceEx(HCLUSTER hCluster, LPCWSTR lpszResourceName, DWORD dwDesiredAccess,
                                       DWORD* lpdwGrantedAccess);
BOOL WINAPI CloseClusterResource(HRESOURCE hResource);
HCLUSTER WINAPI GetClusterFromResource(HRESOURCE hResource);
DWORD WINAPI DeleteClusterResource(HRESOURCE hResource);
CLUSTER_RESOURCE_STATE WINAPI GetClusterResourceState(HRESOURCE hResource, LPWSTR lpszNodeName, LPDWORD lpcchNodeName,
                                                      LPWSTR lpszGroupName, LPDWORD lpcchGroupName);
DWORD WINAPI SetClusterResourceName(HRESOURCE hResource, LPCWSTR lpszResourceName);
DWORD WINAPI FailClusterResource(HRESOURCE hResource);
DWORD WINAPI OnlineClusterResource(HRESOURCE hResource);
DWORD WINAPI OnlineClusterResourceEx(HRESOURCE hResource, DWORD dwOnlineFlags, PBYTE lpInBuffer, DWORD cbInBufferSize);
DWORD WINAPI OfflineClusterResource(HRESOURCE hResource);
DWORD WINAPI OfflineClusterResourceEx(HRESOURCE hResource, DWORD dwOfflineFlags, PBYTE lpInBuffer,
                                      DWORD cbInBufferSize);
DWORD WINAPI ChangeClusterResourceGroup(HRESOURCE hResource, HGROUP hGroup);
DWORD WINAPI AddClusterResourceNode(HRESOURCE hResource, HNODE hNode);
DWORD WINAPI RemoveClusterResourceNode(HRESOURCE hResource, HNODE hNode);
DWORD WINAPI AddClusterResourceDependency(HRESOURCE hResource, HRESOURCE hDependsOn);
DWORD WINAPI RemoveClusterResourceDependency(HRESOURCE hResource, HRESOURCE hDependsOn);
BOOL WINAPI CanResourceBeDependent(HRESOURCE hResource, HRESOURCE hResourceDependent);
DWORD WINAPI SetClusterResourceDependencyExpression(HRESOURCE hResource, LPCWSTR lpszDependencyExpression);
DWORD WINAPI GetClusterResourceDependencyExpression(HRESOURCE hResource, LPWSTR lpszDependencyExpression,
                                                    LPDWORD lpcchDependencyExpression);
BOOL WINAPI GetClusterResourceNetworkName(HRESOURCE hResource, LPWSTR lpBuffer, LPDWORD nSize);

/* ---- resource type ----
 * Intervals in milliseconds. CreateClusterResourceType: ERROR_ALREADY_EXISTS. The DLL must be on every node first.
 * DeleteClusterResourceType: ERROR_CLUSTER_RESOURCE_TYPE_BUSY while resources of it exist. */
DWORD WINAPI CreateClusterResourceType(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, LPCWSTR lpszDisplayName,
                                       LPCWSTR lpszResourceTypeDll, DWORD dwLooksAlivePollInterval,
                                       DWORD dwIsAlivePollInterval);
DWORD WINAPI DeleteClusterResourceType(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName);

/* ---- network, network interface ----
 * ERROR_CLUSTER_NETWORK_NOT_FOUND, ERROR_CLUSTER_NETINTERFACE_NOT_FOUND. */
HNETWORK WINAPI OpenClusterNetwork(HCLUSTER hCluster, LPCWSTR lpszNetworkName);
HNETWORK WINAPI OpenClusterNetworkEx(HCLUSTER hCluster, LPCWSTR lpszNetworkName, DWORD dwDesiredAccess,
                                     DWORD* lpdwGrantedAccess);
BOOL WINAPI CloseClusterNetwork(HNETWORK hNetwork);
HCLUSTER WINAPI GetClusterFromNetwork(HNETWORK hNetwork);
CLUSTER_NETWORK_STATE WINAPI GetClusterNetworkState(HNETWORK hNetwork);
DWORD WINAPI SetClusterNetworkName(HNETWORK hNetwork, LPCWSTR lpszName);
DWORD WINAPI GetClusterNetworkId(HNETWORK hNetwork, LPWSTR lpszNetworkId, LPDWORD lpcchName);
HNETINTERFACE WINAPI OpenClusterNetInterface(HCLUSTER hCluster, LPCWSTR lpszInterfaceName);
HNETINTERFACE WINAPI OpenClusterNetInterfaceEx(HCLUSTER hCluster, LPCWSTR lpszInterfaceName, DWORD dwDesiredAccess,
                                               DWORD* lpdwGrantedAccess);
BOOL WINAPI CloseClusterNetInterface(HNETINTERFACE hNetInterface);
HCLUSTER WINAPI GetClusterFromNetInterface(HNETINTERFACE hNetInterface);
DWORD WINAPI GetClusterNetInterface(HCLUSTER hCluster, LPCWSTR lpszNodeName, LPCWSTR lpszNetworkName,
                                    LPWSTR lpszInterfaceName, LPDWORD lpcchInterfaceName);
CLUSTER_NETINTERFACE_STATE WINAPI GetClusterNetInterfaceState(HNETINTERFACE hNetInterface);

/* ---- cluster database ----
 * Get...Key: the key of an object; NULL and GetLastError on failure; close with ClusterRegCloseKey.
 * ClusterRegCreateKey: opens a key that exists; *lpdwDisposition (may be NULL) REG_CREATED_NEW_KEY or
 * REG_OPENED_EXISTING_KEY. ClusterRegOpenKey, QueryValue, DeleteValue: ERROR_FILE_NOT_FOUND. ClusterRegDeleteKey:
 * ERROR_ACCESS_DENIED for a key with subkeys. ClusterRegEnumKey, EnumValue: by index until ERROR_NO_MORE_ITEMS.
 * ClusterRegQueryValue: lpData NULL asks for the size; sizes in bytes, of text with its NUL; ERROR_MORE_DATA.
 * ClusterRegSetValue and the other writers: one global update each; not from Open, Close, Online, Offline, Terminate
 * except below the resource's own key.
 * A batch is a list of commands on a key, done as one update when closed with bCommit TRUE, or not at all;
 * *failedCommandNumber is the index of the command that failed, -1 if none was reached.
 * ERROR_CLUSTER_DATABASE_UPDATE_CONDITION_FAILED: a condition of the batch was false. */
HKEY WINAPI GetClusterKey(HCLUSTER hCluster, REGSAM samDesired);
HKEY WINAPI GetClusterNodeKey(HNODE hNode, REGSAM samDesired);
HKEY WINAPI GetClusterGroupKey(HGROUP hGroup, REGSAM samDesired);
HKEY WINAPI GetClusterResourceKey(HRESOURCE hResource, REGSAM samDesired);
HKEY WINAPI GetClusterResourceTypeKey(HCLUSTER hCluster, LPCWSTR lpszTypeName, REGSAM samDesired);
HKEY WINAPI GetClusterNetworkKey(HNETWORK hNetwork, REGSAM samDesired);
HKEY WINAPI GetClusterNetInterfaceKey(HNETINTERFACE hNetInterface, REGSAM samDesired);
LONG WINAPI ClusterRegCreateKey(HKEY hKey, LPCWSTR lpszSubKey, DWORD dwOptions, REGSAM samDesired,
                                LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult, LPDWORD lpdwDisposition);
LONG WINAPI ClusterRegOpenKey(HKEY hKey, LPCWSTR lpszSubKey, REGSAM samDesired, PHKEY phkResult);
LONG WINAPI ClusterRegDeleteKey(HKEY hKey, LPCWSTR lpszSubKey);
LONG WINAPI ClusterRegCloseKey(HKEY hKey);
LONG WINAPI ClusterRegEnumKey(HKEY hKey, DWORD dwIndex, LPWSTR lpszName, LPDWORD lpcchName,
                              PFILETIME lpftLastWriteTime);
DWORD WINAPI ClusterRegSetValue(HKEY hKey, LPCWSTR lpszValueName, DWORD dwType, const BYTE* lpData, DWORD cbData);
DWORD WINAPI ClusterRegDeleteValue(HKEY hKey, LPCWSTR lpszValueName);
LONG WINAPI ClusterRegQueryValue(HKEY hKey, LPCWSTR lpszValueName, LPDWORD lpdwValueType, LPBYTE lpData,
                                 LPDWORD lpcbData);
DWORD WINAPI ClusterRegEnumValue(HKEY hKey, DWORD dwIndex, LPWSTR lpszValueName, LPDWORD lpcchValueName,
                                 LPDWORD lpdwType, LPBYTE lpData, LPDWORD lpcbData);
LONG WINAPI ClusterRegQueryInfoKey(HKEY hKey, LPDWORD lpcSubKeys, LPDWORD lpcchMaxSubKeyLen, LPDWORD lpcValues,
                                   LPDWORD lpcchMaxValueNameLen, LPDWORD lpcbMaxValueLen,
                                   LPDWORD lpcbSecurityDescriptor, PFILETIME lpftLastWriteTime);
LONG WINAPI ClusterRegCreateBatch(HKEY hKey, HREGBATCH* pHREGBATCH);
LONG WINAPI ClusterRegBatchAddCommand(HREGBATCH hRegBatch, CLUSTER_REG_COMMAND dwCommand, LPCWSTR wzName,
                                      DWORD dwOptions, const void* lpData, DWORD cbData);
LONG WINAPI ClusterRegCloseBatch(HREGBATCH hRegBatch, BOOL bCommit, INT* failedCommandNumber);
LONG WINAPI ClusterRegCloseBatchEx(HREGBATCH hRegBatch, DWORD flags, INT* failedCommandNumber);

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif
