// Lists written to the database (PR §7, §9, §17 Writing).
#include "lists.h"

namespace holdfast::testing {
namespace {

class Writing : public PropertyTest {
 protected:
  DWORD set(const Bytes& bytes, bool allowUnknown = false, bool force = false, Block* out = nullptr) {
    return ResUtilSetPropertyTableEx(key, table, nullptr, allowUnknown, data(bytes), size(bytes), force,
                                     out ? raw(*out) : nullptr);
  }
  const std::vector<std::wstring>& events() { return registry().events; }
};
using PR_35 = Writing;
using PR_36 = Writing;
using PR_37 = Writing;
using PR_38 = Writing;
using PR_39 = Writing;
using PR_40 = Writing;
using PR_41 = Writing;
using PR_42 = Writing;
using PR_43 = Writing;
using PR_44 = Writing;
using PR_118 = Writing;
using PR_120 = Writing;

TEST_F(PR_35, WhatIsSetIsRead) {
  const Bytes bytes = list({{L"Port", {dword(5)}}});
  EXPECT_EQ(ResUtilSetPropertyTable(key, table, nullptr, FALSE, data(bytes), size(bytes), nullptr), ERROR_SUCCESS);
  DWORD number = 0;
  EXPECT_EQ(ResUtilGetDwordValue(key, L"Port", &number, 0), ERROR_SUCCESS);
  EXPECT_EQ(number, 5u);
}

TEST_F(PR_36, AnEqualValueIsNotWrittenAgainUnlessForced) {
  const Bytes bytes = list({{L"Port", {dword(5)}}, {L"Text", {sz(L"x")}}});
  EXPECT_EQ(set(bytes), ERROR_SUCCESS);
  EXPECT_EQ(events(), (std::vector<std::wstring>{L"Port", L"Text"}));
  EXPECT_EQ(set(bytes), ERROR_SUCCESS);
  EXPECT_EQ(registry().batches, 1);
  EXPECT_EQ(set(bytes, false, true), ERROR_SUCCESS);
  EXPECT_EQ(events().size(), 4u);
  EXPECT_EQ(registry().batches, 2);
}

TEST_F(PR_37, UnknownPropertiesAreStoredWhereAllowed) {
  const Bytes bytes = list({{L"Nobody", {quad(1)}}});
  EXPECT_EQ(set(bytes), ERROR_INVALID_PARAMETER);
  EXPECT_TRUE(events().empty());
  EXPECT_EQ(set(bytes, true), ERROR_SUCCESS);
  EXPECT_EQ(registry().root->value(L"Nobody")->type, static_cast<DWORD>(REG_QWORD));
}

TEST_F(PR_37, MembersAreReplacedWithWhatIsStored) {
  Block block;
  EXPECT_EQ(set(list({{L"Text", {sz(L"x")}}, {L"Port", {dword(9)}}}), false, false, &block), ERROR_SUCCESS);
  EXPECT_STREQ(block.text, L"x");
  EXPECT_EQ(block.port, 9u);
  release(block);
}

TEST_F(PR_38, UnknownPropertiesComeFromTheListOnly) {
  Block block;
  block.port = 5;
  const auto in = raw(block);
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, in, nullptr, 0, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(registry().root->value(L"Nobody"), nullptr);
  EXPECT_NE(registry().root->value(L"Port"), nullptr);
  const Bytes bytes = list({{L"Nobody", {dword(1)}}, {L"Port", {dword(6)}}});
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, in, data(bytes), size(bytes), nullptr),
            ERROR_SUCCESS);
  EXPECT_NE(registry().root->value(L"Nobody"), nullptr);
  EXPECT_EQ(registry().root->value(L"Port")->data, bytesOf(DWORD{5}));  // the block's, not the list's
}

TEST_F(PR_39, TheOutBlockGetsDeepCopies) {
  Block in;
  in.port = 5;
  in.text = mutableText(L"text");
  in.names = mutableText(L"a\0b\0");
  in.namesSize_bytes = 5 * sizeof(WCHAR);
  Block out;
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(in), nullptr, 0, raw(out)), ERROR_SUCCESS);
  EXPECT_NE(out.text, in.text);
  EXPECT_STREQ(out.text, in.text);
  EXPECT_EQ(out.namesSize_bytes, in.namesSize_bytes);
  EXPECT_EQ(std::memcmp(out.names, in.names, in.namesSize_bytes), 0);
  release(out);
}

TEST_F(PR_39, FormerPointersOfTheOutBlockAreReleased) {
  Block live;
  ASSERT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, raw(live), FALSE, nullptr), ERROR_SUCCESS);
  Block copy;
  ASSERT_EQ(ResUtilDupParameterBlock(raw(copy), raw(live), table), ERROR_SUCCESS);
  const Bytes bytes = list({{L"Text", {sz(L"new")}}});
  ASSERT_EQ(ResUtilVerifyPropertyTable(table, nullptr, FALSE, data(bytes), size(bytes), raw(copy)), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(copy), data(bytes), size(bytes), raw(live)),
            ERROR_SUCCESS);
  EXPECT_STREQ(live.text, L"new");
  ResUtilFreeParameterBlock(raw(copy), raw(live), table);
  release(live);  // TearDown counts what is left
}

TEST_F(PR_40, NoKeyIsABadArgument) {
  Block block;
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(nullptr, table, nullptr, raw(block), nullptr, 0, nullptr),
            ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, nullptr, nullptr, raw(block), nullptr, 0, nullptr),
            ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, nullptr, nullptr, 0, nullptr), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_40, AReadOnlyMemberMayNotChange) {
  registry().setDword(L"Port", 5);
  table[0].Flags = RESUTIL_PROPITEM_READ_ONLY;
  Block block;
  block.port = 5;
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(block), nullptr, 0, nullptr), ERROR_SUCCESS);
  block.port = 6;
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(block), nullptr, 0, nullptr),
            ERROR_INVALID_PARAMETER);
}

TEST_F(PR_40, AMemberThatEqualsTheDefaultIsStoredOnlyWhenTheListNamesIt) {
  Block block;
  ASSERT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, raw(block), FALSE, nullptr), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(block), nullptr, 0, nullptr), ERROR_SUCCESS);
  EXPECT_TRUE(events().empty());
  const Bytes bytes = list({{L"Port", {dword(7)}}});
  EXPECT_EQ(ResUtilSetPropertyParameterBlock(key, table, nullptr, raw(block), data(bytes), size(bytes), nullptr),
            ERROR_SUCCESS);
  EXPECT_EQ(events(), (std::vector<std::wstring>{L"Port"}));
  EXPECT_EQ(ResUtilSetPropertyParameterBlockEx(key, table, nullptr, raw(block), nullptr, 0, TRUE, nullptr),
            ERROR_SUCCESS);
  EXPECT_EQ(events().size(), 1u + 9);
  release(block);
}

TEST_F(PR_41, OnlyPropertiesOutOfTheTableAreWritten) {
  const Bytes bytes = list({{L"Port", {dword(5)}}, {L"Nobody", {sz(L"x")}}});
  EXPECT_EQ(ResUtilSetUnknownProperties(key, table, data(bytes), size(bytes)), ERROR_SUCCESS);
  EXPECT_EQ(events(), (std::vector<std::wstring>{L"Nobody"}));
  EXPECT_EQ(ResUtilSetUnknownProperties(key, table, nullptr, 0), ERROR_INVALID_DATA);
}

TEST_F(PR_42, ABackslashLeadsToASubKey) {
  const Bytes bytes = list({{L"Sub\\Val", {dword(1)}}, {L"Top", {dword(2)}}, {L"Sub\\Deep\\Er", {dword(3)}}});
  EXPECT_EQ(ResUtilSetPrivatePropertyList(key, data(bytes), size(bytes)), ERROR_SUCCESS);
  EXPECT_EQ(registry().root->find(L"Sub")->value(L"Val")->data, bytesOf(DWORD{1}));
  EXPECT_EQ(registry().root->find(L"Sub\\Deep")->value(L"Er")->data, bytesOf(DWORD{3}));
  EXPECT_EQ(registry().root->value(L"Top")->data, bytesOf(DWORD{2}));
  EXPECT_EQ(registry().batches, 1);
  for (const wchar_t* bad : {L"\\a", L"a\\", L"a\\\\b", L"\\"}) {
    const Bytes broken = list({{bad, {dword(1)}}});
    EXPECT_EQ(ResUtilSetPrivatePropertyList(key, data(broken), size(broken)), ERROR_INVALID_PARAMETER);
  }
}

TEST_F(PR_43, NoListIsAnInsufficientBuffer) {
  EXPECT_EQ(ResUtilSetPrivatePropertyList(key, nullptr, 0), ERROR_INSUFFICIENT_BUFFER);
  const Bytes bytes = list({});
  EXPECT_EQ(ResUtilSetPrivatePropertyList(nullptr, data(bytes), size(bytes)), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_44, AFailureLeavesNothingChanged) {
  const Bytes bytes = list({{L"Port", {dword(5)}}, {L"Text", {sz(L"x")}}, {L"Sub\\V", {dword(1)}}});
  registry().failAtCommand = 1;
  Block block;
  EXPECT_EQ(set(bytes, true, false, &block), ERROR_CLUSTER_NO_QUORUM);
  EXPECT_TRUE(events().empty());
  EXPECT_TRUE(registry().root->values.empty());
  EXPECT_EQ(block.port, 0u);
  EXPECT_EQ(block.text, nullptr);
  const Bytes unstorable = list({{L"A", {dword(1)}}, {L"B", {expandedSz(L"x")}}});
  EXPECT_EQ(ResUtilSetPrivatePropertyList(key, data(unstorable), size(unstorable)), ERROR_INVALID_PARAMETER);
  EXPECT_TRUE(registry().root->values.empty());
}

TEST_F(PR_118, TheUnexpandedTextIsStored) {
  const Bytes bytes = list({{L"Path", {expandSz(L"%HOME%"), expandedSz(L"/root")}}});
  Block block;
  EXPECT_EQ(set(bytes, false, false, &block), ERROR_SUCCESS);
  EXPECT_STREQ(block.path, L"%HOME%");
  EXPECT_EQ(registry().root->value(L"Path")->data, bytesOf(std::wstring(L"%HOME%")));
  EXPECT_EQ(registry().root->value(L"Path")->type, static_cast<DWORD>(REG_EXPAND_SZ));
  release(block);
  ASSERT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, raw(block), FALSE, nullptr), ERROR_SUCCESS);
  EXPECT_STREQ(block.path, L"%HOME%");
  release(block);
}

TEST_F(PR_120, OfTwoValuesTheFirstIsStored) {
  EXPECT_EQ(set(list({{L"Port", {dword(5), dword(6)}}})), ERROR_SUCCESS);
  EXPECT_EQ(registry().root->value(L"Port")->data, bytesOf(DWORD{5}));
}

}  // namespace
}  // namespace holdfast::testing
