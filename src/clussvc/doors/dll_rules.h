// What a resource DLL may call, and when (RA §19).
#pragma once

#include <optional>

#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

/// A call that would need the lane which its caller holds is refused with ERROR_POSSIBLE_DEADLOCK (1131). Any other
/// that the rules forbid at this place is served, with one warning per DLL and function in the log.
std::optional<Error> checkDllCall(SessionState& state, const calls::CallInfo& info,
                                  const google::protobuf::Message& request, const DllContext& where);

}  // namespace holdfast::clussvc::doors
