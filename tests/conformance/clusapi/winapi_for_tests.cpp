// The few platform calls that libclusapi makes, while libwinapi is not part of the build.
#include <windows.h>

#include <cstdlib>

namespace {
thread_local DWORD lastError = 0;
}

#pragma GCC visibility push(default)
DWORD WINAPI GetLastError(void) { return lastError; }
void WINAPI SetLastError(DWORD code) { lastError = code; }
HLOCAL WINAPI LocalAlloc(UINT, SIZE_T size_bytes) { return std::malloc(size_bytes); }
HLOCAL WINAPI LocalFree(HLOCAL memory) {
  std::free(memory);
  return nullptr;
}
#pragma GCC visibility pop
