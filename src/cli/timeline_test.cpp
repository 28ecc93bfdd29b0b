#include "cli/timeline.h"

namespace holdfast::cli {
namespace {

StoryEvent at(std::int64_t ms, const char* object, const char* step, const char* cause = "") {
  return {0, ms * 1'000'000, object, step, "", cause};
}

StoryEvent told(std::int64_t ms, const char* step, const char* text, const char* cause) {
  return {0, ms * 1'000'000, "Clip", step, text, cause};
}

TEST(Timeline, countsFromTheMomentThatTheReaderNames) {
  const std::vector<StoryEvent> events = {
      at(1012, "Clip", "failed", "IsAlive returned FALSE"), at(1013, "App", "failed"),
      at(1015, "Clip", "terminated", "IsAlive returned FALSE"), at(1530, "Clip", "online")};
  EXPECT_EQ(timelineText(events, "clip", 1'000'000'000),
            "failed 0 ms → noticed 12 ms (IsAlive returned FALSE) → terminated 15 ms → online 530 ms");
  EXPECT_EQ(timelineText(events, "nobody", 0), "");
}

TEST(Timeline, countsFromTheFirstEventWhenNobodyKnowsBetter) {
  EXPECT_EQ(timelineText({at(1012, "Clip", "failed", "SIGKILL"), at(1530, "Clip", "online")}, "Clip", 0),
            "failed 0 ms (SIGKILL) → online 518 ms");
}

TEST(Timeline, saysWhatThePolicyDecidedAndWhatLiesBehindAFailure) {
  EXPECT_EQ(
      timelineText({told(10, "failed", "its monitor ended", "SIGKILL"), told(11, "failed", "it hangs", "it hangs"),
                    told(12, "given-up", "3 of 3 restarts used", "the restart policy"),
                    told(13, "online-pending", "Online goes on", "Online returned pending")},
                   "Clip", 0),
      "failed 0 ms (its monitor ended: SIGKILL) → failed 1 ms (it hangs) → given-up 2 ms (3 of 3 restarts used) → "
      "online-pending 3 ms");
  EXPECT_EQ(timelineText({told(90, "adopted", "goes on as it was", "its monitor outlived the service")}, "Clip", 1),
            "adopted 89 ms (goes on as it was: its monitor outlived the service)");
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

TEST(Outages, ofWhatWentDownWithTheServiceBeginWithTheNextOne) {
  const auto ledger = outages({at(100, "Clip", "online"), at(110, "App", "online"), at(120, "App", "offline"),
                               at(900, "Clip", "starting"), at(901, "App", "starting"), at(950, "Clip", "online")});
  ASSERT_EQ(ledger.size(), 1u);
  EXPECT_EQ(ledger[0].resource, "Clip");
  EXPECT_EQ(ledger[0].began_ns, 900'000'000);
  EXPECT_EQ(ledger[0].ended_ns, 950'000'000);
}

TEST(Outages, endWhenAnOfflineIsAskedFor) {
  const auto ledger =
      outages({at(200, "Clip", "failed", "killed"), at(300, "Clip", "offline"), at(900, "Clip", "online")});
  ASSERT_EQ(ledger.size(), 1u);
  EXPECT_EQ(ledger[0].ended_ns, 300'000'000);
}

}  // namespace
}  // namespace holdfast::cli
