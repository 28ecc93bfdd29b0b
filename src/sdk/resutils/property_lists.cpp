// Property lists made from the database, with a table and without (PR §7, §9).
#include <resapi.h>

#include <cstring>

#include "sdk/resutils/database.h"
#include "sdk/resutils/list_reader.h"
#include "sdk/resutils/list_writer.h"
#include "sdk/resutils/property_writes.h"

using namespace holdfast::resutils;

namespace {

DWORD addRows(HKEY key, const Table& table, ListWriter& list) {
  for (const Row& row : table) {
    std::optional<Value> value;
    if (const DWORD status = currentValue(key, row, value)) return status;
    if (value) list.add(row.Name, *value);
  }
  return ERROR_SUCCESS;
}

// Stored values that the table (NULL: none) does not name. Types that no format reads back are skipped (PR §5).
DWORD addStored(HKEY key, const Table* table, ListWriter& list) {
  std::vector<NamedStored> all;
  if (const DWORD status = readAllStored(key, all)) return status;
  for (const NamedStored& found : all) {
    if (table && table->ownsValue(found.name)) continue;
    if (const auto value = fromStored(found.stored)) list.add(found.name, *value);
  }
  return ERROR_SUCCESS;
}

// Bytes of one property; none where it has no value.
DWORD oneProperty(HKEY key, const Row* row, Bytes& bytes) {
  if (!key || !row || !row->Name) return ERROR_BAD_ARGUMENTS;
  if (registryType(row->Format) == REG_NONE) return ERROR_INVALID_PARAMETER;
  std::optional<Value> value;
  if (const DWORD status = currentValue(key, *row, value)) return status;
  if (value) bytes = propertyBytes(row->Name, *value);
  return ERROR_SUCCESS;
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilGetProperties(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID out, DWORD outSize_bytes,
                                  LPDWORD returned_bytes, LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!key || !rows) return ERROR_BAD_ARGUMENTS;
    const Table table(rows);
    if (const DWORD status = table.check()) return status;
    ListWriter list;
    if (const DWORD status = addRows(key, table, list)) return status;
    bytes = list.bytes();
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilGetAllProperties(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID out, DWORD outSize_bytes,
                                     LPDWORD returned_bytes, LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!key || !rows) return ERROR_BAD_ARGUMENTS;
    const Table table(rows);
    if (const DWORD status = table.check()) return status;
    ListWriter list;
    if (const DWORD status = addRows(key, table, list)) return status;
    if (const DWORD status = addStored(key, &table, list)) return status;
    bytes = list.bytes();
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilGetPropertySize(HKEY key, const PRESUTIL_PROPERTY_ITEM row, LPDWORD size_bytes, LPDWORD count) {
  return guarded([&]() -> DWORD {
    if (!size_bytes || !count) return ERROR_BAD_ARGUMENTS;
    Bytes bytes;
    if (const DWORD status = oneProperty(key, row, bytes)) return status;
    if (bytes.empty()) return ERROR_SUCCESS;
    *size_bytes += static_cast<DWORD>(bytes.size());
    ++*count;
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilGetProperty(HKEY key, const PRESUTIL_PROPERTY_ITEM row, PVOID* cursor, LPDWORD left_bytes) {
  return guarded([&]() -> DWORD {
    if (!cursor || !*cursor || !left_bytes) return ERROR_BAD_ARGUMENTS;
    Bytes bytes;
    if (const DWORD status = oneProperty(key, row, bytes)) return status;
    if (bytes.size() > *left_bytes) return ERROR_MORE_DATA;
    if (bytes.empty()) return ERROR_SUCCESS;
    std::memcpy(*cursor, bytes.data(), bytes.size());
    *cursor = static_cast<BYTE*>(*cursor) + bytes.size();
    *left_bytes -= static_cast<DWORD>(bytes.size());
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilAddUnknownProperties(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID out, DWORD outSize_bytes,
                                         LPDWORD returned_bytes, LPDWORD required_bytes) {
  if (required_bytes) *required_bytes = 0;
  return guarded([&]() -> DWORD {
    if (!key || !rows || !returned_bytes || (!out && outSize_bytes > 0)) return ERROR_BAD_ARGUMENTS;
    if (*returned_bytes > outSize_bytes) return ERROR_INVALID_PARAMETER;
    List present;
    if (*returned_bytes > 0) {
      if (const DWORD status = readList(out, *returned_bytes, present)) return status;
    }
    const auto* begin = static_cast<const BYTE*>(out);
    ListWriter list = present.size_bytes ? ListWriter(Bytes(begin, begin + present.size_bytes)) : ListWriter();
    const Table table(rows);
    if (const DWORD status = addStored(key, &table, list)) return status;
    DWORD total_bytes = 0;
    const DWORD status = giveOut(list.bytes(), out, outSize_bytes, &total_bytes, required_bytes);
    if (status == ERROR_SUCCESS) *returned_bytes = total_bytes;
    return status;
  });
}

DWORD WINAPI ResUtilEnumPrivateProperties(HKEY key, LPWSTR out, DWORD outSize_bytes, LPDWORD returned_bytes,
                                          LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!key) return ERROR_BAD_ARGUMENTS;
    std::vector<NamedStored> all;
    if (const DWORD status = readAllStored(key, all)) return status;
    std::vector<std::wstring> names;
    for (NamedStored& found : all) names.push_back(std::move(found.name));
    bytes = multiString(names);
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilGetPrivateProperties(HKEY key, PVOID out, DWORD outSize_bytes, LPDWORD returned_bytes,
                                         LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!key) return ERROR_BAD_ARGUMENTS;
    ListWriter list;
    if (const DWORD status = addStored(key, nullptr, list)) return status;
    bytes = list.bytes();
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilSetPrivatePropertyList(HKEY key, const PVOID listBytes, DWORD listSize_bytes) {
  return guarded([&]() -> DWORD {
    if (!key) return ERROR_BAD_ARGUMENTS;
    if (!listBytes) return ERROR_INSUFFICIENT_BUFFER;  // PR-43: of all functions this one says so
    List list;
    if (const DWORD status = readList(listBytes, listSize_bytes, list)) return status;
    Changes changes;
    for (const ListProperty& property : list.properties) {
      if (const DWORD status = addByName(property, changes)) return status;
    }
    if (const DWORD status = changes.dropUnchanged(key)) return status;
    return changes.commit(key);
  });
}

DWORD WINAPI ResUtilVerifyPrivatePropertyList(const PVOID listBytes, DWORD listSize_bytes) {
  return guarded([&]() -> DWORD {
    List list;
    return readList(listBytes, listSize_bytes, list);
  });
}

}  // extern "C"
