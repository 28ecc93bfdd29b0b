// Reads property lists in native layout, within their bounds (PR §2.5, V1 to V5).
#pragma once

#include <string>
#include <vector>

#include "sdk/resutils/value.h"

namespace holdfast::resutils {

/// PR L11: a longer list is refused with ERROR_INVALID_PARAMETER.
constexpr DWORD kMaxListSize_bytes = 16u << 20;

/// One value of a property. `data` points into the list.
struct ListEntry {
  CLUSPROP_SYNTAX syntax{};
  DWORD size_bytes = 0;
  const BYTE* data = nullptr;

  /// The value, if it is of a documented kind and not a vendor's.
  bool isValueOf(DWORD format) const { return syntax.wType == CLUSPROP_TYPE_LIST_VALUE && syntax.wFormat == format; }
  Value value() const { return {syntax.wFormat, Bytes(data, data + size_bytes)}; }
};

struct ListProperty {
  std::wstring name;
  std::vector<ListEntry> values;  // at least one

  /// PR V11: the first value counts.
  const ListEntry& first() const { return values.front(); }
};

struct List {
  std::vector<ListProperty> properties;
  std::size_t size_bytes = 0;  // up to the last property's endmark: what follows is ignored (V10)

  /// PR L9: of a name that stands twice the last counts. NULL: not there.
  const ListProperty* find(std::wstring_view name) const;
};

/// ERROR_INVALID_DATA: NULL, shorter than its count, or malformed. ERROR_INSUFFICIENT_BUFFER: cut off by `size_bytes`.
DWORD readList(const void* list, DWORD size_bytes, List& out);

}  // namespace holdfast::resutils
