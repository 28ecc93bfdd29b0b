// Chapter 2 of docs/write-a-resource: managing instances.
#include "clipbook.h"

PCLIPBOOK_RESOURCE ClipBookFromResid(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = (PCLIPBOOK_RESOURCE)resid;
  if (pResource == NULL || pResource->resid != resid) {
    g_pfnLogEvent(NULL, LOG_ERROR, L"ClipBook Server: a call for a resource that does not exist.\n");
    return NULL;
  }
  return pResource;
}

// Frees what Open made, however far it came. Everything is zero or NULL until it exists.
static VOID FreeInstance(PCLIPBOOK_RESOURCE pResource) {
  HANDLE handles[] = {pResource->hProbeWanted, pResource->hProbeDone, pResource->hFailed};
  for (HANDLE handle : handles) {
    if (handle != NULL) {
      CloseHandle(handle);
    }
  }
  if (pResource->hkeyParameters != NULL) {
    ClusterRegCloseKey(pResource->hkeyParameters);
  }
  LocalFree(pResource->pszResourceName);
  DeleteCriticalSection(&pResource->csLock);
  pResource->resid = NULL;
  LocalFree(pResource);
}

// Makes the instance, offline. On every node that may host the resource, not only where it will run.
RESID WINAPI ClipBookOpen(LPCWSTR pszResourceName, HKEY hkeyResource, RESOURCE_HANDLE hResourceHandle) {
  PCLIPBOOK_RESOURCE pResource = (PCLIPBOOK_RESOURCE)LocalAlloc(LPTR, sizeof(CLIPBOOK_RESOURCE));
  if (pResource == NULL) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
  }
  InitializeCriticalSection(&pResource->csLock);
  pResource->resid = (RESID)pResource;
  pResource->hResourceHandle = hResourceHandle;
  pResource->state = ClusterResourceOffline;
  pResource->pszResourceName = ResUtilDupString(pszResourceName);
  pResource->hProbeWanted = CreateEventW(NULL, FALSE, FALSE, NULL);
  pResource->hProbeDone = CreateEventW(NULL, FALSE, FALSE, NULL);
  pResource->hFailed = CreateEventW(NULL, TRUE, FALSE, NULL);
  LONG lStatus =
      ClusterRegOpenKey(hkeyResource, CLUSREG_KEYNAME_PARAMETERS, KEY_ALL_ACCESS, &pResource->hkeyParameters);
  DWORD dwStatus = (DWORD)lStatus;
  if (pResource->pszResourceName == NULL || pResource->hProbeWanted == NULL || pResource->hProbeDone == NULL ||
      pResource->hFailed == NULL) {
    dwStatus = ERROR_NOT_ENOUGH_MEMORY;
  }
  if (dwStatus != ERROR_SUCCESS) {
    g_pfnLogEvent(hResourceHandle, LOG_ERROR, L"Open failed, status %1!u!.\n", dwStatus);
    FreeInstance(pResource);
    SetLastError(dwStatus);  // last, so that nothing overwrites it: this is what the administrator sees
    return NULL;
  }
  return pResource->resid;
}

// The last call for the instance. The monitor has taken the resource offline before; being sure costs nothing.
VOID WINAPI ClipBookClose(RESID resid) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL) {
    return;
  }
  ClipBookTerminate(resid);
  FreeInstance(pResource);
}
