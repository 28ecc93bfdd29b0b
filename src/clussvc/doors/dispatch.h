// One frame of a client: is it well-formed, does the call exist, may it be made with this handle and from this place;
// then the function of its family serves it.
#pragma once

#include <optional>
#include <string_view>

#include "clussvc/doors/session.h"

namespace holdfast::clussvc::doors {

struct SessionState;

/// False: garbage, the connection is to be closed.
bool dispatch(SessionState& state, std::string_view body, const std::optional<DllContext>& where);

}  // namespace holdfast::clussvc::doors
