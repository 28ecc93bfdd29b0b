#include "cli/property_list.h"

#include "cli/failure.h"

namespace holdfast::cli {
namespace {

std::vector<std::uint8_t> sample() {
  PropertyListBuilder builder;
  builder.add("Port", Format::Dword, "8100");
  builder.add("DataDirectory", Format::Sz, "/srv/clip");
  builder.add("Nodes", Format::MultiSz, "a,b");
  builder.add("Offset", Format::Long, "-5");
  builder.add("Blob", Format::Binary, "00ff10");
  return builder.take();
}

TEST(PropertyList, whatIsBuiltIsRead) {
  const auto properties = parsePropertyList(sample());
  ASSERT_TRUE(properties.has_value());
  ASSERT_EQ(properties->size(), 5u);
  EXPECT_EQ((*properties)[0].name, "Port");
  EXPECT_EQ((*properties)[0].value, Cell(std::int64_t{8100}));
  EXPECT_EQ((*properties)[1].value, Cell(std::string("/srv/clip")));
  EXPECT_EQ((*properties)[2].value, Cell(std::vector<std::string>{"a", "b"}));
  EXPECT_EQ((*properties)[3].value, Cell(std::int64_t{-5}));
  EXPECT_EQ((*properties)[4].value, Cell(std::string("00ff10")));
}

TEST(PropertyList, aListCutAnywhereIsRefusedNotOverrun) {
  const auto whole = sample();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto cut = parsePropertyList({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_FALSE(cut.has_value()) << size;
  }
}

TEST(PropertyList, textThatIsNoValueOfTheFormatIsAUsageError) {
  for (const char* text : {"", "-1", "4294967296", "12x", "0x"}) {
    PropertyListBuilder builder;
    EXPECT_THROW(builder.add("Port", Format::Dword, text), Failure) << text;
  }
  PropertyListBuilder builder;
  EXPECT_NO_THROW(builder.add("Port", Format::Dword, "0xFFFFFFFF"));
}

}  // namespace
}  // namespace holdfast::cli
