// Crash, hang, lease, adoption, and that nothing is left behind (RA B.9, B.14).

#include "rhs/fixture.h"

namespace holdfast::rhs_test {

using RA_145 = RhsTest;
TEST_F(RA_145, ACrashInIsAliveNamesItsInstanceAndLeavesNoProcess) {
  world.script("A", "online=doublefork\n");
  world.script("B", "isalive=crash\n");
  start();
  bringOnline(1, "A");
  // Guard, keeper, rhs, and what A leaves.
  ASSERT_TRUE(service->until([&] { return world.processes().size() >= 4; }));
  bringOnline(2, "B", fastPolls);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Signalled);
  EXPECT_EQ(service->exited->signalOrStatus, SIGSEGV);
  ASSERT_EQ(service->exited->inCallCount, 1u);
  EXPECT_EQ(service->exited->inCall[0], 2u);
  EXPECT_EQ(service->exited->entryPoint, 8u);
  EXPECT_NE(std::string(service->exited->text).find("SIGSEGV in IsAlive of resource \"B\""), std::string::npos)
      << service->exited->text;
  // All is gone when it is told; only the guard itself may still be on its way out.
  EXPECT_LE(world.processes().size(), 1u);
  EXPECT_TRUE(allGone());
}

using Token = RhsTest;
TEST_F(Token, IsOnNoCommandLineAndNothingThatADllStartsInheritsIt) {
  world.script("A", "online=doublefork\n");
  start();
  bringOnline(1, "A");
  // Guard, keeper, rhs, and what A leaves.
  ASSERT_TRUE(service->until([&] { return world.processes().size() >= 4; }));
  EXPECT_EQ(service->hello->token(), "secret");
  unsigned withToken = 0;
  for (const pid_t pid : world.processes()) {
    const auto of = [&](const char* file) { return contentOf("/proc/" + std::to_string(pid) + file); };
    EXPECT_EQ(of("/cmdline").find("secret"), std::string::npos) << of("/cmdline");
    if (of("/environ").find("HOLDFAST_TOKEN=secret") != std::string::npos) ++withToken;
  }
  EXPECT_EQ(withToken, 2u) << "the guard and its keeper have it, which run nobody else's code";
}

using RA_135 = RhsTest;
TEST_F(RA_135, AnExceptionThatLeavesAnEntryPointEndsTheMonitorWithTypeAndText) {
  world.script("A", "online=throw\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->online(1, 10);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->signalOrStatus, SIGABRT);
  EXPECT_EQ(service->exited->inCall[0], 1u);
  EXPECT_NE(std::string(service->exited->text).find("std::runtime_error \"thrown by a fixture\" in Online"),
            std::string::npos)
      << service->exited->text;
  EXPECT_EQ(statesOf(1, kFailed, false), 0u);
}

using Exit_13_4 = RhsTest;
TEST_F(Exit_13_4, ExitFromADllIsACrashOfItsResource) {
  world.script("A", "isalive=exit 3\n");
  start();
  bringOnline(1, "A", fastPolls);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Exited);
  EXPECT_EQ(service->exited->signalOrStatus, 3);
  EXPECT_EQ(service->exited->inCall[0], 1u);
}

using RA_136 = RhsTest;
TEST_F(RA_136, ACallLongerThanDeadlockTimeoutEndsTheMonitorWithAStackReport) {
  world.script("A", "isalive=hang_forever\n");
  start();
  bringOnline(1, "A", [](auto& open) {
    fastPolls(open);
    open.mutable_settings()->set_deadlock_ms(1000);
  });
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Deadlock);
  EXPECT_EQ(service->exited->inCall[0], 1u);
  EXPECT_NE(std::string(service->exited->text).find("IsAlive of resource \"A\" (type \"Test\", fixture_script.so)"),
            std::string::npos)
      << service->exited->text;
  const std::string report = contentOf(world.folder() + "/monitor-7-stack.txt");
  EXPECT_NE(report.find("in the call that did not return"), std::string::npos) << report;
  EXPECT_TRUE(allGone());
}

TEST_F(RA_136, AStartupThatNeverReturnsNamesTheInstanceItWasMadeFor) {
  world.script("Test", "startup=hang_forever\n");
  start();
  service->open(1, "A", "fixture_script", "Test", [](auto& open) { open.mutable_type()->set_deadlock_ms(1000); });
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Deadlock);
  ASSERT_EQ(service->exited->inCallCount, 1u);
  EXPECT_EQ(service->exited->inCall[0], 1u);
  EXPECT_NE(std::string(service->exited->text).find("Startup of type \"Test\""), std::string::npos)
      << service->exited->text;
}

using RA_138 = RhsTest;
TEST_F(RA_138, WaitingInALaneIsNotCounted) {
  world.script("A", "online=sleep 1500\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  ASSERT_EQ(service->opened(2, "B", "Test", [](auto& open) { open.mutable_settings()->set_deadlock_ms(1000); }), 0u);
  service->online(1, 10);
  service->online(2, 20);
  EXPECT_TRUE(service->waitState(2, kOnline));
  EXPECT_FALSE(service->exited);
}

using Guard_4_1 = RhsTest;
TEST_F(Guard_4_1, AStoppedMonitorIsFoundOut) {
  start({"--loop-silence-ms", "1000"});
  bringOnline(1, "A");
  ::kill(static_cast<pid_t>(service->hello->pid()), SIGSTOP);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::LoopDead);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, AKilledGuardTakesEverythingWithIt) {
  world.script("A", "online=doublefork\n");
  start();
  bringOnline(1, "A");
  ::kill(guard, SIGKILL);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, AKilledGuardTakesAStoppedMonitorWithIt) {
  world.script("A", "online=doublefork\n");
  start();
  bringOnline(1, "A");
  ::kill(static_cast<pid_t>(service->hello->pid()), SIGSTOP);
  ::kill(guard, SIGKILL);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, AGuardThatWakesAfterTheEndOfItsTimeKillsAtOnce) {
  start();
  service->lease = std::chrono::milliseconds(500);
  service->quorumLossStop = std::chrono::milliseconds(1200);
  bringOnline(1, "A");
  service->during(std::chrono::milliseconds(300));
  ::kill(guard, SIGSTOP);
  service->renewing = false;
  service->during(std::chrono::milliseconds(1700));  // 5X/6 after the lapse
  EXPECT_FALSE(service->exited);
  service->lease = std::chrono::milliseconds(60000);
  service->order(calls::GuardPacketKind::Renew);  // waits in its queue, and comes too late
  ::kill(guard, SIGCONT);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::LeaseLapsed);
  EXPECT_EQ(world.count("terminate A begin"), 0u);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, AnOrderToKillIsObeyedAndReported) {
  world.script("A", "online=doublefork\nterminate=hang_forever\n");
  start();
  bringOnline(1, "A");
  service->order(calls::GuardPacketKind::Kill);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Killed);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, ExitEndsTheMonitorInPeace) {
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->close(1);
  ASSERT_TRUE(service->until([&] { return service->closed.size() == 1; }));
  service->exit();
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Exited);
  EXPECT_EQ(service->exited->signalOrStatus, 0);
  EXPECT_TRUE(allGone());
}

TEST_F(Guard_4_1, AMonitorThatCannotBeStartedIsReported) {
  world.startGuard(7, {"--rhs", "/nowhere/rhs"});
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_NE(std::string(service->exited->text).find("cannot be started"), std::string::npos);
}

using RA_142 = RhsTest;
TEST_F(RA_142, AfterTheServiceIsGoneForAThirdOfXAllIsTerminatedNotEarlier) {
  start();
  service->lease = std::chrono::milliseconds(500);
  service->quorumLossStop = std::chrono::milliseconds(6000);
  bringOnline(1, "A", fastPolls);
  ASSERT_TRUE(service->until([&] { return world.count("isalive A end") > 2; }));
  service->during(std::chrono::milliseconds(300));
  service.reset();
  const auto killed = std::chrono::steady_clock::now();
  service = nullptr;
  const auto deadline = killed + std::chrono::seconds(20);
  while (world.count("terminate A begin") == 0 && std::chrono::steady_clock::now() < deadline) ::usleep(2000);
  // The last renewal is at most 100 ms old, so the lease had at least 400 ms to go.
  EXPECT_GE(std::chrono::steady_clock::now() - killed, std::chrono::milliseconds(400 + 2000 - 50));
  EXPECT_EQ(world.count("terminate A begin"), 1u);
  while (world.count("close A end") == 0 && std::chrono::steady_clock::now() < deadline) ::usleep(2000);
  EXPECT_EQ(world.count("close A end"), 1u);
  EXPECT_EQ(world.count("typecontrol:2100081 Test end"), 1u);  // RA-203
  while (!world.processes().empty() && std::chrono::steady_clock::now() < deadline) {
    ::waitpid(-1, nullptr, WNOHANG);
    ::usleep(5000);
  }
  EXPECT_TRUE(world.processes().empty());
}

using RA_205 = RhsTest;
TEST_F(RA_205, ATerminateThatDoesNotReturnIsKilledWithItsTree) {
  world.script("A", "online=doublefork\nterminate=hang_forever\n");
  start();
  service->lease = std::chrono::milliseconds(500);
  service->quorumLossStop = std::chrono::milliseconds(3000);
  bringOnline(1, "A");
  service->during(std::chrono::milliseconds(300));
  service->renewing = false;
  const auto last = std::chrono::steady_clock::now();
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::LeaseLapsed);
  EXPECT_EQ(world.count("terminate A begin"), 1u);
  EXPECT_GE(std::chrono::steady_clock::now() - last, std::chrono::milliseconds(400 + 2500 - 50));
  EXPECT_TRUE(allGone());
}

using RA_216 = RhsTest;
TEST_F(RA_216, ServiceWithoutQuorumTerminatesBeforeTheLapse) {
  start();
  service->lease = std::chrono::milliseconds(60000);
  bringOnline(1, "A");
  service->order(calls::GuardPacketKind::RunDown);
  ASSERT_TRUE(untilCount("close A end", 1));
  EXPECT_EQ(world.count("terminate A end"), 1u);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::LeaseLapsed);
}

using RA_201 = RhsTest;
TEST_F(RA_201, ANewServiceAdoptsTheMonitorAndNoResourceNotices) {
  start();
  bringOnline(1, "A");
  const auto pid = service->hello->pid();
  const auto calls = world.calls().size();
  service.reset();
  service = std::make_unique<Driver>(world.runDir(), 6);
  ASSERT_TRUE(service->connected());
  EXPECT_EQ(service->hello->pid(), pid);
  EXPECT_EQ(service->hello->token(), "secret");
  EXPECT_EQ(service->guardHello->incarnation, 5u);
  ASSERT_EQ(service->hello->instances_size(), 1);
  EXPECT_EQ(service->hello->instances(0).state(), kOnline);
  service->during(std::chrono::milliseconds(50));
  EXPECT_EQ(world.calls().size(), calls);
  service->offline(1, 900);
  EXPECT_TRUE(service->waitState(1, kOffline));
}

TEST_F(RA_201, AServiceOfThePastIsNotObeyed) {
  start();
  bringOnline(1, "A");
  service.reset();
  service = std::make_unique<Driver>(world.runDir(), 4);
  ASSERT_TRUE(service->until([&] { return service->hello.has_value(); }));
  service->offline(1, 900);
  service->during(std::chrono::milliseconds(200));
  EXPECT_EQ(world.count("offline A begin"), 0u);
  service.reset();
  service = std::make_unique<Driver>(world.runDir(), 7);
  ASSERT_TRUE(service->connected());
  EXPECT_EQ(service->hello->instances(0).state(), kOnline);
}

using RA_202 = RhsTest;
TEST_F(RA_202, WhatHappenedWhileNoServiceWasThereIsInTheHello) {
  world.script("B", "online=pending 100\n");
  start();
  bringOnline(1, "A", fastPolls);
  ASSERT_EQ(service->opened(2, "B"), 0u);
  service->online(2, 20);
  ASSERT_TRUE(service->waitState(2, kOnlinePending));
  service.reset();
  world.script("A", "isalive=false\n");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while ((world.count("terminate A end") == 0 || world.count("reported B 0") == 0) &&
         std::chrono::steady_clock::now() < deadline) {
    ::usleep(2000);
  }
  service = std::make_unique<Driver>(world.runDir(), 6);
  ASSERT_TRUE(service->connected());
  ASSERT_EQ(service->hello->instances_size(), 2);
  const auto settled = [&] {
    const auto& a = service->hello->instances(0);
    return (a.state() == kFailed && a.terminated()) || statesOf(1, kFailed, true) == 1;
  };
  EXPECT_TRUE(service->until(settled));
  EXPECT_TRUE(service->hello->instances(1).state() == kOnline || service->state(2) == kOnline);
}

using Channel_5 = RhsTest;
TEST_F(Channel_5, GarbageOnTheChannelDropsTheConnectionAndNothingElse) {
  start();
  bringOnline(1, "A");
  service->hello.reset();
  service->sendRaw(std::string("\xff\xff\xff\xff garbage", 12));
  ASSERT_TRUE(service->until([&] { return service->hello.has_value(); }));
  EXPECT_EQ(service->hello->instances(0).state(), kOnline);
  service->hello.reset();
  service->sendRaw(calls::encodeFrame("\x07\x07\x07"));
  ASSERT_TRUE(service->until([&] { return service->hello.has_value(); }));
  EXPECT_FALSE(service->exited);
}

}  // namespace holdfast::rhs_test
