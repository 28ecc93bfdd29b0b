#include "core/rcm/births_and_deaths.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/rcm/changes.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;

TEST(RA_29, AFailingOpenCreatesNothingAndAnswersItsCode) {
  Node node;
  node.behaviours["A"].openStatus = 126;
  EXPECT_EQ(node.create("A", "db")->status.code, 126u);
  EXPECT_EQ(node.durable.find("Resources\\r-A"), nullptr);
  EXPECT_EQ(node.state("A"), ResourceState::Unknown);
  node.behaviours["A"].openStatus = 0;
  EXPECT_EQ(node.create("A", "db")->status.code, 0u);  // the name is free again
}

TEST(RA_213, TheKeyWithParametersIsThereWhileOpenRuns) {
  Node node;
  node.create("Z", "db");  // the monitor is up
  const auto answer = node.ask(CreateResource{"g-db", "A", "T", false, "r-A"});
  ASSERT_NE(node.durable.find("Resources\\r-A\\Parameters"), nullptr);
  EXPECT_EQ(node.durable.find("Resources\\r-A")->dword("Creating"), 1u);
  EXPECT_EQ(node.state("A"), ResourceState::Unknown);
  EXPECT_EQ(node.online("A")->status.code, 5007u);
  node.settle();
  EXPECT_EQ(answer->status.code, 0u);
  EXPECT_EQ(answer->id, "r-A");
  EXPECT_EQ(node.durable.find("Resources\\r-A")->dword("Creating"), std::nullopt);
}

TEST(BirthsAndDeaths, noMonitorIs5017) {
  Node node;
  node.monitorsStart = false;
  const auto answer = node.create("A", "db");
  node.run(3s);
  EXPECT_EQ(answer->status.code, 5017u);
  EXPECT_EQ(node.durable.find("Resources\\r-A"), nullptr);
}

TEST(CM_6, NamesAreUniqueWithoutCase) {
  Node node;
  node.create("Clip", "db");
  EXPECT_EQ(node.ask(CreateResource{"g-db", "cLIP", "T", false, "r-2"})->status.code, 5010u);
}

TEST(BirthsAndDeaths, twoCreationsOfOneNameAtOnceGiveOne) {
  Node node;
  const auto first = node.ask(CreateResource{"g-db", "A", "T", false, "r-A"});
  const auto second = node.ask(CreateResource{"g-db", "a", "T", false, "r-B"});
  EXPECT_EQ(second->status.code, 5010u);
  node.settle();
  EXPECT_EQ(first->status.code, 0u);
}

TEST(BirthsAndDeaths, refusesWhatCannotBe) {
  Node node;
  EXPECT_EQ(node.create("A", "nothing")->status.code, 5013u);
  EXPECT_EQ(node.create("A", "db", "nothing")->status.code, 5078u);
  EXPECT_EQ(node.create("", "db")->status.code, 87u);
}

TEST(CC_92, AndRA_34_DeleteTellsTheDllThenClosesOnceEach) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].controls[0x01500006] = {5, {}, 0};  // CC-93: a refusal does not stop it
  node.calls.clear();
  const auto answer = node.ask(DeleteResource{"r-A"});
  node.settle();
  EXPECT_EQ(answer->status.code, 0u);
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Control A 01500006", "Close A"}));
  EXPECT_EQ(node.durable.find("Resources\\r-A"), nullptr);
  EXPECT_EQ(node.state("A"), ResourceState::Unknown);
  EXPECT_TRUE(node.notified("r-A", change::resource::kDeleted));
  EXPECT_EQ(node.create("A", "db")->status.code, 0u);
}

TEST(CC_95, AndRA_35_AnOnlineOrPendingResourceIsNotDeleted) {
  Node node;
  node.up("A");
  node.calls.clear();
  EXPECT_EQ(node.ask(DeleteResource{"r-A"})->status.code, 5023u);
  node.behaviours["A"].offlineTakes = 10s;
  node.offline("A");
  node.settle();
  EXPECT_EQ(node.ask(DeleteResource{"r-A"})->status.code, 5023u);
  EXPECT_EQ(std::ranges::count(node.calls, "Close A"), 0);
}

TEST(BirthsAndDeaths, aProviderIsNotDeleted) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  node.needs("B", "A");
  EXPECT_EQ(node.ask(DeleteResource{"r-A"})->status.code, 5001u);
  EXPECT_EQ(node.ask(DeleteResource{"nothing"})->status.code, 5007u);
}

TEST(BirthsAndDeaths, whatIsBeingDeletedIsLeftAlone) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  node.behaviours["A"].holdsControls = true;
  const auto deleted = node.ask(DeleteResource{"r-A"});
  EXPECT_EQ(node.ask(OnlineResource{"r-A"})->status.code, 5006u);
  EXPECT_EQ(node.ask(AddDependency{"r-B", "r-A"})->status.code, 5006u);
  node.settle();
  node.crash("A");  // the monitor dies under the DELETE
  node.settle();
  EXPECT_EQ(deleted->status.code, 0u);
  EXPECT_EQ(node.durable.find("Resources\\r-A"), nullptr);
}

TEST(BirthsAndDeaths, aCreationThatWasNotFinishedIsGoneAfterARestart) {
  Node node;
  node.create("Z", "db");
  node.ask(CreateResource{"g-db", "A", "T", false, "r-A"});
  node.restartService(true);
  node.settle();
  EXPECT_EQ(node.durable.find("Resources\\r-A"), nullptr);
}

}  // namespace
}  // namespace holdfast::rcm
