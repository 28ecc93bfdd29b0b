#include "rhs/event_text.h"

#include <gtest/gtest.h>

namespace holdfast::rhs {
namespace {

std::string text(const wchar_t* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  auto result = eventText(format, arguments);
  va_end(arguments);
  return result;
}

TEST(RA_181, InsertsAreFormattedAsFormatMessageDoes) {
  EXPECT_EQ(text(L"%1!s! is %2!u! (%3!08x!)%%%n", L"Clip", 7u, 0xABCu), "Clip is 7 (00000abc)%");
  EXPECT_EQ(text(L"%2 before %1", L"one", L"two"), "two before one");
  EXPECT_EQ(text(L"%1!-6d!|%1!d!", -5), "-5    |-5");
  EXPECT_EQ(text(L"%1!I64u!", 1234567890123ull), "1234567890123");
  EXPECT_EQ(text(L"%1!hs!", "narrow"), "narrow");
  EXPECT_EQ(text(L"%1!*d!", 6, 42), "    42");
  EXPECT_EQ(text(L"ends%0here"), "ends");
  EXPECT_EQ(text(L"%1!s!", static_cast<const wchar_t*>(nullptr)), "(null)");
}

TEST(RA_182, TextIsCutAt500Characters) {
  const std::wstring longText(2000, L'x');
  EXPECT_EQ(text(L"%1", longText.c_str()).size(), 500u);
  EXPECT_EQ(text(longText.c_str()).size(), 500u);
}

TEST(EventText, malformedFormatsAreCopied) {
  EXPECT_EQ(text(nullptr), "");
  EXPECT_EQ(text(L"100%"), "100%");
  EXPECT_EQ(text(L"%q and %1!n!"), "%q and %1!n!");
  EXPECT_EQ(text(L"%1!s", L"open"), "open!s");
}

TEST(EventText, oneTrailingLineEndIsStripped) { EXPECT_EQ(text(L"line\r\n"), "line"); }

}  // namespace
}  // namespace holdfast::rhs
