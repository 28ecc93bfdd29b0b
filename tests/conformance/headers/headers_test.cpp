// The public headers in C++: layouts, inheritance, tables, control codes (PR §17 Layout, CC §15 code words).
#include <gtest/gtest.h>

#include <cstring>
#include <type_traits>

#include "layouts.h"

extern "C" {
extern CLRES_FUNCTION_TABLE cSampleTable;
extern RESUTIL_PROPERTY_ITEM cSampleProperties[];
DWORD cSampleWalk(BYTE* list);
CLUSTER_RESOURCE_STATE headersInC89(void);
}

namespace {

RESID WINAPI sampleOpenV2(LPCWSTR, HKEY, RESOURCE_HANDLE handle, DWORD) { return handle; }
RESID WINAPI sampleOpen(LPCWSTR, HKEY, RESOURCE_HANDLE handle) { return handle; }
VOID WINAPI sampleClose(RESID) {}
DWORD WINAPI sampleOnline(RESID, LPHANDLE) { return ERROR_IO_PENDING; }
DWORD WINAPI sampleOnlineV2(RESID, LPHANDLE, DWORD, PBYTE, DWORD, DWORD) { return ERROR_IO_PENDING; }
DWORD WINAPI sampleOffline(RESID) { return ERROR_SUCCESS; }
DWORD WINAPI sampleOfflineV2(RESID, LPCWSTR, DWORD, PBYTE, DWORD, DWORD) { return ERROR_SUCCESS; }
VOID WINAPI sampleTerminate(RESID) {}
BOOL WINAPI sampleLooksAlive(RESID) { return TRUE; }
BOOL WINAPI sampleIsAlive(RESID) { return TRUE; }
DWORD WINAPI sampleControl(RESID, DWORD, PVOID, DWORD, PVOID, DWORD, LPDWORD) { return ERROR_INVALID_FUNCTION; }
DWORD WINAPI sampleTypeControl(LPCWSTR, DWORD, PVOID, DWORD, PVOID, DWORD, LPDWORD) { return ERROR_INVALID_FUNCTION; }

CLRES_V1_FUNCTION_TABLE(sampleTable, CLRES_VERSION_V1_00, sample, nullptr, nullptr, sampleControl, sampleTypeControl);

TEST(PR_1, AlignmentRoundsUpToFour) {
  const int expected[] = {0, 4, 4, 4, 4, 8};
  for (int count = 0; count <= 5; ++count) EXPECT_EQ(ALIGN_CLUSPROP(count), expected[count]);
}

TEST(PR_3, StructuresHaveTheirSizes) {
  // layouts.h asserts all of them at compile time, in C and in C++.
  EXPECT_EQ(sizeof(CLUSPROP_SZ), 8u);
  EXPECT_EQ(sizeof(CLUSPROP_LIST), 12u);
  EXPECT_EQ(sizeof(CLUSPROP_BUFFER_HELPER), 8u);
}

TEST(PR_4, ATableRowHas48Bytes) {
  EXPECT_EQ(sizeof(RESUTIL_PROPERTY_ITEM), 48u);
  EXPECT_EQ(offsetof(RESUTIL_PROPERTY_ITEM, Offset), 44u);
  EXPECT_STREQ(cSampleProperties[0].Name, L"Text");
  EXPECT_EQ(cSampleProperties[1].Default, 7u);
  EXPECT_EQ(cSampleProperties[1].Offset, 8u);
  EXPECT_EQ(cSampleProperties[2].Name, nullptr);
}

TEST(PR_5, PartitionStructuresHaveTheirNativeSizes) {
  EXPECT_EQ(sizeof(CLUSPROP_PARTITION_INFO), 2232u);
  EXPECT_EQ(sizeof(CLUSPROP_PARTITION_INFO_EX), 2272u);
}

TEST(PR_6, SyntaxesHaveTheirValues) {
  EXPECT_EQ(CLUSPROP_SYNTAX_ENDMARK, 0);
  EXPECT_EQ(CLUSPROP_SYNTAX_NAME, 0x00040003);
  EXPECT_EQ(CLUSPROP_SYNTAX_RESCLASS, 0x00020002);
}

TEST(PR_7, TheFormatStandsBeforeTheType) {
  const DWORD name = CLUSPROP_SYNTAX_NAME;
  const auto* bytes = reinterpret_cast<const BYTE*>(&name);
  EXPECT_EQ(bytes[0], 0x03);
  EXPECT_EQ(bytes[2], 0x04);
}

TEST(PR_21, AWalkBySizeofAndAlignmentReachesTheEndmark) {
  struct {
    CLUSPROP_RESOURCE_CLASS storage;
    CLUSPROP_SZ_DECLARE(networkName, sizeof("Network Name"));
    CLUSPROP_SYNTAX endmark;
  } list{};
  list.storage.Syntax.dw = CLUSPROP_SYNTAX_RESCLASS;
  list.storage.cbLength = sizeof list.storage.rc;
  list.networkName.Syntax.dw = CLUSPROP_SYNTAX_NAME;
  list.networkName.cbLength = sizeof list.networkName.sz;
  EXPECT_EQ(cSampleWalk(reinterpret_cast<BYTE*>(&list)), sizeof list);
}

TEST(PR_18, TheNetworkNameDependencyHas64Bytes) {
  struct {
    CLUSPROP_SZ_DECLARE(networkName, sizeof("Network Name"));
    CLUSPROP_SYNTAX endmark;
  } list{};
  EXPECT_EQ(sizeof list, 64u);
}

TEST(PR_22, DeclaredTextIsNotRoundedUp) {
  CLUSPROP_SZ_DECLARE(text, 5);
  EXPECT_EQ(sizeof text.sz, 20u);
  CLUSPROP_BINARY_DECLARE(bytes, 5);
  EXPECT_EQ(sizeof bytes.rgb, 8u);
}

TEST(Headers, StructuresInheritInCpp) {
  static_assert(std::is_base_of_v<CLUSPROP_VALUE, CLUSPROP_DWORD>);
  static_assert(std::is_base_of_v<CLUSPROP_VALUE, CLUSPROP_SZ>);
  static_assert(std::is_convertible_v<PCLUSPROP_RESOURCE_CLASS_INFO, PCLUS_RESOURCE_CLASS_INFO>);
  static_assert(std::is_convertible_v<PCLUSPROP_PARTITION_INFO_EX, PCLUSPROP_VALUE>);
  CLUSPROP_RESOURCE_CLASS_INFO value{};
  value.rc = CLUS_RESCLASS_STORAGE;
  const PCLUS_RESOURCE_CLASS_INFO base = &value;
  EXPECT_EQ(base->rc, CLUS_RESCLASS_STORAGE);
}

TEST(Headers, TheV1MacroFillsATable) {
  EXPECT_EQ(sampleTable.TableSize, 88u);
  EXPECT_EQ(sampleTable.Version, 0x100u);
  EXPECT_EQ(sampleTable.V1Functions.Open, &sampleOpen);
  EXPECT_EQ(sampleTable.V1Functions.IsAlive, &sampleIsAlive);
  EXPECT_EQ(sampleTable.V1Functions.Arbitrate, nullptr);
  EXPECT_EQ(sampleTable.V1Functions.ResourceTypeControl, &sampleTypeControl);
  EXPECT_NE(cSampleTable.V1Functions.Online, nullptr);
  EXPECT_EQ(cSampleTable.V1Functions.ResourceControl, nullptr);
}

TEST(Headers, TheV2SetterFillsATable) {
  CLRES_FUNCTION_TABLE table{};
  CLRES_V2_FUNCTION_TABLE_SET(table, CLRES_VERSION_V2_00, sample, nullptr, nullptr, sampleControl, sampleTypeControl,
                              sampleLooksAlive, sampleIsAlive, nullptr)
  EXPECT_EQ(table.TableSize, 96u);
  EXPECT_EQ(table.Version, 0x200u);
  EXPECT_EQ(table.V2Functions.Open, &sampleOpenV2);
  EXPECT_EQ(table.V2Functions.Offline, &sampleOfflineV2);
  EXPECT_EQ(table.V2Functions.Cancel, nullptr);
}

TEST(Headers, TheV4SetterFillsATable) {
  CLRES_FUNCTION_TABLE table{};
  CLRES_V4_FUNCTION_TABLE_SET(table, CLRES_VERSION_V4_00, sample, nullptr, nullptr, nullptr, nullptr, sampleLooksAlive,
                              sampleIsAlive, nullptr, nullptr, nullptr)
  EXPECT_EQ(table.TableSize, 112u);
  EXPECT_EQ(table.V4Functions.Terminate, &sampleTerminate);
}

TEST(Headers, StatesADllMayReportLieBelowPending) {
  EXPECT_EQ(headersInC89(), 127);
  EXPECT_EQ(ClusterResourceCannotComeOnlineOnAnyNode, 126);
}

TEST(Headers, InitializersSetEveryByteToZero) {
  RESOURCE_STATUS status;
  std::memset(&status, 0xFF, sizeof status);
  ResUtilInitializeResourceStatus(&status);
  const RESOURCE_STATUS zero{};
  EXPECT_EQ(std::memcmp(&status, &zero, sizeof status), 0);
  RESOURCE_STATUS_EX statusEx;
  std::memset(&statusEx, 0xFF, sizeof statusEx);
  ResUtilInitializeResourceStatusEx(&statusEx);
  EXPECT_EQ(statusEx.Flags, 0u);
  EXPECT_EQ(statusEx.WaitHint, 0u);
}

}  // namespace
