// LocalAlloc and LocalFree, counted and made to fail at will: the linker prefers them to those of libwinapi.
#include "fake_heap.h"

#include <windows.h>

#include <atomic>
#include <cstdlib>

namespace holdfast::testing {
namespace {

std::atomic<int> live{0};
std::atomic<int> untilFailure{-1};

}  // namespace

int liveBlocks() { return live; }
void failAllocation(int after) { untilFailure = after; }

}  // namespace holdfast::testing

extern "C" {

__attribute__((visibility("default"))) HLOCAL WINAPI LocalAlloc(UINT, SIZE_T size_bytes) {
  using namespace holdfast::testing;
  if (untilFailure >= 0 && untilFailure-- == 0) return nullptr;
  ++live;
  return std::calloc(1, size_bytes);
}

__attribute__((visibility("default"))) HLOCAL WINAPI LocalFree(HLOCAL memory) {
  if (memory) --holdfast::testing::live;
  std::free(memory);
  return nullptr;
}

}  // extern "C"
