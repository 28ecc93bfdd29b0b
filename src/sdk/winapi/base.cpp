// Last error, memory, time.
#include <malloc.h>
#include <sched.h>
#include <time.h>
#include <windows.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "sdk/winapi/system_error.h"

namespace {

thread_local DWORD lastError = 0;

using namespace std::chrono;

/// What the heap gave beyond `size`: LocalReAlloc counts it as old bytes, which LMEM_ZEROINIT leaves alone.
void clearSlack(void* block, SIZE_T size) {
  const SIZE_T usable = malloc_usable_size(block);
  if (usable > size) std::memset(static_cast<BYTE*>(block) + size, 0, usable - size);
}

}  // namespace

DWORD WINAPI GetLastError(void) { return lastError; }
void WINAPI SetLastError(DWORD dwErrCode) { lastError = dwErrCode; }

HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes) {
  const SIZE_T size = std::max<SIZE_T>(uBytes, 1);
  void* block = (uFlags & LMEM_ZEROINIT) != 0 ? std::calloc(1, size) : std::malloc(size);
  if (block == nullptr) return holdfast::winapi::fail<HLOCAL>(ERROR_NOT_ENOUGH_MEMORY, nullptr);
  clearSlack(block, size);
  return block;
}

HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags) {
  if (hMem == nullptr) return holdfast::winapi::fail<HLOCAL>(ERROR_INVALID_HANDLE, nullptr);
  const SIZE_T before = LocalSize(hMem);
  const SIZE_T size = std::max<SIZE_T>(uBytes, 1);
  auto* block = static_cast<BYTE*>(std::realloc(hMem, size));
  if (block == nullptr) return holdfast::winapi::fail<HLOCAL>(ERROR_NOT_ENOUGH_MEMORY, nullptr);
  if ((uFlags & LMEM_ZEROINIT) != 0 && size > before) std::memset(block + before, 0, size - before);
  clearSlack(block, size);
  return block;
}

SIZE_T WINAPI LocalSize(HLOCAL hMem) { return hMem != nullptr ? malloc_usable_size(hMem) : 0; }

HLOCAL WINAPI LocalFree(HLOCAL hMem) {
  std::free(hMem);
  return nullptr;
}

HANDLE WINAPI GetProcessHeap(void) { return reinterpret_cast<HANDLE>(std::uintptr_t{1}); }

LPVOID WINAPI HeapAlloc(HANDLE, DWORD dwFlags, SIZE_T dwBytes) {
  return LocalAlloc((dwFlags & HEAP_ZERO_MEMORY) != 0 ? LMEM_ZEROINIT : LMEM_FIXED, dwBytes);
}

BOOL WINAPI HeapFree(HANDLE, DWORD, LPVOID lpMem) {
  LocalFree(lpMem);
  return TRUE;
}

DWORD WINAPI SleepEx(DWORD dwMilliseconds, BOOL) {
  if (dwMilliseconds == 0) {
    sched_yield();
    return 0;
  }
  timespec until{};
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += dwMilliseconds / 1000;
  until.tv_nsec += (dwMilliseconds % 1000) * 1'000'000L;
  if (until.tv_nsec >= 1'000'000'000) {
    ++until.tv_sec;
    until.tv_nsec -= 1'000'000'000;
  }
  do {
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
    }
    until.tv_sec += 1'000'000;  // only INFINITE goes round
  } while (dwMilliseconds == INFINITE);
  return 0;
}

void WINAPI Sleep(DWORD dwMilliseconds) { SleepEx(dwMilliseconds, FALSE); }

ULONGLONG WINAPI GetTickCount64(void) {
  return static_cast<ULONGLONG>(duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
}
DWORD WINAPI GetTickCount(void) { return static_cast<DWORD>(GetTickCount64()); }

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* lpPerformanceCount) {
  if (lpPerformanceCount == nullptr) return holdfast::winapi::fail<BOOL>(ERROR_NOACCESS, FALSE);
  lpPerformanceCount->QuadPart = duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
  return TRUE;
}

BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* lpFrequency) {
  if (lpFrequency == nullptr) return holdfast::winapi::fail<BOOL>(ERROR_NOACCESS, FALSE);
  lpFrequency->QuadPart = 1'000'000'000;
  return TRUE;
}

void WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime) {
  constexpr std::uint64_t kUnixEpoch = 116444736000000000;  // 1970 in 100 ns since 1601
  const auto now = duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count() / 100;
  const std::uint64_t ticks = kUnixEpoch + static_cast<std::uint64_t>(now);
  *lpSystemTimeAsFileTime = {static_cast<DWORD>(ticks), static_cast<DWORD>(ticks >> 32)};
}

BOOL WINAPI DisableThreadLibraryCalls(HMODULE) { return TRUE; }
