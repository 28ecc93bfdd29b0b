// Waits, handles, and the door for rhs (host.h).
#include <algorithm>

#include "sdk/winapi/handle_table.h"
#include "sdk/winapi/host.h"
#include "sdk/winapi/object.h"
#include "sdk/winapi/process_object.h"
#include "sdk/winapi/system_error.h"
#include "sdk/winapi/thread_object.h"

using namespace holdfast::winapi;

BOOL WINAPI CloseHandle(HANDLE hObject) {
  if (hObject == GetCurrentProcess() || hObject == GetCurrentThread()) return TRUE;
  return HandleTable::instance().remove(hObject).object ? TRUE : fail<BOOL>(ERROR_INVALID_HANDLE, FALSE);
}

BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle,
                            LPHANDLE lpTargetHandle, DWORD dwDesiredAccess, BOOL, DWORD dwOptions) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    if (hSourceProcessHandle != GetCurrentProcess() || hTargetProcessHandle != GetCurrentProcess()) {
      return fail<BOOL>(ERROR_NOT_SUPPORTED, FALSE);
    }
    HandleTable::Entry entry = HandleTable::instance().find(hSourceHandle);
    if (hSourceHandle == GetCurrentThread()) entry = {ThreadObject::current(), THREAD_ALL_ACCESS};
    if (hSourceHandle == GetCurrentProcess()) entry = {ProcessObject::open(GetCurrentProcessId()), PROCESS_ALL_ACCESS};
    if (!entry.object) return fail<BOOL>(ERROR_INVALID_HANDLE, FALSE);
    // Rights can be dropped, not won: those of GENERIC_ALL are what the source has.
    const DWORD asked = grantedAccess(dwDesiredAccess, entry.access);
    const bool same = (dwOptions & DUPLICATE_SAME_ACCESS) != 0;
    if (!same && (asked & ~entry.access) != 0) return fail<BOOL>(ERROR_ACCESS_DENIED, FALSE);
    if (lpTargetHandle != nullptr) {
      *lpTargetHandle = HandleTable::instance().add(entry.object, same ? entry.access : asked);
    }
    if ((dwOptions & DUPLICATE_CLOSE_SOURCE) != 0) HandleTable::instance().remove(hSourceHandle);
    return TRUE;
  });
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE* lpHandles, BOOL bWaitAll, DWORD dwMilliseconds,
                                      BOOL) {
  return guarded<DWORD>(WAIT_FAILED, [&]() -> DWORD {
    if (nCount == 0 || nCount > MAXIMUM_WAIT_OBJECTS || lpHandles == nullptr) {
      return fail(ERROR_INVALID_PARAMETER, WAIT_FAILED);
    }
    std::vector<std::shared_ptr<Object>> objects;
    objects.reserve(nCount);
    for (DWORD at = 0; at < nCount; ++at) {
      auto object = objectOf<Object>(lpHandles[at], SYNCHRONIZE);
      if (!object) return WAIT_FAILED;
      objects.push_back(std::move(object));
    }
    if (bWaitAll != 0) {
      std::vector<HANDLE> handles(lpHandles, lpHandles + nCount);
      std::ranges::sort(handles);
      if (std::ranges::adjacent_find(handles) != handles.end()) return fail(ERROR_INVALID_PARAMETER, WAIT_FAILED);
    }
    Waiter waiter(std::move(objects), bWaitAll != 0);
    return waiter.wait(dwMilliseconds);
  });
}

DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE* lpHandles, BOOL bWaitAll, DWORD dwMilliseconds) {
  return WaitForMultipleObjectsEx(nCount, lpHandles, bWaitAll, dwMilliseconds, FALSE);
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable) {
  return WaitForMultipleObjectsEx(1, &hHandle, FALSE, dwMilliseconds, bAlertable);
}

DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds) {
  return WaitForMultipleObjectsEx(1, &hHandle, FALSE, dwMilliseconds, FALSE);
}

extern "C" {

int holdfast_winapi_watch(void* handle) {
  return guarded<int>(-1, [&] {
    const auto object = objectOf<Object>(handle, 0);
    if (!object) return -1;
    const std::lock_guard lock(dispatcherLock());
    return object->watchDescriptor();
  });
}

int holdfast_winapi_is_waitable(void* handle) { return HandleTable::instance().find(handle).object ? TRUE : FALSE; }

}  // extern "C"
