// Lists checked against a table (PR §2.5, §17 Verification).
#include "lists.h"

namespace holdfast::testing {
namespace {

class Verification : public PropertyTest {
 protected:
  DWORD verify(const Bytes& bytes, bool allowUnknown = false, Block* out = nullptr) {
    return ResUtilVerifyPropertyTable(table, nullptr, allowUnknown, data(bytes), size(bytes),
                                      out ? raw(*out) : nullptr);
  }
};
using PR_15 = Verification;
using PR_24 = Verification;
using PR_25 = Verification;
using PR_26 = Verification;
using PR_27 = Verification;
using PR_28 = Verification;
using PR_29 = Verification;
using PR_30 = Verification;
using PR_31 = Verification;
using PR_32 = Verification;
using PR_33 = Verification;
using PR_34 = Verification;
using PR_115 = Verification;
using PR_119 = Verification;

TEST_F(PR_15, SeveralValuesOfAPropertyAreNoError) {
  const Bytes bytes = list({{L"Port", {dword(5), dword(6), sz(L"x")}}});
  Block block;
  EXPECT_EQ(verify(bytes, false, &block), ERROR_SUCCESS);
  EXPECT_EQ(block.port, 5u);
}

TEST_F(PR_24, NoListIsInvalidData) {
  EXPECT_EQ(ResUtilVerifyPropertyTable(table, nullptr, TRUE, nullptr, 0, nullptr), ERROR_INVALID_DATA);
  EXPECT_EQ(ResUtilVerifyPropertyTable(table, nullptr, TRUE, nullptr, 100, nullptr), ERROR_INVALID_DATA);
  EXPECT_EQ(verify({1, 0, 0}), ERROR_INVALID_DATA);
  const Bytes bytes = list({});
  EXPECT_EQ(ResUtilVerifyPropertyTable(nullptr, nullptr, TRUE, data(bytes), size(bytes), nullptr), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_25, AListThatIsCutOffIsAnInsufficientBuffer) {
  const Bytes whole = list({{L"Port", {dword(5)}}, {L"Path", {expandSz(L"a"), expandedSz(L"a")}}});
  for (std::size_t cut = 4; cut < whole.size(); ++cut) {
    EXPECT_EQ(verify(Bytes(whole.begin(), whole.begin() + static_cast<long>(cut))), ERROR_INSUFFICIENT_BUFFER) << cut;
  }
  EXPECT_EQ(verify(whole), ERROR_SUCCESS);
}

TEST_F(PR_26, AnUnknownPropertyIsRefusedUnlessAllowed) {
  const Bytes bytes = list({{L"Nobody", {dword(1)}}});
  EXPECT_EQ(verify(bytes, false), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(verify(bytes, true), ERROR_SUCCESS);
}

TEST_F(PR_27, AnotherFormatIsRefused) {
  EXPECT_EQ(verify(list({{L"Port", {sz(L"5")}}})), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(verify(list({{L"Port", {longNumber(5)}}})), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_28, ANumberOutOfRangeIsInvalidData) {
  EXPECT_EQ(verify(list({{L"Port", {dword(100)}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Port", {dword(101)}}})), ERROR_INVALID_DATA);
  EXPECT_EQ(verify(list({{L"Port", {dword(0)}}})), ERROR_INVALID_DATA);
  table[0].Minimum = table[0].Maximum = 0;
  EXPECT_EQ(verify(list({{L"Port", {dword(0xFFFFFFFF)}}})), ERROR_SUCCESS);
}

TEST_F(PR_28, WideNumbersHaveTheRangeOfTheirStructure) {
  bigData.Minimum.QuadPart = 10;
  bigData.Maximum.QuadPart = 1ull << 40;
  EXPECT_EQ(verify(list({{L"Big", {quad(1ull << 40)}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Big", {quad(9)}}})), ERROR_INVALID_DATA);
  signedBigData.Minimum.QuadPart = -3;
  signedBigData.Maximum.QuadPart = -1;
  const auto signedQuad = [](LONGLONG number) {
    return Entry{CLUSPROP_SYNTAX_LIST_VALUE_LARGE_INTEGER, bytesOf(number)};
  };
  EXPECT_EQ(verify(list({{L"SignedBig", {signedQuad(-2)}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"SignedBig", {signedQuad(2)}}})), ERROR_INVALID_DATA);
  timeData.Maximum = {0, 1};
  const auto time = [](FILETIME value) { return Entry{CLUSPROP_SYNTAX_LIST_VALUE_FILETIME, bytesOf(value)}; };
  EXPECT_EQ(verify(list({{L"Time", {time({5, 0})}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Time", {time({1, 1})}}})), ERROR_INVALID_DATA);
}

TEST_F(PR_29, ASignedRowHasASignedRange) {
  EXPECT_EQ(verify(list({{L"Offset", {longNumber(-5)}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Offset", {longNumber(6)}}})), ERROR_INVALID_DATA);
  table[0].Minimum = static_cast<DWORD>(-5);
  table[0].Maximum = 5;
  table[0].Flags = RESUTIL_PROPITEM_SIGNED;
  EXPECT_EQ(verify(list({{L"Port", {dword(static_cast<DWORD>(-5))}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Port", {dword(6)}}})), ERROR_INVALID_DATA);
}

TEST_F(PR_30, AReadOnlyRowIsRefused) {
  table[2].Flags = RESUTIL_PROPITEM_READ_ONLY;
  EXPECT_EQ(verify(list({{L"Text", {sz(L"x")}}})), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_31, OnlyListedMembersAreReplaced) {
  Block block;
  ASSERT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, raw(block), FALSE, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"text", {sz(L"new")}}, {L"Blob", {binary({9, 9})}}}), false, &block), ERROR_SUCCESS);
  EXPECT_STREQ(block.text, L"new");
  EXPECT_EQ(block.blobSize_bytes, 2u);
  EXPECT_EQ(block.blob[1], 9);
  EXPECT_EQ(block.port, 7u);
  EXPECT_EQ(block.before, 0xAAAAAAAAu);
  release(block);
}

TEST_F(PR_31, AFailureLeavesTheBlockAsItWas) {
  Block block;
  EXPECT_EQ(verify(list({{L"Text", {sz(L"new")}}, {L"Port", {dword(101)}}}), false, &block), ERROR_INVALID_DATA);
  EXPECT_EQ(block.text, nullptr);
  failAllocation(1);
  EXPECT_EQ(verify(list({{L"Text", {sz(L"new")}}, {L"Blob", {binary({1})}}}), false, &block), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(block.text, nullptr);
}

TEST_F(PR_31, APropertyThatStandsTwiceIsTheLast) {
  Block block;
  EXPECT_EQ(verify(list({{L"Text", {sz(L"one")}}, {L"TEXT", {sz(L"two")}}}), false, &block), ERROR_SUCCESS);
  EXPECT_STREQ(block.text, L"two");
  release(block);
}

TEST_F(PR_32, NothingIsStored) {
  EXPECT_EQ(verify(list({{L"Port", {dword(5)}}})), ERROR_SUCCESS);
  EXPECT_TRUE(registry().root->values.empty());
}

TEST_F(PR_33, APrivateListIsCheckedForItsFormOnly) {
  const Bytes whole = list({{L"Anything", {quad(1)}}, {L"More", {sz(L"x")}}});
  EXPECT_EQ(ResUtilVerifyPrivatePropertyList(data(whole), size(whole)), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilVerifyPrivatePropertyList(data(whole), size(whole) - 4), ERROR_INSUFFICIENT_BUFFER);
  Bytes noEndmark = whole;
  noEndmark[noEndmark.size() - 4] = 1;
  EXPECT_EQ(ResUtilVerifyPrivatePropertyList(data(noEndmark), size(noEndmark)), ERROR_INVALID_DATA);
  EXPECT_EQ(ResUtilVerifyPrivatePropertyList(nullptr, 0), ERROR_INVALID_DATA);
}

TEST_F(PR_34, NamesHaveNoCase) { EXPECT_EQ(verify(list({{L"pORT", {dword(5)}}})), ERROR_SUCCESS); }

TEST_F(PR_115, AnExtraEndmarkAfterTheListIsAccepted) {
  Bytes bytes = list({{L"Port", {dword(5)}}});
  bytes.resize(bytes.size() + 4);
  EXPECT_EQ(verify(bytes), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilFindDwordProperty(data(bytes), size(bytes), L"Port", nullptr), ERROR_SUCCESS);
}

TEST_F(PR_119, TwinsAreAcceptedButNotAlone) {
  EXPECT_EQ(verify(list({{L"Path", {expandSz(L"%a%"), expandedSz(L"b")}}})), ERROR_SUCCESS);
  EXPECT_EQ(verify(list({{L"Path", {expandedSz(L"b")}}})), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(verify(list({{L"Nobody", {expandedSz(L"b")}}}), true), ERROR_INVALID_PARAMETER);
}

// Malformed in every way that V4 and V5 name.
using PR_75 = Verification;

TEST_F(PR_75, MalformedEntriesAreInvalidData) {
  const Entry oddText = {CLUSPROP_SYNTAX_LIST_VALUE_SZ, {'x', 0, 0, 0, 0, 0}};
  const Entry openText = {CLUSPROP_SYNTAX_LIST_VALUE_SZ, {'x', 0, 0, 0}};
  const Entry noText = {CLUSPROP_SYNTAX_LIST_VALUE_SZ, {}};
  const Entry shortNumber = {CLUSPROP_SYNTAX_LIST_VALUE_DWORD, {1, 0}};
  const Entry longQuad = {CLUSPROP_SYNTAX_LIST_VALUE_ULARGE_INTEGER, Bytes(12)};
  const Entry openStrings = {CLUSPROP_SYNTAX_LIST_VALUE_MULTI_SZ, {'x', 0, 0, 0}};
  const Entry wideWord = {CLUSPROP_SYNTAX_LIST_VALUE_WORD, Bytes(4)};
  const Entry nameAsValue = {CLUSPROP_SYNTAX_NAME, bytesOf(std::wstring(L"x"))};
  for (const Entry& bad : {oddText, openText, noText, shortNumber, longQuad, openStrings, wideWord, nameAsValue}) {
    const Bytes bytes = list({{L"Good", {dword(1)}}, {L"Bad", {bad}}});
    EXPECT_EQ(verify(bytes, true), ERROR_INVALID_DATA) << bad.first;
    EXPECT_EQ(ResUtilFindDwordProperty(data(bytes), size(bytes), L"Good", nullptr), ERROR_INVALID_DATA);
  }
  EXPECT_EQ(verify(list({{L"", {dword(1)}}}), true), ERROR_INVALID_DATA);
  EXPECT_EQ(verify(list({{L"Nothing", {}}}), true), ERROR_INVALID_DATA);
  Bytes oddName = list({{L"Port", {dword(1)}}});
  oddName[8] = 19;
  EXPECT_EQ(verify(oddName, true), ERROR_INVALID_DATA);
  Bytes noName = list({{L"Port", {dword(1)}}});
  noName[4] = 2;
  EXPECT_EQ(verify(noName, true), ERROR_INVALID_DATA);
}

TEST_F(PR_75, ClaimsBeyondTheBufferAreNotBelieved) {
  Bytes tooMany = list({{L"Port", {dword(5)}}});
  tooMany[0] = tooMany[1] = tooMany[2] = tooMany[3] = 0xFF;
  EXPECT_EQ(verify(tooMany, true), ERROR_INSUFFICIENT_BUFFER);
  Bytes hugeValue = list({{L"Port", {dword(5)}}});
  std::memset(hugeValue.data() + 4 + 28 + 4, 0xFF, 4);
  EXPECT_EQ(verify(hugeValue, true), ERROR_INSUFFICIENT_BUFFER);
  EXPECT_EQ(ResUtilVerifyPrivatePropertyList(data(hugeValue), (16u << 20) + 1), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_75, AListMayStandAtAnyAddress) {
  Bytes bytes = list({{L"Port", {dword(5)}}, {L"Text", {sz(L"x")}}});
  bytes.insert(bytes.begin(), 0);
  Block block;
  EXPECT_EQ(ResUtilVerifyPropertyTable(table, nullptr, FALSE, bytes.data() + 1, size(bytes) - 1, raw(block)),
            ERROR_SUCCESS);
  EXPECT_EQ(block.port, 5u);
  release(block);
}

TEST_F(PR_75, DamagedListsAreReadWithinTheirBounds) {
  const Bytes whole = list({{L"Port", {dword(5)}},
                            {L"Path", {expandSz(L"%a%"), expandedSz(L"b")}},
                            {L"Names", {multiSz(std::wstring(L"a\0b\0", 4))}},
                            {L"Blob", {binary({1, 2, 3})}}});
  std::uint32_t chance = 1;
  const auto next = [&chance] { return (chance = chance * 1664525u + 1013904223u) >> 8; };
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    Bytes damaged(whole.begin(), whole.end() - static_cast<long>(next() % 3 == 0 ? next() % whole.size() : 0));
    for (std::uint32_t times = next() % 4; times > 0 && !damaged.empty(); --times) {
      damaged[next() % damaged.size()] = static_cast<BYTE>(next() % 3 == 0 ? 0xFF : next());
    }
    damaged.shrink_to_fit();
    Block block;
    const DWORD status = verify(damaged, true, &block);
    accepted += status == ERROR_SUCCESS;
    EXPECT_TRUE(status == ERROR_SUCCESS || status == ERROR_INVALID_DATA || status == ERROR_INSUFFICIENT_BUFFER ||
                status == ERROR_INVALID_PARAMETER);
    release(block);
    LPWSTR found = nullptr;
    if (ResUtilFindExpandedSzProperty(data(damaged), size(damaged), L"Path", &found) == ERROR_SUCCESS) LocalFree(found);
  }
  EXPECT_GT(accepted, 0);
}

TEST_F(PR_75, VendorsValuesAreSkipped) {
  const Entry vendors = {CLUSPROP_SYNTAX_VALUE(CLUSPROP_TYPE_USER + 1, CLUSPROP_FORMAT_DWORD), {1, 2, 3}};
  EXPECT_EQ(verify(list({{L"Theirs", {vendors}}, {L"Port", {dword(5)}}}), true), ERROR_SUCCESS);
}

}  // namespace
}  // namespace holdfast::testing
