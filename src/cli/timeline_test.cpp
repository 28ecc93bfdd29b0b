#include "cli/timeline.h"

namespace holdfast::cli {
namespace {

StoryEvent at(std::int64_t ms, const char* object, const char* step, const char* cause = "") {
  return {0, ms * 1'000'000, object, step, "", cause};
}

TEST(Timeline, countsFromTheMomentThatTheReaderNames) {
  const std::vector<StoryEvent> events = {
      at(1012, "Clip", "failed", "IsAlive returned FALSE"), at(1013, "App", "failed"),
      at(1015, "Clip", "terminated", "IsAlive returned FALSE"), at(1530, "Clip", "online")};
  EXPECT_EQ(timelineText(events, "clip", 1'000'000'000),
            "failed 12 ms (IsAlive returned FALSE) → terminated 15 ms → online 530 ms");
  EXPECT_EQ(timelineText(events, "nobody", 0), "");
}

TEST(Outages, beginWithTheFirstFailureAndEndOnline) {
  const auto ledger =
      outages({at(100, "Clip", "online"), at(200, "Clip", "failed", "killed"), at(250, "Clip", "failed", "again"),
               at(900, "Clip", "online"), at(950, "Clip", "offline"), at(990, "App", "failed", "crashed")});
  ASSERT_EQ(ledger.size(), 2u);
  EXPECT_EQ(ledger[0].resource, "Clip");
  EXPECT_EQ(ledger[0].began_ns, 200'000'000);
  EXPECT_EQ(ledger[0].ended_ns, 900'000'000);
  EXPECT_EQ(ledger[0].cause, "killed");
  EXPECT_EQ(ledger[1].ended_ns, 0);
}

}  // namespace
}  // namespace holdfast::cli
