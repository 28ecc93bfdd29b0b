#include "clussvc/config.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace holdfast::clussvc {
namespace {

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-cfg-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ConfigTest() override { std::filesystem::remove_all(folder_); }
  Result<CommandLine> read(const std::vector<std::string>& arguments) { return readCommandLine(arguments, folder_); }
  void write(const std::string& text) { std::ofstream(folder_ + "/clussvc.toml") << text; }
  std::string refusal(const std::vector<std::string>& arguments) {
    const auto line = read(arguments);
    return line ? "" : line.error().subject;
  }
  std::string folder_;
};

TEST_F(ConfigTest, dirPutsEverythingBelowIt) {
  const auto line = read({"--dir", folder_ + "/x/"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->config.database, folder_ + "/x/cluster.db");
  EXPECT_EQ(line->config.clusterSocket(), folder_ + "/x/run/cluster.sock");
  EXPECT_EQ(line->config.objectsFolder(), folder_ + "/x/run/objects");
  EXPECT_EQ(line->config.logFile, folder_ + "/x/cluster.log");
  EXPECT_FALSE(line->config.nodeName.empty());
}

TEST_F(ConfigTest, aRelativeDirIsMadeAbsolute) {
  const auto line = read({"--dir=some/folder"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->config.runFolder, (std::filesystem::current_path() / "some/folder/run").string());
}

TEST_F(ConfigTest, theFileInTheFolderIsObeyed) {
  write("cluster_name = \"Shop\"\nlog_level = \"debug\"\nlog_size = 8\nresource_path = \"/a:/b\"\n");
  const auto line = read({"--dir", folder_});
  ASSERT_TRUE(line) << line.error().subject;
  EXPECT_EQ(line->config.clusterName, "Shop");
  EXPECT_EQ(line->config.logLevel, Service::LogLevel::Debug);
  EXPECT_EQ(line->config.logSize_bytes, 8u << 20);
  EXPECT_EQ(line->config.resourcePath, "/a:/b");
  EXPECT_EQ(read({"--dir", folder_, "--resource-path", "/c"})->config.resourcePath, "/c");
}

TEST_F(ConfigTest, whatIsWrongInTheFileIsNamed) {
  for (const auto& [text, word] : {std::pair{"cluster_name = 5", "cluster_name"},
                                   std::pair{"colour = \"red\"", "colour"}, std::pair{"log_level = \"loud\"", "loud"},
                                   std::pair{"log_size = 1", "log_size"}, std::pair{"cluster_name = ", "line 1"}}) {
    write(text);
    EXPECT_NE(refusal({"--dir", folder_}).find(word), std::string::npos) << refusal({"--dir", folder_});
  }
  EXPECT_NE(refusal({"--config", folder_ + "/none.toml"}).find("does not exist"), std::string::npos);
}

TEST_F(ConfigTest, whatIsWrongOnTheCommandLineIsNamed) {
  EXPECT_NE(refusal({"--colour"}).find("--colour"), std::string::npos);
  EXPECT_NE(refusal({"--dir"}).find("--dir"), std::string::npos);
  EXPECT_NE(refusal({"--dir", "a", "--config", "b"}).find("exclude"), std::string::npos);
  EXPECT_EQ(read({"--version"})->what, CommandLine::What::Version);
  EXPECT_EQ(read({"--help"})->what, CommandLine::What::Help);
}

TEST_F(ConfigTest, aFolderTooDeepForASocketIsRefusedBeforeAnythingIsMade) {
  const std::string deep = "/tmp/" + std::string(90, 'd');
  EXPECT_NE(refusal({"--dir", deep}).find("107"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(deep));
}

TEST_F(ConfigTest, programsAreFoundBesideAnInstalledOrBuiltOne) {
  std::filesystem::create_directories(folder_ + "/bin");
  std::filesystem::create_directories(folder_ + "/lib/holdfast/resources");
  std::ofstream(folder_ + "/lib/holdfast/rhs-guard") << "";
  const auto line = readCommandLine({"--dir", folder_}, folder_ + "/bin");
  EXPECT_EQ(line->config.programs, folder_ + "/lib/holdfast");
  EXPECT_EQ(line->config.resourcePath, folder_ + "/lib/holdfast/resources");
}

}  // namespace
}  // namespace holdfast::clussvc
