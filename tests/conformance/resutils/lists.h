// Property lists built and taken apart by hand, independently of libresutils.
#pragma once

#include <gtest/gtest.h>
#include <resapi.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "fake_heap.h"
#include "fake_registry.h"

namespace holdfast::testing {

using Bytes = std::vector<BYTE>;
using Entry = std::pair<DWORD, Bytes>;  // syntax, data

template <class Number>
Bytes bytesOf(Number number) {
  const auto* begin = reinterpret_cast<const BYTE*>(&number);
  return {begin, begin + sizeof number};
}

inline Bytes bytesOf(const std::wstring& text) {
  const auto* begin = reinterpret_cast<const BYTE*>(text.c_str());
  return {begin, begin + (text.size() + 1) * sizeof(WCHAR)};
}

inline Entry dword(DWORD number) { return {CLUSPROP_SYNTAX_LIST_VALUE_DWORD, bytesOf(number)}; }
inline Entry longNumber(LONG number) { return {CLUSPROP_SYNTAX_LIST_VALUE_LONG, bytesOf(number)}; }
inline Entry quad(ULONGLONG number) { return {CLUSPROP_SYNTAX_LIST_VALUE_ULARGE_INTEGER, bytesOf(number)}; }
inline Entry sz(const std::wstring& text) { return {CLUSPROP_SYNTAX_LIST_VALUE_SZ, bytesOf(text)}; }
inline Entry expandSz(const std::wstring& text) { return {CLUSPROP_SYNTAX_LIST_VALUE_EXPAND_SZ, bytesOf(text)}; }
inline Entry expandedSz(const std::wstring& text) { return {CLUSPROP_SYNTAX_LIST_VALUE_EXPANDED_SZ, bytesOf(text)}; }
/// `strings` without the last of its NULs: `one\0two\0`s.
inline Entry multiSz(const std::wstring& strings) { return {CLUSPROP_SYNTAX_LIST_VALUE_MULTI_SZ, bytesOf(strings)}; }
inline Entry binary(Bytes data) { return {CLUSPROP_SYNTAX_LIST_VALUE_BINARY, std::move(data)}; }

struct Property {
  std::wstring name;
  std::vector<Entry> values;

  bool operator==(const Property&) const = default;
};

inline void append(Bytes& out, const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); }

inline void appendEntry(Bytes& out, const Entry& entry) {
  append(out, bytesOf(entry.first));
  append(out, bytesOf(static_cast<DWORD>(entry.second.size())));
  append(out, entry.second);
  out.resize((out.size() + 3) / 4 * 4);
}

inline Bytes list(const std::vector<Property>& properties) {
  Bytes out = bytesOf(static_cast<DWORD>(properties.size()));
  for (const Property& property : properties) {
    appendEntry(out, {CLUSPROP_SYNTAX_NAME, bytesOf(property.name)});
    for (const Entry& value : property.values) appendEntry(out, value);
    append(out, bytesOf(DWORD{CLUSPROP_SYNTAX_ENDMARK}));
  }
  return out;
}

/// Reads a list that must be well formed and exactly as long as its buffer: every test that parses proves PR-12, PR-13.
inline std::vector<Property> parse(const Bytes& bytes) {
  std::vector<Property> properties;
  std::size_t at = 0;
  const auto word = [&] {
    DWORD number = 0;
    EXPECT_LE(at + 4, bytes.size());
    if (at + 4 <= bytes.size()) std::memcpy(&number, bytes.data() + at, 4);
    at += 4;
    return number;
  };
  const auto entry = [&] {
    Entry found;
    found.first = word();
    const DWORD size_bytes = word();
    EXPECT_LE(at + size_bytes, bytes.size());
    if (at + size_bytes > bytes.size()) return found;
    found.second.assign(bytes.begin() + static_cast<long>(at), bytes.begin() + static_cast<long>(at + size_bytes));
    for (at += size_bytes; at % 4 != 0; ++at) EXPECT_EQ(bytes[at], 0);
    return found;
  };
  const DWORD count = word();
  for (DWORD i = 0; i < count && at < bytes.size(); ++i) {
    Property property;
    const Entry name = entry();
    EXPECT_EQ(name.first, static_cast<DWORD>(CLUSPROP_SYNTAX_NAME));
    property.name = reinterpret_cast<const WCHAR*>(name.second.data());
    while (at + 4 <= bytes.size() && std::memcmp(bytes.data() + at, "\0\0\0", 4) != 0)
      property.values.push_back(entry());
    EXPECT_EQ(word(), 0u);
    properties.push_back(std::move(property));
  }
  EXPECT_EQ(properties.size(), count);
  EXPECT_EQ(at, bytes.size());
  return properties;
}

inline PVOID data(const Bytes& bytes) { return const_cast<BYTE*>(bytes.data()); }
inline DWORD size(const Bytes& bytes) { return static_cast<DWORD>(bytes.size()); }

/// Calls a function of the size protocol: asks for the size, checks the rules of C3, then gets the bytes.
template <class Call>
Bytes sized(Call call) {
  DWORD returned = 1;
  DWORD required = 1;
  EXPECT_EQ(call(nullptr, 0u, &returned, &required), ERROR_MORE_DATA);
  EXPECT_EQ(returned, 0u);
  Bytes out(required);
  EXPECT_EQ(call(out.data(), size(out), &returned, &required), ERROR_SUCCESS);
  EXPECT_EQ(returned, out.size());
  EXPECT_EQ(required, 0u);
  return out;
}

inline LPWSTR mutableText(const wchar_t* text) { return const_cast<LPWSTR>(text); }

/// A parameter block with a member of every format, its table, and a key of the fake database. Leaks fail the test.
class PropertyTest : public ::testing::Test {
 protected:
  struct Block {
    DWORD before = 0xAAAAAAAA;  // of no table
    DWORD port = 0;
    LONG offset = 0;
    LPWSTR text = nullptr;
    LPWSTR path = nullptr;
    LPBYTE blob = nullptr;
    DWORD blobSize_bytes = 0;
    LPWSTR names = nullptr;
    DWORD namesSize_bytes = 0;
    ULARGE_INTEGER big = {};
    LARGE_INTEGER signedBig = {};
    FILETIME time = {};
  };

  void SetUp() override {
    resetRegistry();
    failAllocation(-1);
    blocksBefore_ = liveBlocks();
    key = registry().open();
  }
  void TearDown() override {
    ClusterRegCloseKey(key);
    EXPECT_EQ(registry().openKeys, 0);
    EXPECT_EQ(liveBlocks(), blocksBefore_) << "outputs that nobody freed, or freed twice";
  }

  static LPBYTE raw(Block& block) { return reinterpret_cast<LPBYTE>(&block); }
  void release(Block& block) { ResUtilFreeParameterBlock(raw(block), nullptr, table); }

  inline static const BYTE kBlobDefault[] = {1, 2, 3};
  RESUTIL_ULARGEINT_DATA bigData{};
  RESUTIL_LARGEINT_DATA signedBigData{};
  RESUTIL_FILETIME_DATA timeData{};
  HKEY key = nullptr;
  RESUTIL_PROPERTY_ITEM table[10] = {
      {mutableText(L"Port"), nullptr, CLUSPROP_FORMAT_DWORD, {7}, 1, 100, 0, offsetof(Block, port)},
      {mutableText(L"Offset"),
       nullptr,
       CLUSPROP_FORMAT_LONG,
       {0},
       static_cast<DWORD>(-5),
       5,
       RESUTIL_PROPITEM_SIGNED,
       offsetof(Block, offset)},
      {mutableText(L"Text"),
       nullptr,
       CLUSPROP_FORMAT_SZ,
       {reinterpret_cast<DWORD_PTR>(L"none")},
       0,
       0,
       0,
       offsetof(Block, text)},
      {mutableText(L"Path"), nullptr, CLUSPROP_FORMAT_EXPAND_SZ, {0}, 0, 0, 0, offsetof(Block, path)},
      {mutableText(L"Blob"),
       nullptr,
       CLUSPROP_FORMAT_BINARY,
       {reinterpret_cast<DWORD_PTR>(kBlobDefault)},
       3,
       0,
       0,
       offsetof(Block, blob)},
      {mutableText(L"Names"), nullptr, CLUSPROP_FORMAT_MULTI_SZ, {0}, 0, 0, 0, offsetof(Block, names)},
      {mutableText(L"Big"),
       nullptr,
       CLUSPROP_FORMAT_ULARGE_INTEGER,
       {reinterpret_cast<DWORD_PTR>(&bigData)},
       0,
       0,
       0,
       offsetof(Block, big)},
      {mutableText(L"SignedBig"),
       nullptr,
       CLUSPROP_FORMAT_LARGE_INTEGER,
       {reinterpret_cast<DWORD_PTR>(&signedBigData)},
       0,
       0,
       0,
       offsetof(Block, signedBig)},
      {mutableText(L"Time"),
       nullptr,
       CLUSPROP_FORMAT_FILETIME,
       {reinterpret_cast<DWORD_PTR>(&timeData)},
       0,
       0,
       0,
       offsetof(Block, time)},
      {}};

 private:
  int blocksBefore_ = 0;
};

}  // namespace holdfast::testing
