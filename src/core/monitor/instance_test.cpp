#include "core/monitor/instance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "core/monitor/codes.h"

namespace holdfast::monitor {
namespace {

using namespace std::chrono_literals;

// Plays the monitor: keeps what was asked, in order.
struct Play {
  explicit Play(Settings settings = {}, bool canCancel = false) : machine(1, settings, canCancel) {}

  template <class T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& action : actions) {
      if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
    }
    return found;
  }
  std::size_t entered(EntryPoint entry) const {
    const auto calls = all<Enter>();
    return static_cast<std::size_t>(
        std::count_if(calls.begin(), calls.end(), [&](const auto& call) { return call.entry == entry; }));
  }
  std::vector<StateChanged> told() const {
    std::vector<StateChanged> found;
    for (const auto& report : all<Report>()) {
      if (const auto* changed = std::get_if<StateChanged>(&report)) found.push_back(*changed);
    }
    return found;
  }
  StateChanged last() const { return told().empty() ? StateChanged{} : told().back(); }

  void returns(EntryPoint entry, std::uint32_t result, bool handle = false) {
    machine.returned({entry, result, handle, now}, now, actions);
  }
  void reports(std::int32_t state, std::uint32_t checkPoint = 0, bool handle = false) {
    machine.reported({machine.serial(), state, checkPoint, handle, 0}, now, actions);
  }
  void goesOnline(bool handle = false) {
    machine.online(10, now, actions);
    returns(EntryPoint::Online, 0, handle);
  }
  /// Lets time pass in the steps that the machine asks for.
  void passes(Duration time) {
    const auto end = now + time;
    while (machine.nextTimer() <= end) {
      now = std::max(now, machine.nextTimer());
      machine.timer(now, actions);
    }
    now = end;
  }

  InstanceMachine machine;
  Actions actions;
  Time now{100s};
};

constexpr auto kOnlineReport = static_cast<std::int32_t>(ResourceState::Online);
constexpr auto kOfflineReport = static_cast<std::int32_t>(ResourceState::Offline);
constexpr auto kFailedReport = static_cast<std::int32_t>(ResourceState::Failed);
constexpr auto kPendingReport = static_cast<std::int32_t>(ResourceState::OnlinePending);

TEST(RA_42, OnlineThatSucceedsIsOnlineAtOnceAndPolled) {
  Play play;
  play.goesOnline();
  ASSERT_EQ(play.told().size(), 1u);
  EXPECT_EQ(play.last().state, ResourceState::Online);
  EXPECT_EQ(play.last().operation, 10u);
  play.passes(5s);
  EXPECT_EQ(play.entered(EntryPoint::LooksAlive), 1u);
}

TEST(RA_43, PendingIsShownWithoutAReport) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  EXPECT_EQ(play.last().state, ResourceState::OnlinePending);
}

TEST(RA_44, OnlineThatReturnsAnErrorIsFailedThenTerminatedThenFailedAndTerminated) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, 5007);
  EXPECT_EQ(play.last().state, ResourceState::Failed);
  EXPECT_EQ(play.last().status, 5007u);
  EXPECT_FALSE(play.last().terminated);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_TRUE(play.last().terminated);
  EXPECT_EQ(play.machine.nextTimer(), kNever);
}

TEST(RA_45, OnlineWaitsForTheEndOfTerminate) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, 5007);
  play.machine.online(11, play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::Online), 1u);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.entered(EntryPoint::Online), 2u);
}

TEST(RA_48, OfflineThatReturnsAnErrorIsTerminatedAndOffline) {
  Play play;
  play.goesOnline();
  play.machine.offline(11, play.now, play.actions);
  play.returns(EntryPoint::Offline, 87);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.last().status, 87u);
}

TEST(RA_50, NothingIsPolledFromOfflineOn) {
  Play play;
  play.goesOnline();
  play.machine.offline(11, play.now, play.actions);
  play.passes(200s);
  play.returns(EntryPoint::Offline, 0);
  play.passes(200s);
  EXPECT_EQ(play.entered(EntryPoint::LooksAlive) + play.entered(EntryPoint::IsAlive), 0u);
}

TEST(RA_52, OfflineOfAFailedResourceCallsNothing) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, 5007);
  play.returns(EntryPoint::Terminate, 0);
  play.machine.offline(11, play.now, play.actions);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.entered(EntryPoint::Offline), 0u);
}

TEST(RA_60, SilenceForPendingTimeoutFailsAndTerminatesOnce) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.passes(179s);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 0u);
  play.passes(2s);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
  EXPECT_EQ(play.last().reason, Reason::PendingTimeout);
  play.passes(1000s);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_61, ChangingCheckPointsKeepTheOperationAlive) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  for (std::uint32_t i = 0; i < 10; ++i) {
    play.passes(90s);
    play.reports(kPendingReport, i);
  }
  EXPECT_EQ(play.machine.state(), ResourceState::OnlinePending);
}

TEST(RA_62, TheSameCheckPointDoesNot) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  for (int i = 0; i < 4; ++i) {
    play.passes(60s);
    play.reports(kPendingReport, 7);
  }
  play.passes(1s);
  EXPECT_EQ(play.machine.state(), ResourceState::Failed);
}

TEST(RA_63, AFinalReportWithTheSameCheckPointIsAccepted) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.reports(kPendingReport, 7);
  play.reports(kOnlineReport, 7);
  EXPECT_EQ(play.machine.state(), ResourceState::Online);
}

TEST(RA_65, PendingTimeoutIsCutToDeadlockTimeout) {
  Settings settings;
  settings.deadlock_ms = 1000;
  Play play(settings);
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.passes(1s);
  EXPECT_EQ(play.machine.state(), ResourceState::Failed);
}

TEST(RA_66, ASilentOfflineIsTerminatedAndOffline) {
  Play play;
  play.goesOnline();
  play.machine.offline(11, play.now, play.actions);
  play.returns(EntryPoint::Offline, kIoPending);
  play.passes(180s);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.last().reason, Reason::PendingTimeout);
}

TEST(RA_67, AReportFailedTerminatesAndFails) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.reports(kFailedReport);
  EXPECT_EQ(play.last().reason, Reason::Reported);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_70, AnEarlyReportCountsAfterTheReturn) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.reports(kOnlineReport);
  EXPECT_TRUE(play.told().empty());
  play.returns(EntryPoint::Online, kIoPending);
  EXPECT_EQ(play.machine.state(), ResourceState::Online);
}

TEST(RA_71, AnEarlyReportBeforeAnErrorDoesNot) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.reports(kOnlineReport);
  play.returns(EntryPoint::Online, 1450);
  EXPECT_EQ(play.machine.state(), ResourceState::Failed);
}

TEST(RA_72, AReportOutsideAnOperationChangesNothing) {
  Play play;
  play.goesOnline();
  const auto before = play.actions.size();
  play.reports(kFailedReport);
  EXPECT_EQ(play.actions.size(), before);
}

TEST(RA_76, CannotComeOnlineIsFailedAndSaysWhere) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.reports(kCannotComeOnlineHere);
  EXPECT_EQ(play.last().state, ResourceState::Failed);
  EXPECT_TRUE(play.last().cannotComeOnlineHere);
  EXPECT_FALSE(play.last().cannotComeOnlineAnywhere);
}

TEST(RA_80, ASecondOnlineJoinsTheFirst) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.machine.online(11, play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::Online), 1u);
  play.returns(EntryPoint::Online, 0);
  ASSERT_EQ(play.told().size(), 2u);
  EXPECT_EQ(play.told()[1].operation, 11u);
}

TEST(RA_84, ASecondTriggerDuringTerminateIsMerged) {
  Play play;
  play.goesOnline();
  play.machine.terminate(11, true, play.now, play.actions);
  play.machine.terminate(12, false, play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.last().operation, 12u);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
}

TEST(RA_91, TerminateIsOverWhenTheInterruptedCallHasReturnedToo) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.machine.terminate(11, false, play.now, play.actions);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_FALSE(play.last().terminated);
  play.returns(EntryPoint::Online, kCancelled);
  EXPECT_TRUE(play.last().terminated);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.last().status, kCancelled);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_91, AnOnlineThatComesThroughAfterItsTerminateIsEndedAgain) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.machine.terminate(11, false, play.now, play.actions);
  play.returns(EntryPoint::Terminate, 0);
  play.returns(EntryPoint::Online, kSuccess);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 2u);
  EXPECT_FALSE(play.last().terminated);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_TRUE(play.last().terminated);
}

TEST(RA_98, LooksAliveFalseLeadsToIsAliveAtOnce) {
  Play play;
  play.goesOnline();
  play.passes(5s);
  play.returns(EntryPoint::LooksAlive, 0);
  EXPECT_EQ(play.entered(EntryPoint::IsAlive), 1u);
  play.returns(EntryPoint::IsAlive, 1);
  EXPECT_EQ(play.machine.state(), ResourceState::Online);
}

TEST(RA_100, IsAliveFalseIsToldBeforeTerminateIsEntered) {
  Play play;
  play.goesOnline();
  play.passes(5s);
  play.returns(EntryPoint::LooksAlive, 0);
  play.actions.clear();
  play.returns(EntryPoint::IsAlive, 0);
  const auto position = [&](auto matches) {
    return std::find_if(play.actions.begin(), play.actions.end(), matches) - play.actions.begin();
  };
  const auto told = position([](const Action& a) { return std::holds_alternative<Report>(a); });
  const auto entered = position([](const Action& a) { return std::holds_alternative<Enter>(a); });
  EXPECT_LT(told, entered);
  EXPECT_EQ(play.last().reason, Reason::IsAlive);
}

TEST(RA_111, ASignalIsVerifiedByIsAlive) {
  Play play;
  play.goesOnline(true);
  EXPECT_EQ(play.all<WatchHandle>().size(), 1u);
  play.machine.signalled(play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::IsAlive), 1u);
  play.returns(EntryPoint::IsAlive, 0);
  EXPECT_EQ(play.machine.state(), ResourceState::Failed);
}

TEST(RA_116, AHandleThatStaysSignalledLeadsToOneIsAlivePerBackoffStep) {
  Play play;
  play.goesOnline(true);
  play.machine.signalled(play.now, play.actions);
  std::vector<Duration> steps;
  for (int i = 0; i < 4; ++i) {
    const auto before = play.now;
    play.returns(EntryPoint::IsAlive, 1);
    const auto watches = play.all<WatchHandle>().size();
    while (play.all<WatchHandle>().size() == watches) play.passes(play.machine.nextTimer() - play.now);
    steps.push_back(play.now - before);
    play.machine.signalled(play.now, play.actions);
  }
  EXPECT_EQ(steps, (std::vector<Duration>{1s, 2s, 4s, 8s}));
}

TEST(RA_117, ASignalOutsideOnlineHasNoEffect) {
  Play play;
  play.goesOnline(true);
  play.machine.offline(11, play.now, play.actions);
  EXPECT_EQ(play.all<UnwatchHandle>().size(), 1u);
  play.machine.signalled(play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::IsAlive), 0u);
}

TEST(InstanceMachine, AGeneralFailureSignalledFailsAndTerminates) {
  Play play;
  play.goesOnline();
  play.machine.failureSignalled(42, play.now, play.actions);
  EXPECT_EQ(play.last().reason, Reason::Signalled);
  EXPECT_EQ(play.last().resourceSpecific, 42u);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_211, ACancelledOnlineThatReportsOfflineIsOfflineWithoutTerminate) {
  Play play({}, true);
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.machine.terminate(11, false, play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::Cancel), 1u);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 0u);
  play.returns(EntryPoint::Cancel, 0);
  play.reports(kOfflineReport);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.last().status, kCancelled);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 0u);
}

TEST(RA_211, WithoutACancelTheSameReportIsAFailure) {
  Play play({}, true);
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.reports(kOfflineReport);
  EXPECT_EQ(play.last().state, ResourceState::Failed);
}

TEST(RA_212, ARunningOnlineThatReturnsCancelledIsOfflineAfterOneTerminate) {
  Play play({}, true);
  play.machine.online(10, play.now, play.actions);
  play.machine.terminate(11, false, play.now, play.actions);
  play.returns(EntryPoint::Online, kOperationAborted);
  play.returns(EntryPoint::Cancel, 0);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.last().state, ResourceState::Offline);
  EXPECT_EQ(play.last().status, kCancelled);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_212, AfterFiveSecondsACancelBecomesTerminate) {
  Play play({}, true);
  play.machine.online(10, play.now, play.actions);
  play.returns(EntryPoint::Online, kIoPending);
  play.machine.terminate(11, false, play.now, play.actions);
  play.returns(EntryPoint::Cancel, 0);
  play.passes(4999ms);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 0u);
  play.passes(1ms);
  EXPECT_EQ(play.entered(EntryPoint::Terminate), 1u);
}

TEST(RA_36, CloseTerminatesFirstWhatIsNotOffline) {
  Play play;
  play.goesOnline();
  play.machine.close(play.now, play.actions);
  EXPECT_EQ(play.entered(EntryPoint::Close), 0u);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_EQ(play.entered(EntryPoint::Close), 1u);
  play.returns(EntryPoint::Close, 0);
  EXPECT_TRUE(play.machine.closed());
}

TEST(InstanceMachine, ACallThatIsWithdrawnIsNotWaitedFor) {
  Play play;
  play.goesOnline();
  play.passes(5s);
  play.machine.terminate(11, true, play.now, play.actions);
  ASSERT_EQ(play.all<Withdraw>().size(), 1u);
  play.machine.withdrawn(EntryPoint::LooksAlive, play.now, play.actions);
  play.returns(EntryPoint::Terminate, 0);
  EXPECT_TRUE(play.last().terminated);
}

TEST(InstanceMachine, ASynchronousCallShowsPendingAfter300Milliseconds) {
  Play play;
  play.machine.online(10, play.now, play.actions);
  play.passes(299ms);
  EXPECT_TRUE(play.told().empty());
  play.passes(1ms);
  EXPECT_EQ(play.last().state, ResourceState::OnlinePending);
}

TEST(InstanceMachine, ALostHandleBringsLooksAliveBack) {
  Play play;
  play.goesOnline(true);
  play.passes(20s);
  EXPECT_EQ(play.entered(EntryPoint::LooksAlive), 0u);
  play.machine.handleLost(play.now, play.actions);
  play.passes(5s);
  EXPECT_EQ(play.entered(EntryPoint::LooksAlive), 1u);
}

}  // namespace
}  // namespace holdfast::monitor
