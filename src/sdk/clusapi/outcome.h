// What a call came to: the code, and the cluster's own sentence about it, remembered for this thread.
#pragma once

#include <windows.h>

#include <string>

namespace holdfast::clusapi {

struct Outcome {
  DWORD code = ERROR_SUCCESS;
  std::string subject;
  std::string advice;
  bool ok() const { return code == ERROR_SUCCESS; }
};

/// The code, after remembering the sentence for HoldfastErrorText. Every function of the API returns through one of
/// these.
DWORD finish(const Outcome& outcome);
DWORD finish(DWORD code);

/// For functions that return a handle, BOOL or state: the code goes to SetLastError too. Returns `failed` if it is not
/// 0.
template <class Returned>
Returned finishWith(const Outcome& outcome, Returned good, Returned failed) {
  SetLastError(finish(outcome));
  return outcome.ok() ? good : failed;
}

/// What the last refused call of this thread said.
const Outcome& lastRefusal();

}  // namespace holdfast::clusapi
