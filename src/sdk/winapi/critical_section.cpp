// Critical sections: a recursive mutex behind DebugInfo; the other fields are for who looks with a debugger.
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <new>

#include "sdk/winapi/object.h"
#include "sdk/winapi/system_error.h"

namespace {

std::recursive_mutex& mutexOf(LPCRITICAL_SECTION section) {
  return *static_cast<std::recursive_mutex*>(section->DebugInfo);
}

void entered(LPCRITICAL_SECTION section) {
  __atomic_store_n(&section->OwningThread, reinterpret_cast<HANDLE>(std::uintptr_t{holdfast::winapi::currentThread()}),
                   __ATOMIC_RELAXED);
  ++section->RecursionCount;
}

}  // namespace

BOOL WINAPI InitializeCriticalSectionEx(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount, DWORD) {
  auto* mutex = new (std::nothrow) std::recursive_mutex;
  if (mutex == nullptr) return holdfast::winapi::fail<BOOL>(ERROR_NOT_ENOUGH_MEMORY, FALSE);
  *lpCriticalSection = {mutex, -1, 0, nullptr, nullptr, dwSpinCount};
  return TRUE;
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount) {
  return InitializeCriticalSectionEx(lpCriticalSection, dwSpinCount, 0);
}

VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  if (InitializeCriticalSectionEx(lpCriticalSection, 0, 0) != 0) return;
  std::fputs("InitializeCriticalSection: no memory\n", stderr);
  std::abort();
}

VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  mutexOf(lpCriticalSection).lock();
  entered(lpCriticalSection);
}

BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  if (!mutexOf(lpCriticalSection).try_lock()) return FALSE;
  entered(lpCriticalSection);
  return TRUE;
}

VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  const auto self = reinterpret_cast<HANDLE>(std::uintptr_t{holdfast::winapi::currentThread()});
  if (__atomic_load_n(&lpCriticalSection->OwningThread, __ATOMIC_RELAXED) != self) return;
  if (--lpCriticalSection->RecursionCount == 0) {
    __atomic_store_n(&lpCriticalSection->OwningThread, HANDLE{nullptr}, __ATOMIC_RELAXED);
  }
  mutexOf(lpCriticalSection).unlock();
}

VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  delete static_cast<std::recursive_mutex*>(lpCriticalSection->DebugInfo);
  *lpCriticalSection = {};
}
