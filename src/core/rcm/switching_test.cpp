#include "core/rcm/switching.h"

#include <gtest/gtest.h>

#include "core/database/schema.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;
using S = ResourceState;

/// C needs B needs A.
struct Chain : Node {
  Chain() {
    for (const char* name : {"A", "B", "C"}) create(name, "db");
    needs("B", "A");
    needs("C", "B");
    settle();
    calls.clear();
  }
  std::vector<std::string> entryPoints() const {
    std::vector<std::string> found;
    for (const std::string& call : calls) {
      if (call.starts_with("Online") || call.starts_with("Offline") || call.starts_with("Terminate")) {
        found.push_back(call);
      }
    }
    return found;
  }
};

using Calls = std::vector<std::string>;

TEST(CM_36, AndCM_141_OnlineBringsProvidersFirstAndMarksThem) {
  Chain node;
  EXPECT_EQ(node.online("C")->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.entryPoints(), (Calls{"Online A", "Online B", "Online C"}));
  EXPECT_EQ(node.mark("A") + node.mark("B") + node.mark("C"), "111");
  EXPECT_EQ(node.durable.find("Groups\\g-db")->dword("PersistentState"), std::nullopt);
}

TEST(CM_37, AndCM_142_OfflineOfAProviderTakesDependentsDownFirstAndMarksItself) {
  Chain node;
  node.online("C");
  node.settle();
  node.calls.clear();
  EXPECT_EQ(node.offline("B")->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.entryPoints(), (Calls{"Offline C", "Offline B"}));
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.mark("A") + node.mark("B") + node.mark("C"), "101");
}

TEST(CM_143, AfterARestartOnlyTheMarkedComeBackAndTheRestWaits) {
  Chain node;
  node.online("C");
  node.settle();
  node.offline("B");
  node.settle();
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.state("B"), S::Offline);
  EXPECT_EQ(node.state("C"), S::Offline);
  EXPECT_NE(node.why("C").find("waits for provider \"B\""), std::string::npos) << node.why("C");
  node.online("B");
  node.settle();
  EXPECT_EQ(node.state("B"), S::Online);
  EXPECT_EQ(node.state("C"), S::Online);
}

TEST(CM_38, OfflineOfAPendingResourceIsRefused) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].onlineTakes = 5s;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("A"), S::OnlinePending);
  EXPECT_EQ(node.offline("A")->status.code, 5023u);
}

TEST(CM_39, OfflineOfAnOfflineResourceIsZero) {
  Node node;
  node.create("A", "db");
  EXPECT_EQ(node.offline("A")->status.code, 0u);
}

TEST(CM_40, AndRA_52_OfflineOfAFailedResourceIsZeroAndCallsNothing) {
  Node node;
  node.up("A");
  node.set("A", "RestartAction", 0);
  node.fail("A");
  node.settle();
  EXPECT_EQ(node.offline("A")->status.code, 0u);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
  EXPECT_EQ(node.mark("A"), "0");
  EXPECT_EQ(node.countCalls("Offline A"), 0);
}

TEST(CM_41, ThePersistentStateChangesWhenTheRequestIsAccepted) {
  Node node;
  node.up("A");
  node.behaviours["A"].offlineTakes = 10s;
  node.offline("A");
  EXPECT_EQ(node.mark("A"), "0");
  node.settle();
  EXPECT_EQ(node.state("A"), S::OfflinePending);
}

TEST(CM_180, AndRA_80_OnlineIsCalledOnceHoweverOftenAsked) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].onlineTakes = 1s;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.online("A")->status.code, 997u);
  node.run(2s);
  EXPECT_EQ(node.online("A")->status.code, 0u);
  EXPECT_EQ(node.countCalls("Online A"), 1);
  node.behaviours["A"].offlineTakes = 1s;
  node.offline("A");
  node.settle();
  EXPECT_EQ(node.online("A")->status.code, 5023u);
}

TEST(RA_51, OnlineOfAFailedResourceCallsOnline) {
  Node node;
  node.up("A");
  node.set("A", "RestartAction", 0);
  node.fail("A");
  node.settle();
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(Switching, groupOnlineBringsAllAndGroupOfflineTakesAll) {
  Chain node;
  node.create("D", "db");
  EXPECT_EQ(node.ask(OnlineGroup{"g-db"})->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.groupState("db"), GroupState::Online);
  EXPECT_EQ(node.ask(OnlineGroup{"g-db"})->status.code, 0u);
  EXPECT_EQ(node.ask(OfflineGroup{"g-db"})->status.code, 997u);
  node.settle();
  EXPECT_EQ(node.groupState("db"), GroupState::Offline);
  EXPECT_EQ(node.ask(OfflineGroup{"g-db"})->status.code, 0u);
  EXPECT_EQ(node.durable.find("Groups\\g-db")->dword("PersistentState"), 0u);
}

TEST(CM_90, AGroupIsOnlineAfterARestartIfItWasLeftSo) {
  Node node;
  node.create("A", "db");
  node.ask(OnlineGroup{"g-db"});
  node.settle();
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Online);
  node.ask(OfflineGroup{"g-db"});
  node.settle();
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
}

TEST(Switching, groupOfflineCancelsWhatIsPendingWithoutCountingAFailure) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].ignoresOnline = true;
  node.online("A");
  node.settle();
  node.ask(OfflineGroup{"g-db"});
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
  EXPECT_EQ(node.countCalls("Terminate A"), 1);
  EXPECT_EQ(node.statusOf("A"), 1223u);
  for (const ClusterEvent& event : node.events.all) EXPECT_NE(event.step, "failed");
}

TEST(CM_67, AFailedProviderTakesDependentsDownAndBringsThemBackAfterItself) {
  Chain node;
  node.online("C");
  node.settle();
  node.calls.clear();
  node.fail("A");
  node.settle();
  EXPECT_EQ(node.state("C"), S::Offline);
  EXPECT_EQ(node.state("B"), S::Offline);
  node.run(1s);
  EXPECT_EQ(node.entryPoints(), (Calls{"Terminate A", "Offline C", "Offline B", "Online A", "Online B", "Online C"}));
  EXPECT_EQ(node.groupState("db"), GroupState::Online);
}

TEST(CM_144, AFailedProviderEndsTheRequestOfItsDependentsWith5942) {
  Chain node;
  node.set("A", "RestartThreshold", 0);
  node.behaviours["A"].onlineStatus = 5;
  node.online("C");
  node.run(1s);
  EXPECT_EQ(node.state("A"), S::Failed);
  EXPECT_EQ(node.state("C"), S::Offline);
  EXPECT_EQ(node.statusOf("C"), 5942u);
  EXPECT_EQ(node.statusOf("B"), 5942u);
  node.behaviours["A"].onlineStatus = 0;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("C"), S::Online);
}

TEST(Switching, answersForWhatIsNotThere) {
  Node node;
  EXPECT_EQ(node.ask(OnlineResource{"nothing"})->status.code, 5007u);
  EXPECT_EQ(node.ask(OfflineResource{"nothing"})->status.code, 5007u);
  EXPECT_EQ(node.ask(OnlineGroup{"nothing"})->status.code, 5013u);
  EXPECT_EQ(node.ask(OfflineGroup{"nothing"})->status.code, 5013u);
  EXPECT_EQ(node.ask(FailResource{"nothing"})->status.code, 5007u);
  node.create("A", "db");
  EXPECT_EQ(node.ask(FailResource{"r-A"})->status.code, 5004u);
}

TEST(Switching, aRefusedUpdateStartsNothing) {
  Node node;
  node.create("A", "db");
  node.refuseProposals = true;
  EXPECT_EQ(node.online("A")->status.code, 5925u);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
  EXPECT_EQ(node.countCalls("Online A"), 0);
}

TEST(Switching, offlineWhileTerminateRunsEndsOffline) {
  Node node;
  node.up("A");
  node.behaviours["A"].terminateTakes = 1s;
  node.fail("A");
  node.settle();
  EXPECT_EQ(node.offline("A")->status.code, 0u);
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Offline);
  EXPECT_EQ(node.countCalls("Online A"), 1);
}

TEST(Switching, aLongChainComesOnlineAndGoesOffline) {
  Node node;
  constexpr int kLength = 2000;
  node.create("R0", "db");
  for (int i = 1; i < kLength; ++i) {
    node.ask(CreateResource{"g-db", "R" + std::to_string(i), "T", false, "r-R" + std::to_string(i)});
  }
  node.settle();
  for (int i = 1; i < kLength; ++i) node.needs("R" + std::to_string(i), "R" + std::to_string(i - 1));
  node.online("R" + std::to_string(kLength - 1));
  node.run(10s);
  EXPECT_EQ(node.groupState("db"), GroupState::Online);
  node.offline("R0");
  node.run(10s);
  EXPECT_EQ(node.groupState("db"), GroupState::Offline);
}

}  // namespace
}  // namespace holdfast::rcm
