#include <windows.h>

#include <malloc.h>
#include <cstdlib>

namespace {
thread_local DWORD lastError = 0;
}

extern "C" {

DWORD GetLastError(void) { return lastError; }
void SetLastError(DWORD code) { lastError = code; }

HLOCAL LocalAlloc(UINT flags, SIZE_T size_bytes) {
  // A request for nothing still gives a pointer of its own, which LocalFree takes.
  void* memory =
      (flags & LMEM_ZEROINIT) ? std::calloc(1, size_bytes ? size_bytes : 1) : std::malloc(size_bytes ? size_bytes : 1);
  if (!memory) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return memory;
}
HLOCAL LocalReAlloc(HLOCAL memory, SIZE_T size_bytes, UINT flags) {
  const SIZE_T before = memory ? malloc_usable_size(memory) : 0;
  auto* grown = static_cast<BYTE*>(std::realloc(memory, size_bytes ? size_bytes : 1));
  if (!grown) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return nullptr;
  }
  if ((flags & LMEM_ZEROINIT) && size_bytes > before) memset(grown + before, 0, size_bytes - before);
  return grown;
}
HLOCAL LocalFree(HLOCAL memory) {
  std::free(memory);
  return nullptr;
}
SIZE_T LocalSize(HLOCAL memory) { return memory ? malloc_usable_size(memory) : 0; }

HANDLE GetProcessHeap(void) {
  static int heap;
  return &heap;
}
LPVOID HeapAlloc(HANDLE, DWORD flags, SIZE_T size_bytes) {
  return LocalAlloc((flags & HEAP_ZERO_MEMORY) ? LMEM_ZEROINIT : LMEM_FIXED, size_bytes);
}
BOOL HeapFree(HANDLE, DWORD, LPVOID memory) {
  std::free(memory);
  return TRUE;
}

}  // extern "C"
