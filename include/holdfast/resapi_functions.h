/* Utility functions for dependencies, worker threads, text, environment and services. */
#ifndef HOLDFAST_RESAPI_FUNCTIONS_H
#define HOLDFAST_RESAPI_FUNCTIONS_H

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* ---- worker threads ----
 * ClusWorkerCreate: starts lpStartAddress(lpWorker, lpParameter) and clears the flag Terminate.
 * ClusWorkerCheckTerminate: TRUE once the worker is to end; asked by the worker, often.
 * ClusWorkerTerminate: sets the flag and waits for the end of the thread. Nothing to do for a worker that was never
 * started; a second call at the same time returns at once; a call by the worker itself only sets the flag.
 * Ex: waits at most so long, then ERROR_TIMEOUT; WaitOnly leaves the flag alone. ClusWorkersTerminate: several under
 * one deadline. Not to be called while holding a lock that the worker may want. */
DWORD WINAPI ClusWorkerCreate(PCLUS_WORKER lpWorker, PWORKER_START_ROUTINE lpStartAddress, PVOID lpParameter);
BOOL WINAPI ClusWorkerCheckTerminate(PCLUS_WORKER lpWorker);
VOID WINAPI ClusWorkerTerminate(PCLUS_WORKER lpWorker);
DWORD WINAPI ClusWorkerTerminateEx(PCLUS_WORKER ClusWorker, DWORD TimeoutInMilliseconds, BOOL WaitOnly);
DWORD WINAPI ClusWorkersTerminate(PCLUS_WORKER* ClusWorkers, const SIZE_T ClusWorkersCount, DWORD TimeoutInMilliseconds,
                                  BOOL WaitOnly);

/* ---- dependencies: worker only ----
 * NULL and ERROR_NO_MORE_ITEMS when there is none. Close the result with CloseClusterResource. hSelf is the HRESOURCE
 * of the dependent. bRecurse: also providers of providers, depth first. lpszResourceType is the registered type name.
 * prci: the class, and the sub-class where it is not 0. */
HRESOURCE WINAPI ResUtilGetResourceDependency(HANDLE hSelf, LPCWSTR lpszResourceType);
HRESOURCE WINAPI ResUtilGetResourceDependencyByName(HCLUSTER hCluster, HANDLE hSelf, LPCWSTR lpszResourceType,
                                                    BOOL bRecurse);
HRESOURCE WINAPI ResUtilGetResourceDependencyByClass(HCLUSTER hCluster, HANDLE hSelf, PCLUS_RESOURCE_CLASS_INFO prci,
                                                     BOOL bRecurse);
HRESOURCE WINAPI ResUtilGetResourceNameDependency(LPCWSTR lpszResourceName, LPCWSTR lpszResourceType);
/* dwDesiredAccess: GENERIC_READ, GENERIC_ALL or MAXIMUM_ALLOWED; 0 is ERROR_INVALID_PARAMETER. */
HRESOURCE WINAPI ResUtilGetResourceDependencyEx(HANDLE hSelf, LPCWSTR lpszResourceType, DWORD dwDesiredAccess);
HRESOURCE WINAPI ResUtilGetResourceDependencyByNameEx(HCLUSTER hCluster, HANDLE hSelf, LPCWSTR lpszResourceType,
                                                      BOOL bRecurse, DWORD dwDesiredAccess);
HRESOURCE WINAPI ResUtilGetResourceDependencyByClassEx(HCLUSTER hCluster, HANDLE hSelf, PCLUS_RESOURCE_CLASS_INFO prci,
                                                       BOOL bRecurse, DWORD dwDesiredAccess);
HRESOURCE WINAPI ResUtilGetResourceNameDependencyEx(LPCWSTR lpszResourceName, LPCWSTR lpszResourceType,
                                                    DWORD dwDesiredAccess);
/* Address, mask and network of the first IP Address resource that it depends on directly. Counts in characters.
 * ERROR_NO_MORE_ITEMS: none. */
DWORD WINAPI ResUtilGetResourceDependentIPAddressProps(HRESOURCE hResource, LPWSTR pszAddress, DWORD* pcchAddress,
                                                       LPWSTR pszSubnetMask, DWORD* pcchSubnetMask, LPWSTR pszNetwork,
                                                       DWORD* pcchNetwork);

/* ---- comparing and enumerating ----
 * ResUtilEnumResources calls back for every resource (of a type; NULL: all) except hSelf. The handle is valid during
 * the call. Result of the callback: ERROR_SUCCESS goes on, ERROR_NO_MORE_ITEMS ends with success, anything else ends
 * and is returned. */
typedef DWORD (*LPRESOURCE_CALLBACK)(HRESOURCE, HRESOURCE, PVOID);
typedef DWORD (*LPRESOURCE_CALLBACK_EX)(HCLUSTER, HRESOURCE, HRESOURCE, PVOID);
BOOL WINAPI ResUtilResourcesEqual(HRESOURCE hSelf, HRESOURCE hResource);
BOOL WINAPI ResUtilResourceTypesEqual(LPCWSTR lpszResourceTypeName, HRESOURCE hResource);
BOOL WINAPI ResUtilIsResourceClassEqual(PCLUS_RESOURCE_CLASS_INFO prci, HRESOURCE hResource);
DWORD WINAPI ResUtilEnumResources(HRESOURCE hSelf, LPCWSTR lpszResTypeName, LPRESOURCE_CALLBACK pResCallBack,
                                  PVOID pParameter);
DWORD WINAPI ResUtilEnumResourcesEx(HCLUSTER hCluster, HRESOURCE hSelf, LPCWSTR lpszResTypeName,
                                    LPRESOURCE_CALLBACK_EX pResCallBack, PVOID pParameter);
DWORD WINAPI ResUtilEnumResourcesEx2(HCLUSTER hCluster, HRESOURCE hSelf, LPCWSTR lpszResTypeName,
                                     LPRESOURCE_CALLBACK_EX pResCallBack, PVOID pParameter, DWORD dwDesiredAccess);
/* The Network Name of the cluster itself and its witness; each out pointer may be NULL; the address is always NULL.
 * ERROR_RESOURCE_NOT_FOUND: the cluster has none. */
DWORD WINAPI ResUtilGetCoreClusterResources(HCLUSTER hCluster, HRESOURCE* phClusterNameResource,
                                            HRESOURCE* phClusterIPAddressResource, HRESOURCE* phClusterQuorumResource);
DWORD WINAPI ResUtilGetCoreClusterResourcesEx(HCLUSTER hClusterIn, HRESOURCE* phClusterNameResourceOut,
                                              HRESOURCE* phClusterQuorumResourceOut, DWORD dwDesiredAccess);
/* *pcchResourceNameInOut: room in characters with NUL; on return the length, on ERROR_MORE_DATA what is needed with
 * its NUL. */
DWORD WINAPI ResUtilGetResourceName(HRESOURCE hResource, PWSTR pszResourceName, DWORD* pcchResourceNameInOut);

/* ---- text, paths, environment ----
 * Results are released with LocalFree. Expand: %NAME% becomes the value of the variable, an unknown name stays.
 * ResUtilCreateDirectoryTree: makes what is missing. ResUtilIsPathValid: looks at the form only.
 * ResUtilGetEnvironmentWithNetName: NAME=VALUE strings ended by an empty one, with _CLUSTER_NETWORK_NAME_; worker only;
 * released with ResUtilFreeEnvironment. */
LPWSTR WINAPI ResUtilDupString(LPCWSTR pszInString);
LPWSTR WINAPI ResUtilExpandEnvironmentStrings(LPCWSTR pszSrc);
DWORD WINAPI ResUtilCreateDirectoryTree(LPCWSTR pszPath);
BOOL WINAPI ResUtilIsPathValid(LPCWSTR pszPath);
LPVOID WINAPI ResUtilGetEnvironmentWithNetName(HRESOURCE hResource);
DWORD WINAPI ResUtilFreeEnvironment(LPVOID lpEnvironment);

/* ---- services: units of the system's service manager ----
 * ResUtilStartResourceService: waits until it runs; *phServiceHandle (may be NULL) is closed by the caller.
 * ResUtilVerify...: 0 running or starting, ERROR_SERVICE_NOT_ACTIVE otherwise. ERROR_SERVICE_DOES_NOT_EXIST,
 * ERROR_SERVICE_DISABLED, ERROR_TIMEOUT. */
DWORD WINAPI ResUtilStartResourceService(LPCWSTR pszServiceName, LPSC_HANDLE phServiceHandle);
DWORD WINAPI ResUtilVerifyResourceService(LPCWSTR pszServiceName);
DWORD WINAPI ResUtilStopResourceService(LPCWSTR pszServiceName);
DWORD WINAPI ResUtilVerifyService(SC_HANDLE hServiceHandle);
DWORD WINAPI ResUtilStopService(SC_HANDLE hServiceHandle);
DWORD WINAPI ResUtilSetResourceServiceEnvironment(LPCWSTR pszServiceName, HRESOURCE hResource,
                                                  PLOG_EVENT_ROUTINE pfnLogEvent, RESOURCE_HANDLE hResourceHandle);
DWORD WINAPI ResUtilRemoveResourceServiceEnvironment(LPCWSTR pszServiceName, PLOG_EVENT_ROUTINE pfnLogEvent,
                                                     RESOURCE_HANDLE hResourceHandle);
DWORD WINAPI ResUtilSetResourceServiceStartParameters(LPCWSTR pszServiceName, SC_HANDLE schSCMHandle,
                                                      LPSC_HANDLE phService, PLOG_EVENT_ROUTINE pfnLogEvent,
                                                      RESOURCE_HANDLE hResourceHandle);
DWORD WINAPI ResUtilSetResourceServiceStartParametersEx(LPCWSTR pszServiceName, SC_HANDLE schSCMHandle,
                                                        LPSC_HANDLE phService, DWORD dwDesiredAccess,
                                                        PLOG_EVENT_ROUTINE pfnLogEvent,
                                                        RESOURCE_HANDLE hResourceHandle);
DWORD WINAPI ResUtilTerminateServiceProcessFromResDll(DWORD dwServicePid, BOOL bOffline, PDWORD pdwResourceState,
                                                      PLOG_EVENT_ROUTINE pfnLogEvent, RESOURCE_HANDLE hResourceHandle);

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif
