#include "core/rcm/requirements.h"

#include <gtest/gtest.h>

#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using properties::RequiredDependency;

Bytes required(std::vector<RequiredDependency> list) {
  return properties::writeRequiredDependencies(list, properties::Width::Native);
}

struct Needing : Node {
  Needing() {
    type("Network Name");
    create("A", "db");
    create("Name", "db", "Network Name");
    behaviours["A"].controls[0x01000011] = {0, required({std::string("Network Name")}), 0};
    calls.clear();
  }
};

TEST(CM_176, OnlineWithoutARequiredDependencyIs5002AndNothingIsCalled) {
  Needing node;
  EXPECT_EQ(node.online("A")->status.code, 5002u);
  node.settle();
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Control A 01000011"}));
  EXPECT_EQ(node.state("A"), ResourceState::Offline);
  EXPECT_EQ(node.mark("A"), "-");
  node.create("B", "db");
  node.needs("B", "A");
  EXPECT_EQ(node.online("B")->status.code, 5002u);  // it would have to start A
}

TEST(Requirements, aProviderOfTheTypeIsEnough) {
  Needing node;
  node.needs("A", "Name");
  EXPECT_EQ(node.online("A")->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

TEST(CM_177, GroupOnlineLeavesItOfflineWith5002AndStartsTheOthers) {
  Needing node;
  EXPECT_EQ(node.ask(OnlineGroup{"g-db"})->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.state("Name"), ResourceState::Online);
  EXPECT_EQ(node.state("A"), ResourceState::Offline);
  EXPECT_EQ(node.statusOf("A"), 5002u);
  node.needs("A", "Name");
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Online);  // what was missing is there
}

TEST(Requirements, aClassIsAskedOfTheProviders) {
  Needing node;
  node.behaviours["A"].controls[0x01000011] = {0, required({1u}), 0};
  node.needs("A", "Name");
  EXPECT_EQ(node.online("A")->status.code, 5002u);
  node.create("Disk", "db");
  node.behaviours["Disk"].controls[0x0100000D] = {0, Bytes{1, 0, 0, 0, 0, 0, 0, 0}, 8};
  node.needs("A", "Disk");
  EXPECT_EQ(node.online("A")->status.code, 997u);
}

TEST(Requirements, aMalformedAnswerRequiresNothing) {
  Needing node;
  node.behaviours["A"].controls[0x01000011] = {0, Bytes{1, 2, 3}, 3};
  EXPECT_EQ(node.online("A")->status.code, 997u);
}

}  // namespace
}  // namespace holdfast::rcm
