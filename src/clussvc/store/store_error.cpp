#include "clussvc/store/store_error.h"

#include <sqlite3.h>

#include "clussvc/error_codes.h"

namespace holdfast::clussvc::store {

StoreError storeError(int sqliteCode, const std::string& path, const std::string& message) {
  using Kind = StoreError::Kind;
  const std::string file = "database " + path;
  switch (sqliteCode & 0xFF) {
    case SQLITE_CORRUPT:
      return {Kind::Damaged,
              {code::kFileCorrupt, file + " is damaged (" + message + ")",
               "restore it from a backup, or remove it to form a new, empty cluster"}};
    case SQLITE_NOTADB:
      return {Kind::Foreign,
              {code::kBadFormat, file + " is not a cluster database",
               "name the right file, or move this one away to form a new cluster"}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Kind::Locked,
              {code::kSharingViolation, file + " is locked by another process",
               "end the clussvc or the tool that has it open (fuser " + path + " names it)"}};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Kind::Unwritable,
              {code::kAccessDenied, file + " cannot be opened for writing (" + message + ")",
               "let the user of clussvc write the file and its folder"}};
    case SQLITE_FULL:
      return {Kind::Full, {code::kDiskFull, file + ": the disk is full", "free space there, then restart clussvc"}};
    default:
      return {
          Kind::Failed,
          {code::kIoDevice, file + " failed (" + message + ")", "check the disk and its log, then restart clussvc"}};
  }
}

}  // namespace holdfast::clussvc::store
