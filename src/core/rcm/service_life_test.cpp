#include "core/rcm/service_life.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;
using S = ResourceState;
using How = monitor::Exited::How;

struct Two : Node {
  Two() {
    up("A");
    up("B");
    calls.clear();
  }
  bool told(std::uint32_t id) const {
    return std::ranges::any_of(events.all, [&](const ClusterEvent& event) { return event.id == id; });
  }
};

TEST(CM_53, AndRA_134_ADeadMonitorRestartsAllAndCountsTheCulpritOnly) {
  Two node;
  node.set("B", "RestartAction", 0);
  const std::uint32_t before = node.pidOf("A");
  node.crash("A", {"A"});
  EXPECT_EQ(node.state("A"), S::Failed);
  EXPECT_EQ(node.state("B"), S::Failed);
  EXPECT_EQ(node.pidOf("A"), 0u);
  EXPECT_TRUE(node.told(1146));
  node.run(3s);
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.state("B"), S::Online);
  EXPECT_NE(node.pidOf("A"), before);
  node.fail("A");  // the crash was the one failure that RestartThreshold 1 tolerates
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Failed);
}

TEST(RA_139, TheCulpritGetsAMonitorOfItsOwn) {
  Two node;
  EXPECT_EQ(node.pidOf("A"), node.pidOf("B"));
  node.crash("A", {"A"});
  node.run(3s);
  EXPECT_NE(node.pidOf("A"), node.pidOf("B"));
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(CM_53, AKilledMonitorWithNobodyInACallCountsNobody) {
  Two node;
  node.crash("A");
  node.run(3s);
  EXPECT_EQ(node.state("A"), S::Online);
  node.fail("A");
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(CM_54, AHungCallLogs1230AndTheMonitorIsReplaced) {
  Two node;
  node.crash("A", {"A"}, How::Deadlocked);
  EXPECT_TRUE(node.told(1230));
  EXPECT_TRUE(node.told(1146));
  EXPECT_EQ(node.statusOf("A"), 1460u);
  node.run(3s);
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.state("B"), S::Online);
}

TEST(RA_132, AndRA_133_SeparateMonitorAtCreationGivesAnOwnProcess) {
  Two node;
  node.create("Own", "db", "T", true);
  EXPECT_NE(node.pidOf("Own"), node.pidOf("A"));
  EXPECT_EQ(node.pidOf("A"), node.pidOf("B"));
}

TEST(RA_140, ASeparateMonitorIsUnaffectedByACrashOfTheShared) {
  Two node;
  node.create("Own", "db", "T", true);
  node.online("Own");
  node.settle();
  node.crash("A", {"A"});
  EXPECT_EQ(node.state("Own"), S::Online);
}

TEST(RA_40, SeparateMonitorOfAnOfflineResourceChangesItsProcessAtOnce) {
  Two node;
  node.offline("A");
  node.settle();
  node.calls.clear();
  node.set("A", "SeparateMonitor", 1);
  EXPECT_EQ(node.countCalls("Close A"), 1);
  EXPECT_EQ(node.countCalls("Open A"), 1);
  EXPECT_NE(node.pidOf("A"), node.pidOf("B"));
}

TEST(CM_52, AndRA_131_SeparateMonitorOfAnOnlineOneWaitsForTheNextOnline) {
  Two node;
  node.set("A", "SeparateMonitor", 1);
  EXPECT_EQ(node.pidOf("A"), node.pidOf("B"));
  node.offline("A");
  node.settle();
  node.online("A");
  node.settle();
  EXPECT_NE(node.pidOf("A"), node.pidOf("B"));
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(RA_10, AFailingOpenAtTheStartIsFailedWithItsCodeAndTriedAtTheNextOnline) {
  Two node;
  node.behaviours["A"].openStatus = 1306;
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Failed);
  EXPECT_EQ(node.statusOf("A"), 1306u);
  EXPECT_EQ(node.state("B"), S::Online);
  node.behaviours["A"].openStatus = 0;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(CM_149, AndRA_201_ANewServiceFindsItsResourcesRunning) {
  Two node;
  const std::uint32_t pid = node.pidOf("A");
  const std::size_t started = node.monitorsStarted;
  node.restartService(true);
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.pidOf("A"), pid);
  node.run(10s);
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.state("B"), S::Online);
  EXPECT_TRUE(node.calls.empty());
  EXPECT_EQ(node.monitorsStarted, started);
  EXPECT_FALSE(node.told(1069));
}

TEST(RA_202, APendingOperationThatEndsAfterTheAdoptionCounts) {
  Two node;
  node.create("P", "db");
  node.behaviours["P"].onlineTakes = 5s;
  node.online("P");
  node.settle();
  node.restartService(true);
  EXPECT_EQ(node.state("P"), S::OnlinePending);
  node.run(6s);
  EXPECT_EQ(node.state("P"), S::Online);
  EXPECT_EQ(node.countCalls("Online P"), 1);
}

TEST(RA_202, AFailureRightAfterTheAdoptionIsActedOnOnce) {
  Two node;
  node.restartService(true);
  node.fail("A");
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.countCalls("Online A"), 1);
}

TEST(ServiceLife, whatFailedBeforeTheAdoptionIsRestartedWithoutCounting) {
  Two node;
  node.fail("A");
  node.run(100ms);
  node.restartService(true);
  EXPECT_EQ(node.state("A"), S::Failed);
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(ServiceLife, adoptedInstancesOfWhatIsGoneAreClosed) {
  Two node;
  node.offline("A");
  node.settle();
  node.write(database::Batch{}.set("Resources\\r-A", "Creating", database::Value::dword(1)));
  node.restartService(true);
  node.settle();
  EXPECT_EQ(node.countCalls("Close A"), 1);
}

TEST(RA_143, ACleanStopGoesOfflineInOrderClosesAndExits) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  node.needs("B", "A");
  node.online("B");
  node.settle();
  node.calls.clear();
  node.stop();
  EXPECT_EQ(node.ask(OnlineResource{"r-A"})->status.code, 5073u);
  node.run(1s);
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Offline B", "Offline A", "Close A", "Close B"}));
  EXPECT_TRUE(node.stopped);
  EXPECT_EQ(node.mark("A") + node.mark("B"), "11");  // persistent states are untouched
}

TEST(RA_58, APersistentlyOnlineResourceIsBroughtOnlineAtTheStart) {
  Two node;
  node.stop();
  node.run(1s);
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Online);
  EXPECT_EQ(node.mark("A"), "1");
}

TEST(ServiceLife, aStopThatTakesTooLongIsEnded) {
  Two node;
  node.behaviours["A"].offlineTakes = 100h;
  node.stop();
  node.run(19min);
  EXPECT_FALSE(node.stopped);
  node.run(2min);
  EXPECT_TRUE(node.stopped);
}

TEST(ServiceLife, aStopWithNothingRunningIsDoneAtOnce) {
  Node node;
  node.stop();
  EXPECT_TRUE(node.stopped);
}

TEST(CM_86, GroupsOfPriorityZeroAreNotStarted) {
  Two node;
  node.write(database::Batch{}.set("Groups\\g-db", "Priority", database::Value::dword(0)));
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
}

TEST(CM_87, HighPriorityStartsBeforeLow) {
  Two node;
  node.group("web");
  node.create("W", "web");
  node.online("W");
  node.settle();
  node.write(database::Batch{}.set("Groups\\g-web", "Priority", database::Value::dword(3000)));
  node.restartService(false);
  node.calls.clear();
  node.settle();
  std::erase_if(node.calls, [](const std::string& call) { return !call.starts_with("Online"); });
  ASSERT_EQ(node.calls.size(), 3u);
  EXPECT_EQ(node.calls.front(), "Online W");
}

TEST(CM_89, IgnorePersistentStateOnStartupLeavesGroupsOffline) {
  Two node;
  node.write(database::Batch{}.set("", "IgnorePersistentStateOnStartup", database::Value::dword(1)));
  node.restartService(false);
  node.settle();
  EXPECT_EQ(node.state("A"), S::Offline);
}

TEST(ServiceLife, monitorsThatDieAtOnceAreNotStartedFasterThanTheGap) {
  Two node;
  const std::size_t before = node.monitorsStarted;
  node.monitorsStart = false;
  node.crash("A");
  node.run(10s);
  EXPECT_LE(node.monitorsStarted - before, 12u);
  EXPECT_EQ(node.state("A"), S::Failed);
  node.monitorsStart = true;
  node.online("A");
  node.run(2s);
  EXPECT_EQ(node.state("A"), S::Online);
}

TEST(ServiceLife, requestsThatComeBeforeAdoptionIsOverWait) {
  Two node;
  node.rcm.reset();
  node.rcm = std::make_unique<Rcm>(Config{}, node.durable, node.volatileTree, node.indexes, node.events);
  Effects effects;
  node.rcm->onActive(node.now, effects);
  node.rcm->onRequest({1, 1}, CreateGroup{"web", "g-web"}, {}, node.now, effects);
  EXPECT_TRUE(effects.proposals.empty());
  EXPECT_TRUE(effects.answers.empty());
  node.rcm->onAdoptionOver(node.now, effects);
  EXPECT_EQ(effects.proposals.size(), 1u);
}

TEST(ServiceLife, aMonitorThatConnectsBeforeTheDatabaseIsThereIsAdopted) {
  Two node;
  node.rcm.reset();
  node.rcm = std::make_unique<Rcm>(Config{}, node.durable, node.volatileTree, node.indexes, node.events);
  Effects effects;
  monitor::Hello hello;
  hello.pid = 77;
  hello.instances.push_back({5, "r-A", S::Online, 0, 0, true});
  node.rcm->onMonitorConnected(9, hello, node.now, effects);
  node.rcm->onAdoptionOver(node.now, effects);
  EXPECT_TRUE(effects.monitors.empty());
  node.rcm->onActive(node.now, effects);
  for (const auto& effect : effects.monitors) EXPECT_FALSE(std::holds_alternative<KillMonitor>(effect));
  EXPECT_EQ(node.rcm->resourceState("r-A"), S::Online);
  EXPECT_EQ(node.rcm->monitorPid("r-A"), 77u);
}

TEST(ServiceLife, withoutAQuorumNothingIsStartedAndRequestsAreRefused) {
  Two node;
  Effects effects;
  node.rcm->onQuorumLost(node.now, effects);
  node.fail("A");
  node.run(5s);
  EXPECT_EQ(node.countCalls("Online A"), 0);
  EXPECT_EQ(node.state("B"), S::Online);
  EXPECT_EQ(node.ask(OnlineResource{"r-A"})->status.code, 5925u);
}

}  // namespace
}  // namespace holdfast::rcm
