// Default processing of control codes (CC §5, §10): what the service answers itself, and what it answers after a DLL
// has declined (1).
#pragma once

#include <cstdint>
#include <span>

#include "core/base/types.h"
#include "core/database/value.h"
#include "core/properties/object_values.h"
#include "core/properties/payloads.h"
#include "core/properties/property_list.h"

namespace holdfast::properties {

struct Reply {
  std::uint32_t status = 0;
  Bytes output;
  std::uint32_t bytesReturned = 0;  ///< bytes in `output`; needed when status is 234
  database::Batch batch;            ///< of a SET code with status 0: to be committed before the answer; may be empty
};

/// The size protocol (CC §4.1): too long for `capacity` is 234 with the size needed and no output.
Reply fitted(Bytes output, std::uint32_t capacity_bytes);

/// Answers `control` for `subject`. Requires: `control` was found for the subject's kind.
/// Codes without a default, and those not supported, are 1.
Reply processDefault(const ControlCode& control, const Subject& subject, const ObjectValues& values,
                     std::span<const std::uint8_t> input, std::uint32_t capacity_bytes,
                     const Environment& environment = {}, Width width = Width::Native);

}  // namespace holdfast::properties
