// FormatMessageW, StringCch…, lstr…, memory.
#include <strsafe.h>
#include <tchar.h>
#include <windows.h>

namespace {

DWORD formatWith(DWORD flags, LPCWSTR text, LPWSTR out, DWORD size, ...) {
  va_list arguments;
  va_start(arguments, size);
  const DWORD length = FormatMessageW(flags | FORMAT_MESSAGE_FROM_STRING, text, 0, 0, out, size, &arguments);
  va_end(arguments);
  return length;
}

TEST(FormatMessageW, insertsAndBuffers) {
  WCHAR out[64];
  EXPECT_EQ(formatWith(0, L"%1 is %2!u!%n", out, 64, L"n", 5u), 8u);
  EXPECT_STREQ(out, L"n is 5\r\n");
  EXPECT_EQ(formatWith(0, L"%1", out, 3, L"long"), 0u);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  LPWSTR allocated = nullptr;
  EXPECT_EQ(formatWith(FORMAT_MESSAGE_ALLOCATE_BUFFER, L"%1!S!", reinterpret_cast<LPWSTR>(&allocated), 0, "x"), 1u);
  EXPECT_STREQ(allocated, L"x");
  LocalFree(allocated);
  DWORD_PTR array[] = {reinterpret_cast<DWORD_PTR>(L"a"), 7};
  EXPECT_EQ(FormatMessageW(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY, L"%2!u!%1", 0, 0, out, 64,
                           reinterpret_cast<va_list*>(array)),
            2u);
  EXPECT_STREQ(out, L"7a");
}

TEST(FormatMessageW, theSystemHasASentenceForACode) {
  WCHAR out[256];
  EXPECT_NE(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, nullptr, ERROR_ACCESS_DENIED, 0, out, 256, nullptr), 0u);
  EXPECT_STREQ(out, L"Access is denied.\r\n");
  EXPECT_NE(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_MAX_WIDTH_MASK, nullptr,
                           static_cast<DWORD>(HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)), 0, out, 256, nullptr),
            0u);
  EXPECT_STREQ(out, L"Access is denied. ");
  EXPECT_EQ(FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, nullptr, 0x12345678, 0, out, 256, nullptr), 0u);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_MR_MID_NOT_FOUND));
}

TEST(StrSafe, neverWritesPastTheEndAndSaysSo) {
  WCHAR out[6] = L"";
  EXPECT_EQ(StringCchCopyW(out, 6, L"hello"), S_OK);
  EXPECT_EQ(StringCchCatW(out, 6, L"!"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(out, L"hello");
  EXPECT_EQ(StringCchCopyW(out, 3, L"hello"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(out, L"he");
  EXPECT_EQ(StringCchCopyNW(out, 6, L"hello", 2), S_OK);
  EXPECT_STREQ(out, L"he");
  EXPECT_EQ(StringCchPrintfW(out, 6, L"%s-%S", L"ab", "cdef"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(out, L"ab-cd");
  EXPECT_EQ(StringCchCopyW(out, 0, L"x"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCchCopyW(nullptr, 6, L"x"), STRSAFE_E_INVALID_PARAMETER);
  size_t length = 9;
  EXPECT_EQ(StringCchLengthW(L"abc", 4, &length), S_OK);
  EXPECT_EQ(length, 3u);
  EXPECT_EQ(StringCchLengthW(L"abc", 3, &length), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCbLengthW(L"abc", 4 * sizeof(WCHAR), &length), S_OK);
  EXPECT_EQ(length, 3 * sizeof(WCHAR));
}

TEST(Strings, lstrFunctionsOrderWordsAndTakeNull) {
  EXPECT_LT(lstrcmpW(L"a", L"B"), 0);
  EXPECT_LT(lstrcmpW(L"a", L"A"), 0);
  EXPECT_LT(lstrcmpW(L"_", L"1"), 0);
  EXPECT_EQ(lstrcmpiW(nullptr, nullptr), 0);
  EXPECT_EQ(lstrcpyW(nullptr, L"x"), nullptr);
  WCHAR out[4];
  EXPECT_STREQ(lstrcpynW(out, L"abcdef", 4), L"abc");
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, L"GRÖSSE", -1, L"größe", -1), CSTR_LESS_THAN);
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, L"ÄB", 2, L"äbc", 2), CSTR_EQUAL);
  EXPECT_EQ(CompareStringW(LOCALE_INVARIANT, 0x40000000, L"a", 1, L"a", 1), 0);
  EXPECT_EQ(_tcsicmp(_T("Clip"), _T("CLIP")), 0);
  EXPECT_EQ(_wcsnicmp(L"abX", L"ABy", 2), 0);
}

TEST(Memory, growsWithZerosAndFreesNull) {
  auto* block = static_cast<BYTE*>(LocalAlloc(LMEM_FIXED, 3));
  memset(block, 7, 3);
  block = static_cast<BYTE*>(LocalReAlloc(block, 300, LMEM_ZEROINIT));
  EXPECT_EQ(block[2], 7);
  for (int at = 3; at < 300; ++at) ASSERT_EQ(block[at], 0);
  EXPECT_GE(LocalSize(block), 300u);
  EXPECT_EQ(LocalFree(block), nullptr);
  EXPECT_EQ(LocalFree(nullptr), nullptr);
}

TEST(LastError, isOfTheThread) {
  SetLastError(5);
  HANDLE thread = CreateThread(
      nullptr, 0,
      [](LPVOID) -> DWORD {
        SetLastError(7);
        return GetLastError();
      },
      nullptr, 0, nullptr);
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
  EXPECT_EQ(GetLastError(), 5u);
}

TEST(ComputerName, aNetworkNameOfTheClusterReplacesAllButThePhysicalForms) {
  WCHAR name[64], physical[64];
  DWORD size = 64;
  SetEnvironmentVariableW(L"_CLUSTER_NETWORK_NAME_", L"clipserver-with-long-name");
  EXPECT_TRUE(GetComputerNameExW(ComputerNameNetBIOS, name, &size));
  EXPECT_STREQ(name, L"CLIPSERVER-WITH");
  size = 64;
  EXPECT_TRUE(GetComputerNameExW(ComputerNamePhysicalNetBIOS, physical, &size));
  EXPECT_STRNE(physical, name);
  SetEnvironmentVariableW(L"_CLUSTER_NETWORK_NAME_", nullptr);
}

}  // namespace
