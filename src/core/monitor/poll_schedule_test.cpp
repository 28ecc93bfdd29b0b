#include "core/monitor/poll_schedule.h"

#include <gtest/gtest.h>

namespace holdfast::monitor {
namespace {

using namespace std::chrono_literals;
constexpr Time at(Duration since) { return Time(since); }

PollSchedule schedule(Duration looks = 5s, Duration is = 60s) { return {{looks, is}, true, at(0s), 0}; }

TEST(RA_95, LooksAliveComesEachInterval) {
  auto polls = schedule();
  EXPECT_EQ(polls.due(at(4999ms)), Poll::None);
  for (int i = 1; i <= 11; ++i) {
    ASSERT_EQ(polls.next(), at(5s * i));
    EXPECT_EQ(polls.due(at(5s * i)), Poll::LooksAlive);
    EXPECT_EQ(polls.next(), kNever);
    polls.finished(at(5s * i), at(5s * i));
  }
}

TEST(RA_107, WhenBothAreDueOnlyIsAliveIsCalledAndBothTimersRestart) {
  auto polls = schedule(10ms, 10ms);
  EXPECT_EQ(polls.due(at(10ms)), Poll::IsAlive);
  polls.finished(at(10ms), at(10ms));
  EXPECT_EQ(polls.due(at(19ms)), Poll::None);
  EXPECT_EQ(polls.due(at(20ms)), Poll::IsAlive);
}

TEST(RA_104, APollOfThreeIntervalsIsFollowedByOneMakeUpCall) {
  auto polls = schedule(10ms, 1s);
  ASSERT_EQ(polls.due(at(10ms)), Poll::LooksAlive);
  EXPECT_EQ(polls.due(at(30ms)), Poll::None);
  polls.finished(at(10ms), at(40ms));
  ASSERT_EQ(polls.due(at(40ms)), Poll::LooksAlive);
  polls.finished(at(40ms), at(40ms));
  EXPECT_EQ(polls.next(), at(50ms));
}

TEST(RA_104, APollThatWaitedInItsLaneIsNotFollowedTooSoon) {
  auto polls = schedule(10ms, 1s);
  ASSERT_EQ(polls.due(at(10ms)), Poll::LooksAlive);
  polls.finished(at(18ms), at(18ms));
  EXPECT_EQ(polls.next(), at(27ms));
}

TEST(RA_103, ANewIntervalIsUsedAtTheNextArm) {
  auto polls = schedule(100ms, 10s);
  polls.change({10ms, 10s});
  EXPECT_EQ(polls.next(), at(100ms));
  ASSERT_EQ(polls.due(at(100ms)), Poll::LooksAlive);
  polls.finished(at(100ms), at(100ms));
  EXPECT_EQ(polls.next(), at(110ms));
}

TEST(RA_109, WithAHandleOnlyIsAliveIsPolled) {
  PollSchedule polls({10ms, 100ms}, false, at(0s), 0);
  EXPECT_EQ(polls.next(), at(100ms));
  polls.useLooksAlive(true, at(50ms));
  EXPECT_EQ(polls.next(), at(60ms));
}

TEST(PollSchedule, firstPollsAreSpreadOverATenth) {
  const PollSchedule polls({10s, 100s}, true, at(0s), 0.5);
  EXPECT_EQ(polls.next(), at(9500ms));
}

}  // namespace
}  // namespace holdfast::monitor
