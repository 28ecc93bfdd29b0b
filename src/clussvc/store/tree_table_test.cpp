#include "clussvc/store/tree_table.h"

#include <sqlite3.h>

#include <random>

#include "core/database/tree.h"

namespace holdfast::clussvc::store {
namespace {

using database::Batch;
using database::Value;

class TreeTableTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sqlite3_open(":memory:", &connection_), SQLITE_OK);
    runSql(connection_, TreeTable::schema());
    table_.emplace(connection_);
  }
  void TearDown() override {
    table_.reset();
    sqlite3_close(connection_);
  }
  sqlite3* connection_ = nullptr;
  std::optional<TreeTable> table_;
};

TEST_F(TreeTableTest, aKeyIsMadeWithItsParents) {
  table_->apply(Batch().createKey("A\\B\\C"));
  EXPECT_EQ(table_->load(), Batch().createKey("A").createKey("A\\B").createKey("A\\B\\C"));
}

TEST_F(TreeTableTest, namesAreFoundWithoutCaseAndKeptAsFirstWritten) {
  table_->apply(Batch().createKey("Groups").set("Groups", "Name", Value::sz("old")));
  table_->apply(Batch().createKey("GROUPS").set("groups", "NAME", Value::sz("new")));
  EXPECT_EQ(table_->load(), Batch().createKey("Groups").set("Groups", "Name", Value::sz("new")));
}

TEST_F(TreeTableTest, aDeletedKeyTakesWhatIsBelowAndNothingBeside) {
  table_->apply(Batch()
                    .createKey("A\\B")
                    .createKey("A B")
                    .createKey("A]")
                    .createKey("AB")
                    .set("A", "x", Value::dword(1))
                    .set("A\\B", "x", Value::dword(2))
                    .set("AB", "x", Value::dword(3)));
  table_->apply(Batch().deleteKey("a"));
  EXPECT_EQ(table_->load(), Batch().createKey("A B").createKey("A]").createKey("AB").set("AB", "x", Value::dword(3)));
}

TEST_F(TreeTableTest, theRootHasValuesAndCannotBeDeleted) {
  table_->apply(Batch().set("", "ClusterName", Value::sz("C")).deleteKey(""));
  EXPECT_EQ(table_->load(), Batch().set("", "ClusterName", Value::sz("C")));
}

TEST_F(TreeTableTest, aDeletedValueIsGoneAndAMissingOneIsNoError) {
  table_->apply(Batch().createKey("A").set("A", "x", Value::dword(1)).remove("A", "X").remove("A", "y"));
  EXPECT_EQ(table_->load(), Batch().createKey("A"));
}

TEST_F(TreeTableTest, conditionsChangeNothing) {
  table_->apply(Batch().require(database::Command::Kind::ConditionKeyMissing, "A").createKey("A"));
  EXPECT_EQ(table_->load(), Batch().createKey("A"));
}

/// The rows are the tree that readers see: the same batches, by chance, give the same content in both.
TEST_F(TreeTableTest, equalsTheTreeOfCoreAfterAnyBatches) {
  std::mt19937 chance(7);
  const auto pick = [&](std::initializer_list<const char*> names) {
    return std::string(names.begin()[chance() % names.size()]);
  };
  const auto key = [&] {
    std::string path = pick({"A", "a", "B", "Bc", "B c", "", "Ä"});
    while (chance() % 2 != 0) path += "\\" + pick({"X", "x", "Y]", "Z[", "é"});
    return path;
  };
  database::Tree tree;
  std::uint64_t sequence = 0, taken = 0;
  for (int round = 0; round < 3000; ++round) {
    Batch batch;
    for (unsigned i = 0; i < 1 + chance() % 4; ++i) {
      const std::string path = key();
      switch (chance() % 5) {
        case 0:
        case 1:
          batch.createKey(path);
          break;
        case 2:
          batch.set(path, pick({"n", "N", "", "other"}), Value::dword(static_cast<std::uint32_t>(chance() % 100)));
          break;
        case 3:
          batch.remove(path, pick({"n", "N", "", "other"}));
          break;
        case 4:
          if (chance() % 4 == 0) batch.deleteKey(path);
          break;
      }
    }
    if (!tree.apply(batch, ++sequence)) continue;  // refused: never in the log
    ++taken;
    table_->apply(batch);
    if (round % 50 != 0) continue;
    database::Tree loaded;
    ASSERT_TRUE(loaded.apply(table_->load(), 1));
    ASSERT_TRUE(loaded.sameContent(tree)) << "after batch " << round;
  }
  EXPECT_GT(taken, 500u);
}

}  // namespace
}  // namespace holdfast::clussvc::store
