// Chapter 4 of docs/write-a-resource: detecting resource failure.
//
// A put and get takes a millisecond when the server is well and seconds when it is not. IsAlive may not take seconds,
// so a thread of its own does it, and IsAlive gives that thread's last verdict (A51).
#include "clipbook.h"

static VOID SetVerdict(PCLIPBOOK_RESOURCE pResource, BOOL bHealthy) {
  EnterCriticalSection(&pResource->csLock);
  pResource->bHealthy = bHealthy;
  LeaveCriticalSection(&pResource->csLock);
  SetEvent(pResource->hProbeDone);
  if (bHealthy) {
    ResetEvent(pResource->hFailed);
  } else {
    SetEvent(pResource->hFailed);
  }
}

// Waits until IsAlive asks, or the period is over, or the server has ended. FALSE: it has ended.
static BOOL WaitForTurn(PCLIPBOOK_RESOURCE pResource, PCLUS_WORKER pWorker, HANDLE hProcess) {
  HANDLE handles[] = {hProcess, pResource->hProbeWanted};
  for (DWORD dwWaited = 0; dwWaited < CLIPBOOK_PROBE_PERIOD; dwWaited += CLIPBOOK_STEP) {
    DWORD dwResult = WaitForMultipleObjects(2, handles, FALSE, CLIPBOOK_STEP);
    if (dwResult != WAIT_TIMEOUT || ClusWorkerCheckTerminate(pWorker)) {
      return dwResult != WAIT_OBJECT_0;
    }
  }
  return TRUE;
}

static DWORD WINAPI HealthWorker(PCLUS_WORKER pWorker, LPVOID pParameter) {
  PCLIPBOOK_RESOURCE pResource = (PCLIPBOOK_RESOURCE)pParameter;
  HANDLE hProcess = pResource->hProcess;  // stays open: who closes it ends this thread before
  DWORD dwMissed = 0;
  while (!ClusWorkerCheckTerminate(pWorker)) {
    if (!WaitForTurn(pResource, pWorker, hProcess)) {
      SetVerdict(pResource, FALSE);
      return ERROR_GEN_FAILURE;
    }
    BOOL bAnswered = FALSE;
    for (dwMissed = 0; !bAnswered && dwMissed < CLIPBOOK_PROBES_TO_FAIL; ++dwMissed) {
      bAnswered = ServerAnswers(hProcess, pResource->dwActivePort, CLIPBOOK_PROBE_LIMIT, pWorker);
      if (ClusWorkerCheckTerminate(pWorker)) {
        return ERROR_OPERATION_ABORTED;  // a check that was broken off says nothing
      }
    }
    if (!bAnswered) {
      g_pfnLogEvent(pResource->hResourceHandle, LOG_ERROR, L"The server did not do a put and get, %1!u! times.\n",
                    dwMissed);
    }
    SetVerdict(pResource, bAnswered);
  }
  return ERROR_SUCCESS;
}

DWORD ClipBookStartHealthCheck(PCLIPBOOK_RESOURCE pResource) {
  ClusWorkerTerminate(&pResource->cwHealth);
  ResetEvent(pResource->hFailed);
  ResetEvent(pResource->hProbeDone);
  ResetEvent(pResource->hProbeWanted);
  EnterCriticalSection(&pResource->csLock);
  pResource->bHealthy = TRUE;  // Online has just used the server
  LeaveCriticalSection(&pResource->csLock);
  return ClusWorkerCreate(&pResource->cwHealth, HealthWorker, pResource);
}

VOID ClipBookStopHealthCheck(PCLIPBOOK_RESOURCE pResource) { ClusWorkerTerminate(&pResource->cwHealth); }

// Is the process there? The caller may hold nothing.
static BOOL ProcessExists(PCLIPBOOK_RESOURCE pResource) {
  EnterCriticalSection(&pResource->csLock);
  BOOL bExists = pResource->hProcess != NULL && WaitForSingleObject(pResource->hProcess, 0) == WAIT_TIMEOUT;
  LeaveCriticalSection(&pResource->csLock);
  return bExists;
}

// Cheap, often: a look. FALSE fails nothing, it makes the monitor ask IsAlive at once.
BOOL WINAPI ClipBookLooksAlive(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  return pResource != NULL && ProcessExists(pResource);
}

// Thorough: has the server done a put and get? FALSE is final: Failed, Terminate, restart policy.
BOOL WINAPI ClipBookIsAlive(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL || !ProcessExists(pResource)) {
    return FALSE;
  }
  ResetEvent(pResource->hProbeDone);
  SetEvent(pResource->hProbeWanted);
  WaitForSingleObject(pResource->hProbeDone, CLIPBOOK_ISALIVE_LIMIT);  // mostly a millisecond
  EnterCriticalSection(&pResource->csLock);
  BOOL bHealthy = pResource->bHealthy;  // the fresh verdict, or the last one
  LeaveCriticalSection(&pResource->csLock);
  return bHealthy;
}
