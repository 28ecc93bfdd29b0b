// A type that does nothing, for measurements: what remains is the cost of the cluster. It only counts, and reads a
// property when it is asked to.
#include "bench/nothing.h"

#include <resapi.h>
#include <time.h>

#include <atomic>

namespace {

std::atomic<ULONGLONG> isAliveCalls;

struct Instance {
  HKEY key;  ///< the resource's own
};

RESID WINAPI NothingOpen(LPCWSTR, HKEY key, RESOURCE_HANDLE) { return new Instance{key}; }
void WINAPI NothingClose(RESID resource) { delete static_cast<Instance*>(resource); }
DWORD WINAPI NothingOnline(RESID, LPHANDLE) { return ERROR_SUCCESS; }
DWORD WINAPI NothingOffline(RESID) { return ERROR_SUCCESS; }
void WINAPI NothingTerminate(RESID) {}
BOOL WINAPI NothingLooksAlive(RESID) { return TRUE; }
BOOL WINAPI NothingIsAlive(RESID) {
  isAliveCalls.fetch_add(1, std::memory_order_relaxed);
  return TRUE;
}

ULONGLONG now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<ULONGLONG>(now.tv_sec) * 1'000'000'000u + static_cast<ULONGLONG>(now.tv_nsec);
}

DWORD readOwnProperty(HKEY parameters, DWORD times, ULONGLONG& taken_ns) {
  const ULONGLONG start_ns = now_ns();
  for (DWORD i = 0; i < times; ++i) {
    WCHAR value[MAX_PATH];
    DWORD size_bytes = sizeof value;
    const LONG status =
        ClusterRegQueryValue(parameters, kReadProperty, nullptr, reinterpret_cast<LPBYTE>(value), &size_bytes);
    if (status != ERROR_SUCCESS) return static_cast<DWORD>(status);
  }
  taken_ns = now_ns() - start_ns;
  return ERROR_SUCCESS;
}

DWORD WINAPI NothingControl(RESID resource, DWORD code, LPVOID in, DWORD in_bytes, LPVOID out, DWORD out_bytes,
                            LPDWORD returned) {
  if (code != kCountIsAlive && code != kReadOwnProperty) return ERROR_INVALID_FUNCTION;
  *returned = sizeof(ULONGLONG);
  if (out_bytes < sizeof(ULONGLONG)) return ERROR_MORE_DATA;
  auto& answer = *static_cast<ULONGLONG*>(out);
  if (code == kCountIsAlive) {
    answer = isAliveCalls;
    return ERROR_SUCCESS;
  }
  if (in_bytes != sizeof(DWORD)) return ERROR_INVALID_DATA;
  HKEY parameters = nullptr;
  const LONG opened = ClusterRegOpenKey(static_cast<Instance*>(resource)->key, L"Parameters", KEY_READ, &parameters);
  if (opened != ERROR_SUCCESS) return static_cast<DWORD>(opened);
  const DWORD status = readOwnProperty(parameters, *static_cast<const DWORD*>(in), answer);
  ClusterRegCloseKey(parameters);
  return status;
}

CLRES_V1_FUNCTION_TABLE(table, CLRES_VERSION_V1_00, Nothing, nullptr, nullptr, NothingControl, nullptr);

}  // namespace

DWORD WINAPI Startup(LPCWSTR, DWORD, DWORD, PSET_RESOURCE_STATUS_ROUTINE, PLOG_EVENT_ROUTINE,
                     PCLRES_FUNCTION_TABLE* result) {
  *result = &table;
  return ERROR_SUCCESS;
}
