#include "clussvc/monitors/record.h"

#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace holdfast::clussvc::monitors {
namespace {

class RecordsTest : public ::testing::Test {
 protected:
  RecordsTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-rec-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    records_.emplace(folder_ + "/monitors");
  }
  ~RecordsTest() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
  std::optional<Records> records_;
};

TEST_F(RecordsTest, recordsComeBackById) {
  const MonitorRecord first{1000, "default", "t1", {12, 34}, {13, 35}};
  const MonitorRecord second{2001, "name with spaces \"and\" signs", "t2", {}, {}};
  ASSERT_TRUE(records_->write(second));
  ASSERT_TRUE(records_->write(first));
  std::vector<std::string> unreadable;
  EXPECT_EQ(records_->load(unreadable), (std::vector{first, second}));
  EXPECT_TRUE(unreadable.empty());
  records_->remove(1000);
  EXPECT_EQ(records_->load(unreadable), std::vector{second});
}

TEST_F(RecordsTest, aNameWithALineEndCannotForgeAField) {
  ASSERT_TRUE(records_->write({1, "x\nend", "t", {}, {}}));
  std::vector<std::string> unreadable;
  EXPECT_EQ(records_->load(unreadable).at(0).name, "x end");
}

TEST_F(RecordsTest, whatIsHalfWrittenOrWrongIsRemovedAndNamed) {
  std::ofstream(folder_ + "/monitors/5") << "monitor 5\ntoken x\nguard 1";
  std::ofstream(folder_ + "/monitors/6") << "monitor 7\ntoken x\nguard 1 1\nrhs 0 0\nname n\nend\n";
  std::ofstream(folder_ + "/monitors/8.new") << "half";
  std::vector<std::string> unreadable;
  EXPECT_TRUE(records_->load(unreadable).empty());
  std::ranges::sort(unreadable);
  EXPECT_EQ(unreadable, (std::vector<std::string>{"5", "6"}));
  EXPECT_TRUE(std::filesystem::is_empty(folder_ + "/monitors"));
}

TEST_F(RecordsTest, aFolderThatCannotBeWrittenIsAnError) {
  const Records nowhere("/proc/nowhere");
  EXPECT_FALSE(nowhere.write({1, "x", "t", {}, {}}));
}

}  // namespace
}  // namespace holdfast::clussvc::monitors
