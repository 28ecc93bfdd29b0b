// Loading, Startup, Open and Close (RA B.1, B.2).
#include "rhs/fixture.h"

namespace holdfast::rhs_test {

using RA_1 = RhsTest;
TEST_F(RA_1, TheMonitorIsAnotherProcessAndItsDeathLeavesTheServiceAlive) {
  start();
  EXPECT_NE(static_cast<pid_t>(service->hello->pid()), ::getpid());
  ::kill(static_cast<pid_t>(service->hello->pid()), SIGKILL);
  ASSERT_TRUE(service->until([&] { return service->exited.has_value(); }));
  EXPECT_EQ(service->exited->exit, calls::GuardExit::Signalled);
  EXPECT_EQ(service->exited->signalOrStatus, SIGKILL);
  EXPECT_TRUE(allGone());
}

using RA_4 = RhsTest;
TEST_F(RA_4, TwoTypesOfOneDllAreOneAttachAndOneStartupEach) {
  start();
  ASSERT_EQ(service->opened(1, "A", "First"), 0u);
  ASSERT_EQ(service->opened(2, "B", "Second"), 0u);
  ASSERT_EQ(service->opened(3, "C", "First"), 0u);  // RA-5
  EXPECT_EQ(world.count("dllmain - 1"), 1u);
  EXPECT_EQ(world.count("startup First begin"), 1u);  // RA-8
  EXPECT_EQ(world.count("startup Second begin"), 1u);
}

using RA_6 = RhsTest;
TEST_F(RA_6, AfterTheLastCloseStartupIsCalledAgain) {
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->close(1);
  ASSERT_TRUE(service->until([&] { return service->closed.size() == 1; }));
  ASSERT_EQ(service->opened(2, "A"), 0u);
  EXPECT_EQ(world.count("startup Test begin"), 2u);
}

using RA_10 = RhsTest;
TEST_F(RA_10, StartupThatRefusesTheVersionMakesOpenAnswer1306) {
  world.script("Test", "startup=error 1306\n");
  start();
  EXPECT_EQ(service->opened(1, "A"), 1306u);
  EXPECT_EQ(world.count("open A begin"), 0u);
  EXPECT_EQ(service->opened(2, "B"), 1306u);  // RA-208: no second attempt within 10 s
  EXPECT_EQ(world.count("startup Test begin"), 1u);
  EXPECT_EQ(service->opened(3, "C", "Other"), 0u);  // RA-11
}

using RA_12 = RhsTest;
TEST_F(RA_12, ATableOfAnUnknownVersionIsRefusedWith1306) {
  world.script("Test", "table=version_9\n");
  start();
  EXPECT_EQ(service->opened(1, "A"), 1306u);
}

using RA_13 = RhsTest;
TEST_F(RA_13, TableSizes88And96And120AreAcceptedAndSmallerOnesRefused) {
  start();
  std::uint64_t instance = 0;
  for (const auto* size : {"size_88", "size_96", "size_120"}) {
    world.script(size, std::string("table=") + size + "\n");
    EXPECT_EQ(service->opened(++instance, size, size), 0u);
  }
  world.script("Short", "table=size_80\n");
  EXPECT_EQ(service->opened(++instance, "Short", "Short"), 87u);
}

using RA_18 = RhsTest;
TEST_F(RA_18, ANullOpenMakesTheTableRefusedWith87) {
  world.script("Test", "table=null_open\n");
  start();
  EXPECT_EQ(service->opened(1, "A"), 87u);
}

using RA_20 = RhsTest;
TEST_F(RA_20, ADllWithoutStartupFailsWith127AndAPlainCDllIsUsable) {
  start();
  service->open(1, "A", "fixture_no_startup", "None");
  service->open(2, "B", "fixture_plain.dll", "Plain");
  ASSERT_TRUE(service->until([&] { return service->openedStatus.size() == 2; }));
  EXPECT_EQ(service->openedStatus[1], 127u);
  EXPECT_EQ(service->openedStatus[2], 0u);
  EXPECT_TRUE(service->until([&] { return service->logged("opened B (7, 00000abc)%"); }));  // RA-28, RA-181
}

using RA_23 = RhsTest;
TEST_F(RA_23, AMissingDllIs126) {
  start();
  service->open(1, "A", "no_such_dll", "None");
  ASSERT_TRUE(service->until([&] { return service->openedStatus.contains(1); }));
  EXPECT_EQ(service->openedStatus[1], 126u);
}

using RA_24 = RhsTest;
TEST_F(RA_24, ADllMainThatSaysFalseIs126AndOtherDllsGoOn) {
  start({}, {"FIXTURE_DLLMAIN=false"});
  EXPECT_EQ(service->opened(1, "A"), 126u);
  service->open(2, "B", "fixture_plain", "Plain");
  ASSERT_TRUE(service->until([&] { return service->openedStatus.contains(2); }));
  EXPECT_EQ(service->openedStatus[2], 0u);
}

using RA_25 = RhsTest;
TEST_F(RA_25, ChangingTheTableAfterStartupHasNoEffect) {
  world.script("Test", "table=changes\n");
  start();
  ASSERT_EQ(service->opened(1, "A"), 0u);
  service->during(std::chrono::milliseconds(60));
  service->online(1, 10);
  EXPECT_TRUE(service->waitState(1, kOnline));
}

using RA_29 = RhsTest;
TEST_F(RA_29, OpenThatReturnsNullGivesItsLastErrorAnd5017WithoutOne) {
  world.script("A", "open=error 1450\n");
  world.script("B", "open=error 0\n");
  start();
  EXPECT_EQ(service->opened(1, "A"), 1450u);
  EXPECT_EQ(service->opened(2, "B"), 5017u);
  service->online(1, 10);
  EXPECT_TRUE(service->waitState(1, kFailed));
  EXPECT_EQ(world.count("online A begin"), 0u);
}

using RA_31 = RhsTest;
TEST_F(RA_31, TheSecondInstanceWithTheSameIdentifierIsRefused) {
  world.script("A", "open=same\n");
  world.script("B", "open=same\n");
  start();
  EXPECT_EQ(service->opened(1, "A"), 0u);
  EXPECT_EQ(service->opened(2, "B"), 5017u);
}

using RA_36 = RhsTest;
TEST_F(RA_36, CloseOfAnOnlineResourceTerminatesItFirst) {
  start();
  bringOnline(1, "A");
  service->close(1);
  ASSERT_TRUE(service->until([&] { return service->closed.size() == 1; }));
  const auto calls = world.calls();
  const auto at = [&](const char* line) { return std::find(calls.begin(), calls.end(), line) - calls.begin(); };
  EXPECT_LT(at("terminate A end"), at("close A begin"));
  EXPECT_EQ(world.count("terminate A begin"), 1u);
}

}  // namespace holdfast::rhs_test
