#include "sdk/resutils/boundary.h"

#include <algorithm>
#include <cstring>

namespace holdfast::resutils {

LPBYTE localCopy(const void* data, std::size_t size_bytes) {
  void* memory = LocalAlloc(0, std::max<std::size_t>(size_bytes, 1));
  if (!memory) throw std::bad_alloc();
  if (size_bytes > 0) std::memcpy(memory, data, size_bytes);
  return static_cast<LPBYTE>(memory);
}

DWORD giveOut(const Bytes& bytes, void* out, DWORD outSize_bytes, LPDWORD returned_bytes, LPDWORD required_bytes) {
  if (!out && outSize_bytes > 0) return ERROR_BAD_ARGUMENTS;
  const auto size_bytes = static_cast<DWORD>(bytes.size());
  if (size_bytes > outSize_bytes) {
    if (required_bytes) *required_bytes = size_bytes;
    return ERROR_MORE_DATA;
  }
  std::memcpy(out, bytes.data(), bytes.size());
  if (returned_bytes) *returned_bytes = size_bytes;
  return ERROR_SUCCESS;
}

}  // namespace holdfast::resutils
