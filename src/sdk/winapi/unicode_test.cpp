#include "sdk/winapi/unicode.h"

namespace holdfast::winapi {
namespace {

TEST(Unicode, goesThereAndBack) {
  const std::wstring text = L"aäß€😀";
  EXPECT_EQ(toUtf8(text), "aäß€😀");
  EXPECT_EQ(toWide(toUtf8(text)), text);
  EXPECT_EQ(toUtf8(std::wstring{0xD83D, 0xDE00}), "😀");
}

TEST(Unicode, whatIsNoneIsReplacedAndReported) {
  for (const std::string_view bad : {"\xC3(", "\x80", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    Converted converted;
    EXPECT_NE(toWide(bad, &converted).find(L'\xFFFD'), std::wstring::npos);
    EXPECT_FALSE(converted.valid);
  }
  EXPECT_FALSE(toUtf8Strict(std::wstring{0xD800}));
  EXPECT_FALSE(toUtf8Strict(std::wstring{0x110000}));
}

TEST(Unicode, caseIsFoldedBeyondAscii) {
  EXPECT_EQ(foldCase(L'Q'), L'q');
  EXPECT_EQ(foldCase(L'Ä'), L'ä');
  EXPECT_EQ(foldCase(L'1'), L'1');
}

}  // namespace
}  // namespace holdfast::winapi
