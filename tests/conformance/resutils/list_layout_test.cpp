// What libresutils writes, byte by byte (PR §2, §5.1, §17 Layout and Expanded twins).
#include <cstdlib>

#include "lists.h"

namespace holdfast::testing {
namespace {

class ListLayout : public PropertyTest {
 protected:
  Bytes privateList() {
    return sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
      return ResUtilGetPrivateProperties(key, out, cb, returned, required);
    });
  }
};
using PR_2 = ListLayout;
using PR_8 = ListLayout;
using PR_10 = ListLayout;
using PR_11 = ListLayout;
using PR_12 = ListLayout;
using PR_14 = ListLayout;
using PR_16 = ListLayout;
using PR_17 = ListLayout;
using PR_23 = ListLayout;
using PR_116 = ListLayout;

TEST_F(PR_2, OneNumberIsWrittenAsThePageShows) {
  registry().setDword(L"Role", 1);
  const Bytes expected = list({{L"Role", {dword(1)}}});
  EXPECT_EQ(privateList(), expected);
  EXPECT_EQ(expected.size(), 4u + 28 + 12 + 4);
}

TEST_F(PR_8, TextCountsItsNulAndNoPadding) {
  registry().setText(L"Role", L"FTP");
  const Bytes bytes = privateList();
  DWORD nameLength = 0;
  std::memcpy(&nameLength, bytes.data() + 8, 4);
  DWORD valueLength = 0;
  std::memcpy(&valueLength, bytes.data() + 4 + 28 + 4, 4);
  EXPECT_EQ(nameLength, 20u);   // PR-9: "Role" takes 28 bytes natively
  EXPECT_EQ(valueLength, 16u);  // and "FTP" 24
  EXPECT_EQ(bytes.size(), 4u + 28 + 24 + 4);
}

TEST_F(PR_10, AMultiStringCountsBothNuls) {
  using namespace std::string_literals;
  const Entry names = multiSz(L"a\0b\0"s);
  registry().set(L"Names", REG_MULTI_SZ, names.second);
  EXPECT_EQ(parse(privateList()), (std::vector<Property>{{L"Names", {names}}}));
  EXPECT_EQ(names.second.size(), 5 * sizeof(WCHAR));
}

TEST_F(PR_11, PaddingIsZeroWhenWrittenAndIgnoredWhenRead) {
  registry().set(L"Blob", REG_BINARY, {0xFF});
  Bytes bytes = privateList();
  EXPECT_EQ(parse(bytes), (std::vector<Property>{{L"Blob", {binary({0xFF})}}}));
  bytes[bytes.size() - 5] = 0xEE;  // the last byte of padding
  LPBYTE found = nullptr;
  DWORD foundSize_bytes = 0;
  EXPECT_EQ(ResUtilFindBinaryProperty(data(bytes), size(bytes), L"Blob", &found, &foundSize_bytes), ERROR_SUCCESS);
  EXPECT_EQ(foundSize_bytes, 1u);
  LocalFree(found);
}

TEST_F(PR_12, TheCountIsThatOfTheProperties) {
  registry().setDword(L"One", 1);
  registry().setText(L"Two", L"2");
  registry().setText(L"Three", L"%3%", REG_EXPAND_SZ);
  EXPECT_EQ(parse(privateList()).size(), 3u);  // parse() checks that each has one endmark (PR-13)
}

TEST_F(PR_14, AnEmptyListIsFourZeroBytes) { EXPECT_EQ(privateList(), Bytes(4)); }

TEST_F(PR_16, ExpandSzIsFollowedByItsTwin) {
  ::setenv("HOLDFAST_TEST", "/srv", 1);
  registry().setText(L"Path", L"%HOLDFAST_TEST%/x", REG_EXPAND_SZ);
  EXPECT_EQ(parse(privateList()),
            (std::vector<Property>{{L"Path", {expandSz(L"%HOLDFAST_TEST%/x"), expandedSz(L"/srv/x")}}}));
}

TEST_F(PR_17, AFormatListHasNamesAndWords) {
  const Bytes bytes = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilGetPropertyFormats(table, out, cb, returned, required);
  });
  const std::vector<Property> formats = parse(bytes);
  ASSERT_EQ(formats.size(), 9u);  // PR-57: one per row
  EXPECT_EQ(formats[0].name, L"Port");
  EXPECT_EQ(formats[0].values, (std::vector<Entry>{{0x0001000B, {2, 0}}}));
  EXPECT_EQ(formats[8].values, (std::vector<Entry>{{0x0001000B, {CLUSPROP_FORMAT_FILETIME, 0}}}));
}

TEST(PR_57, AFormatListNeedsATable) {
  DWORD returned = 1;
  DWORD required = 1;
  EXPECT_EQ(ResUtilGetPropertyFormats(nullptr, nullptr, 0, &returned, &required), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(returned, 0u);
  EXPECT_EQ(required, 0u);
}

TEST_F(PR_23, TheExampleOfThePageMakesItsList) {
  struct Example {
    LPWSTR protocol;
    DWORD portNumber;
    LPWSTR connectionName;
  } block = {mutableText(L"FTP"), 21, mutableText(L"FTP")};
  RESUTIL_PROPERTY_ITEM rows[] = {
      {mutableText(L"Protocol"), nullptr, CLUSPROP_FORMAT_SZ, {0}, 0, 0, 0, FIELD_OFFSET(Example, protocol)},
      {mutableText(L"PortNumber"),
       nullptr,
       CLUSPROP_FORMAT_DWORD,
       {21},
       0,
       65535,
       0,
       FIELD_OFFSET(Example, portNumber)},
      {mutableText(L"ConnectionName"),
       nullptr,
       CLUSPROP_FORMAT_SZ,
       {0},
       0,
       0,
       0,
       FIELD_OFFSET(Example, connectionName)},
      {}};
  DWORD cb = 0;
  DWORD returned = 1;
  DWORD required = 0;
  const auto in = reinterpret_cast<LPBYTE>(&block);
  EXPECT_EQ(ResUtilPropertyListFromParameterBlock(rows, nullptr, &cb, in, &returned, &required), ERROR_MORE_DATA);
  // 4 + (8+36+8+16+4) + (8+44+12+4) + (8+60+8+16+4): native; 156 in canonical form
  EXPECT_EQ(required, 4u + 72 + 68 + 96);
}

TEST_F(PR_116, EveryListHasTwinsAndEverySizeCountsThem) {
  ::setenv("HOLDFAST_TEST", "/a-longer-value", 1);
  registry().setText(L"Path", L"%HOLDFAST_TEST%", REG_EXPAND_SZ);
  registry().setText(L"Unknown", L"%HOLDFAST_TEST%", REG_EXPAND_SZ);
  const std::vector<Entry> both = {expandSz(L"%HOLDFAST_TEST%"), expandedSz(L"/a-longer-value")};

  const auto all = parse(sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilGetAllProperties(key, table, out, cb, returned, required);
  }));
  int twins = 0;
  for (const Property& property : all) twins += property.values == both;
  EXPECT_EQ(twins, 2);

  DWORD size_bytes = 0;
  DWORD count = 0;
  EXPECT_EQ(ResUtilGetPropertySize(key, &table[3], &size_bytes, &count), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes + 4, list({{L"Path", both}}).size());
  EXPECT_EQ(count, 1u);

  DWORD returned = 0;
  DWORD required = 0;
  Bytes out(4096);
  EXPECT_EQ(ResUtilAddUnknownProperties(key, table, out.data(), size(out), &returned, &required), ERROR_SUCCESS);
  out.resize(returned);
  EXPECT_EQ(parse(out), (std::vector<Property>{{L"Unknown", both}}));
}

}  // namespace
}  // namespace holdfast::testing
