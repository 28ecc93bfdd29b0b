#include "clussvc/log/event_file.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace holdfast::clussvc::log {
namespace {

namespace fs = std::filesystem;

class EventFileTest : public ::testing::Test {
 protected:
  EventFileTest() {
    std::string pattern = fs::temp_directory_path() / "holdfast-events-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ + "/events.jsonl";
  }
  ~EventFileTest() override { fs::remove_all(folder_); }

  EventFile file(std::uint64_t size_bytes = kEventFiles_bytes) {
    return {path_, [this](std::string_view text) { complaints_.emplace_back(text); }, size_bytes};
  }
  static ClusterEvent event(std::uint64_t number) {
    ClusterEvent one;
    one.number = number;
    one.level = ClusterEvent::Level::Error;
    one.id = 1069;
    one.object = {ObjectKind::Resource, "guid-1"};
    one.step = "failed";
    one.text = "IsAlive returned \"FALSE\"\n→ Grüße";
    one.cause = {Cause::Kind::Report, "monitor 2 pid 77", {ObjectKind::Group, "guid-9"}, "it ended", number - 1};
    return one;
  }
  static WallTime when(std::uint64_t number) { return WallTime(std::chrono::seconds(1'700'000'000 + number)); }
  void write(std::string_view text) { std::ofstream(path_, std::ios::app | std::ios::binary) << text; }
  void writeEvents(std::uint64_t first, std::uint64_t last) {
    for (EventFile out = file(); first <= last; ++first) out.append(event(first), when(first));
  }
  std::vector<std::uint64_t> numbers() {
    std::vector<std::uint64_t> found;
    for (const auto& recorded : file().read()) found.push_back(recorded.event.number);
    return found;
  }

  std::string folder_, path_;
  std::vector<std::string> complaints_;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(EventFileTest, givesBackAllOfAnEvent) {
  writeEvents(5, 5);
  const auto read = file().read();
  ASSERT_EQ(read.size(), 1u);
  const ClusterEvent got = read[0].event, put = event(5);
  EXPECT_EQ(read[0].when, when(5));
  EXPECT_EQ(got.number, put.number);
  EXPECT_EQ(got.level, put.level);
  EXPECT_EQ(got.id, put.id);
  EXPECT_EQ(got.object, put.object);
  EXPECT_EQ(got.step, put.step);
  EXPECT_EQ(got.text, put.text);
  EXPECT_EQ(got.cause, put.cause);
  EXPECT_TRUE(complaints_.empty());
}

TEST_F(EventFileTest, isForItsOwnerAlone) {
  write("");
  fs::permissions(path_, fs::perms(0644));
  writeEvents(1, 1);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms(0600));
}

TEST_F(EventFileTest, aTornLastLineIsCutOffWithoutAWord) {
  writeEvents(1, 2);
  write(toLine(event(3), when(3)).substr(0, 40));
  EXPECT_EQ(numbers(), (Numbers{1, 2}));
  {
    EventFile again = file();
    again.read();
    again.append(event(3), when(3));
  }
  EXPECT_EQ(numbers(), (Numbers{1, 2, 3}));
  EXPECT_TRUE(complaints_.empty()) << complaints_.front();
}

TEST_F(EventFileTest, garbageIsLeftOutAndNamedOnce) {
  writeEvents(1, 1);
  write("not an event\n");
  write(std::string("\0\xff\x01\n{}\n[1,2]\n\n{\"number\":1e99}\n", 29));
  write(toLine(event(1), when(1)));                               // again
  write("{\"number\":-3}\n" + std::string(1 << 20, '[') + '\n');  // deep
  std::string wrongKind = toLine(event(7), when(7));
  wrongKind.replace(wrongKind.find("\"object_kind\":3"), 15, "\"object_kind\":9");
  write(wrongKind);
  writeEvents(8, 8);
  EXPECT_EQ(numbers(), (Numbers{1, 8}));
  ASSERT_EQ(complaints_.size(), 1u);
  EXPECT_NE(complaints_[0].find("not an event"), std::string::npos) << complaints_[0];
}

TEST_F(EventFileTest, whollyForeignContentIsNoReasonToFail) {
  std::string noise;
  for (unsigned i = 0; i < 100'000; ++i) noise += static_cast<char>(i * i * 31 + i / 7);
  write(noise);
  EXPECT_EQ(numbers(), Numbers{});
  writeEvents(1, 1);
  EXPECT_EQ(numbers(), Numbers{1});
}

TEST_F(EventFileTest, bothFilesStayWithinTheirSizeAndTheNewestStay) {
  constexpr std::uint64_t kSize_bytes = 64 << 10;
  {
    EventFile out = file(kSize_bytes);
    for (std::uint64_t number = 1; number <= 1000; ++number) out.append(event(number), when(number));
  }
  std::uintmax_t sum_bytes = 0;
  for (const auto& one : fs::directory_iterator(folder_)) sum_bytes += one.file_size();
  EXPECT_LE(sum_bytes, kSize_bytes);
  const auto read = file(kSize_bytes).read();
  ASSERT_GT(read.size(), 80u);
  EXPECT_EQ(read.back().event.number, 1000u);
  EXPECT_EQ(read.front().event.number, 1000u - read.size() + 1);
}

TEST_F(EventFileTest, ofAFileThatIsTooLongTheEndIsRead) {
  constexpr std::uint64_t kSize_bytes = 8 << 10;
  writeEvents(1, 200);
  const auto read = file(kSize_bytes).read();
  ASSERT_FALSE(read.empty());
  EXPECT_LT(read.size(), 20u);
  EXPECT_EQ(read.back().event.number, 200u);
  EXPECT_TRUE(complaints_.empty());
}

TEST_F(EventFileTest, aLongTextIsCutBetweenItsLetters) {
  ClusterEvent one = event(1);
  one.text = "x";
  while (one.text.size() < 3 * kMaxEventText_bytes) one.text += "ü";
  EventFile(path_, {}).append(one, when(1));
  const auto read = file().read();
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].event.text.size(), kMaxEventText_bytes - 1);
}

TEST_F(EventFileTest, textThatIsNotUtf8IsNotLost) {
  ClusterEvent one = event(1);
  one.text = "cut in the mid\xc3";
  EventFile(path_, {}).append(one, when(1));
  const auto read = file().read();
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].event.text, one.text);
}

TEST_F(EventFileTest, whatCannotBeOpenedIsSaidOnceAndCostsItsEventsOnly) {
  fs::create_directory(path_);
  EventFile out = file();
  EXPECT_TRUE(out.read().empty());
  out.append(event(1), when(1));
  out.append(event(2), when(2));
  EXPECT_EQ(complaints_.size(), 1u);
}

TEST_F(EventFileTest, afterAFullDiskItGoesOnWithAWholeLine) {
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  EventFile out = file();
  out.append(event(1), when(1));
  const rlimit full{fs::file_size(path_) + 10, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  out.append(event(2), when(2));
  out.append(event(3), when(3));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  out.append(event(4), when(4));
  EXPECT_EQ(numbers(), (Numbers{1, 4}));
  EXPECT_EQ(complaints_.size(), 1u);
}

}  // namespace
}  // namespace holdfast::clussvc::log
