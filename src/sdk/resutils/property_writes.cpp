#include "sdk/resutils/property_writes.h"

namespace holdfast::resutils {

DWORD checkFormats(const Table& table, const List& list) {
  for (const ListProperty& property : list.properties) {
    const Row* row = table.find(property.name);
    if (property.first().isValueOf(CLUSPROP_FORMAT_EXPANDED_SZ)) return ERROR_INVALID_PARAMETER;
    if (row && !property.first().isValueOf(row->Format)) return ERROR_INVALID_PARAMETER;
  }
  return ERROR_SUCCESS;
}

DWORD checkAgainstTable(const Table& table, const List& list, bool allowUnknown) {
  for (const ListProperty& property : list.properties) {
    const Row* row = table.find(property.name);
    if (!row && !allowUnknown) return ERROR_INVALID_PARAMETER;
    if (row && (row->Flags & RESUTIL_PROPITEM_READ_ONLY)) return ERROR_INVALID_PARAMETER;
  }
  if (const DWORD status = checkFormats(table, list)) return status;
  for (const ListProperty& property : list.properties) {
    const Row* row = table.find(property.name);
    if (const DWORD status = row ? checkRange(*row, property.first().value()) : ERROR_SUCCESS) return status;
  }
  return ERROR_SUCCESS;
}

DWORD addByName(const ListProperty& property, Changes& changes) {
  const ListEntry& entry = property.first();
  if (entry.syntax.wType != CLUSPROP_TYPE_LIST_VALUE) return ERROR_INVALID_PARAMETER;
  Stored stored = toStored(entry.value());
  if (stored.type == REG_NONE) return ERROR_INVALID_PARAMETER;
  std::wstring subKey;
  std::wstring name;
  if (const DWORD status = splitName(property.name, subKey, name)) return status;
  changes.set(std::move(subKey), std::move(name), std::move(stored));
  return ERROR_SUCCESS;
}

DWORD addUnknown(const Table& table, const List& list, Changes& changes) {
  for (const ListProperty& property : list.properties) {
    if (table.find(property.name)) continue;
    if (const DWORD status = addByName(property, changes)) return status;
  }
  return ERROR_SUCCESS;
}

void addKnown(const Table& table, const List& list, Changes& changes) {
  for (const ListProperty& property : list.properties) {
    const Row* row = table.find(property.name);
    if (!row || (row->Flags & RESUTIL_PROPITEM_IN_MEMORY)) continue;
    changes.set(row->KeyName ? row->KeyName : L"", row->Name, toStored(property.first().value()));
  }
}

}  // namespace holdfast::resutils
