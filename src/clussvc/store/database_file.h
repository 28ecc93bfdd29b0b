// The database file of one node (GUM §1): `promised`, the log and the tree at the applied tag, in SQLite. Synchronous;
// used by one thread at a time. The store thread (store.h) runs it behind the loop.
//
// WAL, synchronous=FULL, one connection with an exclusive lock: no other process can change the file under us.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "clussvc/store/store_error.h"
#include "core/gum/messages.h"

struct sqlite3;

namespace holdfast::clussvc::store {

struct FileOptions {
  const char* vfs = nullptr;  ///< SQLite VFS to use; nullptr: the system's
};

class DatabaseFile {
 public:
  /// Opens the file at `path`, or makes a new one (mode 0600, complete before it gets its name) if there is none.
  /// On failure says which of: damaged, foreign, newer, locked, unwritable; an existing file is never replaced.
  static std::expected<DatabaseFile, StoreError> open(const std::string& path, const FileOptions& options = {});

  DatabaseFile(DatabaseFile&&) noexcept;
  DatabaseFile& operator=(DatabaseFile&&) noexcept;
  ~DatabaseFile();

  /// What core::Node starts from. Fails as Damaged if a row cannot be read.
  std::expected<gum::StoredState, StoreError> load();

  /// The next incarnation number of this node's service: higher than any before, durable when it returns.
  std::expected<std::uint64_t, StoreError> nextIncarnation();

  /// Executes the persists in order, in one transaction: all of them or, on failure, none. When it returns they are
  /// durable; except that a group that only applies committed updates is not waited for (GUM §1: the log repeats it),
  /// while its place in the order is kept.
  std::expected<void, StoreError> execute(std::span<const gum::Persist> group);

  /// Number of log entries kept; at most kAppliedEntriesKept (and a little slack) of them are applied ones.
  std::uint64_t logSize();

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };
  using Connection = std::unique_ptr<sqlite3, Closer>;
  struct Statements;
  DatabaseFile(std::string path, Connection connection);

  static std::expected<Connection, StoreError> connect(const std::string& path, const FileOptions& options, int flags);
  static std::expected<void, StoreError> create(const std::string& path, const FileOptions& options);
  std::expected<void, StoreError> check();
  void one(const gum::Persist& persist);
  void append(const gum::Entry& entry);
  void prune(std::uint64_t applied);

  std::string path_;
  Connection connection_;
  std::unique_ptr<Statements> statements_;
  std::uint64_t lastSeq_ = 0;
};

}  // namespace holdfast::clussvc::store
