// Providers, comparisons and enumerations of resources (PR §12, §13, §17 Dependencies).
#include "fake_cluster.h"
#include "lists.h"

namespace holdfast::testing {
namespace {

using namespace std::string_literals;

class Dependencies : public ::testing::Test {
 protected:
  void SetUp() override {
    cluster() = {};
    CLUS_RESOURCE_CLASS_INFO storage{};
    storage.rc = CLUS_RESCLASS_STORAGE;
    storage.SubClass = CLUS_RESSUBCLASS_STORAGE_SHARED_BUS;
    const Bytes address =
        list({{L"Address", {sz(L"10.0.0.1")}}, {L"SubnetMask", {sz(L"255.0.0.0")}}, {L"Network", {sz(L"Net 1")}}});
    cluster().resources = {{L"Clip", {L"ClipBook Server", {}, {L"Net", L"Disk"}, {}, Bytes(4), 0}},
                           {L"Net", {L"Network Name", {}, {L"Ip"}, L"CLIPSRV", Bytes(4), 0}},
                           {L"Ip", {L"IP Address", {}, {}, {}, address, 0}},
                           {L"Disk", {L"Physical Disk", storage, {}, {}, Bytes(4), 0}}};
    self = OpenClusterResource(nullptr, L"Clip");
    local = OpenCluster(nullptr);
    blocksBefore_ = liveBlocks();
  }
  void TearDown() override {
    CloseClusterResource(self);
    CloseCluster(local);
    EXPECT_EQ(cluster().openHandles, 0);
    EXPECT_EQ(liveBlocks(), blocksBefore_);
  }

  // Name of a resource that is then closed; empty for NULL.
  static std::wstring nameOf(HRESOURCE resource) {
    if (!resource) return {};
    WCHAR name[100];
    DWORD length = 100;
    EXPECT_EQ(ResUtilGetResourceName(resource, name, &length), ERROR_SUCCESS);
    CloseClusterResource(resource);
    return name;
  }

  HRESOURCE self = nullptr;
  HCLUSTER local = nullptr;

 private:
  int blocksBefore_ = 0;
};
using PR_91 = Dependencies;
using PR_92 = Dependencies;
using PR_93 = Dependencies;
using PR_94 = Dependencies;
using PR_95 = Dependencies;
using PR_96 = Dependencies;
using PR_97 = Dependencies;
using PR_98 = Dependencies;
using PR_108 = Dependencies;

TEST_F(PR_91, TheDirectProviderOfATypeIsFound) {
  EXPECT_EQ(nameOf(ResUtilGetResourceDependencyByName(local, self, L"network name", FALSE)), L"Net");
  EXPECT_EQ(nameOf(ResUtilGetResourceDependency(self, L"Physical Disk")), L"Disk");
  EXPECT_EQ(ResUtilGetResourceDependencyByName(local, nullptr, L"x", FALSE), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_ARGUMENTS));
}

TEST_F(PR_92, AnIndirectProviderIsFoundByRecursionOnly) {
  EXPECT_EQ(ResUtilGetResourceDependencyByName(local, self, L"IP Address", FALSE), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_MORE_ITEMS));
  EXPECT_EQ(nameOf(ResUtilGetResourceDependencyByName(local, self, L"IP Address", TRUE)), L"Ip");
  EXPECT_EQ(ResUtilGetResourceDependencyByName(local, self, L"Nothing", TRUE), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_MORE_ITEMS));
}

TEST_F(PR_92, AccessIsAskedForWhereItIsGiven) {
  EXPECT_EQ(nameOf(ResUtilGetResourceDependencyByNameEx(local, self, L"IP Address", TRUE, GENERIC_READ)), L"Ip");
  EXPECT_EQ(cluster().lastDesiredAccess, GENERIC_READ);
  EXPECT_EQ(ResUtilGetResourceDependencyByNameEx(local, self, L"IP Address", TRUE, 0), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

TEST_F(PR_93, AProviderOfAClassIsFound) {
  CLUSPROP_RESOURCE_CLASS_INFO storage{};  // ClipBook passes this, not its base
  storage.rc = CLUS_RESCLASS_STORAGE;
  EXPECT_EQ(nameOf(ResUtilGetResourceDependencyByClass(local, self, &storage, FALSE)), L"Disk");
  storage.SubClass = 1;
  EXPECT_EQ(ResUtilGetResourceDependencyByClass(local, self, &storage, FALSE), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_MORE_ITEMS));
}

TEST_F(PR_94, TheDependentMayBeNamed) {
  EXPECT_EQ(nameOf(ResUtilGetResourceNameDependency(L"Net", L"IP Address")), L"Ip");
  EXPECT_EQ(ResUtilGetResourceNameDependency(L"Nobody", L"IP Address"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_RESOURCE_NOT_FOUND));
}

TEST_F(PR_95, TheAddressOfTheProviderIsGiven) {
  WCHAR address[20];
  WCHAR mask[20];
  WCHAR network[20];
  DWORD sizes[] = {20, 20, 20};
  EXPECT_EQ(ResUtilGetResourceDependentIPAddressProps(self, address, &sizes[0], mask, &sizes[1], network, &sizes[2]),
            ERROR_NO_MORE_ITEMS);
  const HRESOURCE net = OpenClusterResource(local, L"Net");
  EXPECT_EQ(ResUtilGetResourceDependentIPAddressProps(net, address, &sizes[0], mask, &sizes[1], network, &sizes[2]),
            ERROR_SUCCESS);
  EXPECT_STREQ(address, L"10.0.0.1");
  EXPECT_STREQ(network, L"Net 1");
  EXPECT_EQ(sizes[0], 8u);
  DWORD tooSmall = 3;
  sizes[1] = sizes[2] = 20;
  EXPECT_EQ(ResUtilGetResourceDependentIPAddressProps(net, address, &tooSmall, mask, &sizes[1], network, &sizes[2]),
            ERROR_MORE_DATA);
  EXPECT_EQ(tooSmall, 9u);
  CloseClusterResource(net);
}

struct Visits {
  std::vector<std::wstring> names;
  DWORD answer = ERROR_SUCCESS;
};

DWORD visit(HRESOURCE, HRESOURCE resource, PVOID context) {
  WCHAR name[100];
  DWORD length = 100;
  ResUtilGetResourceName(resource, name, &length);
  static_cast<Visits*>(context)->names.emplace_back(name);
  return static_cast<Visits*>(context)->answer;
}

DWORD visitEx(HCLUSTER, HRESOURCE self, HRESOURCE resource, PVOID context) { return visit(self, resource, context); }

TEST_F(PR_96, AllResourcesButSelfAreVisited) {
  Visits all;
  EXPECT_EQ(ResUtilEnumResources(self, nullptr, visit, &all), ERROR_SUCCESS);
  EXPECT_EQ(all.names, (std::vector<std::wstring>{L"Disk", L"Ip", L"Net"}));
  Visits ofType;
  EXPECT_EQ(ResUtilEnumResourcesEx(local, self, L"IP Address", visitEx, &ofType), ERROR_SUCCESS);
  EXPECT_EQ(ofType.names, (std::vector<std::wstring>{L"Ip"}));
  Visits withAccess;
  EXPECT_EQ(ResUtilEnumResourcesEx2(local, nullptr, nullptr, visitEx, &withAccess, GENERIC_READ), ERROR_SUCCESS);
  EXPECT_EQ(withAccess.names.size(), 4u);
  EXPECT_EQ(ResUtilEnumResources(self, nullptr, nullptr, nullptr), ERROR_BAD_ARGUMENTS);
}

TEST_F(PR_96, TheCallbackEndsTheEnumeration) {
  Visits enough{{}, ERROR_NO_MORE_ITEMS};
  EXPECT_EQ(ResUtilEnumResources(self, nullptr, visit, &enough), ERROR_SUCCESS);
  EXPECT_EQ(enough.names.size(), 1u);
  Visits refused{{}, ERROR_ACCESS_DENIED};
  EXPECT_EQ(ResUtilEnumResources(self, nullptr, visit, &refused), ERROR_ACCESS_DENIED);
  EXPECT_EQ(refused.names.size(), 1u);
}

TEST_F(PR_97, TypesAreComparedByTheirRegisteredName) {
  EXPECT_TRUE(ResUtilResourceTypesEqual(L"CLIPBOOK Server", self));
  EXPECT_FALSE(ResUtilResourceTypesEqual(L"ClipBook", self));
  EXPECT_FALSE(ResUtilResourceTypesEqual(nullptr, self));
}

TEST_F(PR_97, ResourcesAndClassesAreCompared) {
  const HRESOURCE again = OpenClusterResource(local, L"Clip");
  const HRESOURCE disk = OpenClusterResource(local, L"Disk");
  EXPECT_TRUE(ResUtilResourcesEqual(self, again));
  EXPECT_FALSE(ResUtilResourcesEqual(self, disk));
  EXPECT_FALSE(ResUtilResourcesEqual(self, nullptr));
  CLUS_RESOURCE_CLASS_INFO storage{};
  storage.rc = CLUS_RESCLASS_STORAGE;
  EXPECT_TRUE(ResUtilIsResourceClassEqual(&storage, disk));
  EXPECT_FALSE(ResUtilIsResourceClassEqual(&storage, self));
  CloseClusterResource(again);
  CloseClusterResource(disk);
}

TEST_F(PR_97, CoreResourcesAreFoundOrNoneIsOpened) {
  HRESOURCE name = nullptr;
  HRESOURCE address = self;
  HRESOURCE quorum = nullptr;
  EXPECT_EQ(ResUtilGetCoreClusterResources(local, &name, &address, &quorum), ERROR_RESOURCE_NOT_FOUND);
  cluster().resources[L"Net"].flags = CLUS_FLAG_CORE;
  EXPECT_EQ(ResUtilGetCoreClusterResources(local, &name, &address, &quorum), ERROR_RESOURCE_NOT_FOUND);
  EXPECT_EQ(name, nullptr);
  cluster().quorumResource = L"Disk";
  EXPECT_EQ(ResUtilGetCoreClusterResources(local, &name, &address, &quorum), ERROR_SUCCESS);
  EXPECT_EQ(nameOf(name), L"Net");
  EXPECT_EQ(nameOf(quorum), L"Disk");
  EXPECT_EQ(address, nullptr);
  EXPECT_EQ(ResUtilGetCoreClusterResourcesEx(local, nullptr, nullptr, GENERIC_READ), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilGetCoreClusterResourcesEx(local, nullptr, nullptr, 0), ERROR_INVALID_PARAMETER);
}

TEST_F(PR_98, AShortBufferIsToldTheCharacters) {
  WCHAR name[5];
  DWORD size_characters = 3;
  EXPECT_EQ(ResUtilGetResourceName(self, name, &size_characters), ERROR_MORE_DATA);
  EXPECT_EQ(size_characters, 5u);
  EXPECT_EQ(ResUtilGetResourceName(self, name, &size_characters), ERROR_SUCCESS);
  EXPECT_EQ(size_characters, 4u);
  EXPECT_STREQ(name, L"Clip");
}

TEST_F(PR_98, NamesOfAnyLengthAreFound) {
  const std::wstring longName(300, L'n');
  cluster().resources[longName] = {L"Long", {}, {}, {}, Bytes(4), 0};
  cluster().resources[L"Clip"].providers = {longName};
  const HRESOURCE found = ResUtilGetResourceDependency(self, L"Long");
  ASSERT_NE(found, nullptr);
  DWORD needed = 0;
  EXPECT_EQ(ResUtilGetResourceName(found, nullptr, &needed), ERROR_MORE_DATA);
  EXPECT_EQ(needed, 301u);
  CloseClusterResource(found);
}

TEST_F(PR_108, TheEnvironmentHasTheNetworkName) {
  auto* environment = static_cast<LPWSTR>(ResUtilGetEnvironmentWithNetName(self));
  ASSERT_NE(environment, nullptr);
  std::vector<std::wstring> variables;
  for (LPWSTR at = environment; *at; at += std::wcslen(at) + 1) variables.emplace_back(at);
  EXPECT_EQ(variables.back(), L"_CLUSTER_NETWORK_NAME_=CLIPSRV");
  EXPECT_GT(variables.size(), 1u);
  EXPECT_EQ(ResUtilFreeEnvironment(environment), ERROR_SUCCESS);
  EXPECT_EQ(ResUtilFreeEnvironment(nullptr), ERROR_SUCCESS);
}

TEST_F(PR_108, WithoutTheDependencyThereIsNoEnvironment) {
  const HRESOURCE disk = OpenClusterResource(local, L"Disk");
  EXPECT_EQ(ResUtilGetEnvironmentWithNetName(disk), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_MORE_ITEMS));
  CloseClusterResource(disk);
}

}  // namespace
}  // namespace holdfast::testing
