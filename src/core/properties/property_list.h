// Property lists to the byte (PR §1, §2): one reader with the checks of PR §2.5, one writer.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/database/value.h"
#include "core/properties/text.h"

namespace holdfast::properties {

/// CLUSPROP_FORMAT_*; numbers from 32768 on are private to their maker.
enum class Format : std::uint16_t {
  Unknown = 0,
  Binary = 1,
  Dword = 2,
  Sz = 3,
  ExpandSz = 4,
  MultiSz = 5,
  UlargeInteger = 6,
  Long = 7,
  ExpandedSz = 8,
  SecurityDescriptor = 9,
  LargeInteger = 10,
  Word = 11,
  Filetime = 12,
  ValueList = 13,
  PropertyList = 14
};

/// CLUSPROP_TYPE_*.
enum class Type : std::uint16_t { Endmark = 0, ListValue = 1, ResourceClass = 2, Name = 4, User = 32768 };

constexpr std::uint32_t syntax(Type type, Format format) {
  return (static_cast<std::uint32_t>(type) << 16) | static_cast<std::uint32_t>(format);
}

/// Lists above this are refused with 87 (PR L11).
inline constexpr std::size_t kMaxListSize_bytes = 16u << 20;

/// One value entry. Which alternative it holds follows from the format: DWORD, LONG and WORD a 32-bit number, the
/// 64-bit formats a 64-bit one, SZ and its kin text, MULTI_SZ strings, everything else its bytes.
struct ListValue {
  Format format = Format::Unknown;
  std::variant<std::uint32_t, std::uint64_t, std::string, std::vector<std::string>, Bytes> data;
  Type type = Type::ListValue;
  bool operator==(const ListValue&) const = default;
};

struct Property {
  std::string name;
  std::vector<ListValue> values;  ///< the first counts (PR V11)
  bool operator==(const Property&) const = default;
};

using PropertyList = std::vector<Property>;

/// Reads a list. Never reads past `bytes`, whatever they hold.
/// On failure the status of PR §2.5: 13 malformed, 122 cut off, 87 larger than kMaxListSize_bytes.
/// Bytes after the last property are ignored (V10).
std::expected<PropertyList, std::uint32_t> readPropertyList(std::span<const std::uint8_t> bytes, Width width);

/// Count, properties, padding of zero bytes, one endmark per property, none for the list (PR L3, L5).
Bytes writePropertyList(const PropertyList& list, Width width);

/// For the expansion of EXPAND_SZ twins (PR §5.1 E1): names without case.
using Environment = std::map<std::string, std::string>;
/// %NAME% replaced; unknown names stay as written (PR-106).
std::string expand(std::string_view text, const Environment& environment);

/// A property from a stored value: EXPAND_SZ gets its expanded twin.
Property propertyOf(std::string name, const database::Value& value, const Environment& environment = {});

/// One entry of a format list (CC §4.3).
struct PropertyFormat {
  std::string name;
  Format format = Format::Unknown;
};
Bytes writeFormatList(const std::vector<PropertyFormat>& formats, Width width);

/// What is stored for a value of a list (PR §5). LONG, DWORD and WORD share REG_DWORD, 64-bit formats REG_QWORD.
database::Value storedValue(const ListValue& value);

}  // namespace holdfast::properties
