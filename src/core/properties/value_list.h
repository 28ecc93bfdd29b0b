// Value lists (PR §2.1, §2.2): entries up to one endmark, no count. Here: the required dependencies of a resource or
// type (GET_REQUIRED_DEPENDENCIES), and the change of width of any value list.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/properties/text.h"

namespace holdfast::properties {

/// A provider that must be there: by class (CLUS_RESCLASS_*) or by registered type name.
using RequiredDependency = std::variant<std::uint32_t, std::string>;

/// A class may have 4 or 8 bytes, of which the first 4 count (CC X12); entries of other kinds are skipped (L12).
/// On failure 13 or 122, as for property lists.
std::expected<std::vector<RequiredDependency>, std::uint32_t> readRequiredDependencies(
    std::span<const std::uint8_t> bytes, Width width);
Bytes writeRequiredDependencies(const std::vector<RequiredDependency>& dependencies, Width width);

/// The same list with text of another width; entries without text are copied as they are.
std::expected<Bytes, std::uint32_t> convertValueList(std::span<const std::uint8_t> bytes, Width from, Width to);

}  // namespace holdfast::properties
