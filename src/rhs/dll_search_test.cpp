#include "rhs/dll_search.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace holdfast::rhs {
namespace {

struct DllSearch : testing::Test {
  DllSearch() {
    char name[] = "/tmp/hfXXXXXX";
    folder = ::mkdtemp(name);
  }
  ~DllSearch() override { std::filesystem::remove_all(folder); }

  std::string file(const std::string& name) const {
    std::ofstream(folder + "/" + name) << "library";
    return folder + "/" + name;
  }

  std::string folder;
};

using RA_187 = DllSearch;
TEST_F(RA_187, ABareNameIsFoundInTheFoldersAsSpelledOrAsALibrary) {
  const auto path = file("clip.so");
  for (const auto* name : {"clip.so", "clip", "clip.dll", "CLIP.so"}) {
    const auto found = findDll(name, {"/nowhere", folder});
    EXPECT_EQ(found.path, name == std::string("CLIP.so") ? "" : path) << name;
  }
  const auto prefixed = file("libother.so");
  EXPECT_EQ(findDll("other.dll", {folder}).path, prefixed);
}

using RA_23 = DllSearch;
TEST_F(RA_23, AMissingFileIs126) {
  EXPECT_EQ(findDll("gone", {folder}).status, 126u);
  EXPECT_EQ(findDll("/gone/gone.so", {folder}).status, 126u);
  EXPECT_EQ(findDll("sub/clip.so", {folder}).status, 126u);
  EXPECT_EQ(findDll("", {folder}).status, 126u);
}

TEST_F(DllSearch, aFileThatOthersMayWriteIsRefusedWithTheReason) {
  const auto path = file("clip.so");
  ::chmod(path.c_str(), 0666);
  const auto found = findDll("clip", {folder});
  EXPECT_EQ(found.status, 5u);
  EXPECT_NE(found.reason.find("chmod go-w"), std::string::npos);
}

TEST_F(DllSearch, aFolderThatOthersMayWriteIsRefusedAndAStickyOneIsNot) {
  const auto path = file("clip.so");
  ::chmod(folder.c_str(), 0777);
  EXPECT_EQ(findDll("clip", {folder}).status, 5u);
  ::chmod(folder.c_str(), 01777);
  EXPECT_EQ(findDll("clip", {folder}).status, 0u);
}

TEST_F(DllSearch, aFileOfAnotherUserIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "skipped: needs root to give a file away";
  const auto path = file("clip.so");
  ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
  EXPECT_EQ(findDll("clip", {folder}).status, 5u);
}

TEST(SplitPath, dropsEmptyParts) {
  EXPECT_EQ(splitPath("/a::/b:"), (std::vector<std::string>{"/a", "/b"}));
  EXPECT_TRUE(splitPath("").empty());
}

}  // namespace
}  // namespace holdfast::rhs
