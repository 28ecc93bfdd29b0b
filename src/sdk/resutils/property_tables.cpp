// Property tables: what they name, and lists checked against them and written (PR §7).
#include <resapi.h>

#include "sdk/resutils/block.h"
#include "sdk/resutils/list_writer.h"
#include "sdk/resutils/property_writes.h"

using namespace holdfast::resutils;

namespace {

struct ListIn {
  const void* bytes;
  DWORD size_bytes;
};

// Reads and checks the list; prepares the members that it replaces.
DWORD verify(const Table& table, const ListIn& in, bool allowUnknown, List& list, BlockUpdate* members) {
  if (const DWORD status = table.check()) return status;
  if (const DWORD status = readList(in.bytes, in.size_bytes, list)) return status;
  if (const DWORD status = checkAgainstTable(table, list, allowUnknown)) return status;
  if (!members) return ERROR_SUCCESS;
  for (const ListProperty& property : list.properties) {
    if (const Row* row = table.find(property.name)) members->set(*row, property.first().value());
  }
  members->borrow(in.bytes, in.size_bytes);
  return ERROR_SUCCESS;
}

DWORD setTable(HKEY key, const Row* rows, bool allowUnknown, const ListIn& in, bool force, BYTE* out) {
  if (!key || !rows) return ERROR_BAD_ARGUMENTS;
  const Table table(rows);
  List list;
  BlockUpdate members;
  if (const DWORD status = verify(table, in, allowUnknown, list, out ? &members : nullptr)) return status;
  Changes changes;
  addKnown(table, list, changes);
  if (const DWORD status = addUnknown(table, list, changes)) return status;
  if (!force) {
    if (const DWORD status = changes.dropUnchanged(key)) return status;
  }
  if (const DWORD status = changes.commit(key)) return status;
  if (out) members.apply(out, nullptr);
  return ERROR_SUCCESS;
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilEnumProperties(const PRESUTIL_PROPERTY_ITEM rows, LPWSTR out, DWORD outSize_bytes,
                                   LPDWORD returned_bytes, LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!rows) return ERROR_BAD_ARGUMENTS;
    std::vector<std::wstring> names;
    for (const Row& row : Table(rows)) names.emplace_back(row.Name);
    bytes = multiString(names);
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilGetPropertyFormats(const PRESUTIL_PROPERTY_ITEM rows, PVOID out, DWORD outSize_bytes,
                                       LPDWORD returned_bytes, LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes, returned_bytes, required_bytes, [&](Bytes& bytes) -> DWORD {
    if (!rows) return ERROR_BAD_ARGUMENTS;
    ListWriter list;
    for (const Row& row : Table(rows)) {
      const auto format = static_cast<WORD>(row.Format);
      list.add(row.Name, numberValue(CLUSPROP_FORMAT_WORD, &format, sizeof format));
    }
    bytes = list.bytes();
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilVerifyPropertyTable(const PRESUTIL_PROPERTY_ITEM rows, PVOID /*reserved*/, BOOL allowUnknown,
                                        const PVOID listBytes, DWORD listSize_bytes, LPBYTE out) {
  return guarded([&]() -> DWORD {
    if (!rows) return ERROR_BAD_ARGUMENTS;
    List list;
    BlockUpdate members;
    const DWORD status = verify(Table(rows), {listBytes, listSize_bytes}, allowUnknown != FALSE, list, &members);
    if (status == ERROR_SUCCESS && out) members.apply(out, nullptr);
    return status;
  });
}

DWORD WINAPI ResUtilSetPropertyTable(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID /*reserved*/, BOOL allowUnknown,
                                     const PVOID listBytes, DWORD listSize_bytes, LPBYTE out) {
  return guarded([&] { return setTable(key, rows, allowUnknown != FALSE, {listBytes, listSize_bytes}, false, out); });
}

DWORD WINAPI ResUtilSetPropertyTableEx(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID /*reserved*/,
                                       BOOL allowUnknown, const PVOID listBytes, DWORD listSize_bytes, BOOL force,
                                       LPBYTE out) {
  return guarded(
      [&] { return setTable(key, rows, allowUnknown != FALSE, {listBytes, listSize_bytes}, force != FALSE, out); });
}

DWORD WINAPI ResUtilSetUnknownProperties(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, const PVOID listBytes,
                                         DWORD listSize_bytes) {
  return guarded([&]() -> DWORD {
    if (!key || !rows) return ERROR_BAD_ARGUMENTS;
    List list;
    if (const DWORD status = readList(listBytes, listSize_bytes, list)) return status;
    Changes changes;
    if (const DWORD status = addUnknown(Table(rows), list, changes)) return status;
    if (const DWORD status = changes.dropUnchanged(key)) return status;
    return changes.commit(key);
  });
}

}  // extern "C"
