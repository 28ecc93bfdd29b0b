// Paths of keys below the root of the cluster database.
#pragma once

#include <string>
#include <string_view>

#include "core/base/types.h"

namespace holdfast::clussvc::doors {

/// The key `subkey` below `parent`; an empty subkey is the parent itself. Refuses what no key can be named (161, 87).
Result<std::string> keyBelow(std::string_view parent, std::string_view subkey);

/// Keys that exist with an object or hold all objects of a kind: made and deleted with the object, not as keys.
bool belongsToObject(std::string_view path);

/// The object whose key this is, or is below; the cluster for all others.
ObjectRef objectOfKey(std::string_view path);

}  // namespace holdfast::clussvc::doors
