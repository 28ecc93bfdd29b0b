// Values of the cluster database ↔ the bytes of the registry calls. The one place of this room where both meet: text
// is UTF-8 without terminator in the database, WCHAR of 32 bits with terminators in a process (CC §4.5 W4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast::clussvc::doors {

/// As a caller sees it. MULTI_SZ: every string with its terminator and one more; an empty list is two terminators.
std::string toNativeBytes(const database::Value& value);

/// Refuses a type that the database does not keep (87), a size that the type cannot have (13), text that is no
/// Unicode (1113). Text ends at its first terminator; a missing one is no error.
Result<database::Value> fromNativeBytes(std::uint32_t type, std::string_view bytes);

}  // namespace holdfast::clussvc::doors
