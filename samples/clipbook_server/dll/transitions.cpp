// Chapter 3 of docs/write-a-resource: managing state transitions.
#include "clipbook.h"

static DWORD ReportState(PCLIPBOOK_RESOURCE pResource, PRESOURCE_STATUS pStatus, CLUSTER_RESOURCE_STATE state) {
  pStatus->ResourceState = state;
  ++pStatus->CheckPoint;  // a changed value is the proof of progress
  return g_pfnSetResourceStatus(pResource->hResourceHandle, pStatus);
}

// Kills the server, if there is one, and forgets it. The caller holds csLock.
static VOID KillServer(PCLIPBOOK_RESOURCE pResource) {
  if (pResource->hProcess != NULL) {
    TerminateProcess(pResource->hProcess, ERROR_GEN_FAILURE);
    // A killed process ends at once. One that does not, because its disk hangs, may not be called offline: then this
    // call does not return, and the monitor's DeadlockTimeout takes over.
    WaitForSingleObject(pResource->hProcess, INFINITE);
    CloseHandle(pResource->hProcess);
    pResource->hProcess = NULL;
  }
  pResource->state = ClusterResourceOffline;
}

// Starts the worker, unless Terminate has come since dwTerminations was read: then nothing may start any more.
static DWORD StartTransition(PCLIPBOOK_RESOURCE pResource, DWORD dwTerminations, PWORKER_START_ROUTINE pfnRoutine) {
  DWORD dwStatus = ERROR_OPERATION_ABORTED;
  EnterCriticalSection(&pResource->csLock);
  if (pResource->dwTerminations == dwTerminations) {
    dwStatus = ClusWorkerCreate(&pResource->cwTransition, pfnRoutine, pResource);
  }
  LeaveCriticalSection(&pResource->csLock);
  return dwStatus == ERROR_SUCCESS ? ERROR_IO_PENDING : dwStatus;
}

static DWORD ReadTerminations(PCLIPBOOK_RESOURCE pResource) {
  EnterCriticalSection(&pResource->csLock);
  DWORD dwTerminations = pResource->dwTerminations;
  LeaveCriticalSection(&pResource->csLock);
  return dwTerminations;
}

// Starts the server and takes note of it in one step, so that Terminate finds either nothing or all of it.
static DWORD LaunchServer(PCLIPBOOK_RESOURCE pResource, PCLUS_WORKER pWorker, const CLIPBOOK_PROPS* pProps) {
  DWORD dwStatus = ERROR_OPERATION_ABORTED;
  EnterCriticalSection(&pResource->csLock);
  KillServer(pResource);  // of an earlier Online: nothing runs twice
  if (!ClusWorkerCheckTerminate(pWorker)) {
    dwStatus = ServerStart(pProps, &pResource->hProcess);
    pResource->dwActivePort = pProps->dwPort;
    pResource->state = ClusterResourceOnlinePending;
  }
  LeaveCriticalSection(&pResource->csLock);
  return dwStatus;
}

// Waits for the first answer and reports progress meanwhile.
static DWORD WaitForServer(PCLIPBOOK_RESOURCE pResource, PCLUS_WORKER pWorker, PRESOURCE_STATUS pStatus) {
  ULONGLONG ullStart = GetTickCount64();
  ULONGLONG ullNextReport = ullStart;
  while (GetTickCount64() - ullStart < CLIPBOOK_ONLINE_LIMIT) {
    if (ClusWorkerCheckTerminate(pWorker)) {
      return ERROR_OPERATION_ABORTED;
    }
    if (GetTickCount64() >= ullNextReport) {
      ullNextReport = GetTickCount64() + CLIPBOOK_REPORT;
      if (ReportState(pResource, pStatus, ClusterResourceOnlinePending) == ResourceExitStateTerminate) {
        return ERROR_OPERATION_ABORTED;  // the monitor has given the operation up
      }
    }
    // Only this worker and Terminate, which waits for it first, close hProcess: here it needs no lock.
    if (WaitForSingleObject(pResource->hProcess, 0) == WAIT_OBJECT_0) {
      DWORD dwExitCode = 0;
      GetExitCodeProcess(pResource->hProcess, &dwExitCode);
      g_pfnLogEvent(pResource->hResourceHandle, LOG_ERROR,
                    L"The server has ended, exit code %1!u! (3: directory unusable or in use, 4: port in use).\n",
                    dwExitCode);
      return ERROR_GEN_FAILURE;
    }
    if (ServerAnswers(pResource->hProcess, pResource->dwActivePort, CLIPBOOK_REPORT, pWorker)) {
      return ERROR_SUCCESS;
    }
    Sleep(CLIPBOOK_STEP);
  }
  g_pfnLogEvent(pResource->hResourceHandle, LOG_ERROR, L"The server does not answer on port %1!u!.\n",
                pResource->dwActivePort);
  return ERROR_TIMEOUT;
}

// The thread of Online (A40 to A43): do the work, ask whether to end, report.
static DWORD WINAPI OnlineWorker(PCLUS_WORKER pWorker, LPVOID pParameter) {
  PCLIPBOOK_RESOURCE pResource = (PCLIPBOOK_RESOURCE)pParameter;
  CLIPBOOK_PROPS props = {};
  RESOURCE_STATUS resourceStatus;
  ResUtilInitializeResourceStatus(&resourceStatus);

  ClipBookStopHealthCheck(pResource);
  DWORD dwStatus = ClipBookReadProperties(pResource, &props);
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = ResUtilCreateDirectoryTree(props.pszDataDirectory);
  }
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = LaunchServer(pResource, pWorker, &props);
  }
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = WaitForServer(pResource, pWorker, &resourceStatus);
  }
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = ClipBookStartHealthCheck(pResource);
  }
  BOOL bOnline = dwStatus == ERROR_SUCCESS;
  if (bOnline && props.dwUseEventHandle) {
    resourceStatus.EventHandle = pResource->hFailed;  // from now on signalled when the server fails (A38)
  }
  ClipBookFreeProperties(&props);
  EnterCriticalSection(&pResource->csLock);
  pResource->state = bOnline ? ClusterResourceOnline : ClusterResourceFailed;
  LeaveCriticalSection(&pResource->csLock);
  if (!bOnline) {
    g_pfnLogEvent(pResource->hResourceHandle, LOG_ERROR, L"Online failed, status %1!u!.\n", dwStatus);
  }
  if (ReportState(pResource, &resourceStatus, bOnline ? ClusterResourceOnline : ClusterResourceFailed) ==
      ResourceExitStateTerminate) {
    // Too late: nobody waits for this Online any more, so nothing of it may stay.
    ClipBookStopHealthCheck(pResource);
    EnterCriticalSection(&pResource->csLock);
    KillServer(pResource);
    LeaveCriticalSection(&pResource->csLock);
  }
  return dwStatus;
}

DWORD WINAPI ClipBookOnline(RESID resid, LPHANDLE) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL) {
    return ERROR_RESOURCE_NOT_FOUND;
  }
  DWORD dwTerminations = ReadTerminations(pResource);
  ClusWorkerTerminate(&pResource->cwTransition);  // of an earlier transition: gathers a thread that has ended
  // What is wrong already is said at once, with its own code; the worker reads the properties again.
  CLIPBOOK_PROPS props = {};
  DWORD dwStatus = ClipBookReadProperties(pResource, &props);
  ClipBookFreeProperties(&props);
  return dwStatus == ERROR_SUCCESS ? StartTransition(pResource, dwTerminations, OnlineWorker) : dwStatus;
}

// The thread of Offline: an orderly end. The server finishes its answers; what it has accepted is on the disk.
static DWORD WINAPI OfflineWorker(PCLUS_WORKER pWorker, LPVOID pParameter) {
  PCLIPBOOK_RESOURCE pResource = (PCLIPBOOK_RESOURCE)pParameter;
  RESOURCE_STATUS resourceStatus;
  ResUtilInitializeResourceStatus(&resourceStatus);
  ClipBookStopHealthCheck(pResource);  // before the server: what ends in order is no failure
  ServerAskToStop(pResource->hProcess);
  ULONGLONG ullStart = GetTickCount64();
  ULONGLONG ullNextReport = ullStart;
  while (GetTickCount64() - ullStart < CLIPBOOK_OFFLINE_LIMIT) {
    if (ClusWorkerCheckTerminate(pWorker)) {
      return ERROR_OPERATION_ABORTED;  // Terminate does the rest
    }
    if (GetTickCount64() >= ullNextReport) {
      ullNextReport = GetTickCount64() + CLIPBOOK_REPORT;
      if (ReportState(pResource, &resourceStatus, ClusterResourceOfflinePending) == ResourceExitStateTerminate) {
        break;
      }
    }
    if (WaitForSingleObject(pResource->hProcess, CLIPBOOK_STEP) == WAIT_OBJECT_0) {
      break;
    }
  }
  EnterCriticalSection(&pResource->csLock);
  KillServer(pResource);
  LeaveCriticalSection(&pResource->csLock);
  ReportState(pResource, &resourceStatus, ClusterResourceOffline);
  return ERROR_SUCCESS;
}

DWORD WINAPI ClipBookOffline(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL) {
    return ERROR_RESOURCE_NOT_FOUND;
  }
  DWORD dwTerminations = ReadTerminations(pResource);
  ClusWorkerTerminate(&pResource->cwTransition);
  EnterCriticalSection(&pResource->csLock);
  BOOL bRunning = pResource->hProcess != NULL;
  LeaveCriticalSection(&pResource->csLock);
  return bRunning ? StartTransition(pResource, dwTerminations, OfflineWorker) : ERROR_SUCCESS;
}

// Ends the server at once, whatever else is going on. May come while any other entry point but Open, Close and Startup
// runs (A44), and when there is nothing to end.
VOID WINAPI ClipBookTerminate(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL) {
    return;
  }
  // 1. An Online or Offline that has not started its worker yet will not start it.
  EnterCriticalSection(&pResource->csLock);
  ++pResource->dwTerminations;
  LeaveCriticalSection(&pResource->csLock);
  // 2. Workers end. Not under the lock: they may be waiting for it.
  ClusWorkerTerminate(&pResource->cwTransition);
  ClipBookStopHealthCheck(pResource);
  // 3. Nobody is left who could start something: end the server.
  EnterCriticalSection(&pResource->csLock);
  KillServer(pResource);
  LeaveCriticalSection(&pResource->csLock);
}
