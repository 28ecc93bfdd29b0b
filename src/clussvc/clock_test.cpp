#include "clussvc/clock.h"

namespace holdfast::clussvc {
namespace {

using namespace std::chrono_literals;

TEST(BootTimer, callsBackOnceWhenTheTimeIsReachedAndNotBefore) {
  boost::asio::io_context loop;
  int calls = 0;
  BootTimer timer(loop, [&] { ++calls; });
  const Time start = bootTime();
  timer.arm(start + 30ms);
  while (calls == 0 && bootTime() < start + 5s) loop.run_one_for(1s);
  EXPECT_EQ(calls, 1);
  EXPECT_GE(bootTime(), start + 30ms);
}

TEST(BootTimer, aNewTimeReplacesTheOldAndNeverDisarms) {
  boost::asio::io_context loop;
  int calls = 0;
  BootTimer timer(loop, [&] { ++calls; });
  timer.arm(bootTime() - 1s);
  timer.arm(kNever);
  loop.poll();
  EXPECT_EQ(calls, 0);
  timer.arm(bootTime() + 1h);
  timer.arm(Time{});
  EXPECT_EQ(calls, 0) << "from the loop, not from arm";
  loop.run_one_for(5s);
  EXPECT_EQ(calls, 1);
}

TEST(Clock, wallTimeFollowsTheDifference) {
  const Time now = bootTime();
  EXPECT_EQ(std::chrono::round<std::chrono::seconds>(wallTimeOf(now) - wallTimeOf(now - 10s)), 10s);
}

}  // namespace
}  // namespace holdfast::clussvc
