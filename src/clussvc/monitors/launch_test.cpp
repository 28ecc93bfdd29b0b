#include "clussvc/monitors/launch.h"

#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace holdfast::clussvc::monitors {
namespace {

TEST(LaunchDetached, runsTheProgramWithExactlyItsEnvironment) {
  std::string pattern = std::filesystem::temp_directory_path() / "holdfast-launch-XXXXXX";
  const std::string folder = ::mkdtemp(pattern.data());
  const auto pid = launchDetached(
      {"/bin/sh",
       {"-c", "(pwd; echo \"$A|$HOME\"; umask) > " + folder + "/o.new; mv " + folder + "/o.new " + folder + "/o"},
       {"A=b", "PATH=/bin"}});
  ASSERT_TRUE(pid);
  EXPECT_GT(*pid, 0);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!std::filesystem::exists(folder + "/o") && std::chrono::steady_clock::now() < end) ::usleep(1000);
  std::ifstream in(folder + "/o");
  std::string where, environment, umask;
  in >> where >> environment >> umask;
  EXPECT_EQ(where, "/");
  EXPECT_EQ(environment, "b|");
  EXPECT_EQ(umask, "0077");
  std::filesystem::remove_all(folder);
}

TEST(LaunchDetached, aMissingProgramIsRefusedByName) {
  const auto pid = launchDetached({"/nowhere/program", {}, {}});
  ASSERT_FALSE(pid);
  EXPECT_NE(pid.error().subject.find("/nowhere/program"), std::string::npos);
}

}  // namespace
}  // namespace holdfast::clussvc::monitors
