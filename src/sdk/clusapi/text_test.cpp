#include "sdk/clusapi/text.h"

#include <gtest/gtest.h>

namespace holdfast::clusapi {

TEST(Text, goesBothWaysForEveryLengthOfUtf8) {
  const std::wstring wide = L"a ä € 🥊";
  EXPECT_EQ(*toUtf8(wide), "a ä € 🥊");
  EXPECT_EQ(toWide("a ä € 🥊"), wide);
  EXPECT_EQ(toUtf8(std::wstring(1, static_cast<wchar_t>(0xD800))), std::nullopt);
  EXPECT_EQ(toUtf8(std::wstring(1, static_cast<wchar_t>(0x110000))), std::nullopt);
}

TEST(CL_119, aSizeQueryGivesTheLengthWithoutNul) {
  DWORD length = 77;
  EXPECT_EQ(giveText("north", nullptr, &length), ERROR_SUCCESS);
  EXPECT_EQ(length, 5u);
}

TEST(Text, aShortBufferGivesMoreDataAndTheLength) {
  wchar_t buffer[6] = L"xxxxx";
  DWORD length = 5;
  EXPECT_EQ(giveText("north", buffer, &length), ERROR_MORE_DATA);
  EXPECT_EQ(length, 5u);
  EXPECT_EQ(buffer[0], L'x') << "nothing is written";
  length = 6;
  EXPECT_EQ(giveText("north", buffer, &length), ERROR_SUCCESS);
  EXPECT_STREQ(buffer, L"north");
}

TEST(Text, whatTheCallerDoesNotWantIsNotWritten) {
  wchar_t buffer[2] = L"";
  EXPECT_EQ(giveText("north", nullptr, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(giveText("north", buffer, nullptr), ERROR_INVALID_PARAMETER);
}

TEST(Text, bytesFollowTheSameRules) {
  char buffer[4] = {};
  DWORD size = 3;
  EXPECT_EQ(giveBytes("four", buffer, &size), ERROR_MORE_DATA);
  EXPECT_EQ(size, 4u);
  EXPECT_EQ(giveBytes("four", buffer, &size), ERROR_SUCCESS);
  EXPECT_EQ(std::string(buffer, 4), "four");
  EXPECT_EQ(giveBytes("four", nullptr, &size), ERROR_SUCCESS);
}

}  // namespace holdfast::clusapi
