// What the buffers of each control code hold and who answers it (CC §8 … §11): the one table, and the only converter
// between widths of text (CC §4.5).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/types.h"
#include "core/properties/text.h"

namespace holdfast::properties {

enum class Payload : std::uint8_t {
  None,
  Properties,  ///< a property list
  Formats,     ///< a property-format list
  ValueList,
  MultiSz,
  Sz,
  Dword,
  Structure,  ///< fixed layout without text
  Opaque      ///< unknown to us: never converted (CC-115)
};

/// Column H of the tables.
enum class Handler : std::uint8_t {
  Service,         ///< never reaches a DLL
  DllThenDefault,  ///< DLL first; declined (1): default processing
  Dll,             ///< DLL first; declined goes back to the caller
  Unsupported      ///< always 1
};

struct ControlCode {
  std::uint32_t code = 0;
  std::string_view name;                     ///< without CLUSCTL_
  ObjectKind object = ObjectKind::Resource;  ///< the function that takes it; the word may carry another number
  Handler handler = Handler::Service;
  Payload input = Payload::None;
  Payload output = Payload::None;
};

// The codes that code refers to by name.
namespace code {
inline constexpr std::uint32_t kFunctionMask = 0x00FF'FFFF;  ///< without the object
// Operations shared by objects, without the object number.
inline constexpr std::uint32_t kUnknown = 0x0;
inline constexpr std::uint32_t kGetCharacteristics = 0x5;
inline constexpr std::uint32_t kGetFlags = 0x9;
inline constexpr std::uint32_t kGetClassInfo = 0xD;
inline constexpr std::uint32_t kGetRequiredDependencies = 0x11;
inline constexpr std::uint32_t kGetFailureInfo = 0x19;
inline constexpr std::uint32_t kGetName = 0x29;
inline constexpr std::uint32_t kGetResourceType = 0x2D;
inline constexpr std::uint32_t kGetId = 0x39;
inline constexpr std::uint32_t kEnumCommonProperties = 0x51;
inline constexpr std::uint32_t kGetRoCommonProperties = 0x55;
inline constexpr std::uint32_t kGetCommonProperties = 0x59;
inline constexpr std::uint32_t kSetCommonProperties = 0x40005E;
inline constexpr std::uint32_t kValidateCommonProperties = 0x61;
inline constexpr std::uint32_t kGetCommonPropertyFormats = 0x65;
inline constexpr std::uint32_t kGetCommonResourcePropertyFormats = 0x69;
inline constexpr std::uint32_t kEnumPrivateProperties = 0x79;
inline constexpr std::uint32_t kGetRoPrivateProperties = 0x7D;
inline constexpr std::uint32_t kGetPrivateProperties = 0x81;
inline constexpr std::uint32_t kSetPrivateProperties = 0x400086;
inline constexpr std::uint32_t kValidatePrivateProperties = 0x89;
inline constexpr std::uint32_t kGetPrivatePropertyFormats = 0x8D;
inline constexpr std::uint32_t kGetPrivateResourcePropertyFormats = 0x91;
// Notifications to resources, whole words.
inline constexpr std::uint32_t kResourceDelete = 0x0150'0006;
inline constexpr std::uint32_t kResourceAddDependency = 0x0150'0012;
inline constexpr std::uint32_t kResourceRemoveDependency = 0x0150'0016;
inline constexpr std::uint32_t kResourceSetName = 0x0150'0026;
inline constexpr std::uint32_t kResourceGetRequiredDependencies = 0x0100'0011;
}  // namespace code

/// The code as the control function of `object` knows it; nothing if the function has no such code (CC §2 step 4).
std::optional<ControlCode> findControl(ObjectKind object, std::uint32_t controlCode);

/// The object byte of an object's codes (CC §1.1).
std::uint32_t objectNumber(ObjectKind kind);

/// CC §1.2 rule 3, RA P-22: goes to the DLL as it is, whatever its object byte.
bool isUserCode(std::uint32_t controlCode);
/// Sent by the service only.
bool isInternalCode(std::uint32_t controlCode);
/// Needs a handle with full access (CC §7).
bool isModifyingCode(std::uint32_t controlCode);
/// SET_*_PROPERTIES and VALIDATE_*_PROPERTIES: a NULL list is 1783 whoever would process it (CC-31).
bool takesPropertyList(std::uint32_t controlCode);

/// A buffer of one width in another. What holds no text, and what we do not know, comes back byte for byte.
/// On failure 13 or 122: the list is malformed, and must not be passed on in a width it does not have.
std::expected<Bytes, std::uint32_t> convertPayload(Payload payload, std::span<const std::uint8_t> bytes, Width from,
                                                   Width to);

}  // namespace holdfast::properties
