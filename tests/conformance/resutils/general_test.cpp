// Text, environment and paths (PR §13, §17 Workers, general, environment).
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "lists.h"

namespace holdfast::testing {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "resutils-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::wstring wide() const { return path_.wstring(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::wstring expanded(LPCWSTR text) {
  LPWSTR result = ResUtilExpandEnvironmentStrings(text);
  const std::wstring copy = result ? result : L"NULL";
  LocalFree(result);
  return copy;
}

TEST(PR_105, MissingFoldersAreMade) {
  const Folder folder;
  const std::wstring path = folder.wide() + L"/a/b/c/";
  EXPECT_EQ(ResUtilCreateDirectoryTree(path.c_str()), ERROR_SUCCESS);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "a/b/c"));
  EXPECT_EQ(ResUtilCreateDirectoryTree(path.c_str()), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilCreateDirectoryTree((folder.wide() + L"/d//e").c_str()), ERROR_SUCCESS);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "d/e"));
  EXPECT_EQ(ResUtilCreateDirectoryTree((L"C:" + folder.wide() + L"\\f\\g").c_str()), ERROR_SUCCESS);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "f/g"));
}

TEST(PR_105, WhatCannotBeAFolderIsAnError) {
  EXPECT_EQ(ResUtilCreateDirectoryTree(L"C:"), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilCreateDirectoryTree(L"/"), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilCreateDirectoryTree(nullptr), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilCreateDirectoryTree(L"relative/path"), ERROR_BAD_PATHNAME);
  EXPECT_EQ(ResUtilCreateDirectoryTree(L"/dev/null/x"), ERROR_DIRECTORY);
}

TEST(PR_105, PathsAreJudgedByTheirForm) {
  for (const wchar_t* good : {L"/a/b", L"/", L"C:", L"C:\\a\\b", L"c:/a", L"/with space/\x00e4", L"/a?b"}) {
    EXPECT_TRUE(ResUtilIsPathValid(good)) << std::filesystem::path(good);
  }
  for (const wchar_t* bad :
       {L"", L"a/b", L"C:a", L"C:\\a<b", L"C:\\a|b", L"C:\\a\"b", L"C:\\a*b", L"/a\tb", L"\\\\s\\x"}) {
    EXPECT_FALSE(ResUtilIsPathValid(bad)) << std::filesystem::path(bad);
  }
  EXPECT_FALSE(ResUtilIsPathValid(nullptr));
}

TEST(PR_106, VariablesAreExpandedAndUnknownOnesStay) {
  ::setenv("HOLDFAST_TEST", "/h\xC3\xB6me", 1);
  ::unsetenv("HOLDFAST_NONE");
  EXPECT_EQ(expanded(L"%HOLDFAST_TEST%/x"), L"/h\x00f6me/x");
  EXPECT_EQ(expanded(L"a%HOLDFAST_NONE%b"), L"a%HOLDFAST_NONE%b");
  EXPECT_EQ(expanded(L"100% %HOLDFAST_TEST%"), L"100% /h\x00f6me");
  EXPECT_EQ(expanded(L"%"), L"%");
  EXPECT_EQ(expanded(L"%%"), L"%%");
  EXPECT_EQ(expanded(L""), L"");
  EXPECT_EQ(expanded(nullptr), L"NULL");
}

TEST(PR_106, TextThatIsNoUtf8IsReplaced) {
  ::setenv("HOLDFAST_TEST", "\xFF\xC0\x80\xED\xA0\x80 \xF0\x9F\x98\x80", 1);
  const std::wstring text = expanded(L"%HOLDFAST_TEST%");
  EXPECT_EQ(text.front(), L'\xFFFD');
  EXPECT_EQ(text.back(), L'\x1F600');
}

TEST(PR_107, ACopyIsIndependent) {
  WCHAR text[] = L"text";
  LPWSTR copy = ResUtilDupString(text);
  text[0] = L'X';
  EXPECT_STREQ(copy, L"text");
  LocalFree(copy);
  EXPECT_EQ(ResUtilDupString(nullptr), nullptr);
  failAllocation(0);
  EXPECT_EQ(ResUtilDupString(text), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
}

}  // namespace
}  // namespace holdfast::testing
