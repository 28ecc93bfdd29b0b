#include "core/properties/text.h"

#include <gtest/gtest.h>

namespace holdfast::properties {
namespace {

TEST(PropertyText, survivesBothWidths) {
  const std::string text = "Größe \xE2\x82\xAC \xF0\x9F\x98\x80";  // two, three and four bytes
  for (const Width width : {Width::Canonical, Width::Native}) {
    Bytes bytes;
    appendSz(bytes, text, width);
    EXPECT_TRUE(isTerminated(bytes, width));
    EXPECT_EQ(readSz(bytes, width), text);
  }
}

TEST(PropertyText, takesASurrogatePairForFourBytesCanonicalOnly) {
  Bytes canonical, native;
  appendText(canonical, "\xF0\x9F\x98\x80", Width::Canonical);
  appendText(native, "\xF0\x9F\x98\x80", Width::Native);
  EXPECT_EQ(canonical.size(), 4u);
  EXPECT_EQ(native.size(), 4u);
}

TEST(PropertyText, replacesWhatIsNoText) {
  Bytes bytes;
  appendText(bytes, "a\xFF\xC3", Width::Native);
  EXPECT_EQ(readText(bytes, Width::Native), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  const Bytes beyond{0x00, 0x00, 0x11, 0x00};
  EXPECT_EQ(readText(beyond, Width::Native), "\xEF\xBF\xBD");
  const Bytes lone{0x00, 0xD8};
  EXPECT_EQ(readText(lone, Width::Canonical), "\xEF\xBF\xBD");
}

TEST(PropertyText, readsMultiSzWithOneFinalNulOrTwo) {
  for (const std::size_t nuls : {1u, 2u}) {
    Bytes bytes;
    appendText(bytes, "a", Width::Native);
    bytes.insert(bytes.end(), 4, 0);
    appendText(bytes, "bc", Width::Native);
    bytes.insert(bytes.end(), 4 * nuls, 0);
    EXPECT_EQ(readMultiSz(bytes, Width::Native), (std::vector<std::string>{"a", "bc"}));
  }
}

TEST(PropertyText, writesAnEmptyMultiSzAsTwoNuls) {
  Bytes canonical, native;
  appendMultiSz(canonical, {}, Width::Canonical);
  appendMultiSz(native, {}, Width::Native);
  EXPECT_EQ(canonical.size(), 4u);
  EXPECT_EQ(native.size(), 8u);
}

TEST(PropertyText, comparesNamesWithoutCase) {
  EXPECT_TRUE(equalNames("RestartAction", "restartACTION"));
  EXPECT_FALSE(equalNames("RestartAction", "RestartActions"));
  EXPECT_EQ(foldName("Clip Ä"), "clip Ä");
}

}  // namespace
}  // namespace holdfast::properties
