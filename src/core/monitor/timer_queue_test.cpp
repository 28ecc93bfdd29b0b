#include "core/monitor/timer_queue.h"

#include <gtest/gtest.h>

namespace holdfast::monitor {
namespace {

using namespace std::chrono_literals;
constexpr Time at(Duration since) { return Time(since); }

TEST(TimerQueue, givesTheEarliestFirstAndOnlyWhatIsDue) {
  TimerQueue timers;
  timers.set(1, at(3s));
  timers.set(2, at(1s));
  timers.set(3, at(1s));
  EXPECT_EQ(timers.next(), at(1s));
  EXPECT_EQ(timers.take(at(2s)), 2u);
  EXPECT_EQ(timers.take(at(2s)), 3u);
  EXPECT_EQ(timers.take(at(2s)), std::nullopt);
  EXPECT_EQ(timers.next(), at(3s));
}

TEST(TimerQueue, aTimerIsMovedAndDisarmed) {
  TimerQueue timers;
  timers.set(1, at(3s));
  timers.set(1, at(5s));
  EXPECT_EQ(timers.next(), at(5s));
  EXPECT_EQ(timers.size(), 1u);
  timers.set(1, kNever);
  EXPECT_EQ(timers.next(), kNever);
  timers.set(1, kNever);
  EXPECT_EQ(timers.size(), 0u);
}

}  // namespace
}  // namespace holdfast::monitor
