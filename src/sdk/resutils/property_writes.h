// Checks and changes that a property list asks for, common to the functions that take one.
#pragma once

#include "sdk/resutils/database.h"
#include "sdk/resutils/list_reader.h"
#include "sdk/resutils/table.h"

namespace holdfast::resutils {

/// PR V8: the first value of each property has the format of its row, and none is EXPANDED_SZ. ERROR_INVALID_PARAMETER.
DWORD checkFormats(const Table& table, const List& list);

/// PR V6 to V9: names, read-only rows, formats, ranges.
DWORD checkAgainstTable(const Table& table, const List& list, bool allowUnknown);

/// Writes one property under its own name. ERROR_INVALID_PARAMETER: a format that is not stored, or an impossible name.
DWORD addByName(const ListProperty& property, Changes& changes);

/// Writes those properties of the list that the table does not name.
DWORD addUnknown(const Table& table, const List& list, Changes& changes);

/// Writes those that it names, rows in memory excepted.
void addKnown(const Table& table, const List& list, Changes& changes);

}  // namespace holdfast::resutils
