// Online, Offline, pending operations, Terminate, polling, control codes (RA B.3 – B.7, B.10).
#include "rhs/fixture.h"

namespace holdfast::rhs_test {

using RA_42 = RhsTest;
TEST_F(RA_42, OnlineThatSucceedsIsOnlineAndIsPolled) {
  start();
  bringOnline(1, "A", fastPolls);
  EXPECT_EQ(world.count("event handle not null"), 0u);  // RA-41
  EXPECT_TRUE(untilCount("looksalive A end", 3));
  EXPECT_TRUE(untilCount("isalive A end", 3));
}

using RA_46 = RhsTest;
TEST_F(RA_46, OfflineThatSucceedsIsOfflineWithoutTerminateAndEndsThePolls) {
  start();
  bringOnline(1, "A", fastPolls);
  service->offline(1, 101);
  ASSERT_TRUE(service->waitState(1, kOffline));
  EXPECT_EQ(world.count("terminate A begin"), 0u);
  const auto calls = world.calls().size();
  service->during(std::chrono::milliseconds(200));  // RA-50, RA-105
  EXPECT_EQ(world.calls().size(), calls);
}

using RA_44 = RhsTest;
TEST_F(RA_44, OnlineThatReturnsAnErrorIsTerminatedOnceAndFailed) {
  world.script("A", "online=error 5007\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->online(1, 10);
  ASSERT_TRUE(service->waitState(1, kFailed, true));
  EXPECT_EQ(service->states.back().status(), 5007u);
  EXPECT_EQ(service->states.back().operation(), 10u);
  EXPECT_EQ(statesOf(1, kFailed, false), 1u);
  EXPECT_EQ(world.count("terminate A begin"), 1u);
  world.script("A", "");
  service->online(1, 11);  // RA-51
  EXPECT_TRUE(service->waitState(1, kOnline));
}

using RA_59 = RhsTest;
TEST_F(RA_59, APendingOnlineEndsWithTheReport) {
  world.script("A", "online=pending 30\noffline=pending 30\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->online(1, 10);
  ASSERT_TRUE(service->waitState(1, kOnlinePending));  // RA-43
  ASSERT_TRUE(service->waitState(1, kOnline));
  service->offline(1, 11);  // RA-47
  ASSERT_TRUE(service->waitState(1, kOfflinePending));
  ASSERT_TRUE(service->waitState(1, kOffline));
  EXPECT_TRUE(untilCount("reported A 0", 2));  // RA-68
}

using RA_60 = RhsTest;
TEST_F(RA_60, SilenceForPendingTimeoutTerminatesOnceAndFails) {
  world.script("A", "online=silent\n");
  start();
  ASSERT_EQ(service->opened(1, "A", "Test", [](auto& open) { open.mutable_settings()->set_pending_ms(100); }), 0u);
  service->online(1, 10);
  ASSERT_TRUE(service->waitState(1, kFailed, true));
  EXPECT_EQ(world.count("terminate A begin"), 1u);
  EXPECT_EQ(service->states.back().reason(), 3u);
}

using RA_70 = RhsTest;
TEST_F(RA_70, AReportBeforeTheReturnCountsAfterItAndOneBeforeAnErrorDoesNot) {
  world.script("A", "online=report 2\n");
  world.script("B", "online=early 1450\n");
  start();
  bringOnline(1, "A");
  ASSERT_EQ(service->opened(2, "B"), 0u);
  service->online(2, 20);  // RA-71
  ASSERT_TRUE(service->waitState(2, kFailed, true));
  EXPECT_EQ(service->states.back().status(), 1450u);
}

using RA_81 = RhsTest;
TEST_F(RA_81, TerminateRunsWhileOnlineIsBlocked) {
  world.script("A", "online=hang\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->online(1, 10);
  ASSERT_TRUE(untilCount("online A begin", 1));
  service->terminate(1, 11, false);
  ASSERT_TRUE(service->waitState(1, kOffline, true));
  EXPECT_EQ(world.count("terminate A end"), 1u);
}

using RA_82 = RhsTest;
TEST_F(RA_82, TerminateRunsWhileAnyOtherCallIsBlocked) {
  start();
  std::uint64_t instance = 0;
  for (const auto* entry : {"offline", "looksalive", "isalive", "control"}) {
    ++instance;
    bringOnline(instance, entry, [](auto& open) {
      fastPolls(open);
      open.mutable_type()->set_concurrency(1);
    });
    world.script(entry, std::string(entry) + "=hang\n");
    if (entry == std::string("offline")) service->offline(instance, 1);
    if (entry == std::string("control")) {
      wire::ToMonitor frame;
      frame.mutable_resource_control()->set_instance(instance);
      frame.mutable_resource_control()->set_operation(2);
      frame.mutable_resource_control()->set_code(0x01800008);
      service->send(frame);
    }
    ASSERT_TRUE(service->until([&] {
      return world.count(std::string(entry) + " " + entry + " begin") >
             world.count(std::string(entry) + " " + entry + " end");
    }));
    service->terminate(instance, 3, true);
    EXPECT_TRUE(service->waitState(instance, kFailed, true)) << entry;
    EXPECT_EQ(world.count(std::string("terminate ") + entry + " end"), 1u) << entry;
  }
}

TEST_F(RA_82, TerminateRunsWhileATypeControlIsBlocked) {
  start();
  bringOnline(1, "A");
  world.script("Test", "typecontrol=sleep 1500\n");
  wire::ToMonitor frame;
  auto& control = *frame.mutable_resource_type_control();
  control.mutable_type()->set_name("Test");
  control.mutable_type()->set_dll_name("fixture_script");
  control.mutable_type()->set_deadlock_ms(30000);
  control.set_operation(2);
  control.set_code(0x02000105);
  service->send(frame);
  ASSERT_TRUE(untilCount("typecontrol:2000105 Test begin", 1));
  service->terminate(1, 3, true);
  ASSERT_TRUE(service->waitState(1, kFailed, true));
  EXPECT_EQ(world.count("typecontrol:2000105 Test end"), 0u);
  EXPECT_TRUE(service->until([&] { return !service->controls.empty(); }));
  EXPECT_EQ(service->controls[0].status(), 1u);
}

using RA_85 = RhsTest;
TEST_F(RA_85, OneEntryPointOfADllAtATimeOverInstancesAndTypes) {
  start();
  for (std::uint64_t i = 1; i <= 8; ++i) {
    ASSERT_EQ(service->opened(i, "R" + std::to_string(i), i % 2 ? "First" : "Second", fastPolls), 0u);
    service->online(i, i);
  }
  for (std::uint64_t i = 1; i <= 8; ++i) ASSERT_TRUE(service->waitState(i, kOnline));
  ASSERT_TRUE(service->until([&] { return world.calls().size() > 200; }));
  // A begin is followed by its own end.
  std::string open;
  for (const auto& line : world.calls()) {
    if (line.ends_with(" begin")) {
      EXPECT_EQ(open, "") << line;
      open = line.substr(0, line.size() - 6);
    } else if (line.ends_with(" end")) {
      EXPECT_EQ(open + " end", line);
      open.clear();
    }
  }
}

using RA_87 = RhsTest;
TEST_F(RA_87, WithDllConcurrencyInstancesRunInParallel) {
  start();
  world.script("A", "online=hang\n");
  const auto concurrent = [](auto& open) { open.mutable_type()->set_concurrency(1); };
  ASSERT_EQ(service->opened(1, "A", "Test", concurrent), 0u);
  ASSERT_EQ(service->opened(2, "B", "Test", concurrent), 0u);
  service->online(1, 10);
  ASSERT_TRUE(untilCount("online A begin", 1));
  service->online(2, 20);
  EXPECT_TRUE(service->waitState(2, kOnline));
  EXPECT_EQ(world.count("online A end"), 0u);
}

using RA_93 = RhsTest;
TEST_F(RA_93, ASlowEntryPointIsOneWarning) {
  world.script("A", "online=sleep 400\n");
  start();
  bringOnline(1, "A");
  EXPECT_TRUE(service->until([&] { return service->logged("Online took"); }));
  EXPECT_EQ(statesOf(1, kOnlinePending, false), 1u);  // P-13
}

using RA_98 = RhsTest;
TEST_F(RA_98, LooksAliveFalseIsVerifiedByIsAlive) {
  world.script("A", "looksalive=false\n");
  start();
  bringOnline(1, "A", [](auto& open) { open.mutable_settings()->set_looks_alive_ms(20); });
  EXPECT_TRUE(untilCount("isalive A end", 2));
  EXPECT_EQ(service->state(1), kOnline);
  EXPECT_EQ(world.count("terminate A begin"), 0u);
}

using RA_100 = RhsTest;
TEST_F(RA_100, IsAliveFalseIsToldAtOnceAndAgainWhenTerminateHasReturned) {
  world.script("A", "isalive=false\nterminate=sleep 100\n");
  start();
  bringOnline(1, "A", fastPolls);
  ASSERT_TRUE(service->waitState(1, kFailed));
  EXPECT_EQ(world.count("terminate A end"), 0u);
  ASSERT_TRUE(service->waitState(1, kFailed, true));
  EXPECT_EQ(world.count("terminate A end"), 1u);
  EXPECT_EQ(service->states.back().reason(), 4u);
}

using RA_111 = RhsTest;
TEST_F(RA_111, ASignalledHandleLeadsToIsAliveAndLooksAliveIsNeverCalled) {
  world.script("A", "online=event\n");
  start();
  bringOnline(1, "A", [](auto& open) { open.mutable_settings()->set_looks_alive_ms(10); });
  service->during(std::chrono::milliseconds(100));
  EXPECT_EQ(world.count("looksalive A begin"), 0u);  // RA-109
  EXPECT_EQ(world.count("isalive A begin"), 0u);
  ASSERT_EQ(service->control(1, 0x01800004, "", 0)->status(), 0u);
  ASSERT_TRUE(untilCount("isalive A end", 1));
  EXPECT_EQ(service->state(1), kOnline);  // RA-112
  world.script("A", "online=event\nisalive=false\n");
  EXPECT_TRUE(service->waitState(1, kFailed, true));  // RA-116: the next back-off step
}

using RA_153 = RhsTest;
TEST_F(RA_153, ControlCodesReachTheDllWithTheirBuffers) {
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  auto done = service->control(1, 0x01800008, "echo this", 100);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->status(), 0u);
  EXPECT_EQ(done->output(), "echo this");
  done = service->control(1, 0x01800008, "echo this", 4);  // a user code passes the caller's capacity through
  EXPECT_EQ(done->status(), 234u);
  EXPECT_EQ(done->bytes_returned(), 9u);
  done = service->control(1, 0x01000101, "", 10);  // one that only reads is repeated here
  EXPECT_EQ(done->status(), 0u);
  EXPECT_EQ(done->output().size(), 5000u);
  EXPECT_EQ(service->control(1, 0x01000059, "", 10)->status(), 1u);  // RA-146: left to default processing
  EXPECT_EQ(service->control(99, 0x01000059, "", 10)->status(), 5007u);
}

using RA_37 = RhsTest;
TEST_F(RA_37, AfterCloseNoEntryPointIsCalled) {
  world.script("A", "close=sleep 100\n");
  start();
  bringOnline(1, "A", fastPolls);
  service->close(1);
  ASSERT_TRUE(untilCount("close A begin", 1));
  const auto done = service->control(1, 0x01800008, "x", 10);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->status(), 5007u);
  ASSERT_TRUE(service->until([&] { return service->closed.size() == 1; }));
  EXPECT_EQ(world.calls().back(), "close A end");
}

using RA_17 = RhsTest;
TEST_F(RA_17, ANullResourceControlLeavesEveryCodeToDefaultProcessing) {
  world.script("Test", "table=null_control\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  EXPECT_EQ(service->control(1, 0x01800008, "x", 10)->status(), 1u);
}

using RA_27 = RhsTest;
TEST_F(RA_27, ACallFromOpenTravelsWithItsPlaceAndDoesNotHoldTheMonitor) {
  start();
  service->open(1, "A", "fixture_api", "Api");
  service->open(2, "B", "fixture_plain", "Plain");
  ASSERT_TRUE(service->until([&] { return !service->apiCalls.empty() && service->openedStatus.contains(2); }));
  EXPECT_EQ(service->apiCalls[0].instance(), 1u);
  EXPECT_EQ(service->apiCalls[0].entry_point(), 3u);
  EXPECT_EQ(service->apiCalls[0].lane(), "fixture_api.so");
  EXPECT_FALSE(service->openedStatus.contains(1));
}

}  // namespace holdfast::rhs_test
