#include "clussvc/store/database_file.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "clussvc/store/limits.h"
#include "clussvc/store/sql.h"
#include "clussvc/store/testing/fixture.h"

namespace holdfast::clussvc::store {
namespace {

using Kind = StoreError::Kind;
using testing::append;
using testing::apply;
using testing::firstPersist;
using testing::Folder;
using testing::update;

void expectExecuted(DatabaseFile& file, const std::vector<gum::Persist>& group) {
  const auto executed = file.execute(group);
  ASSERT_TRUE(executed) << executed.error().error.subject;
}

Kind kindOfOpenFailure(const std::string& path) {
  auto file = DatabaseFile::open(path);
  EXPECT_FALSE(file);
  return file ? Kind::Failed : file.error().kind;
}

/// A database with three updates, one of them not applied, closed.
void makeDatabase(const std::string& path) {
  auto file = DatabaseFile::open(path);
  ASSERT_TRUE(file) << file.error().error.subject;
  expectExecuted(*file, {firstPersist(), append(2, update(1, "a", 1)), append(3, update(2, "b", 2)),
                         append(4, update(3, "c", 3)), apply(5, update(1, "a", 1)), apply(6, update(2, "b", 2))});
}

std::string contentOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

TEST(DatabaseFile, aNewFileIsEmptyAndPrivate) {
  const Folder folder;
  auto file = DatabaseFile::open(folder.file());
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->load()->empty);
  struct stat status{};
  ASSERT_EQ(::stat(folder.file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(DatabaseFile, whatWasPersistedIsThereAfterReopening) {
  const Folder folder;
  makeDatabase(folder.file());
  auto file = DatabaseFile::open(folder.file());
  ASSERT_TRUE(file);
  const auto state = file->load();
  ASSERT_TRUE(state);
  EXPECT_FALSE(state->empty);
  EXPECT_EQ(state->instance, 4711u);
  EXPECT_EQ(state->promised, testing::epoch());
  EXPECT_EQ(state->committed, 2u);
  EXPECT_EQ(state->applied, (gum::Tag{testing::epoch(), 2}));
  EXPECT_EQ(state->log, (std::vector{update(1, "a", 1), update(2, "b", 2), update(3, "c", 3)}));
  database::Batch tree;
  tree.createKey("Test").set("Test", "a", database::Value::dword(1)).set("Test", "b", database::Value::dword(2));
  EXPECT_EQ(state->tree, tree);
}

TEST(GUM_16, aTailThatDiffersIsCutAndReplaced) {
  const Folder folder;
  makeDatabase(folder.file());
  auto file = DatabaseFile::open(folder.file());
  gum::Persist persist = append(7, update(3, "other", 9));
  persist.cutAfter = gum::Tag{testing::epoch(), 2};
  expectExecuted(*file, {persist, append(8, update(4, "d", 4))});
  const auto log = file->load()->log;
  ASSERT_EQ(log.size(), 4u);
  EXPECT_EQ(log[2], update(3, "other", 9));
}

TEST(DatabaseFile, anEntryThatDoesNotFollowIsRefusedWithItsWholeGroup) {
  const Folder folder;
  makeDatabase(folder.file());
  auto file = DatabaseFile::open(folder.file());
  EXPECT_FALSE(file->execute(std::vector{append(7, update(4, "d", 4)), append(8, update(6, "f", 6))}));
  EXPECT_FALSE(file->execute(std::vector{append(9, update(3, "again", 3))}));
  EXPECT_EQ(file->load()->log.size(), 3u);
  expectExecuted(*file, {append(10, update(4, "d", 4))});
}

TEST(DatabaseFile, incarnationsOnlyRise) {
  const Folder folder;
  for (std::uint64_t expected = 1; expected <= 3; ++expected) {
    auto file = DatabaseFile::open(folder.file());
    ASSERT_TRUE(file);
    EXPECT_EQ(file->nextIncarnation(), expected);
  }
}

TEST(DatabaseFile, oldAppliedEntriesAreDroppedAndTheTreeStays) {
  const Folder folder;
  auto file = DatabaseFile::open(folder.file());
  expectExecuted(*file, {firstPersist()});
  constexpr std::uint64_t kUpdates = 2 * kAppliedEntriesKept;
  std::vector<gum::Persist> group;
  for (std::uint64_t seq = 1; seq <= kUpdates; ++seq) {
    const auto entry = update(seq, "v" + std::to_string(seq % 10), static_cast<std::uint32_t>(seq));
    group.push_back(append(seq, entry));
    group.push_back(apply(seq, entry));
  }
  expectExecuted(*file, group);
  EXPECT_LE(file->logSize(), kAppliedEntriesKept + kPruneStep_entries);
  EXPECT_GE(file->logSize(), kAppliedEntriesKept);
  const auto state = file->load();
  ASSERT_TRUE(state);
  EXPECT_EQ(state->log.back().tag.seq, kUpdates);
  EXPECT_EQ(state->tree.commands.size(), 11u);
}

TEST(DatabaseFile, aTruncatedFileIsRefusedAtEveryLengthAndLeftAsItIs) {
  const Folder folder;
  makeDatabase(folder.file());
  const std::string whole = contentOf(folder.file());
  ASSERT_GT(whole.size(), 8192u);
  for (std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{99},
                             std::size_t{100}, std::size_t{511}, std::size_t{512}, std::size_t{1000}, std::size_t{4096},
                             std::size_t{4097}, std::size_t{8192}, whole.size() - 4096, whole.size() - 1}) {
    write(folder.file(), whole.substr(0, length));
    const Kind kind = kindOfOpenFailure(folder.file());
    EXPECT_TRUE(kind == Kind::Damaged || kind == Kind::Foreign) << length << ": " << static_cast<int>(kind);
    EXPECT_EQ(contentOf(folder.file()), whole.substr(0, length));
  }
}

TEST(DatabaseFile, anOverwrittenPageIsFoundOrHarmless) {
  const Folder folder;
  makeDatabase(folder.file());
  const std::string whole = contentOf(folder.file());
  std::size_t refused = 0;
  for (std::size_t page = 0; page < whole.size(); page += 4096) {
    std::string broken = whole;
    broken.replace(page, 4096, std::string(4096, '\x5a'));
    write(folder.file(), broken);
    ::unlink(folder.file("cluster.db-wal").c_str());
    if (auto file = DatabaseFile::open(folder.file()); !file || !file->load()) ++refused;
  }
  EXPECT_EQ(refused, whole.size() / 4096);
}

TEST(DatabaseFile, aFileOfAnotherProgramIsRefusedAndLeftAsItIs) {
  const Folder folder;
  write(folder.file(), "this is a letter to my grandmother, not a database at all, and it is long enough to look at");
  EXPECT_EQ(kindOfOpenFailure(folder.file()), Kind::Foreign);

  const std::string other = folder.file("other.db");
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(other.c_str(), &connection), SQLITE_OK);
  runSql(connection, "CREATE TABLE letters(text)");
  sqlite3_close(connection);
  const std::string before = contentOf(other);
  EXPECT_EQ(kindOfOpenFailure(other), Kind::Foreign);
  EXPECT_EQ(contentOf(other), before);
}

TEST(DatabaseFile, aFileOfALaterVersionIsRefused) {
  const Folder folder;
  makeDatabase(folder.file());
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &connection), SQLITE_OK);
  runSql(connection, "PRAGMA user_version=99");
  sqlite3_close(connection);
  EXPECT_EQ(kindOfOpenFailure(folder.file()), Kind::Newer);
}

TEST(DatabaseFile, aFileThatAnotherHasOpenIsLocked) {
  const Folder folder;
  makeDatabase(folder.file());
  auto first = DatabaseFile::open(folder.file());
  ASSERT_TRUE(first);
  EXPECT_EQ(kindOfOpenFailure(folder.file()), Kind::Locked);
  // … and nobody else reads half of it either.
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &connection), SQLITE_OK);
  EXPECT_THROW(queryNumber(connection, "SELECT count(*) FROM log"), SqlFailure);
  sqlite3_close(connection);
}

TEST(DatabaseFile, aMissingFolderAndAFolderAsFileAreRefused) {
  const Folder folder;
  EXPECT_EQ(kindOfOpenFailure(folder.file("no/such/cluster.db")), Kind::Unwritable);
  EXPECT_EQ(kindOfOpenFailure(folder.path), Kind::Foreign);
}

TEST(DatabaseFile, aReadOnlyFileIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "skipped: root may write everything";
  const Folder folder;
  makeDatabase(folder.file());
  ASSERT_EQ(::chmod(folder.file().c_str(), 0400), 0);
  EXPECT_EQ(kindOfOpenFailure(folder.file()), Kind::Unwritable);
}

TEST(DatabaseFile, anUnfinishedNewFileOfACrashIsReplaced) {
  const Folder folder;
  write(folder.file("cluster.db.new"), "half");
  auto file = DatabaseFile::open(folder.file());
  ASSERT_TRUE(file) << file.error().error.subject;
  EXPECT_TRUE(file->load()->empty);
  EXPECT_FALSE(std::filesystem::exists(folder.file("cluster.db.new")));
}

}  // namespace
}  // namespace holdfast::clussvc::store
