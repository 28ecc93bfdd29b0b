#include "clussvc/store/database_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "clussvc/error_codes.h"
#include "clussvc/store/codec.h"
#include "clussvc/store/limits.h"
#include "clussvc/store/tree_table.h"

namespace holdfast::clussvc::store {
namespace {

constexpr std::uint64_t kApplicationId = 0x48464442;  // "HFDB"
constexpr std::uint64_t kFormat = 1;

constexpr const char* kSchema =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE log(seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, entry BLOB NOT NULL);";

/// A group that nobody has to wait for: it only puts committed updates into the tree, which the log would repeat after
/// a crash. Committed Weights, View and Forced entries are made durable as committed at once (GUM-20).
bool mayBeSyncedLater(const gum::Persist& persist) {
  return !persist.instance && !persist.promised && !persist.cutAfter && persist.append.empty() &&
         !persist.apply.empty() && std::ranges::all_of(persist.apply, [](const gum::Entry& entry) {
           return entry.kind == gum::Entry::Kind::Update;
         });
}

StoreError errnoError(const std::string& path, int number) {
  const std::string text = std::error_code(number, std::generic_category()).message();
  return storeError(number == ENOSPC || number == EDQUOT ? SQLITE_FULL : SQLITE_CANTOPEN, path, text);
}

/// Makes a new name of a folder survive a power cut.
std::expected<void, StoreError> syncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return std::unexpected(errnoError(path, errno));
  const int result = ::fsync(descriptor);
  const int number = errno;
  ::close(descriptor);
  if (result != 0) return std::unexpected(errnoError(path, number));
  return {};
}

/// A file that SQLite closed is exactly as long as its header says. SQLite itself forgives a missing end of the last
/// page, where values may lie. With a write-ahead log beside it (after a crash) the file may be of any length.
bool isCutShort(const std::string& path, std::uint64_t size_bytes) {
  std::error_code missing;
  if (std::filesystem::file_size(path + "-wal", missing) > 0 && !missing) return false;
  std::array<unsigned char, 32> header{};
  std::ifstream in(path, std::ios::binary);
  if (!in.read(reinterpret_cast<char*>(header.data()), header.size())) return true;
  if (std::memcmp(header.data(), "SQLite format 3", 16) != 0) return false;  // not SQLite's: told by SQLite
  const std::uint64_t pageSize_bytes = std::uint64_t{header[16]} << 8 | std::uint64_t{header[17]} << 16;
  const std::uint64_t pages =
      std::uint64_t{header[28]} << 24 | std::uint64_t{header[29]} << 16 | std::uint64_t{header[30]} << 8 | header[31];
  return size_bytes < pages * pageSize_bytes;
}

}  // namespace

struct DatabaseFile::Statements {
  explicit Statements(sqlite3* db)
      : tree(db),
        begin(db, "BEGIN IMMEDIATE"),
        commit(db, "COMMIT"),
        setMeta(db, "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = excluded.value"),
        getMeta(db, "SELECT value FROM meta WHERE name = ?1"),
        insertEntry(db, "INSERT INTO log VALUES(?1, ?2, ?3)"),
        cutEntries(db, "DELETE FROM log WHERE seq > ?1"),
        pruneEntries(db, "DELETE FROM log WHERE seq <= ?1"),
        allEntries(db, "SELECT entry FROM log ORDER BY seq") {}

  void set(std::string_view name, std::uint64_t value) { setMeta.text(1, name).bind(2, value).run(); }
  std::optional<std::uint64_t> get(std::string_view name) {
    std::optional<std::uint64_t> value;
    getMeta.text(1, name);
    while (getMeta.step()) value = getMeta.number(0);
    return value;
  }

  TreeTable tree;
  Statement begin, commit, setMeta, getMeta, insertEntry, cutEntries, pruneEntries, allEntries;
  bool synced = true;  ///< present setting of synchronous: FULL or NORMAL
};

void DatabaseFile::Closer::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

DatabaseFile::DatabaseFile(std::string path, Connection connection)
    : path_(std::move(path)), connection_(std::move(connection)) {}
DatabaseFile::DatabaseFile(DatabaseFile&&) noexcept = default;
DatabaseFile& DatabaseFile::operator=(DatabaseFile&&) noexcept = default;
DatabaseFile::~DatabaseFile() = default;

std::expected<DatabaseFile::Connection, StoreError> DatabaseFile::connect(const std::string& path,
                                                                          const FileOptions& options, int flags) {
  sqlite3* raw = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, options.vfs);
  Connection connection(raw);
  if (result != SQLITE_OK)
    return std::unexpected(storeError(result, path, raw != nullptr ? sqlite3_errmsg(raw) : sqlite3_errstr(result)));
  sqlite3_busy_timeout(raw, static_cast<int>(kBusyTimeout.count()));
  return connection;
}

std::expected<void, StoreError> DatabaseFile::create(const std::string& path, const FileOptions& options) {
  const std::string unfinished = path + ".new";
  ::unlink(unfinished.c_str());
  ::unlink((unfinished + "-journal").c_str());
  // 0600 whatever the umask is: the database holds what only the service may read.
  const int descriptor = ::open(unfinished.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) return std::unexpected(errnoError(path, errno));
  ::close(descriptor);
  {
    auto connection = connect(unfinished, options, SQLITE_OPEN_READWRITE);
    if (!connection) return std::unexpected(connection.error());
    sqlite3* db = connection->get();
    try {
      runSql(db, "PRAGMA synchronous=FULL");
      runSql(db, ("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
      runSql(db, ("PRAGMA user_version=" + std::to_string(kFormat)).c_str());
      runSql(db, "BEGIN IMMEDIATE");
      runSql(db, kSchema);
      runSql(db, TreeTable::schema());
      runSql(db, "COMMIT");
    } catch (const SqlFailure& failure) {
      return std::unexpected(storeError(failure.code, path, failure.message));
    }
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return std::unexpected(errnoError(path, errno));
  return syncFolderOf(path);
}

std::expected<DatabaseFile, StoreError> DatabaseFile::open(const std::string& path, const FileOptions& options) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return std::unexpected(errnoError(path, errno));
    if (auto created = create(path, options); !created) return std::unexpected(created.error());
  } else if (!S_ISREG(status.st_mode)) {
    return std::unexpected(storeError(SQLITE_NOTADB, path, ""));
  } else if (status.st_size == 0) {
    // SQLite would take an empty file for a new database; we never make one under its final name.
    return std::unexpected(storeError(SQLITE_CORRUPT, path, "the file is empty"));
  } else if (isCutShort(path, static_cast<std::uint64_t>(status.st_size))) {
    return std::unexpected(storeError(SQLITE_CORRUPT, path, "the end of the file is missing"));
  }
  auto connection = connect(path, options, SQLITE_OPEN_READWRITE);
  if (!connection) return std::unexpected(connection.error());
  DatabaseFile file(path, std::move(*connection));
  if (auto checked = file.check(); !checked) return std::unexpected(checked.error());
  return file;
}

std::expected<void, StoreError> DatabaseFile::check() {
  sqlite3* db = connection_.get();
  try {
    runSql(db, "PRAGMA locking_mode=EXCLUSIVE");
    // Before anything is written: whose file is it?
    if (queryNumber(db, "PRAGMA application_id") != kApplicationId)
      return std::unexpected(storeError(SQLITE_NOTADB, path_, ""));
    const std::uint64_t format = queryNumber(db, "PRAGMA user_version");
    if (format > kFormat)
      return std::unexpected(StoreError{StoreError::Kind::Newer,
                                        {code::kRevisionMismatch,
                                         "database " + path_ + " has format " + std::to_string(format) +
                                             ", this clussvc reads up to " + std::to_string(kFormat),
                                         "start the version of clussvc that wrote it, or a later one"}});
    if (sqlite3_db_readonly(db, "main") != 0)
      return std::unexpected(storeError(SQLITE_READONLY, path_, "read-only file or file system"));
    if (const std::string verdict = queryText(db, "PRAGMA quick_check(1)"); verdict != "ok")
      return std::unexpected(storeError(SQLITE_CORRUPT, path_, verdict));
    queryText(db, "PRAGMA journal_mode=WAL");
    runSql(db, "PRAGMA synchronous=FULL");
    runSql(db, ("PRAGMA journal_size_limit=" + std::to_string(kWalLimit_bytes)).c_str());
    statements_ = std::make_unique<Statements>(db);
    lastSeq_ = std::max(queryNumber(db, "SELECT max(seq) FROM log"), statements_->get("applied_seq").value_or(0));
  } catch (const SqlFailure& failure) {
    return std::unexpected(storeError(failure.code, path_, failure.message));
  }
  ::chmod(path_.c_str(), 0600);
  return {};
}

std::expected<gum::StoredState, StoreError> DatabaseFile::load() {
  gum::StoredState state;
  Statements& sql = *statements_;
  try {
    const auto instance = sql.get("instance");
    state.empty = !instance;
    state.instance = instance.value_or(0);
    state.promised = gum::Epoch::unpack(sql.get("promised").value_or(0));
    state.committed = sql.get("committed").value_or(0);
    state.applied = {gum::Epoch::unpack(sql.get("applied_epoch").value_or(0)), sql.get("applied_seq").value_or(0)};
    while (sql.allEntries.step()) {
      auto entry = decodeEntry(sql.allEntries.bytes(0));
      if (!entry) throw SqlFailure{SQLITE_CORRUPT, "unreadable log entry"};
      const bool follows = state.log.empty() || entry->tag.seq == state.log.back().tag.seq + 1;
      if (!follows) throw SqlFailure{SQLITE_CORRUPT, "gap in the log"};
      state.log.push_back(std::move(*entry));
    }
    state.tree = sql.tree.load();
    if (state.empty && (!state.log.empty() || !state.tree.commands.empty()))
      throw SqlFailure{SQLITE_CORRUPT, "data without an instance"};
  } catch (const SqlFailure& failure) {
    sql.allEntries.reset();
    return std::unexpected(storeError(failure.code, path_, failure.message));
  }
  return state;
}

std::expected<std::uint64_t, StoreError> DatabaseFile::nextIncarnation() {
  Statements& sql = *statements_;
  try {
    const std::uint64_t next = sql.get("incarnation").value_or(0) + 1;
    sql.set("incarnation", next);
    return next;
  } catch (const SqlFailure& failure) {
    return std::unexpected(storeError(failure.code, path_, failure.message));
  }
}

std::expected<void, StoreError> DatabaseFile::execute(std::span<const gum::Persist> group) {
  sqlite3* db = connection_.get();
  Statements& sql = *statements_;
  const std::uint64_t lastSeqBefore = lastSeq_;
  try {
    const bool synced = !std::ranges::all_of(group, mayBeSyncedLater);
    if (synced != sql.synced) {
      runSql(db, synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      sql.synced = synced;
    }
    sql.begin.run();
    for (const gum::Persist& persist : group) one(persist);
    sql.commit.run();
  } catch (const SqlFailure& failure) {
    if (sqlite3_get_autocommit(db) == 0) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    lastSeq_ = lastSeqBefore;
    return std::unexpected(storeError(failure.code, path_, failure.message));
  }
  return {};
}

void DatabaseFile::one(const gum::Persist& persist) {
  Statements& sql = *statements_;
  if (persist.instance) sql.set("instance", *persist.instance);
  if (persist.promised) sql.set("promised", persist.promised->packed());
  if (persist.cutAfter) {
    sql.cutEntries.bind(1, persist.cutAfter->seq).run();
    lastSeq_ = std::min(lastSeq_, persist.cutAfter->seq);
  }
  for (const gum::Entry& entry : persist.append) append(entry);
  if (persist.committed) sql.set("committed", *persist.committed);
  for (const gum::Entry& entry : persist.apply) sql.tree.apply(entry.batch);
  if (!persist.apply.empty()) {
    const gum::Tag& tag = persist.apply.back().tag;
    sql.set("applied_epoch", tag.epoch.packed());
    sql.set("applied_seq", tag.seq);
    if (tag.seq % kPruneStep_entries == 0) prune(tag.seq);
  }
}

void DatabaseFile::append(const gum::Entry& entry) {
  // The log has no gaps and no second entry at one place: who asks for it is wrong, and stops here.
  if (lastSeq_ != 0 && entry.tag.seq != lastSeq_ + 1)
    throw SqlFailure{SQLITE_INTERNAL, "entry " + std::to_string(entry.tag.seq) + " does not follow entry " +
                                          std::to_string(lastSeq_) + " of the log"};
  statements_->insertEntry.bind(1, entry.tag.seq).bind(2, entry.tag.epoch.packed()).blob(3, encodeEntry(entry)).run();
  lastSeq_ = entry.tag.seq;
}

void DatabaseFile::prune(std::uint64_t applied) {
  if (applied > kAppliedEntriesKept) statements_->pruneEntries.bind(1, applied - kAppliedEntriesKept).run();
}

std::uint64_t DatabaseFile::logSize() { return queryNumber(connection_.get(), "SELECT count(*) FROM log"); }

}  // namespace holdfast::clussvc::store
