#include <windows.h>

namespace {

TEST(Text, lengthsAndComparisonsTakeNull) {
  EXPECT_EQ(lstrlenW(nullptr), 0);
  EXPECT_EQ(lstrcmpiW(L"Clip", L"CLIP"), 0);
  EXPECT_LT(lstrcmpiW(nullptr, L"a"), 0);
}

TEST(Text, CompareStringSaysTwoForEqual) {
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, L"ABC", -1, L"abc", 3), CSTR_EQUAL);
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, 0, L"a", -1, L"b", -1), CSTR_LESS_THAN);
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, 0, nullptr, -1, L"b", -1), 0);
}

TEST(Text, Utf8GoesThereAndBack) {
  WCHAR wide[16];
  char narrow[32];
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, 0, "Größe", -1, wide, 16), 6);
  EXPECT_STREQ(wide, L"Größe");
  EXPECT_EQ(WideCharToMultiByte(CP_UTF8, 0, wide, -1, narrow, 32, nullptr, nullptr), 8);
  EXPECT_STREQ(narrow, "Größe");
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, 0, "Größe", -1, wide, 3), 0);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xC3(", -1, wide, 16), 0);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_UNICODE_TRANSLATION));
}

TEST(Text, environmentIsExpanded) {
  ASSERT_TRUE(SetEnvironmentVariableW(L"WINAPI_TEST", L"x y"));
  WCHAR out[32];
  EXPECT_EQ(ExpandEnvironmentStringsW(L"<%WINAPI_TEST%> %NO_SUCH% 5%", out, 32), 19u);
  EXPECT_STREQ(out, L"<x y> %NO_SUCH% 5%");
  EXPECT_EQ(GetEnvironmentVariableW(L"WINAPI_TEST", out, 2), 4u);
  EXPECT_EQ(GetEnvironmentVariableW(L"WINAPI_TEST", out, 32), 3u);
  EXPECT_EQ(GetEnvironmentVariableW(L"NO_SUCH", out, 32), 0u);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ENVVAR_NOT_FOUND));
}

TEST(Text, numbersInAnyRadix) {
  WCHAR out[40];
  EXPECT_STREQ(_ltow(-15, out, 10), L"-15");
  EXPECT_STREQ(_ltow(255, out, 16), L"ff");
  EXPECT_STREQ(_ltow(-1, out, 16), L"ffffffff");
}

TEST(Text, theComputerNameTellsTheRoomItNeeds) {
  DWORD chars = 0;
  EXPECT_FALSE(GetComputerNameExW(ComputerNameDnsHostname, nullptr, &chars));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_MORE_DATA));
  std::wstring name(chars, L'\0');
  EXPECT_TRUE(GetComputerNameExW(ComputerNameDnsHostname, name.data(), &chars));
  EXPECT_EQ(chars + 1, name.size());
}

}  // namespace
