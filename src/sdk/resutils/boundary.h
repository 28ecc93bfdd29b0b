// The C boundary of libresutils: no exception leaves it, outputs come from LocalAlloc, sizes follow one protocol.
#pragma once

#include <windows.h>

#include <new>
#include <stdexcept>
#include <vector>

namespace holdfast::resutils {

using Bytes = std::vector<BYTE>;

/// Runs the body of an exported function. C5: out of memory is ERROR_NOT_ENOUGH_MEMORY, never an exception.
template <class Body>
DWORD guarded(Body&& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return ERROR_NOT_ENOUGH_MEMORY;
  } catch (const std::length_error&) {
    return ERROR_NOT_ENOUGH_MEMORY;
  }
}

/// A copy of the bytes from LocalAlloc, for the caller to free (C1). Throws std::bad_alloc.
LPBYTE localCopy(const void* data, std::size_t size_bytes);

/// Gives a finished list or multi-string to the caller (C3): success and its size, or ERROR_MORE_DATA and the size
/// needed. Either count may be NULL. A NULL buffer asks for the size; with a size it is ERROR_BAD_ARGUMENTS.
DWORD giveOut(const Bytes& bytes, void* out, DWORD outSize_bytes, LPDWORD returned_bytes, LPDWORD required_bytes);

/// Runs `body`, which makes the bytes or returns an error, and gives them out. On any error both counts are 0 (C3).
template <class Body>
DWORD giveOutGuarded(void* out, DWORD outSize_bytes, LPDWORD returned_bytes, LPDWORD required_bytes, Body&& body) {
  if (returned_bytes) *returned_bytes = 0;
  if (required_bytes) *required_bytes = 0;
  return guarded([&]() -> DWORD {
    Bytes bytes;
    const DWORD status = body(bytes);
    if (status != ERROR_SUCCESS) return status;
    return giveOut(bytes, out, outSize_bytes, returned_bytes, required_bytes);
  });
}

}  // namespace holdfast::resutils
