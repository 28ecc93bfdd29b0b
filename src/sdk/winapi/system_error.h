// errno → Win32 code, and the boundary that no C++ exception leaves.
#pragma once

#include <windows.h>

#include <new>
#include <stdexcept>
#include <system_error>

namespace holdfast::winapi {

DWORD fromErrno(int code);

/// Runs the body of an exported function that returns `failed` after SetLastError. Lack of memory, threads or
/// descriptors is an error code there, never an exception. Other exceptions are none of ours and pass.
template <class Returned, class Body>
Returned guarded(Returned failed, Body&& body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  } catch (const std::length_error&) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  } catch (const std::system_error& error) {
    SetLastError(fromErrno(error.code().value()));
  }
  return failed;
}

/// SetLastError and `returned`, for the last line of a failing function.
template <class Returned>
Returned fail(DWORD code, Returned returned) {
  SetLastError(code);
  return returned;
}

}  // namespace holdfast::winapi
