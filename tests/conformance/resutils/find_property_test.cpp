// Properties found by name, and taken at a cursor (PR §10, §17 Find and Get…Property).
#include <cstdlib>

#include "lists.h"

namespace holdfast::testing {
namespace {

using namespace std::string_literals;

class Finding : public PropertyTest {
 protected:
  // Places a cursor on the first value of a list of one property.
  void place(const Entry& value) {
    bytes = list({{L"P", {value}}});
    const std::size_t head_bytes = 4 + 8 + 8;  // count, name
    cursor = bytes.data() + head_bytes;
    left_bytes = static_cast<DWORD>(bytes.size() - head_bytes);
    start = cursor;
  }
  template <class Structure>
  Structure* value() {
    return reinterpret_cast<Structure*>(start);
  }

  Bytes bytes;
  LPBYTE start = nullptr;
  LPBYTE cursor = nullptr;
  DWORD left_bytes = 0;
};
using PR_73 = Finding;
using PR_74 = Finding;
using PR_76 = Finding;
using PR_77 = Finding;
using PR_78 = Finding;
using PR_79 = Finding;
using PR_80 = Finding;
using PR_81 = Finding;
using PR_82 = Finding;
using PR_83 = Finding;
using PR_84 = Finding;

TEST_F(PR_73, TheSecondOfThreeIsFound) {
  const Bytes three = list({{L"A", {dword(1)}}, {L"B", {dword(2)}}, {L"C", {dword(3)}}});
  DWORD number = 0;
  EXPECT_EQ(ResUtilFindDwordProperty(data(three), size(three), L"b", &number), ERROR_SUCCESS);
  EXPECT_EQ(number, 2u);
}

TEST_F(PR_74, AnAbsentNameIsNotFound) {
  const Bytes one = list({{L"A", {sz(L"x")}}});
  LPWSTR text = mutableText(L"untouched");
  EXPECT_EQ(ResUtilFindSzProperty(data(one), size(one), L"B", &text), ERROR_FILE_NOT_FOUND);
  EXPECT_STREQ(text, L"untouched");
  EXPECT_EQ(ResUtilFindSzProperty(nullptr, 0, L"A", &text), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilFindSzProperty(data(one), size(one), nullptr, &text), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_74, AnotherFormatIsInvalidData) {
  const Bytes one = list({{L"A", {sz(L"x")}}});
  DWORD number = 5;
  EXPECT_EQ(ResUtilFindDwordProperty(data(one), size(one), L"A", &number), ERROR_INVALID_DATA);
  EXPECT_EQ(number, 5u);
  EXPECT_EQ(ResUtilFindExpandedSzProperty(data(one), size(one), L"A", nullptr), ERROR_INVALID_DATA);
}

TEST_F(PR_76, TheResultOutlivesTheList) {
  Bytes one = list({{L"A", {sz(L"text")}}});
  LPWSTR text = nullptr;
  ASSERT_EQ(ResUtilFindSzProperty(data(one), size(one), L"A", &text), ERROR_SUCCESS);
  one.assign(one.size(), 0xFF);
  EXPECT_STREQ(text, L"text");
  EXPECT_EQ(LocalFree(text), nullptr);
}

TEST_F(PR_77, WithoutAnOutPointerTheNameIsLookedFor) {
  const Bytes one = list({{L"A", {sz(L"text")}}});
  EXPECT_EQ(ResUtilFindSzProperty(data(one), size(one), L"A", nullptr), ERROR_SUCCESS);
}

TEST_F(PR_78, BytesAndStringsComeWithTheirSize) {
  const Bytes two = list({{L"Names", {multiSz(L"a\0b\0"s)}}, {L"Blob", {binary({1, 2, 3})}}});
  LPWSTR names = nullptr;
  DWORD size_bytes = 0;
  ASSERT_EQ(ResUtilFindMultiSzProperty(data(two), size(two), L"Names", &names, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 5 * sizeof(WCHAR));
  EXPECT_STREQ(names + 2, L"b");
  LocalFree(names);
  LPBYTE blob = nullptr;
  ASSERT_EQ(ResUtilFindBinaryProperty(data(two), size(two), L"Blob", &blob, &size_bytes), ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 3u);
  EXPECT_EQ(blob[2], 3);
  LocalFree(blob);
}

TEST_F(PR_79, RawAndExpandedTextOfOneProperty) {
  ::setenv("HOLDFAST_TEST", "here", 1);
  const Bytes two =
      list({{L"Both", {expandSz(L"%X%"), expandedSz(L"there")}}, {L"Raw", {expandSz(L"%HOLDFAST_TEST%")}}});
  const auto text = [&](auto find, LPCWSTR name) {
    LPWSTR found = nullptr;
    EXPECT_EQ(find(data(two), size(two), name, &found), ERROR_SUCCESS);
    const std::wstring copy = found ? found : L"";
    LocalFree(found);
    return copy;
  };
  EXPECT_EQ(text(ResUtilFindExpandSzProperty, L"Both"), L"%X%");
  EXPECT_EQ(text(ResUtilFindExpandedSzProperty, L"Both"), L"there");
  EXPECT_EQ(text(ResUtilFindExpandedSzProperty, L"Raw"), L"here");
}

TEST_F(PR_80, NumbersOfEveryKindAreFound) {
  const Bytes three = list({{L"Long", {longNumber(-7)}},
                            {L"Wide", {quad(1ull << 60)}},
                            {L"Time", {{CLUSPROP_SYNTAX_LIST_VALUE_FILETIME, bytesOf(FILETIME{3, 4})}}}});
  LONG number = 0;
  EXPECT_EQ(ResUtilFindLongProperty(data(three), size(three), L"Long", &number), ERROR_SUCCESS);
  EXPECT_EQ(number, -7);
  ULONGLONG wide = 0;
  EXPECT_EQ(ResUtilFindULargeIntegerProperty(data(three), size(three), L"Wide", &wide), ERROR_SUCCESS);
  EXPECT_EQ(wide, 1ull << 60);
  FILETIME time = {};
  EXPECT_EQ(ResUtilFindFileTimeProperty(data(three), size(three), L"Time", &time), ERROR_SUCCESS);
  EXPECT_EQ(time.dwHighDateTime, 4u);
}

TEST_F(PR_81, TheCursorMovesOverTheNumber) {
  place(dword(5));
  const DWORD before_bytes = left_bytes;
  DWORD number = 0;
  EXPECT_EQ(ResUtilGetDwordProperty(&number, value<CLUSPROP_DWORD>(), 1, 0, 0, &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_EQ(number, 5u);
  EXPECT_EQ(cursor - start, 12);
  EXPECT_EQ(before_bytes - left_bytes, 12u);
}

TEST_F(PR_82, ANumberOutOfRangeIsRefused) {
  place(dword(9));
  DWORD number = 3;
  EXPECT_EQ(ResUtilGetDwordProperty(&number, value<CLUSPROP_DWORD>(), 1, 1, 5, &cursor, &left_bytes),
            ERROR_INVALID_PARAMETER);
  EXPECT_EQ(number, 3u);
  EXPECT_EQ(cursor, start);
  EXPECT_EQ(ResUtilGetDwordProperty(&number, value<CLUSPROP_DWORD>(), 1, 0, 0, &cursor, &left_bytes), ERROR_SUCCESS);
  place(longNumber(-9));
  LONG signedNumber = 0;
  EXPECT_EQ(ResUtilGetLongProperty(&signedNumber, value<CLUSPROP_LONG>(), 0, -5, 5, &cursor, &left_bytes),
            ERROR_INVALID_PARAMETER);
  EXPECT_EQ(ResUtilGetLongProperty(&signedNumber, value<CLUSPROP_LONG>(), 0, -10, 5, &cursor, &left_bytes),
            ERROR_SUCCESS);
  EXPECT_EQ(signedNumber, -9);
  place({CLUSPROP_SYNTAX_LIST_VALUE_FILETIME, bytesOf(FILETIME{0, 9})});
  FILETIME time = {};
  EXPECT_EQ(ResUtilGetFileTimeProperty(&time, value<CLUSPROP_FILETIME>(), {}, {0, 1}, {5, 8}, &cursor, &left_bytes),
            ERROR_INVALID_PARAMETER);
  EXPECT_EQ(ResUtilGetFileTimeProperty(&time, value<CLUSPROP_FILETIME>(), {}, {}, {}, &cursor, &left_bytes),
            ERROR_SUCCESS);
  EXPECT_EQ(time.dwHighDateTime, 9u);
}

TEST_F(PR_83, AnotherSyntaxOrLengthIsRefused) {
  place(dword(5));
  LPWSTR text = nullptr;
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), nullptr, &cursor, &left_bytes), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(text, nullptr);
  place(sz(L"text"));
  left_bytes = 12;  // shorter than the value
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), nullptr, &cursor, &left_bytes), ERROR_INVALID_PARAMETER);
  left_bytes = 4;
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), nullptr, &cursor, &left_bytes), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(ResUtilGetSzProperty(&text, nullptr, nullptr, &cursor, &left_bytes), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), nullptr, nullptr, &left_bytes), ERROR_BAD_ARGUMENTS);
  place({CLUSPROP_SYNTAX_LIST_VALUE_SZ, {'x', 0, 0, 0}});
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), nullptr, &cursor, &left_bytes), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_84, AnEqualValueLeavesTheOutputAlone) {
  place(sz(L"text"));
  LPWSTR text = nullptr;
  EXPECT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), L"text", &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_EQ(text, nullptr);
  EXPECT_EQ(cursor - start, 28);
}

TEST_F(PR_84, ANewValueReplacesTheFormerOutput) {
  place(sz(L"one"));
  LPWSTR text = nullptr;
  ASSERT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), L"", &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_STREQ(text, L"one");
  place(sz(L"two"));
  ASSERT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), L"", &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_STREQ(text, L"two");
  LPWSTR old = text;  // the old value itself is never freed
  place(sz(L"three"));
  ASSERT_EQ(ResUtilGetSzProperty(&text, value<CLUSPROP_SZ>(), old, &cursor, &left_bytes), ERROR_SUCCESS);
  EXPECT_STREQ(text, L"three");
  LocalFree(old);
  LocalFree(text);
}

TEST_F(PR_84, BytesAndStringsAreTakenWithTheirSize) {
  place(multiSz(L"a\0b\0"s));
  LPWSTR names = nullptr;
  DWORD size_bytes = 0;
  ASSERT_EQ(ResUtilGetMultiSzProperty(&names, &size_bytes, value<CLUSPROP_SZ>(), nullptr, 0, &cursor, &left_bytes),
            ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 5 * sizeof(WCHAR));
  LocalFree(names);
  place(binary({1, 2, 3}));
  BYTE old[] = {1, 2, 3};
  LPBYTE blob = nullptr;
  size_bytes = 0;
  ASSERT_EQ(ResUtilGetBinaryProperty(&blob, &size_bytes, value<CLUSPROP_BINARY>(), old, 3, &cursor, &left_bytes),
            ERROR_SUCCESS);
  EXPECT_EQ(blob, nullptr);
  EXPECT_EQ(cursor - start, 12);
  place(binary({1, 2, 3}));
  ASSERT_EQ(ResUtilGetBinaryProperty(&blob, &size_bytes, value<CLUSPROP_BINARY>(), old, 2, &cursor, &left_bytes),
            ERROR_SUCCESS);
  EXPECT_EQ(size_bytes, 3u);
  LocalFree(blob);
}

}  // namespace
}  // namespace holdfast::testing
