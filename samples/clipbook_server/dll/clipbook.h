// ClipBook Server: a complete resource DLL, to be copied. One source file per chapter of docs/write-a-resource:
//
//   initialization.cpp   1 Performing initialization     DllMain, Startup, the function table
//   instances.cpp        2 Managing instances            Open, Close
//   transitions.cpp      3 Managing state transitions    Online, Offline, Terminate, the worker
//   health.cpp           4 Detecting resource failure    LooksAlive, IsAlive, the health check, the event handle
//   control.cpp          5 Supporting control codes      ResourceControl, ResourceTypeControl
//   server_process.cpp   what is particular to this server: how to start it, to stop it, to use it
#pragma once

#include <windows.h>

#include <resapi.h>

#define CLIPBOOK_TYPE_NAME L"ClipBook Server"

// Private properties: names, ranges and defaults (A11).
#define PROP_NAME_PORT L"Port"
#define PROP_MIN_PORT 1024
#define PROP_MAX_PORT 65535
#define PROP_NAME_DATADIRECTORY L"DataDirectory"
#define PROP_NAME_USEEVENTHANDLE L"UseEventHandle"
#define PROP_NAME_REQUIREDDEPENDENCY L"RequiredDependency"

// Times, in milliseconds.
#define CLIPBOOK_ONLINE_LIMIT 30000   // from the start of the server to its first answer
#define CLIPBOOK_OFFLINE_LIMIT 20000  // for the server to finish by itself
#define CLIPBOOK_STEP 50              // how often a worker asks whether it is to end
#define CLIPBOOK_REPORT 500           // between two reports of progress; far below PendingTimeout
#define CLIPBOOK_PROBE_LIMIT 2000     // for one put and get
#define CLIPBOOK_PROBE_PERIOD 5000    // between two of them when nobody asks
#define CLIPBOOK_ISALIVE_LIMIT 40     // IsAlive waits no longer for a fresh verdict
#define CLIPBOOK_PROBES_TO_FAIL 2     // in a row: one that was missed proves nothing

// Parameter block: the private properties as a structure (A11).
typedef struct CLIPBOOK_PROPS {
  DWORD dwPort;
  LPWSTR pszDataDirectory;
  DWORD dwUseEventHandle;        // 1: an event handle instead of LooksAlive
  LPWSTR pszRequiredDependency;  // name of a type that it must depend on; empty: none
} CLIPBOOK_PROPS, *PCLIPBOOK_PROPS;

extern RESUTIL_PROPERTY_ITEM ClipBookPropertyTable[];

// Instance data: everything about one resource of the type (A10, A31, A32).
typedef struct CLIPBOOK_RESOURCE {
  RESID resid;  // the address of this structure, so that a wrong RESID is noticed (A30)
  RESOURCE_HANDLE hResourceHandle;
  HKEY hkeyParameters;
  CLUS_WORKER cwTransition;  // runs Online or Offline
  CLUS_WORKER cwHealth;      // runs the health check while the server is up
  HANDLE hProbeWanted;       // event: IsAlive asks for a verdict
  HANDLE hProbeDone;         // event: there is one
  HANDLE hFailed;            // event: the server has failed

  // Terminate may come at any moment, on another thread, and so may the workers: what follows belongs to csLock (A36,
  // A44).
  CRITICAL_SECTION csLock;
  LPWSTR pszResourceName;
  CLUSTER_RESOURCE_STATE state;
  DWORD dwTerminations;  // an Online or Offline that sees it change gives up
  HANDLE hProcess;       // of the server; NULL while there is none
  DWORD dwActivePort;    // that the server was started with
  BOOL bHealthy;         // the last verdict of the health check
} CLIPBOOK_RESOURCE, *PCLIPBOOK_RESOURCE;

// Callbacks of the monitor: one slot for the whole DLL (A8, A9).
extern PSET_RESOURCE_STATUS_ROUTINE g_pfnSetResourceStatus;
extern PLOG_EVENT_ROUTINE g_pfnLogEvent;

// Entry points.
RESID WINAPI ClipBookOpen(LPCWSTR pszResourceName, HKEY hkeyResource, RESOURCE_HANDLE hResourceHandle);
VOID WINAPI ClipBookClose(RESID resid);
DWORD WINAPI ClipBookOnline(RESID resid, LPHANDLE phEventHandle);
DWORD WINAPI ClipBookOffline(RESID resid);
VOID WINAPI ClipBookTerminate(RESID resid);
BOOL WINAPI ClipBookLooksAlive(RESID resid);
BOOL WINAPI ClipBookIsAlive(RESID resid);
DWORD WINAPI ClipBookResourceControl(RESID resid, DWORD dwControlCode, PVOID pInBuffer, DWORD cbInBufferSize,
                                     PVOID pOutBuffer, DWORD cbOutBufferSize, LPDWORD pcbBytesReturned);
DWORD WINAPI ClipBookResourceTypeControl(LPCWSTR pszResourceTypeName, DWORD dwControlCode, PVOID pInBuffer,
                                         DWORD cbInBufferSize, PVOID pOutBuffer, DWORD cbOutBufferSize,
                                         LPDWORD pcbBytesReturned);

// instances.cpp
PCLIPBOOK_RESOURCE ClipBookFromResid(RESID resid);  // NULL, and a line in the log, for a RESID that is not ours

// control.cpp
DWORD ClipBookReadProperties(PCLIPBOOK_RESOURCE pResource, PCLIPBOOK_PROPS pProps);  // all required ones, checked
VOID ClipBookFreeProperties(PCLIPBOOK_PROPS pProps);

// health.cpp
DWORD ClipBookStartHealthCheck(PCLIPBOOK_RESOURCE pResource);
VOID ClipBookStopHealthCheck(PCLIPBOOK_RESOURCE pResource);

// server_process.cpp
DWORD ServerStart(const CLIPBOOK_PROPS* pProps, LPHANDLE phProcess);
VOID ServerAskToStop(HANDLE hProcess);  // lets it finish; returns at once
BOOL ServerAnswers(HANDLE hProcess, DWORD dwPort, DWORD dwLimit,
                   PCLUS_WORKER pWorker);  // a real put and get; ends early with the worker
