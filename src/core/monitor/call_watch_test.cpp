#include "core/monitor/call_watch.h"

#include <gtest/gtest.h>

namespace holdfast::monitor {
namespace {

using namespace std::chrono_literals;
constexpr Time at(Duration since) { return Time(since); }

TEST(LoopWatch, isDeadAfterTheSilence) {
  LoopWatch watch(at(0s));
  for (auto now = 0s; now < 10s; now += 1s) ASSERT_FALSE(watch.dead(at(0s), at(now)));
  EXPECT_TRUE(watch.dead(at(0s), at(10s)));
}

TEST(LoopWatch, aHeartbeatStartsItAnew) {
  LoopWatch watch(at(0s));
  for (auto now = 0s; now < 30s; now += 1s) ASSERT_FALSE(watch.dead(at(now), at(now)));
}

TEST(LoopWatch, aWatcherThatSleptCountsAnew) {
  LoopWatch watch(at(0s));
  ASSERT_FALSE(watch.dead(at(0s), at(1s)));
  EXPECT_FALSE(watch.dead(at(0s), at(100s)));
  EXPECT_FALSE(watch.dead(at(0s), at(104s)));
}

TEST(RA_136, ACallIsOverdueAfterItsDeadlockTimeout) { EXPECT_EQ(callDeadline(at(5s), 1000), at(6s)); }

}  // namespace
}  // namespace holdfast::monitor
