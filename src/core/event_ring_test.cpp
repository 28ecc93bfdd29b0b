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

}  // namespace
}  // namespace holdfast::core
