#include "clussvc/log/cluster_log.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace holdfast::clussvc::log {
namespace {

using Level = Service::LogLevel;

struct Folder {
  Folder() { path = ::mkdtemp(pattern.data()); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string pattern = std::filesystem::temp_directory_path() / "holdfast-log-XXXXXX";
  std::string path;
};

std::uintmax_t bytesBelow(const std::string& folder) {
  std::uintmax_t sum = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) sum += file.file_size();
  return sum;
}

TEST(ClusterLog, linesGoToTheFileAndToTheTail) {
  const Folder folder;
  ClusterLog log({.path = folder.path + "/cluster.log"});
  log.write(Level::Information, "doors", "hello");
  log.write(Level::Debug, "doors", "not at this level");
  log.write(Level::Error, "store", "bad");
  std::ifstream in(folder.path + "/cluster.log");
  std::string first, second, third;
  std::getline(in, first);
  std::getline(in, second);
  EXPECT_NE(first.find("INFO [doors] hello"), std::string::npos) << first;
  EXPECT_NE(second.find("ERR  [store] bad"), std::string::npos) << second;
  EXPECT_FALSE(std::getline(in, third));
  EXPECT_EQ(log.tail(1), std::vector<std::string>{second});
  EXPECT_EQ(log.tail(99), (std::vector<std::string>{first, second}));
}

TEST(ClusterLog, theFilesStayWithinTheirSize) {
  const Folder folder;
  constexpr std::uint64_t kSize_bytes = 300 << 10;
  ClusterLog log({.path = folder.path + "/cluster.log", .size_bytes = kSize_bytes});
  for (int i = 0; i < 10'000; ++i) log.write(Level::Information, "test", std::string(100, 'x'));
  EXPECT_LE(bytesBelow(folder.path), kSize_bytes);
  EXPECT_GT(bytesBelow(folder.path), kSize_bytes / 2);
}

TEST(ClusterLog, theTailIsBounded) {
  ClusterLog log({});
  for (std::size_t i = 0; i < kTailLines + 10; ++i) log.write(Level::Information, "test", std::to_string(i));
  const auto tail = log.tail(2 * kTailLines);
  EXPECT_EQ(tail.size(), kTailLines);
  EXPECT_TRUE(tail.front().ends_with(" 10")) << tail.front();
}

TEST(ClusterLog, textCannotForgeALine) {
  EXPECT_EQ(printable("a\nb\x1b[0m\tc\x7f"), "a\\nb\\x1b[0m\tc?");
  EXPECT_EQ(printable("Grüße"), "Grüße");
  EXPECT_LT(printable(std::string(1 << 20, 'x')).size(), kMaxLine_bytes + 100);
}

TEST(ClusterLog, aFileThatCannotBeOpenedCostsItsLinesOnly) {
  ClusterLog log({.path = "/proc/no/such/cluster.log"});
  log.write(Level::Information, "test", "still here");
  EXPECT_EQ(log.tail(5).size(), 1u);
}

}  // namespace
}  // namespace holdfast::clussvc::log
