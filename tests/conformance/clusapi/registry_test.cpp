#include <clusapi.h>

#include <cstring>

#include "cluster_fixture.h"

namespace holdfast::conformance {

using clussvc::doors::FakeService;

namespace {

class CL_79 : public ClusterTest {};
class CL_80 : public ClusterTest {};
class CL_81 : public ClusterTest {};
class CL_82 : public ClusterTest {};
class CL_83 : public ClusterTest {};
class CL_84 : public ClusterTest {};
class CL_85 : public ClusterTest {};
class Registry : public ClusterTest {};

class Opened {
 public:
  Opened() : cluster(OpenCluster(nullptr)), resource(OpenClusterResource(cluster, L"Site")) {
    HKEY key = GetClusterResourceKey(resource, KEY_ALL_ACCESS);
    ClusterRegOpenKey(key, L"Parameters", KEY_ALL_ACCESS, &parameters);
    ClusterRegCloseKey(key);
  }
  ~Opened() {
    ClusterRegCloseKey(parameters);
    CloseClusterResource(resource);
    CloseCluster(cluster);
  }
  HCLUSTER cluster;
  HRESOURCE resource;
  HKEY parameters = nullptr;
};

DWORD setText(HKEY key, LPCWSTR name, const std::wstring& text) {
  return ClusterRegSetValue(key, name, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                            static_cast<DWORD>((text.size() + 1) * sizeof(WCHAR)));
}

std::wstring textOf(HKEY key, LPCWSTR name) {
  WCHAR text[200];
  DWORD type = 0, size = sizeof text;
  const LONG code = ClusterRegQueryValue(key, name, &type, reinterpret_cast<LPBYTE>(text), &size);
  return code == 0 && type == REG_SZ ? std::wstring(text) : L"?" + std::to_wstring(code);
}

LONG addText(HREGBATCH batch, CLUSTER_REG_COMMAND command, LPCWSTR name, const std::wstring& text) {
  return ClusterRegBatchAddCommand(batch, command, name, REG_SZ, text.c_str(),
                                   static_cast<DWORD>((text.size() + 1) * sizeof(WCHAR)));
}

}  // namespace

TEST_F(CL_79, AValueIsReadableByOthersWhenTheWriteReturned) {
  Opened first, second;
  EXPECT_EQ(setText(first.parameters, L"Motto", L"Zwölf Boxkämpfer 🥊"), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(textOf(second.parameters, L"motto"), L"Zwölf Boxkämpfer 🥊");
}

TEST_F(CL_80, CreatingAKeyThatExistsOpensItUnchanged) {
  Opened opened;
  HKEY key = nullptr;
  DWORD disposition = 0;
  EXPECT_EQ(ClusterRegCreateKey(opened.parameters, L"Sub\\Deep", 0, KEY_ALL_ACCESS, nullptr, &key, &disposition), 0);
  EXPECT_EQ(disposition, DWORD{REG_CREATED_NEW_KEY});
  EXPECT_EQ(setText(key, L"V", L"kept"), DWORD{ERROR_SUCCESS});
  HKEY again = nullptr;
  EXPECT_EQ(ClusterRegCreateKey(opened.parameters, L"sub\\deep", 0, KEY_READ, nullptr, &again, &disposition), 0);
  EXPECT_EQ(disposition, DWORD{REG_OPENED_EXISTING_KEY});
  EXPECT_EQ(textOf(again, L"V"), L"kept");
  EXPECT_EQ(setText(again, L"V", L"changed"), DWORD{ERROR_ACCESS_DENIED}) << "opened with KEY_READ";
  ClusterRegCloseKey(key);
  ClusterRegCloseKey(again);
}

TEST_F(CL_81, ABatchIsDoneWholeOrNotAtAllAndNamesTheCommandThatFailed) {
  Opened opened;
  HREGBATCH batch = nullptr;
  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"A", L"1"), 0);
  EXPECT_EQ(ClusterRegBatchAddCommand(batch, CLUSREG_SET_VALUE, L"B", 99, "x", 1), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"C", L"3"), 0);
  INT failed = 77;
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(textOf(opened.parameters, L"A"), L"?2");

  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  for (LPCWSTR name : {L"A", L"B", L"C"}) EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, name, name), 0);
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), 0);
  for (LPCWSTR name : {L"A", L"B", L"C"}) EXPECT_EQ(textOf(opened.parameters, name), name);
}

TEST_F(CL_82, ClosingWithoutCommitChangesNothing) {
  Opened opened;
  HREGBATCH batch = nullptr;
  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"A", L"1"), 0);
  EXPECT_EQ(ClusterRegCloseBatch(batch, FALSE, nullptr), 0);
  EXPECT_EQ(textOf(opened.parameters, L"A"), L"?2");
  EXPECT_EQ(ClusterRegCloseBatch(batch, FALSE, nullptr), ERROR_INVALID_HANDLE) << "it is closed";
}

TEST_F(CL_83, FailureBeforeTheFirstCommandHasNoIndex) {
  INT failed = 77;
  EXPECT_EQ(ClusterRegCloseBatch(nullptr, TRUE, &failed), ERROR_INVALID_HANDLE);
  EXPECT_EQ(failed, -1);
  Opened opened;
  HREGBATCH batch = nullptr;
  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"A", L"1"), 0);
  service.stop();
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), RPC_S_SERVER_UNAVAILABLE);
  EXPECT_EQ(failed, -1);
}

TEST_F(CL_84, ValuesAfterDeleteKeyNeedAKeyOfTheirOwn) {
  Opened opened;
  HKEY key = nullptr;
  ASSERT_EQ(ClusterRegCreateKey(opened.parameters, L"Old", 0, KEY_ALL_ACCESS, nullptr, &key, nullptr), 0);
  HREGBATCH batch = nullptr;
  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(ClusterRegBatchAddCommand(batch, CLUSREG_DELETE_KEY, L"Old", 0, nullptr, 0), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"A", L"1"), 0);
  INT failed = 77;
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), ERROR_INVALID_PARAMETER);
  EXPECT_EQ(failed, 1);

  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(ClusterRegBatchAddCommand(batch, CLUSREG_DELETE_KEY, L"Old", 0, nullptr, 0), 0);
  EXPECT_EQ(ClusterRegBatchAddCommand(batch, CLUSREG_CREATE_KEY, L"New", 0, nullptr, 0), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"A", L"1"), 0);
  EXPECT_EQ(ClusterRegCloseBatchEx(batch, 1, &failed), 0);
  EXPECT_EQ(textOf(key, L"A"), L"?1018") << "the key was deleted under its handle";
  HKEY fresh = nullptr;
  EXPECT_EQ(ClusterRegOpenKey(opened.parameters, L"New", KEY_READ, &fresh), 0);
  EXPECT_EQ(textOf(fresh, L"A"), L"1");
  ClusterRegCloseKey(fresh);
  ClusterRegCloseKey(key);
}

TEST_F(CL_85, AFalseConditionAbortsTheBatch) {
  Opened opened;
  ASSERT_EQ(setText(opened.parameters, L"A", L"1"), DWORD{ERROR_SUCCESS});
  HREGBATCH batch = nullptr;
  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"B", L"2"), 0);
  EXPECT_EQ(addText(batch, CLUSREG_CONDITION_IS_EQUAL, L"A", L"other"), 0);
  INT failed = 77;
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), ERROR_CLUSTER_DATABASE_UPDATE_CONDITION_FAILED);
  EXPECT_EQ(failed, 1);
  EXPECT_EQ(textOf(opened.parameters, L"B"), L"?2");

  ASSERT_EQ(ClusterRegCreateBatch(opened.parameters, &batch), 0);
  EXPECT_EQ(addText(batch, CLUSREG_CONDITION_IS_EQUAL, L"A", L"1"), 0);
  EXPECT_EQ(addText(batch, CLUSREG_SET_VALUE, L"B", L"2"), 0);
  EXPECT_EQ(ClusterRegCloseBatch(batch, TRUE, &failed), 0);
  EXPECT_EQ(textOf(opened.parameters, L"B"), L"2");
}

TEST_F(Registry, valuesAreEnumeratedWithTypeAndDataUntilTheEnd) {
  Opened opened;
  const DWORD port = 9300;
  ASSERT_EQ(ClusterRegSetValue(opened.parameters, L"Port", REG_DWORD, reinterpret_cast<const BYTE*>(&port), 4),
            DWORD{ERROR_SUCCESS});
  ASSERT_EQ(setText(opened.parameters, L"Directory", L"/srv"), DWORD{ERROR_SUCCESS});
  DWORD subkeys = 9, values = 9, longestName = 9, longestValue = 9;
  EXPECT_EQ(ClusterRegQueryInfoKey(opened.parameters, &subkeys, nullptr, &values, &longestName, &longestValue, nullptr,
                                   nullptr),
            0);
  EXPECT_EQ(subkeys, 0u);
  EXPECT_EQ(values, 2u);
  EXPECT_EQ(longestName, 9u);
  EXPECT_EQ(longestValue, 5 * sizeof(WCHAR));

  WCHAR name[32];
  BYTE data[64];
  DWORD nameLength = 32, type = 0, size = sizeof data;
  EXPECT_EQ(ClusterRegEnumValue(opened.parameters, 0, name, &nameLength, &type, data, &size), DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(name, L"Directory");
  nameLength = 32;
  size = 2;
  EXPECT_EQ(ClusterRegEnumValue(opened.parameters, 1, name, &nameLength, &type, data, &size), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(size, 4u);
  nameLength = 32;
  EXPECT_EQ(ClusterRegEnumValue(opened.parameters, 1, name, &nameLength, &type, data, &size), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(type, DWORD{REG_DWORD});
  EXPECT_EQ(std::memcmp(data, &port, 4), 0);
  EXPECT_EQ(ClusterRegEnumValue(opened.parameters, 2, name, &nameLength, nullptr, nullptr, nullptr),
            DWORD{ERROR_NO_MORE_ITEMS});
}

TEST_F(Registry, aValueIsAskedForItsSizeFirst) {
  Opened opened;
  ASSERT_EQ(setText(opened.parameters, L"A", L"four"), DWORD{ERROR_SUCCESS});
  DWORD type = 0, size = 0;
  EXPECT_EQ(ClusterRegQueryValue(opened.parameters, L"A", &type, nullptr, &size), 0);
  EXPECT_EQ(type, DWORD{REG_SZ});
  EXPECT_EQ(size, 5 * sizeof(WCHAR));
  BYTE small[4];
  size = 4;
  EXPECT_EQ(ClusterRegQueryValue(opened.parameters, L"A", nullptr, small, &size), ERROR_MORE_DATA);
  EXPECT_EQ(size, 5 * sizeof(WCHAR));
}

TEST_F(Registry, aMissingValueOrKeyIsFileNotFound) {
  Opened opened;
  HKEY key = nullptr;
  EXPECT_EQ(ClusterRegOpenKey(opened.parameters, L"None", KEY_READ, &key), ERROR_FILE_NOT_FOUND);
  EXPECT_EQ(ClusterRegDeleteValue(opened.parameters, L"None"), DWORD{ERROR_FILE_NOT_FOUND});
  EXPECT_EQ(ClusterRegDeleteKey(opened.parameters, L"None"), ERROR_FILE_NOT_FOUND);
  ASSERT_EQ(setText(opened.parameters, L"A", L"1"), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(ClusterRegDeleteValue(opened.parameters, L"A"), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(textOf(opened.parameters, L"A"), L"?2");
}

TEST_F(Registry, aKeyWithSubkeysAndTheKeysOfObjectsAreNotDeleted) {
  Opened opened;
  HKEY key = nullptr;
  ASSERT_EQ(ClusterRegCreateKey(opened.parameters, L"A\\B", 0, KEY_ALL_ACCESS, nullptr, &key, nullptr), 0);
  ClusterRegCloseKey(key);
  EXPECT_EQ(ClusterRegDeleteKey(opened.parameters, L"A"), ERROR_ACCESS_DENIED);
  EXPECT_EQ(ClusterRegDeleteKey(opened.parameters, L"A\\B"), 0);
  EXPECT_EQ(ClusterRegDeleteKey(opened.parameters, L"A"), 0);
  HKEY root = GetClusterKey(opened.cluster, KEY_ALL_ACCESS);
  EXPECT_EQ(ClusterRegDeleteKey(root, L"Resources"), ERROR_ACCESS_DENIED);
  EXPECT_EQ(ClusterRegCreateKey(root, L"Groups\\made-up", 0, KEY_ALL_ACCESS, nullptr, &key, nullptr),
            ERROR_ACCESS_DENIED);
  WCHAR name[32];
  DWORD length = 32;
  EXPECT_EQ(ClusterRegEnumKey(root, 0, name, &length, nullptr), 0);
  EXPECT_STREQ(name, L"Groups");
  length = 32;
  EXPECT_EQ(ClusterRegEnumKey(root, 9, name, &length, nullptr), ERROR_NO_MORE_ITEMS);
  ClusterRegCloseKey(root);
}

TEST_F(Registry, keysOfObjectsFollowTheObjectsAccess) {
  HCLUSTER cluster = OpenClusterEx(nullptr, GENERIC_READ, nullptr);
  HRESOURCE resource = OpenClusterResourceEx(cluster, L"Site", GENERIC_READ, nullptr);
  EXPECT_EQ(GetClusterResourceKey(resource, KEY_ALL_ACCESS), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ACCESS_DENIED});
  HKEY key = GetClusterResourceKey(resource, KEY_READ);
  EXPECT_EQ(textOf(key, L"Name"), L"Site");
  EXPECT_EQ(GetClusterResourceTypeKey(cluster, L"None", KEY_READ), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND});
  ClusterRegCloseKey(key);
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

}  // namespace holdfast::conformance
