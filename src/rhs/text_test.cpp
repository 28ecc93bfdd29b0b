#include "rhs/text.h"

#include <gtest/gtest.h>

namespace holdfast::rhs {
namespace {

TEST(Text, goesBothWays) {
  const std::string text = "Zwischenablage \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x93\x8B";
  EXPECT_EQ(utf8(wide(text)), text);
  EXPECT_EQ(wide("\xF0\x9F\x93\x8B"), std::wstring(1, static_cast<wchar_t>(0x1F4CB)));
}

TEST(Text, whatIsNoCharacterIsReplaced) {
  EXPECT_EQ(wide("\xFFx"), L"\xFFFDx");
  EXPECT_EQ(wide("\xE2\x82"), L"\xFFFD\xFFFD");
  EXPECT_EQ(wide("\xC0\x80"), L"\xFFFD\xFFFD");
  EXPECT_EQ(utf8(std::wstring(1, static_cast<wchar_t>(0xD800))), "\xEF\xBF\xBD");
}

TEST(Text, aFieldIsCutAtACharacter) {
  char field[4];
  copyCut("ab\xC3\xA4", field, sizeof field);
  EXPECT_STREQ(field, "ab");
  copyCut("abc", field, sizeof field);
  EXPECT_STREQ(field, "abc");
}

}  // namespace
}  // namespace holdfast::rhs
