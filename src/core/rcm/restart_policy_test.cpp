#include "core/rcm/restart_policy.h"

#include <gtest/gtest.h>

#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;
using Kind = Decision::Kind;

RestartRules rules(std::uint32_t action, std::uint32_t threshold) {
  RestartRules r;
  r.action = action;
  r.threshold = threshold;
  r.period = 10s;
  return r;
}

TEST(CM_55, TwoFailuresRestartInPlaceAndTheThirdEscalates) {
  RestartPolicy policy;
  EXPECT_EQ(policy.onFailure(Time(0s), rules(2, 2)).kind, Kind::Restart);
  EXPECT_EQ(policy.onFailure(Time(4s), rules(2, 2)).kind, Kind::Restart);
  EXPECT_EQ(policy.onFailure(Time(9s), rules(2, 2)).kind, Kind::Failover);
}

TEST(CM_56, FailuresSpreadWiderThanThePeriodNeverEscalate) {
  RestartPolicy policy;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(policy.onFailure(Time(i * 5s), rules(2, 2)).kind, Kind::Restart);
  }
}

TEST(RestartPolicy, thresholdZeroEscalatesAtOnce) {
  RestartPolicy policy;
  EXPECT_EQ(policy.onFailure(Time(0s), rules(2, 0)).kind, Kind::Failover);
  EXPECT_EQ(policy.onFailure(Time(0s), rules(1, 0)).kind, Kind::GiveUp);
}

TEST(RestartPolicy, actionZeroNeverRestarts) {
  RestartPolicy policy;
  EXPECT_EQ(policy.onFailure(Time(0s), rules(0, 5)).kind, Kind::GiveUp);
}

TEST(RestartPolicy, clearForgetsAll) {
  RestartPolicy policy;
  (void)policy.onFailure(Time(0s), rules(2, 1));
  policy.clear();
  EXPECT_EQ(policy.onFailure(Time(1s), rules(2, 1)).kind, Kind::Restart);
}

TEST(RA_76, CannotComeOnlineIsNotRestarted) {
  RestartPolicy policy;
  EXPECT_EQ(policy.onCannotComeOnline(Time(0s), rules(2, 5), false).kind, Kind::Failover);
  EXPECT_EQ(policy.onCannotComeOnline(Time(0s), rules(2, 5), true).kind, Kind::GiveUp);
  EXPECT_EQ(policy.onCannotComeOnline(Time(0s), rules(1, 5), false).kind, Kind::GiveUp);
}

// --- the same on a node ----------------------------------------------------------------------------------------------

struct Failing : Node {
  Failing() {
    up("A");
    set("A", "RestartPeriod", 10'000);
    set("A", "RetryPeriodOnFailure", 60'000);
  }
};

TEST(CM_60, ARestartComesNotEarlierThanRestartDelay) {
  Failing node;
  node.fail("A");
  node.run(499ms);
  EXPECT_EQ(node.countCalls("Online A"), 1);
  node.run(3ms);
  EXPECT_EQ(node.countCalls("Online A"), 2);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

TEST(RA_123, ThresholdTwoRestartsTwiceAndThenStaysFailed) {
  Failing node;
  node.set("A", "RestartThreshold", 2);
  for (int i = 0; i < 3; ++i) {
    node.fail("A");
    node.run(1s);
  }
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.groupState("db"), GroupState::Failed);
  EXPECT_EQ(node.countCalls("Online A"), 3);
}

TEST(RA_124, FailuresSpreadWiderThanRestartPeriodNeverEscalate) {
  Failing node;
  for (int i = 0; i < 5; ++i) {
    node.fail("A");
    node.run(11s);
    EXPECT_EQ(node.state("A"), ResourceState::Online);
  }
}

TEST(CM_57, RestartActionZeroStaysFailedAndIsNeverTriedAgain) {
  Failing node;
  node.set("A", "RestartAction", 0);
  node.fail("A");
  node.run(10min);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.countCalls("Online A"), 1);
}

TEST(CM_58, RestartActionOnePastTheThresholdStaysFailed) {
  Failing node;
  node.set("A", "RestartAction", 1);
  node.fail("A");
  node.run(1s);
  node.fail("A");
  node.run(1s);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  for (const ClusterEvent& event : node.events.all) EXPECT_NE(event.id, 1254u);
}

TEST(CM_63, ATerminallyFailedResourceIsTriedOncePerRetryPeriodAndEachIsLogged) {
  Failing node;
  node.set("A", "RestartThreshold", 0);
  node.behaviours["A"].onlineStatus = 5;
  node.fail("A");
  node.run(1s);
  const int before = node.countCalls("Online A");
  node.run(60s);
  EXPECT_EQ(node.countCalls("Online A"), before + 1);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_NE(node.events.all.back().text.find("will be tried again in 60 s"), std::string::npos)
      << node.events.all.back().text;
  node.run(60s);
  EXPECT_EQ(node.countCalls("Online A"), before + 2);
  node.behaviours["A"].onlineStatus = 0;
  node.run(60s);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

TEST(CM_64, RetryPeriodMaxNeverRetries) {
  Failing node;
  node.set("A", "RestartThreshold", 0);
  node.set("A", "RetryPeriodOnFailure", 0xFFFFFFFF);
  node.fail("A");
  node.run(24h);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.countCalls("Online A"), 1);
}

TEST(RA_45, OnlineIsNotCalledBeforeTerminateHasReturned) {
  Failing node;
  node.behaviours["A"].terminateTakes = 5s;
  node.fail("A");
  node.run(4s);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.countCalls("Online A"), 1);
  node.run(2s);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

TEST(CM_65, AndRA_129_FailResourceFollowsThePathOfARealFailure) {
  Failing node;
  EXPECT_EQ(node.ask(FailResource{World::idOf("A")})->status.code, 0u);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  node.run(100ms);
  EXPECT_EQ(node.countCalls("Terminate A"), 1);
  node.run(1s);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
  node.ask(FailResource{World::idOf("A")});
  node.run(1s);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);  // RestartThreshold 1 is used up
}

TEST(RestartPolicy, anAdministratorsOnlineClearsTheCounters) {
  Failing node;
  node.fail("A");
  node.run(1s);
  node.fail("A");
  node.run(1s);
  ASSERT_EQ(node.state("A"), ResourceState::Failed);
  node.online("A");
  node.settle();
  node.fail("A");
  node.run(1s);
  EXPECT_EQ(node.state("A"), ResourceState::Online);
}

TEST(RA_44, AnErrorOfOnlineIsFailedAndItsStatusIsShown) {
  Node node;
  node.create("A", "db");
  node.set("A", "RestartAction", 0);
  node.behaviours["A"].onlineStatus = 87;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.statusOf("A"), 87u);
}

TEST(RA_76, A127ReportedByOnlineIsNotRestartedHere) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].cannotComeOnline = 127;
  node.behaviours["A"].onlineTakes = 10ms;
  node.online("A");
  node.run(10s);
  EXPECT_EQ(node.state("A"), ResourceState::Failed);
  EXPECT_EQ(node.countCalls("Online A"), 1);
}

TEST(RA_75, SpecificDataOfTheReportThatEndedTheOperationIsShown) {
  Node node;
  node.create("A", "db");
  node.behaviours["A"].specific = 77;
  node.online("A");
  node.settle();
  EXPECT_EQ(node.rcm->resourceSpecific(World::idOf("A")), 77u);
}

}  // namespace
}  // namespace holdfast::rcm
