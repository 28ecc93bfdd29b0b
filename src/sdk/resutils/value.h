// A property value as libresutils handles it: a CLUSPROP format and its bytes, text native and terminated.
#pragma once

#include <clusapi.h>

#include <optional>
#include <string>
#include <string_view>

#include "sdk/resutils/boundary.h"

namespace holdfast::resutils {

struct Value {
  DWORD format = CLUSPROP_FORMAT_UNKNOWN;
  Bytes data;

  bool operator==(const Value&) const = default;
};

/// What the cluster database holds: a registry type and its bytes.
struct Stored {
  DWORD type = REG_NONE;
  Bytes data;

  bool operator==(const Stored&) const = default;
};

Value numberValue(DWORD format, const void* number, std::size_t size_bytes);
Value textValue(DWORD format, std::wstring_view text);

/// The text of an SZ-like value, without its NUL.
std::wstring textOf(const Bytes& data);

bool isText(DWORD format);   // SZ, EXPAND_SZ, EXPANDED_SZ
bool isSized(DWORD format);  // pointer and size in a parameter block: BINARY, MULTI_SZ, SECURITY_DESCRIPTOR
std::size_t fixedSize_bytes(DWORD format);  // of numbers; 0 for the others

/// PR V5: the length and end of a value fit its format. Unknown formats always do (PR L12).
bool wellFormed(DWORD format, const BYTE* data, std::size_t size_bytes);

/// The registry type that stores a format (PR §5), REG_NONE for one that is not stored.
DWORD registryType(DWORD format);

/// How a stored value without a table row reads back (PR §5). nullopt: its type is skipped, or its bytes do not fit it.
std::optional<Value> fromStored(const Stored& stored);

/// As the row of a table wants it. nullopt: the stored type or length is another.
std::optional<Value> fromStored(const Stored& stored, DWORD format);

Stored toStored(const Value& value);

/// Names of properties, keys and types are compared without case (PR L10).
bool sameName(std::wstring_view one, std::wstring_view other);

}  // namespace holdfast::resutils
