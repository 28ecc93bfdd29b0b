// Lists made from the database (PR §7, §9, §17 Reading lists).
#include "lists.h"

namespace holdfast::testing {
namespace {

class Reading : public PropertyTest {
 protected:
  Bytes properties() {
    return sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
      return ResUtilGetProperties(key, table, out, cb, returned, required);
    });
  }
  static const Property* find(const std::vector<Property>& all, const std::wstring& name) {
    for (const Property& property : all) {
      if (property.name == name) return &property;
    }
    return nullptr;
  }
};
using PR_45 = Reading;
using PR_46 = Reading;
using PR_47 = Reading;
using PR_48 = Reading;
using PR_49 = Reading;
using PR_50 = Reading;
using PR_51 = Reading;
using PR_52 = Reading;
using PR_53 = Reading;
using PR_54 = Reading;
using PR_55 = Reading;
using PR_56 = Reading;
using PR_58 = Reading;

TEST_F(PR_45, NamesComeInTableOrder) {
  table[3] = {};  // three rows are enough
  const Bytes names = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilEnumProperties(table, static_cast<LPWSTR>(out), cb, returned, required);
  });
  using namespace std::string_literals;
  EXPECT_EQ(names, bytesOf(L"Port\0Offset\0Text\0"s));
  table[0] = {};
  const Bytes none = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilEnumProperties(table, static_cast<LPWSTR>(out), cb, returned, required);
  });
  EXPECT_EQ(none, Bytes(2 * sizeof(WCHAR)));
}

TEST_F(PR_46, AShortBufferIsToldTheSize) {
  WCHAR out[2] = {L'x', L'y'};
  DWORD returned = 1;
  DWORD required = 0;
  EXPECT_EQ(ResUtilEnumProperties(table, out, 2, &returned, &required), ERROR_MORE_DATA);
  EXPECT_EQ(returned, 0u);
  EXPECT_EQ(out[0], L'x');  // nothing is written
  DWORD again = 0;
  std::vector<WCHAR> enough(required / sizeof(WCHAR));
  EXPECT_EQ(ResUtilEnumProperties(table, enough.data(), required, &returned, &again), ERROR_SUCCESS);
  EXPECT_EQ(returned, required);
  EXPECT_EQ(ResUtilEnumProperties(nullptr, out, 8, &returned, &required), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilEnumProperties(table, nullptr, 8, &returned, &required), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_47, EveryValueOfTheKeyIsNamed) {
  registry().setDword(L"One", 1);
  registry().setText(L"Two", L"2");
  registry().setDword(L"Sub\\Three", 3);
  const std::wstring longName(400, L'n');
  registry().setDword(longName, 4);
  const Bytes names = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilEnumPrivateProperties(key, static_cast<LPWSTR>(out), cb, returned, required);
  });
  using namespace std::string_literals;
  EXPECT_EQ(names, bytesOf(L"One\0Two\0"s + longName + L"\0"s));
  DWORD returned = 0;
  DWORD required = 0;
  EXPECT_EQ(ResUtilEnumPrivateProperties(nullptr, nullptr, 0, &returned, &required), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_48, OnlyAllPropertiesHasTheUnknownOnes) {
  registry().setDword(L"Nobody", 1);
  registry().setDword(L"port", 5);
  const auto known = parse(properties());
  EXPECT_EQ(find(known, L"Nobody"), nullptr);
  EXPECT_EQ(find(known, L"Port")->values, std::vector<Entry>{dword(5)});
  const auto all = parse(sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilGetAllProperties(key, table, out, cb, returned, required);
  }));
  EXPECT_EQ(all.size(), known.size() + 1);
  EXPECT_EQ(all.back(), (Property{L"Nobody", {dword(1)}}));
}

TEST_F(PR_49, WhatIsNotStoredIsTheDefault) {
  bigData.Default.QuadPart = 77;
  const auto all = parse(properties());
  EXPECT_EQ(find(all, L"Port")->values, std::vector<Entry>{dword(7)});
  EXPECT_EQ(find(all, L"Text")->values, std::vector<Entry>{sz(L"none")});
  EXPECT_EQ(find(all, L"Blob")->values, std::vector<Entry>{binary({1, 2, 3})});
  EXPECT_EQ(find(all, L"Big")->values, std::vector<Entry>{quad(77)});
  EXPECT_EQ(find(all, L"Path"), nullptr);  // neither stored nor a default
  EXPECT_EQ(find(all, L"Names"), nullptr);
}

TEST_F(PR_49, RowsInMemoryAreNotReadFromTheDatabase) {
  registry().setDword(L"Port", 5);
  table[0].Flags = RESUTIL_PROPITEM_IN_MEMORY;
  EXPECT_EQ(find(parse(properties()), L"Port")->values, std::vector<Entry>{dword(7)});
}

TEST_F(PR_50, EveryTypeHasItsSyntax) {
  using namespace std::string_literals;
  const Entry names = multiSz(L"a\0"s);
  registry().set(L"Blob", REG_BINARY, {1, 2, 3});
  registry().setDword(L"Number", 5);
  registry().setText(L"Text", L"x");
  registry().set(L"Names", REG_MULTI_SZ, names.second);
  registry().set(L"Wide", REG_QWORD, bytesOf(1ull << 40));
  registry().set(L"Skipped", REG_NONE, {1});
  registry().set(L"Open", REG_SZ, {'x', 0, 0, 0});  // stored without a NUL
  const Bytes bytes = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilGetPrivateProperties(key, out, cb, returned, required);
  });
  EXPECT_EQ(parse(bytes), (std::vector<Property>{{L"Blob", {binary({1, 2, 3})}},
                                                 {L"Number", {dword(5)}},
                                                 {L"Text", {sz(L"x")}},
                                                 {L"Names", {names}},
                                                 {L"Wide", {quad(1ull << 40)}},
                                                 {L"Open", {sz(L"x")}}}));
}

TEST_F(PR_50, ALargeValueIsReadWhole) {
  registry().set(L"Large", REG_BINARY, Bytes(100000, 7));
  const Bytes bytes = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilGetPrivateProperties(key, out, cb, returned, required);
  });
  EXPECT_EQ(parse(bytes)[0].values[0].second.size(), 100000u);
  LPBYTE value = nullptr;
  DWORD size_bytes = 0;
  EXPECT_EQ(ResUtilGetBinaryValue(key, L"Large", &value, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 100000u);
  LocalFree(value);
}

TEST_F(PR_51, UnknownOnesAreAppendedToAList) {
  registry().setDword(L"Nobody", 1);
  registry().setDword(L"Port", 5);
  const Bytes present = list({{L"A", {dword(1)}}, {L"B", {sz(L"b")}}});
  Bytes out(1000);
  std::memcpy(out.data(), present.data(), present.size());
  DWORD returned = size(present);
  DWORD required = 9;
  EXPECT_EQ(ResUtilAddUnknownProperties(key, table, out.data(), size(out), &returned, &required), ERROR_SUCCESS);
  EXPECT_EQ(required, 0u);
  out.resize(returned);
  EXPECT_EQ(out, list({{L"A", {dword(1)}}, {L"B", {sz(L"b")}}, {L"Nobody", {dword(1)}}}));
}

TEST_F(PR_52, AnEmptyBufferBecomesAList) {
  registry().setDword(L"Nobody", 1);
  Bytes out(1000);
  DWORD returned = 0;
  DWORD required = 0;
  EXPECT_EQ(ResUtilAddUnknownProperties(key, table, out.data(), size(out), &returned, &required), ERROR_SUCCESS);
  out.resize(returned);
  EXPECT_EQ(out, list({{L"Nobody", {dword(1)}}}));
}

TEST_F(PR_53, AShortBufferIsToldTheTotal) {
  registry().setDword(L"Nobody", 1);
  Bytes out = list({{L"A", {dword(1)}}});
  const Bytes before = out;
  DWORD returned = size(out);
  DWORD required = 0;
  EXPECT_EQ(ResUtilAddUnknownProperties(key, table, out.data(), size(out), &returned, &required), ERROR_MORE_DATA);
  EXPECT_EQ(required, list({{L"A", {dword(1)}}, {L"Nobody", {dword(1)}}}).size());
  EXPECT_EQ(out, before);
  returned = size(out) + 1;  // more than the buffer holds
  EXPECT_EQ(ResUtilAddUnknownProperties(key, table, out.data(), size(out), &returned, &required),
            ERROR_INVALID_PARAMETER);
}

TEST_F(PR_54, TheSizesOfTheRowsMakeTheSizeOfTheList) {
  registry().setText(L"Path", L"%HOME%/x", REG_EXPAND_SZ);
  DWORD size_bytes = 0;
  DWORD count = 0;
  for (int row = 0; table[row].Name; ++row) {
    EXPECT_EQ(ResUtilGetPropertySize(key, &table[row], &size_bytes, &count), ERROR_SUCCESS);
  }
  const Bytes bytes = properties();
  EXPECT_EQ(size_bytes + 4, bytes.size());
  EXPECT_EQ(count, parse(bytes).size());
}

TEST_F(PR_55, AnotherStoredTypeIsRefused) {
  registry().setText(L"Port", L"5");
  DWORD size_bytes = 0;
  DWORD count = 0;
  EXPECT_EQ(ResUtilGetPropertySize(key, &table[0], &size_bytes, &count), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(count, 0u);
  registry().set(L"Port", REG_DWORD, {1, 2});
  EXPECT_EQ(ResUtilGetPropertySize(key, &table[0], &size_bytes, &count), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_56, TheCursorMovesByTheSize) {
  DWORD size_bytes = 0;
  DWORD count = 0;
  ASSERT_EQ(ResUtilGetPropertySize(key, &table[2], &size_bytes, &count), ERROR_SUCCESS);
  Bytes out(200);
  PVOID cursor = out.data();
  DWORD left_bytes = size(out);
  EXPECT_EQ(ResUtilGetProperty(key, &table[2], &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_EQ(static_cast<BYTE*>(cursor) - out.data(), size_bytes);
  EXPECT_EQ(left_bytes, 200 - size_bytes);
  left_bytes = 3;
  EXPECT_EQ(ResUtilGetProperty(key, &table[2], &cursor, &left_bytes), ERROR_MORE_DATA);
  EXPECT_EQ(left_bytes, 3u);
}

TEST_F(PR_58, ARowWithASubKeyReadsThere) {
  registry().setDword(L"Sub\\Port", 42);
  registry().setDword(L"Port", 5);
  table[0].KeyName = mutableText(L"Sub");
  EXPECT_EQ(find(parse(properties()), L"Port")->values, std::vector<Entry>{dword(42)});
  Block block;
  ASSERT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, raw(block), FALSE, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(block.port, 42u);
  block.port = 43;
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(block), nullptr, 0, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(registry().events, (std::vector<std::wstring>{L"Sub\\Port"}));
  release(block);
}

}  // namespace
}  // namespace holdfast::testing
