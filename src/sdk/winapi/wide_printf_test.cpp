#include "sdk/winapi/wide_printf.h"

#include <cstdint>

namespace holdfast::winapi {
namespace {

std::wstring print(const wchar_t* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  std::wstring out = widePrintf(text, &arguments, 1000);
  va_end(arguments);
  return out;
}

TEST(WidePrintf, stringsHaveTheWidthThatWindowsGivesThem) {
  EXPECT_EQ(print(L"%s %S %hs %ls %ws %hS", L"w", "n", "h", L"l", L"v", "s"), L"w n h l v s");
  EXPECT_EQ(print(L"[%5s][%-5s][%.2s]", L"ab", L"ab", L"abc"), L"[   ab][ab   ][ab]");
  EXPECT_EQ(print(L"%s", static_cast<const wchar_t*>(nullptr)), L"(null)");
  EXPECT_EQ(print(L"%c%C%hc", L'ä', 'b', 'c'), L"äbc");
}

TEST(WidePrintf, numbersAreThoseOfWindows) {
  EXPECT_EQ(print(L"%ld %lu %lx", -1, 4294967295u, 255u), L"-1 4294967295 ff");
  EXPECT_EQ(print(L"%I64d %lld %I64x", std::int64_t{-5}, 6LL, std::uint64_t{255}), L"-5 6 ff");
  EXPECT_EQ(print(L"%hd %hhu %#x %#o %+d % d", 65537, 257, 255, 8, 3, 4), L"1 1 0xff 010 +3  4");
  EXPECT_EQ(print(L"%08.3f|%e|%g|%-8d|%08d|%.3d", 1.5, 12345.678, 0.5, 7, -7, 5),
            L"0001.500|1.234568e+04|0.5|7       |-0000007|005");
  EXPECT_EQ(print(L"%*d|%-*d|%.*s", 4, 1, 4, 2, 1, L"xy"), L"   1|2   |x");
  EXPECT_EQ(print(L"%p", reinterpret_cast<void*>(0xABCull)), L"0000000000000ABC");
  EXPECT_EQ(print(L"%d %x", std::int32_t{-2147483647 - 1}, 0), L"-2147483648 0");
}

TEST(WidePrintf, whatItDoesNotKnowIsCopied) { EXPECT_EQ(print(L"100%% %y %n %"), L"100% %y %n %"); }

TEST(WidePrintf, itStopsAtTheLimit) {
  va_list none{};
  EXPECT_LE(widePrintf(L"aaaaaaaaaaaaaaaa", &none, 4).size(), 5u);
}

}  // namespace
}  // namespace holdfast::winapi
