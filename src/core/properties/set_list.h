// From a property list that somebody wants to set to one atomic batch, or to the status why not (PR §2.5, CC §4.4).
#pragma once

#include <cstdint>
#include <expected>
#include <span>

#include "core/base/types.h"
#include "core/database/value.h"
#include "core/properties/object_values.h"
#include "core/properties/property_list.h"

namespace holdfast::properties {

/// Common properties: each must be in the catalogue, writable, of its format and in range; together they must make
/// sense with what stays as it is (RetryPeriodOnFailure ≥ RestartPeriod, RA-128).
/// Returns one batch below the root key that skips what is equal already: empty if nothing changes.
/// On failure 13, 87 or 122, and nothing of the list counts.
std::expected<database::Batch, std::uint32_t> commonBatch(const Subject& subject, const ObjectValues& values,
                                                          std::span<const std::uint8_t> list, Width width);

/// Private properties by default: format is all that is checked (CC-54). `Sub\Value` lies in a subkey (PR L10).
std::expected<database::Batch, std::uint32_t> privateBatch(const Subject& subject, const ObjectValues& values,
                                                           std::span<const std::uint8_t> list, Width width);

}  // namespace holdfast::properties
