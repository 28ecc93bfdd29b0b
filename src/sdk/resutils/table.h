// Property tables: rows, defaults, ranges, and the stored value of a row (PR §3).
#pragma once

#include <resapi.h>

#include <optional>
#include <string>

#include "sdk/resutils/value.h"

namespace holdfast::resutils {

using Row = RESUTIL_PROPERTY_ITEM;

/// The rows of a table as a range, up to the one without a name.
class Table {
 public:
  explicit Table(const Row* rows) : rows_(rows) {}

  const Row* begin() const { return rows_; }
  const Row* end() const {
    const Row* row = rows_;
    while (row->Name) ++row;
    return row;
  }

  /// The row of that name. NULL: unknown.
  const Row* find(std::wstring_view name) const;

  /// ERROR_INVALID_PARAMETER: a row has a format that a table may not have (WORD, EXPANDED_SZ, USER and others).
  DWORD check() const;

  /// True if the value `name` directly in the key belongs to a row, so that it is not an unknown property.
  bool ownsValue(std::wstring_view name) const;

 private:
  const Row* rows_;
};

/// The default. nullopt: a pointer that is NULL.
std::optional<Value> defaultOf(const Row& row);

/// The default, or an empty value where there is none: what a parameter block shows of it.
Value defaultOrEmpty(const Row& row);

/// ERROR_INVALID_DATA: a number out of Minimum to Maximum, unless both are 0 (PR V9). Requires: value.format is the
/// row's.
DWORD checkRange(const Row& row, const Value& value);

/// What the database holds for the row. ERROR_FILE_NOT_FOUND: nothing, or the row lives in memory only.
/// ERROR_INVALID_PARAMETER: a value of another type.
DWORD storedValue(HKEY key, const Row& row, Value& out);

/// The stored value, else the default, else nullopt. Same errors but for ERROR_FILE_NOT_FOUND.
DWORD currentValue(HKEY key, const Row& row, std::optional<Value>& out);

}  // namespace holdfast::resutils
