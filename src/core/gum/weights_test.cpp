#include "core/gum/weights.h"

#include <gtest/gtest.h>

#include "core/gum/log.h"

namespace holdfast::gum {
namespace {

Weights votes(std::initializer_list<std::pair<NodeId, std::uint32_t>> list) {
  Weights weights;
  for (const auto& [node, weight] : list) weights.push_back({MemberId{node, node * 10u, 0}, weight});
  return weights;
}
std::set<Copy> copies(std::initializer_list<NodeId> nodes) {
  std::set<Copy> result;
  for (const NodeId node : nodes) result.insert({node, node * 10u});
  return result;
}

TEST(GUM_10, QuorumIsMoreThanHalfOfAllWeight) {
  EXPECT_TRUE(hasQuorum(votes({{1, 1}}), copies({1})));
  EXPECT_FALSE(hasQuorum(votes({{1, 1}, {2, 1}}), copies({1})));
  EXPECT_TRUE(hasQuorum(votes({{1, 1}, {2, 1}, {3, 1}}), copies({1, 3})));
  EXPECT_FALSE(hasQuorum(votes({{1, 1}, {2, 1}, {3, 1}, {4, 1}}), copies({1, 2})));
  EXPECT_TRUE(hasQuorum(votes({{1, 2}, {2, 1}}), copies({1})));
  EXPECT_FALSE(hasQuorum({}, copies({1})));
}

TEST(GUM_10, AVoteBelongsToTheCopy) { EXPECT_FALSE(hasQuorum(votes({{1, 1}}), {Copy{1, 11}})); }

TEST(GUM_12, QuorumIsWeighedByTheCommittedAndEveryPendingWeights) {
  const Weights before = votes({{1, 1}, {2, 1}, {3, 1}}), after = votes({{1, 1}});
  const std::vector<PendingWeights> pending{{7, after}};
  EXPECT_TRUE(hasJointQuorum(before, pending, 7, copies({1, 2})));
  EXPECT_FALSE(hasJointQuorum(before, pending, 7, copies({1}))) << "by the new alone";
  EXPECT_FALSE(hasJointQuorum(before, pending, 7, copies({2, 3}))) << "by the old alone";
  EXPECT_TRUE(hasJointQuorum(before, pending, 6, copies({2, 3}))) << "an entry before them is not weighed by them";
}

TEST(GUM_11, TheLogSaysWhichWeightsAreInForce) {
  Log log;
  log.load({}, {{1, 1, 1}, 5}, 5, votes({{1, 1}}));
  Entry change;
  change.kind = Entry::Kind::Weights;
  change.tag = {{1, 1, 1}, 6};
  change.weights = votes({{1, 1}, {2, 1}, {3, 1}});
  log.append(change);
  EXPECT_FALSE(log.jointQuorum(6, copies({1})));
  EXPECT_TRUE(log.jointQuorum(5, copies({1})));
  EXPECT_TRUE(log.jointQuorum(6, copies({1, 2})));
  log.commit(6);
  EXPECT_TRUE(log.jointQuorum(6, copies({2, 3}))) << "once committed, only they count";
  EXPECT_EQ(log.weightsInForce().size(), 3u);
}

TEST(GUM_11, WeightsThatAreCutNeverCounted) {
  Log log;
  log.load({}, {{1, 1, 1}, 5}, 5, votes({{1, 1}}));
  Entry change;
  change.kind = Entry::Kind::Weights;
  change.tag = {{1, 1, 1}, 6};
  change.weights = votes({{2, 1}});
  log.append(change);
  log.cutAfter(5);
  EXPECT_TRUE(log.jointQuorum(6, copies({1})));
}

TEST(GUM_7, LastIsTheTagOfAnEntryOrOfTheTree) {
  Log log;
  log.load({}, {{1, 3, 1}, 5}, 5, {});
  EXPECT_EQ(log.last(), (Tag{{1, 3, 1}, 5}));
  EXPECT_TRUE(log.has({{1, 3, 1}, 5}));
  EXPECT_FALSE(log.has({{1, 4, 1}, 5}));
}

}  // namespace
}  // namespace holdfast::gum
