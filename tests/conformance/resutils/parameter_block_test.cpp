// Parameter blocks (PR §4, §8, §17 Parameter blocks).
#include "lists.h"

namespace holdfast::testing {
namespace {

using namespace std::string_literals;

class ParameterBlocks : public PropertyTest {
 protected:
  DWORD get(Block& block, bool check = false, LPWSTR* name = nullptr) {
    return ResUtilGetPropertiesToParameterBlock(key, table, raw(block), check, name);
  }
  void storeAll() {
    registry().setDword(L"Port", 5);
    registry().set(L"Offset", REG_DWORD, bytesOf(LONG{-4}));
    registry().setText(L"Text", L"text");
    registry().setText(L"Path", L"%HOME%", REG_EXPAND_SZ);
    registry().set(L"Blob", REG_BINARY, {9, 8});
    registry().set(L"Names", REG_MULTI_SZ, bytesOf(L"a\0b\0"s));
    registry().set(L"Big", REG_QWORD, bytesOf(1ull << 50));
    registry().set(L"SignedBig", REG_QWORD, bytesOf(-2ll));
    registry().set(L"Time", REG_QWORD, bytesOf(FILETIME{1, 2}));
  }
};
using PR_59 = ParameterBlocks;
using PR_60 = ParameterBlocks;
using PR_61 = ParameterBlocks;
using PR_62 = ParameterBlocks;
using PR_63 = ParameterBlocks;
using PR_64 = ParameterBlocks;
using PR_65 = ParameterBlocks;
using PR_66 = ParameterBlocks;
using PR_67 = ParameterBlocks;
using PR_68 = ParameterBlocks;
using PR_69 = ParameterBlocks;
using PR_70 = ParameterBlocks;
using PR_71 = ParameterBlocks;
using PR_72 = ParameterBlocks;

TEST_F(PR_59, EveryFormatFillsItsMember) {
  storeAll();
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  EXPECT_EQ(block.port, 5u);
  EXPECT_EQ(block.offset, -4);
  EXPECT_STREQ(block.text, L"text");
  EXPECT_STREQ(block.path, L"%HOME%");
  EXPECT_EQ(block.blobSize_bytes, 2u);
  EXPECT_EQ(block.blob[0], 9);
  EXPECT_EQ(block.namesSize_bytes, 5 * sizeof(WCHAR));
  EXPECT_STREQ(block.names + 2, L"b");
  EXPECT_EQ(block.big.QuadPart, 1ull << 50);
  EXPECT_EQ(block.signedBig.QuadPart, -2);
  EXPECT_EQ(block.time.dwHighDateTime, 2u);
  release(block);
}

TEST_F(PR_60, AMissingRequiredPropertyFailsWhereThatIsChecked) {
  table[2].Flags = RESUTIL_PROPITEM_REQUIRED;
  Block block;
  LPWSTR name = nullptr;
  EXPECT_EQ(get(block, true, &name), ERROR_FILE_NOT_FOUND);
  EXPECT_EQ(name, table[2].Name);
  EXPECT_EQ(get(block, true, nullptr), ERROR_FILE_NOT_FOUND);
  EXPECT_EQ(get(block, false, &name), ERROR_SUCCESS);
  EXPECT_EQ(name, nullptr);
  release(block);
}

TEST_F(PR_60, AStoredValueOfAnotherTypeIsNamed) {
  registry().setText(L"Port", L"5");
  Block block;
  LPWSTR name = nullptr;
  EXPECT_EQ(get(block, false, &name), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(name, table[0].Name);
}

TEST_F(PR_61, OnSuccessNoNameIsGiven) {
  Block block;
  LPWSTR name = mutableText(L"left over");
  EXPECT_EQ(get(block, true, &name), ERROR_SUCCESS);
  EXPECT_EQ(name, nullptr);
  release(block);
}

TEST_F(PR_62, DefaultsAreCopies) {
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  EXPECT_EQ(block.port, 7u);
  EXPECT_STREQ(block.text, L"none");
  EXPECT_NE(block.text, table[2].lpDefault);
  EXPECT_EQ(block.path, nullptr);
  EXPECT_EQ(block.names, nullptr);
  EXPECT_EQ(block.namesSize_bytes, 0u);
  LocalFree(block.text);
  block.text = nullptr;
  release(block);
}

TEST_F(PR_63, ABinaryDefaultHasMinimumBytes) {
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  EXPECT_EQ(block.blobSize_bytes, 3u);
  EXPECT_EQ(std::memcmp(block.blob, kBlobDefault, 3), 0);
  release(block);
}

TEST_F(PR_64, FillingABlockTwiceLeaksNothing) {
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  storeAll();
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  EXPECT_STREQ(block.text, L"text");
  release(block);
}

TEST_F(PR_64, AFailureLeavesTheBlockAsItWas) {
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  registry().setText(L"Text", L"changed");
  registry().setText(L"Time", L"not a time");
  EXPECT_EQ(get(block), ERROR_INVALID_PARAMETER);
  EXPECT_STREQ(block.text, L"none");
  failAllocation(1);
  registry().root->values.clear();
  EXPECT_EQ(get(block), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_STREQ(block.text, L"none");
  release(block);
}

TEST_F(PR_65, OnlyMembersOfTheTableAreCopied) {
  Block in;
  in.before = 1;
  in.port = 5;
  Block out;
  out.before = 2;
  EXPECT_EQ(ResUtilDupParameterBlock(raw(out), raw(in), table), ERROR_SUCCESS);
  EXPECT_EQ(out.port, 5u);
  EXPECT_EQ(out.before, 2u);
  EXPECT_EQ(ResUtilDupParameterBlock(nullptr, raw(in), table), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilDupParameterBlock(raw(out), nullptr, table), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilDupParameterBlock(raw(out), raw(in), nullptr), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_66, ACopyDoesNotChangeWithItsOriginal) {
  WCHAR text[] = L"original";
  Block in;
  in.text = text;
  Block out;
  ASSERT_EQ(ResUtilDupParameterBlock(raw(out), raw(in), table), ERROR_SUCCESS);
  text[0] = L'X';
  EXPECT_STREQ(out.text, L"original");
  release(out);
}

TEST_F(PR_67, AfterAFailedDupFreeIsSafe) {
  storeAll();
  Block in;
  ASSERT_EQ(get(in), ERROR_SUCCESS);
  for (int after = 0; after < 4; ++after) {
    Block out;
    failAllocation(after);
    EXPECT_EQ(ResUtilDupParameterBlock(raw(out), raw(in), table), ERROR_NOT_ENOUGH_MEMORY);
    failAllocation(-1);
    ResUtilFreeParameterBlock(raw(out), raw(in), table);
    EXPECT_EQ(out.text, nullptr);
  }
  release(in);
}

TEST_F(PR_68, SharedPointersAreNotFreed) {
  storeAll();
  Block in;
  ASSERT_EQ(get(in), ERROR_SUCCESS);
  Block out = in;  // every pointer shared
  ResUtilFreeParameterBlock(raw(out), raw(in), table);
  EXPECT_EQ(out.text, nullptr);
  EXPECT_STREQ(in.text, L"text");
  release(in);
}

TEST_F(PR_69, WithoutAnInBlockEverythingIsFreed) {
  storeAll();
  Block block;
  ASSERT_EQ(get(block), ERROR_SUCCESS);
  ResUtilFreeParameterBlock(raw(block), nullptr, table);
  EXPECT_EQ(block.text, nullptr);
  EXPECT_EQ(block.blob, nullptr);
  EXPECT_EQ(block.blobSize_bytes, 0u);
  ResUtilFreeParameterBlock(raw(block), nullptr, table);  // again: nothing to do
  ResUtilFreeParameterBlock(nullptr, nullptr, table);
  ResUtilFreeParameterBlock(raw(block), nullptr, nullptr);
}

TEST_F(PR_70, TheListOfABlockIsInTableOrder) {
  Block block;
  block.port = 5;
  DWORD cb = 4096;
  Bytes out(cb);
  DWORD returned = 0;
  DWORD required = 0;
  ASSERT_EQ(ResUtilPropertyListFromParameterBlock(table, out.data(), &cb, raw(block), &returned, &required),
            ERROR_SUCCESS);
  out.resize(returned);
  const auto all = parse(out);
  ASSERT_EQ(all.size(), 9u);
  for (std::size_t row = 0; row < all.size(); ++row) EXPECT_EQ(all[row].name, table[row].Name);
  EXPECT_EQ(all[2].values, std::vector<Entry>{sz(L"")});  // a NULL string is an empty one
  EXPECT_EQ(all[3].values, (std::vector<Entry>{expandSz(L""), expandedSz(L"")}));
  EXPECT_EQ(all[4].values, std::vector<Entry>{binary({})});
  EXPECT_EQ(all[5].values, std::vector<Entry>{multiSz(L"\0"s)});
}

TEST_F(PR_71, TheSizeOfTheListOfABlockCanBeAsked) {
  Block block;
  DWORD none = 0;
  const Bytes bytes = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilPropertyListFromParameterBlock(table, out, &cb, raw(block), returned, required);
  });
  EXPECT_EQ(parse(bytes).size(), 9u);
  DWORD returned = 0;
  DWORD required = 0;
  EXPECT_EQ(ResUtilPropertyListFromParameterBlock(nullptr, nullptr, &none, raw(block), &returned, &required),
            ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilPropertyListFromParameterBlock(table, nullptr, nullptr, raw(block), &returned, &required),
            ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilPropertyListFromParameterBlock(table, nullptr, &none, nullptr, &returned, &required),
            ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_72, AListOfABlockMakesAnEqualBlock) {
  storeAll();
  Block in;
  ASSERT_EQ(get(in), ERROR_SUCCESS);
  const Bytes bytes = sized([&](PVOID out, DWORD cb, LPDWORD returned, LPDWORD required) {
    return ResUtilPropertyListFromParameterBlock(table, out, &cb, raw(in), returned, required);
  });
  Block out;
  ASSERT_EQ(ResUtilVerifyPropertyTable(table, nullptr, FALSE, data(bytes), size(bytes), raw(out)), ERROR_SUCCESS);
  EXPECT_EQ(out.port, in.port);
  EXPECT_EQ(out.offset, in.offset);
  EXPECT_STREQ(out.text, in.text);
  EXPECT_STREQ(out.path, in.path);
  EXPECT_EQ(out.blobSize_bytes, in.blobSize_bytes);
  EXPECT_EQ(std::memcmp(out.blob, in.blob, in.blobSize_bytes), 0);
  EXPECT_EQ(out.namesSize_bytes, in.namesSize_bytes);
  EXPECT_EQ(std::memcmp(out.names, in.names, in.namesSize_bytes), 0);
  EXPECT_EQ(out.big.QuadPart, in.big.QuadPart);
  EXPECT_EQ(out.signedBig.QuadPart, in.signedBig.QuadPart);
  EXPECT_EQ(out.time.dwLowDateTime, in.time.dwLowDateTime);
  release(in);
  release(out);
}

TEST_F(PR_59, ARowOfAFormatThatNoTableHasIsRefused) {
  table[0].Format = CLUSPROP_FORMAT_WORD;
  Block block;
  EXPECT_EQ(get(block), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(ResUtilDupParameterBlock(raw(block), raw(block), table), ERROR_INVALID_PARAMETER);
  const Bytes bytes = list({});
  EXPECT_EQ(ResUtilVerifyPropertyTable(table, nullptr, TRUE, data(bytes), size(bytes), nullptr),
            ERROR_INVALID_PARAMETER);
}

TEST_F(PR_59, NullArgumentsAreBad) {
  Block block;
  EXPECT_EQ(ResUtilGetPropertiesToParameterBlock(nullptr, table, raw(block), FALSE, nullptr), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilGetPropertiesToParameterBlock(key, nullptr, raw(block), FALSE, nullptr), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ResUtilGetPropertiesToParameterBlock(key, table, nullptr, FALSE, nullptr), ERROR_BAD_ARGUMENTS);
}

}  // namespace
}  // namespace holdfast::testing
