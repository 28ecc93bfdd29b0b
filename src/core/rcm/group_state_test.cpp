#include "core/rcm/group_state.h"

#include <gtest/gtest.h>

#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;

GroupState of(std::vector<std::pair<ResourceState, bool>> resources) {
  GroupStateCounts counts;
  for (const auto& [state, top] : resources) counts.add(state, top);
  return counts.state();
}

TEST(CM_30, OneFailedMakesTheGroupFailed) {
  EXPECT_EQ(of({{ResourceState::Failed, false}, {ResourceState::Online, true}}), GroupState::Failed);
}
TEST(CM_31, OnePendingAndNoneFailedMakesItPending) {
  EXPECT_EQ(of({{ResourceState::OnlinePending, true}, {ResourceState::Online, true}}), GroupState::Pending);
}
TEST(CM_32, SomeTopLevelOnlineMakesItPartialOnline) {
  EXPECT_EQ(of({{ResourceState::Online, true}, {ResourceState::Offline, true}}), GroupState::PartialOnline);
}
TEST(CM_33, AProviderThatIsOfflineDoesNotMatter) {
  EXPECT_EQ(of({{ResourceState::Online, true}, {ResourceState::Offline, false}}), GroupState::Online);
}
TEST(CM_34, AnEmptyGroupIsOffline) { EXPECT_EQ(of({}), GroupState::Offline); }

TEST(CM_35, TheStateSequenceRisesAtEachTransition) {
  Node node;
  node.create("A", "db");
  const auto sequence = [&] {
    const database::Value* value = node.volatileTree.find("Groups\\g-db")->value("StateSequence");
    return std::get<std::uint64_t>(value->data);
  };
  std::uint64_t last = sequence();
  for (int i = 0; i < 3; ++i) {
    node.online("A");
    node.settle();
    EXPECT_GT(sequence(), last);
    last = sequence();
    node.offline("A");
    node.settle();
    EXPECT_GT(sequence(), last);
    last = sequence();
  }
}

}  // namespace
}  // namespace holdfast::rcm
