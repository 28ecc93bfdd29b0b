#include "core/rcm/story.h"

#include <gtest/gtest.h>

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;

TEST(Story, durationsAreForPeople) {
  EXPECT_EQ(inWords(500ms), "500 ms");
  EXPECT_EQ(inWords(1500ms), "1.5 s");
  EXPECT_EQ(inWords(12s), "12 s");
  EXPECT_EQ(inWords(15min), "15 min");
  EXPECT_EQ(inWords(1h), "1 h");
}

}  // namespace
}  // namespace holdfast::rcm
