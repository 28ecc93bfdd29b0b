// How a database file can be unusable, and the sentence that says what to do about it.
#pragma once

#include <expected>
#include <string>

#include "core/base/types.h"

namespace holdfast::clussvc::store {

struct StoreError {
  enum class Kind {
    Damaged,     ///< truncated, corrupt, or unreadable rows
    Foreign,     ///< not a database of Holdfast
    Newer,       ///< written by a later version
    Locked,      ///< another process has it
    Unwritable,  ///< permission, read-only file system, missing folder
    Full,        ///< no space left
    Failed       ///< I/O error, or anything else
  };
  Kind kind = Kind::Failed;
  Error error;
};

/// From a result code of SQLite (extended or not) and its message.
StoreError storeError(int sqliteCode, const std::string& path, const std::string& message);

}  // namespace holdfast::clussvc::store
