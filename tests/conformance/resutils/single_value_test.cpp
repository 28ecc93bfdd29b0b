// Single values of the database (PR §11, §17 Single values).
#include <cstdlib>

#include "lists.h"

namespace holdfast::testing {
namespace {

using namespace std::string_literals;

class SingleValues : public PropertyTest {};
using PR_85 = SingleValues;
using PR_86 = SingleValues;
using PR_87 = SingleValues;
using PR_88 = SingleValues;
using PR_89 = SingleValues;
using PR_90 = SingleValues;

TEST_F(PR_85, AnAbsentNumberIsTheDefault) {
  DWORD number = 0;
  EXPECT_EQ(ResUtilGetDwordValue(key, L"Port", &number, 9), ERROR_SUCCESS);
  EXPECT_EQ(number, 9u);
  EXPECT_EQ(ResUtilGetDwordValue(nullptr, L"Port", &number, 9), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilGetDwordValue(key, nullptr, &number, 9), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilGetDwordValue(key, L"Port", nullptr, 9), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_86, TextIsNoNumber) {
  registry().setText(L"Port", L"5");
  DWORD number = 3;
  EXPECT_EQ(ResUtilGetDwordValue(key, L"Port", &number, 9), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(number, 3u);
  ULONGLONG wide = 0;
  EXPECT_EQ(ResUtilGetQwordValue(key, L"Port", &wide, 9), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_87, AbsentTextIsNullAndNotFound) {
  EXPECT_EQ(ResUtilGetSzValue(key, L"Text"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  registry().setDword(L"Text", 1);
  EXPECT_EQ(ResUtilGetSzValue(key, L"Text"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_DATA));
  EXPECT_EQ(ResUtilGetSzValue(nullptr, L"Text"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_ARGUMENTS));
  LPBYTE bytes = nullptr;
  DWORD size_bytes = 0;
  EXPECT_EQ(ResUtilGetBinaryValue(key, L"Nothing", &bytes, &size_bytes), ERROR_FILE_NOT_FOUND);
}

TEST_F(PR_87, TextIsGivenAsStoredOrExpanded) {
  ::setenv("HOLDFAST_TEST", "here", 1);
  EXPECT_EQ(ResUtilSetExpandSzValue(key, L"Path", L"%HOLDFAST_TEST%", nullptr), ERROR_SUCCESS);
  LPWSTR raw = ResUtilGetSzValue(key, L"Path");
  EXPECT_STREQ(raw, L"%HOLDFAST_TEST%");
  LPWSTR expanded = ResUtilGetExpandSzValue(key, L"Path", TRUE);
  EXPECT_STREQ(expanded, L"here");
  LocalFree(raw);
  LocalFree(expanded);
}

TEST_F(PR_88, TheFormerOutputIsReplacedByACopy) {
  LPWSTR text = nullptr;
  ASSERT_EQ(ResUtilSetSzValue(key, L"Text", L"one", &text), ERROR_SUCCESS);
  ASSERT_EQ(ResUtilSetSzValue(key, L"Text", L"two", &text), ERROR_SUCCESS);
  EXPECT_STREQ(text, L"two");
  ASSERT_EQ(ResUtilSetSzValue(key, L"Other", text, &text), ERROR_SUCCESS);  // the output is the value
  EXPECT_STREQ(text, L"two");
  EXPECT_EQ(registry().root->value(L"Other")->type, static_cast<DWORD>(REG_SZ));
  LocalFree(text);
  EXPECT_EQ(ResUtilSetSzValue(key, L"Text", nullptr, nullptr), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_88, AnEqualValueIsNotWrittenAgain) {
  ASSERT_EQ(ResUtilSetSzValue(key, L"Text", L"one", nullptr), ERROR_SUCCESS);
  ASSERT_EQ(ResUtilSetSzValue(key, L"Text", L"one", nullptr), ERROR_SUCCESS);
  EXPECT_EQ(registry().events.size(), 1u);
}

TEST_F(PR_89, WideNumbersComeBackWhole) {
  ULONGLONG out = 0;
  EXPECT_EQ(ResUtilSetQwordValue(key, L"Wide", ~0ull, &out), ERROR_SUCCESS);
  EXPECT_EQ(out, ~0ull);
  ULONGLONG number = 0;
  EXPECT_EQ(ResUtilGetQwordValue(key, L"Wide", &number, 0), ERROR_SUCCESS);
  EXPECT_EQ(number, ~0ull);
  DWORD narrow = 0;
  EXPECT_EQ(ResUtilGetDwordValue(key, L"Wide", &narrow, 0), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(ResUtilSetDwordValue(key, L"Narrow", 5, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilGetQwordValue(key, L"Narrow", &number, 0), ERROR_SUCCESS);
  EXPECT_EQ(number, 5u);
}

TEST_F(PR_90, StringsKeepTheirByteCount) {
  LPWSTR out = nullptr;
  DWORD size_bytes = 0;
  const std::wstring names = L"a\0b\0"s;
  ASSERT_EQ(ResUtilSetMultiSzValue(key, L"Names", names.c_str(), 5 * sizeof(WCHAR), &out, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 5 * sizeof(WCHAR));
  LPWSTR read = nullptr;
  size_bytes = 0;
  ASSERT_EQ(ResUtilGetMultiSzValue(key, L"Names", &read, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 5 * sizeof(WCHAR));
  EXPECT_EQ(std::memcmp(read, out, size_bytes), 0);
  LocalFree(out);
  LocalFree(read);
  EXPECT_EQ(ResUtilSetMultiSzValue(key, L"Names", names.c_str(), 3, nullptr, nullptr), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_90, BytesOfAnyTypeAreWritten) {
  BYTE blob[] = {1, 2, 3};
  LPBYTE out = nullptr;
  DWORD size_bytes = 0;
  ASSERT_EQ(ResUtilSetBinaryValue(key, L"Blob", blob, 3, &out, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 3u);
  EXPECT_EQ(out[2], 3);
  LocalFree(out);
  EXPECT_EQ(ResUtilSetValueEx(key, L"Any", REG_BINARY, blob, 2, 0), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilSetValueEx(key, L"Any", REG_BINARY, blob, 2, 1), ERROR_INVALID_PARAMETER);
}

}  // namespace
}  // namespace holdfast::testing
