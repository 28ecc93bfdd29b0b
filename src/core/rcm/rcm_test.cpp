#include "core/rcm/rcm.h"

#include <gtest/gtest.h>

#include "golden/world.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;

struct Node : World {
  Node() {
    start();
    type("T");
    group("db");
  }
};

TEST(Rcm, createsBringsOnlineAndOffline) {
  Node node;
  EXPECT_EQ(node.create("A", "db")->status.code, 0u);
  EXPECT_EQ(node.state("A"), ResourceState::Offline);
  EXPECT_EQ(node.online("A")->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Online);
  EXPECT_EQ(node.groupState("db"), GroupState::Online);
  EXPECT_EQ(node.offline("A")->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Offline);
  EXPECT_EQ(node.groupState("db"), GroupState::Offline);
}

TEST(Rcm, restartsAfterAFailure) {
  Node node;
  node.create("A", "db");
  node.online("A");
  node.settle();
  node.fail("A");
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  node.run(499ms);
  EXPECT_EQ(node.countCalls("Online A"), 1);
  node.run(10ms);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

}  // namespace
}  // namespace holdfast::rcm
