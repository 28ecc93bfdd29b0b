#include "core/properties/property_list.h"

#include <gtest/gtest.h>

#include "core/properties/list_reader.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

using database::Value;

PropertyList role(std::uint32_t value = 1) { return {propertyOf("Role", Value::dword(value))}; }

std::uint32_t statusOf(const Bytes& bytes, Width width) {
  const auto list = readPropertyList(bytes, width);
  return list ? 0 : list.error();
}

constexpr Width kBoth[] = {Width::Canonical, Width::Native};

TEST(PR_2, ListOfOneDwordIsByteIdenticalToTheExample) {
  const Bytes expected{0x01, 0, 0, 0, 0x03, 0, 0x04, 0, 0x0A, 0, 0, 0, 0x52, 0, 0x6F, 0, 0x6C, 0, 0x65, 0,
                       0,    0, 0, 0, 0x02, 0, 0x01, 0, 0x04, 0, 0, 0, 0x01, 0, 0,    0, 0,    0, 0,    0};
  EXPECT_EQ(writePropertyList(role(), Width::Canonical), expected);
}

TEST(PR_8, SzValueCountsItsNulAndIsPadded) {
  Bytes out;
  appendSz(out, "FTP", Width::Canonical);
  EXPECT_EQ(out.size(), 8u);
  const PropertyList list{propertyOf("A", Value::sz("FTP"))};
  // count 4, name 8+4, value 8+8, endmark 4
  EXPECT_EQ(writePropertyList(list, Width::Canonical).size(), 4u + 12u + 16u + 4u);
  EXPECT_EQ(writePropertyList(list, Width::Native).size(), 4u + 16u + 24u + 4u);
}

TEST(PR_9, NameRoleTakesTenBytesAndItsEntryTwenty) {
  EXPECT_EQ(writePropertyList(role(), Width::Canonical).size(), 4u + 20u + 12u + 4u);
  EXPECT_EQ(writePropertyList(role(), Width::Native).size(), 4u + 28u + 12u + 4u);
}

TEST(PR_10, MultiSzCountsItsFinalDoubleNul) {
  const Bytes bytes = writePropertyList({propertyOf("A", Value::multiSz({"x"}))}, Width::Canonical);
  EXPECT_EQ(ListReader(std::span(bytes).subspan(4 + 12 + 4)).peek(), 6u);
}

TEST(PR_11, PaddingIsWrittenAsZeroAndReadWhateverItIs) {
  Bytes bytes = writePropertyList(role(), Width::Canonical);
  EXPECT_EQ(bytes[22], 0);
  bytes[22] = 0xAA;
  bytes[23] = 0xBB;
  EXPECT_EQ(readPropertyList(bytes, Width::Canonical), role());
}

TEST(PR_12, CountEqualsTheNumberOfProperties) {
  const PropertyList list{propertyOf("A", Value::dword(1)), propertyOf("B", Value::dword(2))};
  EXPECT_EQ(writePropertyList(list, Width::Native)[0], 2);
}

TEST(PR_13, EachPropertyEndsWithExactlyOneEndmark) {
  for (const Width width : kBoth) {
    const Bytes one = writePropertyList(role(), width);
    const Bytes two = writePropertyList({role()[0], role()[0]}, width);
    EXPECT_EQ(two.size(), 2 * one.size() - 4);
  }
}

TEST(PR_14, AnEmptyListIsFourZeroBytes) {
  EXPECT_EQ(writePropertyList({}, Width::Native), Bytes(4, 0));
  EXPECT_EQ(readPropertyList(Bytes(4, 0), Width::Native), PropertyList{});
}

TEST(PR_15, AndPR_120_TwoValuesAreReadAndTheFirstCounts) {
  PropertyList list = role(7);
  list[0].values.push_back({Format::Dword, 9u});
  for (const Width width : kBoth) {
    const auto read = readPropertyList(writePropertyList(list, width), width);
    ASSERT_TRUE(read);
    EXPECT_EQ(storedValue(read->front().values.front()), Value::dword(7));
  }
}

TEST(PR_16, ExpandSzIsFollowedByItsExpandedTwin) {
  const Property property = propertyOf("Path", Value::expandSz("%HOME%/x %nope%"), {{"home", "/root"}});
  ASSERT_EQ(property.values.size(), 2u);
  EXPECT_EQ(property.values[0], (ListValue{Format::ExpandSz, std::string("%HOME%/x %nope%")}));
  EXPECT_EQ(property.values[1], (ListValue{Format::ExpandedSz, std::string("/root/x %nope%")}));
}

TEST(PropertyList, expansionLeavesLonePercentSigns) {
  const Environment environment{{"A", "1"}};
  EXPECT_EQ(expand("100%", environment), "100%");
  EXPECT_EQ(expand("%B%A%", environment), "%B1");
  EXPECT_EQ(expand("%%", environment), "%%");
  EXPECT_EQ(expand("%A%%A%", environment), "11");
}

TEST(PR_17, FormatListEntryHoldsAWordWithTheFormat) {
  const Bytes bytes = writeFormatList({{"A", Format::Dword}}, Width::Canonical);
  const Bytes tail(bytes.begin() + 16, bytes.end());
  EXPECT_EQ(tail, (Bytes{0x0B, 0, 0x01, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(PR_24, AndPR_25_ShortListsHaveTheirStatus) {
  for (const Width width : kBoth) {
    const Bytes whole = writePropertyList(role(), width);
    EXPECT_EQ(statusOf({}, width), status::kInvalidData);
    EXPECT_EQ(statusOf({1, 0, 0}, width), status::kInvalidData);
    for (std::size_t size = 4; size < whole.size(); ++size) {
      EXPECT_EQ(statusOf(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), width),
                status::kInsufficientBuffer)
          << size;
    }
  }
}

TEST(PR_33, AnotherValueInTheEndmarksPlaceIsMalformed) {
  for (const Width width : kBoth) {
    Bytes bytes = writePropertyList({role()[0], role()[0]}, width);
    const std::size_t endmark = writePropertyList(role(), width).size() - 4;
    bytes[endmark] = 5;
    EXPECT_EQ(statusOf(bytes, width), status::kInvalidData);
    bytes[endmark + 2] = 4;  // the next name, one endmark too early
    EXPECT_EQ(statusOf(bytes, width), status::kInvalidData);
  }
}

TEST(CC_33, ANameWithAnotherSyntaxIsMalformed) {
  Bytes bytes = writePropertyList(role(), Width::Native);
  bytes[6] = 1;
  EXPECT_EQ(statusOf(bytes, Width::Native), status::kInvalidData);
}

TEST(PropertyList, refusesNamesThatAreEmptyUnterminatedOrOfHalfCharacters) {
  const auto withName = [](const Bytes& name) {
    Bytes bytes{1, 0, 0, 0};
    appendEntry(bytes, 0x00040003, name);
    appendEntry(bytes, 0x00010002, {1, 0, 0, 0});
    appendDword(bytes, 0);
    return statusOf(bytes, Width::Canonical);
  };
  EXPECT_EQ(withName({'A', 0, 0, 0}), 0u);
  EXPECT_EQ(withName({0, 0}), status::kInvalidData);
  EXPECT_EQ(withName({'A', 0, 'B', 0}), status::kInvalidData);
  EXPECT_EQ(withName({'A', 0, 0}), status::kInvalidData);
  EXPECT_EQ(withName({}), status::kInvalidData);
}

TEST(PropertyList, refusesValuesWhoseLengthDoesNotFitTheirFormat) {
  const auto withValue = [](std::uint16_t format, const Bytes& data) {
    Bytes bytes{1, 0, 0, 0};
    appendEntry(bytes, 0x00040003, {'A', 0, 0, 0});
    appendEntry(bytes, 0x00010000u | format, data);
    appendDword(bytes, 0);
    return statusOf(bytes, Width::Canonical);
  };
  EXPECT_EQ(withValue(2, {1, 0}), status::kInvalidData);
  EXPECT_EQ(withValue(7, {1, 0, 0, 0}), 0u);
  EXPECT_EQ(withValue(11, {1, 0, 0, 0}), status::kInvalidData);
  EXPECT_EQ(withValue(6, {1, 0, 0, 0}), status::kInvalidData);
  EXPECT_EQ(withValue(3, {'x', 0}), status::kInvalidData);
  EXPECT_EQ(withValue(3, {}), status::kInvalidData);
  EXPECT_EQ(withValue(5, {'x', 0, 0, 0}), 0u);
  EXPECT_EQ(withValue(77, {1, 2, 3}), 0u);  // unknown formats are opaque (L12)
}

TEST(PropertyList, refusesAPropertyWithoutValue) {
  Bytes bytes{1, 0, 0, 0};
  appendEntry(bytes, 0x00040003, {'A', 0, 0, 0});
  appendDword(bytes, 0);
  EXPECT_EQ(statusOf(bytes, Width::Canonical), status::kInvalidData);
}

TEST(PropertyList, aHugeCountIsOnlyAClaim) {
  EXPECT_EQ(statusOf({0xFF, 0xFF, 0xFF, 0xFF}, Width::Native), status::kInsufficientBuffer);
}

TEST(PropertyList, refusesWhatIsLargerThanTheLimit) {
  EXPECT_EQ(statusOf(Bytes(kMaxListSize_bytes + 1, 0), Width::Native), status::kInvalidParameter);
}

TEST(PR_115, AnExtraEndmarkAfterTheListIsAcceptedAndNeverWritten) {
  Bytes bytes = writePropertyList(role(), Width::Native);
  const Bytes ours = bytes;
  appendDword(bytes, 0);
  const auto read = readPropertyList(bytes, Width::Native);
  ASSERT_TRUE(read);
  EXPECT_EQ(writePropertyList(*read, Width::Native), ours);
}

TEST(PropertyList, everyStoredTypeGoesRoundInBothWidths) {
  const std::vector<Value> values{Value::sz("text"),
                                  Value::expandSz("%X%"),
                                  Value::dword(7),
                                  Value::qword(1ull << 40),
                                  Value::multiSz({"a", "bb"}),
                                  Value::multiSz({}),
                                  Value::binary({1, 2, 3, 4, 5})};
  for (const Width width : kBoth) {
    for (const Value& value : values) {
      const auto read = readPropertyList(writePropertyList({propertyOf("P", value)}, width), width);
      ASSERT_TRUE(read);
      EXPECT_EQ(storedValue(read->front().values.front()), value);
    }
  }
}

}  // namespace
}  // namespace holdfast::properties
