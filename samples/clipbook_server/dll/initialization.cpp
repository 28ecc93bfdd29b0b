// Chapter 1 of docs/write-a-resource: performing initialization.
#include "clipbook.h"

PSET_RESOURCE_STATUS_ROUTINE g_pfnSetResourceStatus = NULL;
PLOG_EVENT_ROUTINE g_pfnLogEvent = NULL;

// The function table of the type (A7): Open, Close, Online, Offline, Terminate, LooksAlive and IsAlive by their prefix.
// Arbitrate and Release are NULL: the type cannot be a quorum resource (A6).
static CLRES_V1_FUNCTION_TABLE(g_ClipBookFunctionTable, CLRES_VERSION_V1_00, ClipBook, NULL, NULL,
                               ClipBookResourceControl, ClipBookResourceTypeControl);

// Called when the monitor loads and unloads the DLL. Nothing of the cluster may be called here.
extern "C" BOOL WINAPI DllMain(HINSTANCE hinstDll, DWORD dwReason, LPVOID) {
  if (dwReason == DLL_PROCESS_ATTACH) {
    DisableThreadLibraryCalls(hinstDll);
  }
  return TRUE;
}

// Called once per type, before anything else of it.
DWORD WINAPI Startup(LPCWSTR pszResourceType, DWORD dwMinVersion, DWORD dwMaxVersion,
                     PSET_RESOURCE_STATUS_ROUTINE pfnSetResourceStatus, PLOG_EVENT_ROUTINE pfnLogEvent,
                     PCLRES_FUNCTION_TABLE* pFunctionTable) {
  if (dwMinVersion > CLRES_VERSION_V1_00 || dwMaxVersion < CLRES_VERSION_V1_00) {
    return ERROR_REVISION_MISMATCH;
  }
  if (lstrcmpiW(pszResourceType, CLIPBOOK_TYPE_NAME) != 0) {
    return ERROR_CLUSTER_RESNAME_NOT_FOUND;
  }
  g_pfnSetResourceStatus = pfnSetResourceStatus;
  g_pfnLogEvent = pfnLogEvent;
  *pFunctionTable = &g_ClipBookFunctionTable;
  return ERROR_SUCCESS;
}
