// The common properties of every kind of object (CM §4 … §8): name, format, range, default, access, unit.
//
// The one place that knows them: readers take defaults from here, writers are checked against it, documentation and
// completion list it. A value lies in the object's own key of the database under the property's name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/types.h"
#include "core/database/value.h"
#include "core/properties/property_list.h"

namespace holdfast::properties {

enum class Access : std::uint8_t {
  ReadWrite,
  ReadOnly,  ///< changed by calls of its own only; refused in a list with 87
};

enum class Home : std::uint8_t {
  Key,       ///< a value of the object's key
  Computed,  ///< known to the running service only (MonitorProcessId, StatusInformation …)
};

struct PropertyInfo {
  std::string_view name;
  Format format = Format::Dword;
  Access access = Access::ReadWrite;
  std::uint32_t minimum = 0;
  std::uint32_t maximum = 0;  ///< minimum = maximum = 0: every value passes (PR V9)
  std::variant<std::uint32_t, std::uint64_t, std::string_view> standard = 0u;  ///< the default; MULTI_SZ: always empty
  std::string_view unit = {};
  Home home = Home::Key;
  std::optional<std::uint32_t> alsoAllowed = {};  ///< one value outside the range: 0xFFFFFFFF for "unset"
  std::string_view alias = {};                    ///< another name, for reading and writing; lists show `name` only
  std::string_view stored = {};                   ///< value name in the key where it is not `name`

  std::string_view storedName() const { return stored.empty() ? name : stored; }
};

/// Sorted as lists show them. Empty for kinds without common properties.
std::span<const PropertyInfo> catalogueOf(ObjectKind kind);

/// By name or alias, without case; nullptr if there is none.
const PropertyInfo* find(ObjectKind kind, std::string_view name);

/// The default as a stored value.
database::Value standardValue(const PropertyInfo& info);

/// A DWORD property's default. Requires: there is one of that name.
std::uint32_t standardDword(ObjectKind kind, std::string_view name);

/// Does a stored value have the type that the property's format asks for? What somebody wrote into the key by hand in
/// another type reads as the default.
bool fits(const PropertyInfo& info, const database::Value& value);

/// 0, 13 (out of range) or 87 (read-only, or another format than the property's).
std::uint32_t checkValue(const PropertyInfo& info, const ListValue& value);

}  // namespace holdfast::properties
