#include "core/database/tree.h"

#include "core/database/limits.h"

namespace holdfast::database {
namespace {

using Kind = Command::Kind;

Tree sample() {
  Tree tree;
  Batch batch;
  batch.createKey("Resources\\r1\\Parameters")
      .set("Resources\\r1", "Name", Value::sz("Clip"))
      .set("Resources\\r1\\Parameters", "Port", Value::dword(8100));
  EXPECT_TRUE(tree.apply(batch, 1));
  return tree;
}

TEST(Tree, namesAreFoundWithoutCaseAndKeptAsWritten) {
  const Tree tree = sample();
  const Key* key = tree.find("resources\\R1");
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->name(), "r1");
  EXPECT_EQ(key->text("NAME"), "Clip");
  EXPECT_EQ(tree.find("Resources\\r1\\parameters")->dword("port"), 8100u);
  EXPECT_EQ(tree.find("Resources\\r2"), nullptr);
}

TEST(Tree, aRefusedBatchLeavesNothing) {
  Tree tree = sample();
  const std::uint64_t hash = tree.runningHash();
  Tree before;
  ASSERT_TRUE(before.apply(tree.toBatch(), 1));
  Batch batch;
  batch.createKey("Groups\\g1")
      .set("Groups\\g1", "Name", Value::sz("Shop"))
      .set("Resources\\r1", "Name", Value::sz("Other"))
      .remove("Resources\\r1\\Parameters", "Port");
  batch.deleteKey("Resources\\r1").set("Missing", "x", Value::dword(1));
  const auto done = tree.apply(batch, 2);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().error.code, 2u);
  EXPECT_EQ(done.error().command, 5u);
  EXPECT_TRUE(tree.sameContent(before));
  EXPECT_EQ(tree.runningHash(), hash);
  EXPECT_EQ(tree.find("Resources\\r1")->lastWrite(), 1u);
}

TEST(Tree, aFalseConditionRefusesTheWholeBatchWith5986) {
  Tree tree = sample();
  const std::pair<Batch, bool> cases[] = {
      {Batch().require(Kind::ConditionKeyExists, "Resources\\r1"), true},
      {Batch().require(Kind::ConditionKeyExists, "Resources\\r2"), false},
      {Batch().require(Kind::ConditionKeyMissing, "Resources\\r2"), true},
      {Batch().require(Kind::ConditionValueExists, "Resources\\r1", "Name"), true},
      {Batch().require(Kind::ConditionValueMissing, "Resources\\r1", "Name"), false},
      {Batch().require(Kind::ConditionEqual, "Resources\\r1", "Name", Value::sz("Clip")), true},
      {Batch().require(Kind::ConditionEqual, "Resources\\r1", "Name", Value::sz("clip")), false},
      {Batch().require(Kind::ConditionNotEqual, "Resources\\r1", "Name", Value::sz("x")), true},
      {Batch().require(Kind::ConditionGreater, "Resources\\r1\\Parameters", "Port", Value::dword(8099)), true},
      {Batch().require(Kind::ConditionLess, "Resources\\r1\\Parameters", "Port", Value::dword(8100)), false},
      {Batch().require(Kind::ConditionLess, "Resources\\r1\\Parameters", "Port", Value::sz("9")), false},
  };
  for (const auto& [condition, holds] : cases) {
    Batch batch = condition;
    batch.createKey("Mark");
    const auto done = tree.apply(batch, 2);
    EXPECT_EQ(done.has_value(), holds);
    EXPECT_EQ(tree.find("Mark") != nullptr, holds);
    if (done) {
      ASSERT_TRUE(tree.apply(Batch().deleteKey("Mark"), 3));
    } else {
      EXPECT_EQ(done.error().error.code, 5986u);
    }
  }
}

TEST(Tree, aConditionSeesWhatTheBatchDidBeforeIt) {
  Tree tree;
  EXPECT_TRUE(tree.apply(Batch().createKey("A").require(Kind::ConditionKeyExists, "A"), 1));
  EXPECT_FALSE(tree.check(Batch().deleteKey("A").require(Kind::ConditionKeyExists, "A")));
  EXPECT_NE(tree.find("A"), nullptr);
}

TEST(Tree, goesThroughABatchUnchanged) {
  const Tree tree = sample();
  Tree copy;
  ASSERT_TRUE(copy.apply(tree.toBatch(), 7));
  EXPECT_TRUE(copy.sameContent(tree));
}

TEST(Tree, whatWasStoredIsLoadedWhateverItsSize) {
  Tree tree, copy;
  for (std::size_t i = 0; i < 3 * kMaxBatch_commands; ++i)
    ASSERT_TRUE(tree.apply(Batch().createKey("Groups\\" + std::to_string(i)), i + 1));
  ASSERT_TRUE(copy.apply(Batch().createKey("Gone"), 1));
  ASSERT_TRUE(copy.load(tree.toBatch(), 9));
  EXPECT_TRUE(copy.sameContent(tree));
  EXPECT_EQ(copy.find("Groups\\7")->lastWrite(), 9u);
}

TEST(Tree, limitsRefuseWhole) {
  Tree tree;
  EXPECT_EQ(tree.apply(Batch().createKey(std::string(kMaxNameLength_bytes + 1, 'x')), 1).error().error.code, 87u);
  std::string deep;
  for (std::size_t i = 0; i <= kMaxDepth; ++i) deep += "x\\";
  EXPECT_EQ(tree.apply(Batch().createKey(deep), 1).error().error.code, 87u);
  Batch large;
  large.createKey("A").set("A", "v", Value::binary(Bytes(kMaxValue_bytes + 1)));
  EXPECT_EQ(tree.apply(large, 1).error().error.code, 87u);
  Batch many;
  for (std::size_t i = 0; i <= kMaxBatch_commands; ++i) many.createKey("A");
  EXPECT_EQ(tree.check(many).error().error.code, 87u);
  for (std::size_t i = 0; i < kBookkeeping_commands; ++i) many.createKey("A");
  EXPECT_EQ(tree.apply(many, 1).error().error.code, 87u);
  EXPECT_TRUE(tree.root().keys().empty());
  EXPECT_EQ(tree.apply(Batch().deleteKey(""), 1).error().error.code, 87u);
}

TEST(Tree, sameBatchesInTheSameOrderGiveTheSameHash) {
  Tree a, b, c;
  const Batch first = Batch().createKey("A"), second = Batch().createKey("B");
  ASSERT_TRUE(a.apply(first, 1) && a.apply(second, 2));
  ASSERT_TRUE(b.apply(first, 1) && b.apply(second, 2));
  ASSERT_TRUE(c.apply(second, 1) && c.apply(first, 2));
  EXPECT_EQ(a.runningHash(), b.runningHash());
  EXPECT_NE(a.runningHash(), c.runningHash());
}

}  // namespace
}  // namespace holdfast::database
