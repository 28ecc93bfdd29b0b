#include "core/event_ring.h"

#include <gtest/gtest.h>

#include "core/views.h"

namespace holdfast::core {
namespace {

TEST(EventRing, numbersFromOneAndForgetsTheOldest) {
  EventRing ring;
  for (std::size_t i = 0; i < kEventsKept + 5; ++i) EXPECT_EQ(ring.add({}), i + 1);
  EXPECT_EQ(ring.find(5), nullptr);
  ASSERT_NE(ring.find(6), nullptr);
  EXPECT_EQ(ring.find(6)->number, 6u);
  EXPECT_EQ(ring.find(kEventsKept + 6), nullptr);
}

TEST(EventRing, readersCatchUpInPages) {
  EventRing ring;
  for (int i = 0; i < 10; ++i) ring.add({});
  EXPECT_EQ(ring.after(0, 4).back().number, 4u);
  EXPECT_EQ(ring.after(8, 100).size(), 2u);
  EXPECT_TRUE(ring.after(10, 100).empty());
  EXPECT_EQ(ring.takeNew().size(), 10u);
  EXPECT_TRUE(ring.takeNew().empty());
}

ClusterEvent numbered(std::uint64_t number, Time time = {}) {
  ClusterEvent event;
  event.number = number;
  event.time = time;
  return event;
}

TEST(EventRing, goesOnWhereAnEarlierLifeEnded) {
  EventRing ring;
  const Time before{std::chrono::seconds(5)};
  ring.resume({numbered(7, before), numbered(8), numbered(12)});
  EXPECT_TRUE(ring.takeNew().empty()) << "told in its own time";
  EXPECT_EQ(ring.add({}), 13u);
  EXPECT_EQ(ring.takeNew().size(), 1u);
  ASSERT_NE(ring.find(7), nullptr);
  EXPECT_EQ(ring.find(7)->time, before);
  EXPECT_EQ(ring.find(9), nullptr) << "lost with its line of the file";
  ASSERT_NE(ring.find(12), nullptr);
  const auto later = ring.after(8, 100);
  ASSERT_EQ(later.size(), 2u);
  EXPECT_EQ(later.front().number, 12u);
  EXPECT_EQ(ring.after(0, 100).size(), 4u);
}

TEST(EventRing, earlierEventsWhoseNumbersDoNotRiseAreLeftOut) {
  EventRing ring;
  ring.resume({numbered(3), numbered(3), numbered(2), numbered(0), numbered(4)});
  EXPECT_EQ(ring.after(0, 100).size(), 2u);
  EXPECT_EQ(ring.add({}), 5u);
}

TEST(EventRing, keepsTheNewestOfEarlierEventsToo) {
  EventRing ring;
  std::vector<ClusterEvent> earlier;
  for (std::uint64_t i = 1; i <= kEventsKept + 3; ++i) earlier.push_back(numbered(i));
  ring.resume(std::move(earlier));
  EXPECT_EQ(ring.find(3), nullptr);
  EXPECT_NE(ring.find(4), nullptr);
}

}  // namespace
}  // namespace holdfast::core
