#include "cli/text.h"

namespace holdfast::cli {
namespace {

TEST(Text, goesThereAndBack) {
  for (const char* text : {"", "plain", "Größe", "日本", "\xF0\x9F\x93\x8B clip"}) EXPECT_EQ(narrow(widen(text)), text);
}

TEST(Text, malformedUtf8IsReplacedNotLost) {
  EXPECT_EQ(narrow(widen("a\xFF"
                         "b")),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(narrow(widen("cut \xE6\x97")), "cut \xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Text, durationsReadWell) {
  EXPECT_EQ(durationText(400), "400 ms");
  EXPECT_EQ(durationText(3200), "3.2 s");
  EXPECT_EQ(durationText(15'000), "15 s");
  EXPECT_EQ(durationText(900'000), "15 min");
}

TEST(Text, namesCompareWithoutCase) {
  EXPECT_TRUE(sameName("Clip", "CLIP"));
  EXPECT_FALSE(sameName("Clip", "Clips"));
}

}  // namespace
}  // namespace holdfast::cli
