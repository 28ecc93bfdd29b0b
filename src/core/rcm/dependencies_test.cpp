#include "core/rcm/dependencies.h"

#include <gtest/gtest.h>

#include "core/properties/text.h"
#include "core/rcm/changes.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

struct Three : Node {
  Three() {
    for (const char* name : {"A", "B", "C"}) create(name, "db");
    needs("B", "A");
    settle();
  }
  std::uint32_t add(const std::string& dependent, const std::string& provider) {
    return ask(AddDependency{idOf(dependent), idOf(provider)})->status.code;
  }
  std::uint32_t remove(const std::string& dependent, const std::string& provider) {
    return ask(RemoveDependency{idOf(dependent), idOf(provider)})->status.code;
  }
};

TEST(CM_2, ADependencyNeverLeavesItsGroup) {
  Three node;
  node.group("web");
  node.create("W", "web");
  EXPECT_EQ(node.add("W", "A"), 87u);
}

TEST(CM_3, CirclesAndOneselfAreRefused) {
  Three node;
  EXPECT_EQ(node.add("A", "A"), 1059u);
  EXPECT_EQ(node.add("C", "B"), 0u);
  EXPECT_EQ(node.add("A", "C"), 1059u);
  EXPECT_EQ(node.durable.find("Resources\\r-A")->strings("Dependencies").size(), 0u);
}

TEST(CM_4, AnExistingDependencyIsRefused) {
  Three node;
  EXPECT_EQ(node.add("B", "A"), 5003u);
}

TEST(CM_179, AProviderThatIsNotOnlineIsNotAddedToAnOnlineDependent) {
  Three node;
  node.online("C");
  node.settle();
  node.calls.clear();
  EXPECT_EQ(node.add("C", "A"), 5004u);
  node.online("A");
  node.settle();
  node.calls.clear();
  EXPECT_EQ(node.add("C", "A"), 0u);
  node.settle();
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Control C 01500012"}));
}

TEST(Dependencies, removingWhatIsNotThereIs5002AndUnknownIs5007) {
  Three node;
  EXPECT_EQ(node.remove("C", "A"), 5002u);
  EXPECT_EQ(node.remove("B", "A"), 0u);
  EXPECT_EQ(node.remove("B", "A"), 5002u);
  EXPECT_EQ(node.ask(AddDependency{"nothing", "r-A"})->status.code, 5007u);
  EXPECT_EQ(node.ask(AddDependency{"r-A", "nothing"})->status.code, 5007u);
}

TEST(CC_97, AndCC_98_OnlyTheDependentIsTold) {
  Three node;
  node.calls.clear();
  node.controlInputs.clear();
  node.add("C", "A");
  node.remove("C", "A");
  node.settle();
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Control C 01500012", "Control C 01500016"}));
  EXPECT_EQ(properties::readSz(node.controlInputs[0], properties::Width::Native), "A");
  EXPECT_TRUE(node.notified("r-C", change::resource::kDependencies));
  EXPECT_TRUE(node.notified("r-A", change::resource::kDependents));
}

TEST(Dependencies, oneAddedWhileOnlineOrdersTheNextTransition) {
  Three node;
  node.online("A");
  node.online("C");
  node.settle();
  node.add("C", "A");
  node.calls.clear();
  node.offline("A");
  node.settle();
  EXPECT_EQ(node.calls.at(0) + " " + node.calls.at(1), "Control C 01500012 Offline C");
  EXPECT_EQ(node.calls.back(), "Offline A");
}

}  // namespace
}  // namespace holdfast::rcm
