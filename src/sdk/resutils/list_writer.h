// Writes property lists in native layout: zero padding, exact count, one endmark per property (PR §2.1).
#pragma once

#include <string_view>

#include "sdk/resutils/value.h"

namespace holdfast::resutils {

class ListWriter {
 public:
  ListWriter() : bytes_(sizeof(DWORD)) {}
  /// Goes on with a list that is already there. Requires: `list` is whole and ends with an endmark.
  explicit ListWriter(Bytes list) : bytes_(std::move(list)) {}

  /// PR E1: an EXPAND_SZ value is followed by its twin, expanded with this process's environment.
  void add(std::wstring_view name, const Value& value);

  const Bytes& bytes() const { return bytes_; }

 private:
  void append(DWORD word);
  void append(DWORD syntax, const Bytes& data);

  Bytes bytes_;
};

/// The bytes of one property without the list around it.
Bytes propertyBytes(std::wstring_view name, const Value& value);

/// Strings, each with its NUL, and a NUL after the last; an empty one is two NULs (CC §4.2).
Bytes multiString(const std::vector<std::wstring>& strings);

}  // namespace holdfast::resutils
