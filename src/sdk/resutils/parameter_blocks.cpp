// Parameter blocks: filled from the database, copied, freed, written back (PR §8).
#include <resapi.h>

#include "sdk/resutils/block.h"
#include "sdk/resutils/database.h"
#include "sdk/resutils/list_reader.h"
#include "sdk/resutils/list_writer.h"
#include "sdk/resutils/property_writes.h"

using namespace holdfast::resutils;

namespace {

DWORD prepareFromDatabase(HKEY key, const Table& table, bool checkRequired, BlockUpdate& update, const Row*& inError) {
  for (const Row& row : table) {
    inError = &row;
    if (row.Flags & RESUTIL_PROPITEM_IN_MEMORY) continue;  // the member is the only place where its value lives
    Value stored;
    const DWORD status = storedValue(key, row, stored);
    if (status == ERROR_SUCCESS) {
      update.set(row, stored);
    } else if (status != ERROR_FILE_NOT_FOUND) {
      return status;
    } else if (checkRequired && (row.Flags & RESUTIL_PROPITEM_REQUIRED)) {
      return ERROR_FILE_NOT_FOUND;
    } else {
      update.set(row, defaultOf(row));
    }
  }
  inError = nullptr;
  return ERROR_SUCCESS;
}

// What a member that differs is written as. nullopt: a NULL pointer, which stands for an empty value (PR §8).
Value writtenValue(const BYTE* block, const Row& row) {
  if (auto value = memberOf(block, row)) return std::move(*value);
  if (isText(row.Format)) return textValue(row.Format, L"");
  if (row.Format == CLUSPROP_FORMAT_MULTI_SZ) return {row.Format, multiString({})};
  return {row.Format, {}};
}

// An absent value reads as its default, so a member that equals the default does not differ from the database, unless
// the caller's list says it in so many words.
DWORD addMember(HKEY key, const Row& row, const BYTE* block, const List& list, bool force, Changes& changes) {
  if (row.Flags & RESUTIL_PROPITEM_IN_MEMORY) return ERROR_SUCCESS;
  const Value member = writtenValue(block, row);
  Value stored;
  const DWORD status = storedValue(key, row, stored);
  if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND && status != ERROR_INVALID_PARAMETER) return status;
  const bool absent = status == ERROR_FILE_NOT_FOUND;
  const bool differs = absent ? member != defaultOrEmpty(row) : status != ERROR_SUCCESS || member != stored;
  if (row.Flags & RESUTIL_PROPITEM_READ_ONLY) return differs ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
  if (differs || force || (absent && list.find(row.Name))) {
    changes.set(row.KeyName ? row.KeyName : L"", row.Name, toStored(member));
  }
  return ERROR_SUCCESS;
}

DWORD setBlock(HKEY key, const Row* rows, const BYTE* in, const void* listBytes, DWORD listSize_bytes, bool force,
               BYTE* out) {
  if (!key || !rows || !in) return ERROR_BAD_ARGUMENTS;
  const Table table(rows);
  if (const DWORD status = table.check()) return status;
  List list;
  Changes changes;
  if (listBytes) {
    if (const DWORD status = readList(listBytes, listSize_bytes, list)) return status;
    if (const DWORD status = checkFormats(table, list)) return status;
    if (const DWORD status = addUnknown(table, list, changes)) return status;
    if (const DWORD status = force ? ERROR_SUCCESS : changes.dropUnchanged(key)) return status;
  }
  for (const Row& row : table) {
    if (const DWORD status = addMember(key, row, in, list, force, changes)) return status;
  }
  BlockUpdate update;
  if (out) {
    for (const Row& row : table) update.set(row, memberOf(in, row));
    update.borrow(listBytes, listSize_bytes);
  }
  if (const DWORD status = changes.commit(key)) return status;
  if (out) update.apply(out, in);
  return ERROR_SUCCESS;
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilGetPropertiesToParameterBlock(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, LPBYTE out,
                                                  BOOL checkRequired, LPWSTR* nameInError) {
  if (nameInError) *nameInError = nullptr;
  return guarded([&]() -> DWORD {
    if (!key || !rows || !out) return ERROR_BAD_ARGUMENTS;
    const Table table(rows);
    if (const DWORD status = table.check()) return status;
    BlockUpdate update;
    const Row* inError = nullptr;
    const DWORD status = prepareFromDatabase(key, table, checkRequired != FALSE, update, inError);
    if (status != ERROR_SUCCESS) {
      if (nameInError && inError) *nameInError = inError->Name;
      return status;
    }
    update.apply(out, nullptr);
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilPropertyListFromParameterBlock(const PRESUTIL_PROPERTY_ITEM rows, PVOID out, LPDWORD outSize_bytes,
                                                   const LPBYTE in, LPDWORD returned_bytes, LPDWORD required_bytes) {
  return giveOutGuarded(out, outSize_bytes ? *outSize_bytes : 0, returned_bytes, required_bytes,
                        [&](Bytes& bytes) -> DWORD {
                          if (!rows || !in || !outSize_bytes) return ERROR_BAD_ARGUMENTS;
                          const Table table(rows);
                          if (const DWORD status = table.check()) return status;
                          ListWriter list;
                          for (const Row& row : table) list.add(row.Name, writtenValue(in, row));
                          bytes = list.bytes();
                          return ERROR_SUCCESS;
                        });
}

DWORD WINAPI ResUtilDupParameterBlock(LPBYTE out, const LPBYTE in, const PRESUTIL_PROPERTY_ITEM rows) {
  return guarded([&]() -> DWORD {
    if (!out || !in || !rows) return ERROR_BAD_ARGUMENTS;
    const Table table(rows);
    if (const DWORD status = table.check()) return status;
    BlockUpdate update;
    for (const Row& row : table) update.set(row, memberOf(in, row));
    update.apply(out, in);
    return ERROR_SUCCESS;
  });
}

void WINAPI ResUtilFreeParameterBlock(LPBYTE out, const LPBYTE in, const PRESUTIL_PROPERTY_ITEM rows) {
  if (out && rows) freeMembers(out, in, Table(rows));
}

DWORD WINAPI ResUtilSetPropertyParameterBlock(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID /*reserved*/,
                                              const LPBYTE in, const PVOID list, DWORD listSize_bytes, LPBYTE out) {
  return guarded([&] { return setBlock(key, rows, in, list, listSize_bytes, false, out); });
}

DWORD WINAPI ResUtilSetPropertyParameterBlockEx(HKEY key, const PRESUTIL_PROPERTY_ITEM rows, PVOID /*reserved*/,
                                                const LPBYTE in, const PVOID list, DWORD listSize_bytes, BOOL force,
                                                LPBYTE out) {
  return guarded([&] { return setBlock(key, rows, in, list, listSize_bytes, force != FALSE, out); });
}

}  // extern "C"
