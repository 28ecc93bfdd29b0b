// The tree as rows: one per key, one per value. Paths and names are kept as first written, beside a folded form by
// which they are found without case, as database::Tree does.
#pragma once

#include "clussvc/store/sql.h"
#include "core/database/value.h"

namespace holdfast::clussvc::store {

class TreeTable {
 public:
  /// SQL that makes the tables.
  static const char* schema();

  /// Requires: the tables exist.
  explicit TreeTable(sqlite3* connection);

  /// Applies the changes of a batch. Conditions are not judged again: an entry is in the log only if they held where it
  /// stands (GUM-15), and what stands before it is the same for ever.
  void apply(const database::Batch& batch);

  /// The whole tree as CreateKey and SetValue commands, parents first. Throws SqlFailure (SQLITE_CORRUPT) for a value
  /// that cannot be read.
  database::Batch load();

 private:
  void createKey(std::string_view path);
  void deleteKey(std::string_view path);

  Statement insertKey_, deleteKeys_, deleteValues_, setValue_, deleteValue_, allKeys_, allValues_;
};

}  // namespace holdfast::clussvc::store
