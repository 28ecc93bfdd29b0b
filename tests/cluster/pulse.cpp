// A resource DLL for tests of the daemon: online and offline at once, always alive.
#include <resapi.h>
#include <windows.h>

static RESID WINAPI pulseOpen(LPCWSTR, HKEY, RESOURCE_HANDLE handle) { return handle; }
static void WINAPI pulseClose(RESID) {}
static DWORD WINAPI pulseOnline(RESID, PHANDLE) { return ERROR_SUCCESS; }
static DWORD WINAPI pulseOffline(RESID) { return ERROR_SUCCESS; }
static void WINAPI pulseTerminate(RESID) {}
static BOOL WINAPI pulseLooksAlive(RESID) { return TRUE; }
static BOOL WINAPI pulseIsAlive(RESID) { return TRUE; }
static DWORD WINAPI pulseControl(RESID, DWORD, PVOID, DWORD, PVOID, DWORD, LPDWORD) { return ERROR_INVALID_FUNCTION; }
static DWORD WINAPI pulseTypeControl(LPCWSTR, DWORD, PVOID, DWORD, PVOID, DWORD, LPDWORD) {
  return ERROR_INVALID_FUNCTION;
}

static CLRES_V1_FUNCTION_TABLE(functionTable, CLRES_VERSION_V1_00, pulse, nullptr, nullptr, pulseControl,
                               pulseTypeControl);

DWORD WINAPI Startup(LPCWSTR, DWORD lowest, DWORD highest, PSET_RESOURCE_STATUS_ROUTINE, PLOG_EVENT_ROUTINE,
                     PCLRES_FUNCTION_TABLE* table) {
  if (lowest > CLRES_VERSION_V1_00 || highest < CLRES_VERSION_V1_00) return ERROR_REVISION_MISMATCH;
  *table = &functionTable;
  return ERROR_SUCCESS;
}
