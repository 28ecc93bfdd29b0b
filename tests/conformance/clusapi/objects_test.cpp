#include <clusapi.h>
#include <holdfast/cluster.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "cluster_fixture.h"

namespace holdfast::conformance {

using clussvc::doors::FakeService;

namespace {

class CL_1 : public ClusterTest {};
class CL_2 : public ClusterTest {};
class CL_3 : public ClusterTest {};
class CL_4 : public ClusterTest {};
class CL_5 : public ClusterTest {};
class CL_9 : public ClusterTest {};
class CL_12 : public ClusterTest {};
class CL_13 : public ClusterTest {};
class CL_14 : public ClusterTest {};
class CL_15 : public ClusterTest {};
class CL_18 : public ClusterTest {};
class CL_28 : public ClusterTest {};
class CL_29 : public ClusterTest {};
class CL_30 : public ClusterTest {};
class CL_31 : public ClusterTest {};
class CL_36 : public ClusterTest {};
class CL_40 : public ClusterTest {};
class CL_41 : public ClusterTest {};
class CL_42 : public ClusterTest {};
class CL_114 : public ClusterTest {};
class ClusterApi : public ClusterTest {};

std::string errorText(DWORD code) {
  char text[512];
  HoldfastErrorText(code, text, sizeof text);
  return text;
}

}  // namespace

TEST_F(CL_1, OpenClusterReturnsAHandleOnAMemberAndNullElsewhere) {
  HCLUSTER cluster = OpenCluster(nullptr);
  ASSERT_NE(cluster, nullptr);
  EXPECT_TRUE(CloseCluster(cluster));
  service.stop();
  EXPECT_EQ(OpenCluster(nullptr), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{RPC_S_SERVER_UNAVAILABLE});
  EXPECT_NE(errorText(GetLastError()).find("RPC_S_SERVER_UNAVAILABLE (1722): "), std::string::npos);
}

TEST_F(CL_1, theClusterIsFoundByItsNameAndItsNodesToo) {
  for (const wchar_t* name : {L"Harbour", L"north", L"localhost", L""}) {
    HCLUSTER cluster = OpenCluster(name);
    EXPECT_NE(cluster, nullptr) << name;
    CloseCluster(cluster);
  }
  EXPECT_EQ(OpenCluster(L"elsewhere"), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{RPC_S_SERVER_UNAVAILABLE});
}

TEST_F(CL_2, GenericReadIsGrantedAsSuch) {
  DWORD granted = 0;
  HCLUSTER cluster = OpenClusterEx(nullptr, GENERIC_READ, &granted);
  ASSERT_NE(cluster, nullptr);
  EXPECT_EQ(granted, GENERIC_READ);
  EXPECT_EQ(CreateClusterGroup(cluster, L"New"), nullptr) << "a reader's handle changes nothing";
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ACCESS_DENIED});
  CloseCluster(cluster);
}

TEST_F(CL_3, MaximumAllowedGivesTheBestThatTheCallerMayHave) {
  DWORD granted = 0;
  HCLUSTER cluster = OpenClusterEx(nullptr, MAXIMUM_ALLOWED, &granted);
  EXPECT_EQ(granted, GENERIC_ALL);
  CloseCluster(cluster);
}

TEST_F(CL_4, GetNodeClusterStateTellsRunningNotRunningAndNotConfigured) {
  DWORD state = 0;
  EXPECT_EQ(GetNodeClusterState(nullptr, &state), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(state, DWORD{ClusterStateRunning});
  EXPECT_EQ(GetNodeClusterState(nullptr, nullptr), DWORD{ERROR_INVALID_PARAMETER});
  service.stop();
  // What a killed service leaves behind is a file that nobody answers at.
  FILE* socket = fopen(service.socketPath().c_str(), "w");
  ASSERT_NE(socket, nullptr);
  fclose(socket);
  EXPECT_EQ(GetNodeClusterState(nullptr, &state), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(state, DWORD{ClusterStateNotRunning});
  unlink(service.socketPath().c_str());
  if (access("/etc/holdfast/clussvc.toml", F_OK) != 0) {
    EXPECT_EQ(GetNodeClusterState(nullptr, &state), DWORD{ERROR_SUCCESS});
    EXPECT_EQ(state, DWORD{ClusterStateNotConfigured});
  }
}

TEST_F(CL_5, ClusterInformationWithAShortBufferGivesMoreDataAndTheLengthWithoutNul) {
  HCLUSTER cluster = OpenCluster(nullptr);
  wchar_t name[64];
  DWORD length = 1;
  EXPECT_EQ(GetClusterInformation(cluster, name, &length, nullptr), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(length, 7u);
  length = 8;
  CLUSTERVERSIONINFO version{};
  version.dwVersionInfoSize = sizeof version;
  EXPECT_EQ(GetClusterInformation(cluster, name, &length, &version), DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(name, L"Harbour");
  EXPECT_STREQ(version.szVendorId, L"Holdfast");
  version.dwVersionInfoSize = 3;
  EXPECT_EQ(GetClusterInformation(cluster, name, &length, &version), DWORD{ERROR_INVALID_PARAMETER});
  CloseCluster(cluster);
}

TEST_F(CL_9, AnEnumerationHasEveryGroupAndEndsWithNoMoreItems) {
  service.onLoop([](FakeService& cluster) {
    for (int i = 0; i < 3000; ++i) cluster.addGroup("group with a long name to fill the pages " + std::to_string(i));
  });
  HCLUSTER cluster = OpenCluster(nullptr);
  HCLUSENUM groups = ClusterOpenEnum(cluster, CLUSTER_ENUM_GROUP);
  ASSERT_NE(groups, nullptr);
  EXPECT_EQ(ClusterGetEnumCount(groups), 3001u);
  wchar_t name[100];
  DWORD type = 0, length = 100;
  EXPECT_EQ(ClusterEnum(groups, 0, &type, name, &length), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(type, DWORD{CLUSTER_ENUM_GROUP});
  EXPECT_STREQ(name, L"Web");
  length = 100;
  EXPECT_EQ(ClusterEnum(groups, 3000, &type, name, &length), DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(name, L"group with a long name to fill the pages 2999");
  length = 3;
  EXPECT_EQ(ClusterEnum(groups, 0, nullptr, name, &length), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(ClusterEnum(groups, 3001, &type, name, &length), DWORD{ERROR_NO_MORE_ITEMS});
  EXPECT_EQ(ClusterCloseEnum(groups), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(ClusterCloseEnum(groups), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_EQ(ClusterOpenEnum(cluster, 0), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  CloseCluster(cluster);
}

TEST_F(CL_12, GroupStateNamesTheOwner) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  wchar_t node[32];
  DWORD length = 32;
  EXPECT_EQ(GetClusterGroupState(group, node, &length), ClusterGroupOffline);
  EXPECT_STREQ(node, L"north");
  length = 2;
  EXPECT_EQ(GetClusterGroupState(group, node, &length), ClusterGroupStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(length, 5u);
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupOffline);
  CloseClusterGroup(group);
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
  CloseCluster(cluster);
}

TEST_F(CL_13, ANewGroupIsOfflineAndEmpty) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = CreateClusterGroup(cluster, L"Store ⚓");
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupOffline);
  HGROUPENUM members = ClusterGroupOpenEnum(group, CLUSTER_GROUP_ENUM_CONTAINS);
  EXPECT_EQ(ClusterGroupGetEnumCount(members), 0u);
  ClusterGroupCloseEnum(members);
  EXPECT_EQ(service.ask<bool>([](FakeService& fake) { return fake.scripted.group("Store ⚓").has_value(); }), true);
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(CL_14, AGroupWhoseNameIsTakenIsRefusedWithWhatToDo) {
  HCLUSTER cluster = OpenCluster(nullptr);
  EXPECT_EQ(CreateClusterGroup(cluster, L"Web"), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_OBJECT_ALREADY_EXISTS});
  EXPECT_EQ(errorText(ERROR_OBJECT_ALREADY_EXISTS),
            "ERROR_OBJECT_ALREADY_EXISTS (5010): there is a group \"Web\" already; choose another name");
  EXPECT_EQ(errorText(ERROR_INVALID_DATA), "ERROR_INVALID_DATA (13)") << "the sentence belongs to its code";
  char small[12];
  HoldfastErrorText(ERROR_OBJECT_ALREADY_EXISTS, small, sizeof small);
  EXPECT_STREQ(small, "ERROR_OBJEC");
  EXPECT_EQ(CreateClusterGroup(cluster, L""), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(CreateClusterGroup(cluster, nullptr), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  CloseCluster(cluster);
}

TEST_F(CL_15, AGroupWithAResourceIsNotDeleted) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_EQ(DeleteClusterGroup(group), DWORD{ERROR_INVALID_STATE});
  HGROUP empty = CreateClusterGroup(cluster, L"Empty");
  EXPECT_EQ(DeleteClusterGroup(empty), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(GetClusterGroupState(empty, nullptr, nullptr), ClusterGroupStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_GROUP_NOT_FOUND});
  EXPECT_TRUE(CloseClusterGroup(empty));
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(CL_18, OnlineOfAGroupIsPendingWhenAccepted) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  HNODE node = OpenClusterNode(cluster, L"north");
  HNODE other = OpenClusterNode(cluster, L"south");
  EXPECT_EQ(OnlineClusterGroup(group, nullptr), DWORD{ERROR_IO_PENDING});
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupOnline);
  EXPECT_EQ(OnlineClusterGroup(group, node), DWORD{ERROR_IO_PENDING}) << "the owner itself";
  EXPECT_EQ(OnlineClusterGroup(group, other), DWORD{ERROR_CALL_NOT_IMPLEMENTED});
  EXPECT_EQ(OfflineClusterGroup(group), DWORD{ERROR_SUCCESS});
  CloseClusterNode(other);
  CloseClusterNode(node);
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(CL_28, AResourceOfAnUnknownTypeIsRefused) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_EQ(CreateClusterResource(group, L"R", L"No Such Type", 0), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND});
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(CL_29, FlagOneAsksForASeparateMonitor) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  HRESOURCE resource = CreateClusterResource(group, L"R", L"ClipBook Server", CLUSTER_RESOURCE_SEPARATE_MONITOR);
  ASSERT_NE(resource, nullptr);
  EXPECT_TRUE(service.ask<bool>(
      [](FakeService& fake) { return std::get<CreateResource>(fake.submitted.back().operation).separateMonitor; }));
  EXPECT_EQ(CreateClusterResource(group, L"R2", L"ClipBook Server", 2), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  CloseClusterResource(resource);
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(CL_30, AnOnlineResourceIsNotDeleted) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE resource = OpenClusterResource(cluster, L"Site");
  EXPECT_EQ(OnlineClusterResource(resource), DWORD{ERROR_IO_PENDING});
  EXPECT_EQ(DeleteClusterResource(resource), DWORD{ERROR_INVALID_STATE});
  EXPECT_EQ(OfflineClusterResource(resource), DWORD{ERROR_IO_PENDING});
  EXPECT_EQ(DeleteClusterResource(resource), DWORD{ERROR_SUCCESS});
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

TEST_F(CL_31, TheHandleOfADeletedResourceStaysToBeClosed) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE resource = OpenClusterResource(cluster, L"Site");
  EXPECT_EQ(DeleteClusterResource(resource), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(GetClusterResourceState(resource, nullptr, nullptr, nullptr, nullptr), ClusterResourceStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_RESOURCE_NOT_FOUND});
  EXPECT_TRUE(CloseClusterResource(resource));
  EXPECT_FALSE(CloseClusterResource(resource));
  CloseCluster(cluster);
}

TEST_F(CL_36, ResourceStateNamesOwnerAndGroup) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE resource = OpenClusterResource(cluster, L"site");
  wchar_t node[32], group[32];
  DWORD nodeLength = 32, groupLength = 2;
  EXPECT_EQ(GetClusterResourceState(resource, node, &nodeLength, group, &groupLength), ClusterResourceStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(groupLength, 3u);
  nodeLength = groupLength = 32;
  EXPECT_EQ(GetClusterResourceState(resource, node, &nodeLength, group, &groupLength), ClusterResourceOffline);
  EXPECT_STREQ(node, L"north");
  EXPECT_STREQ(group, L"Web");
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

TEST_F(CL_40, DependencyIsPossibleInTheGroupAndWithoutACircle) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE site = OpenClusterResource(cluster, L"Site");
  HRESOURCE address = OpenClusterResource(cluster, L"Address");
  EXPECT_TRUE(CanResourceBeDependent(site, address));
  EXPECT_EQ(AddClusterResourceDependency(site, address), DWORD{ERROR_SUCCESS});
  EXPECT_FALSE(CanResourceBeDependent(address, site));
  EXPECT_FALSE(CanResourceBeDependent(site, site));
  HGROUP other = CreateClusterGroup(cluster, L"Other");
  HRESOURCE alone = CreateClusterResource(other, L"Alone", L"ClipBook Server", 0);
  EXPECT_FALSE(CanResourceBeDependent(site, alone));
  wchar_t expression[100];
  DWORD length = 100;
  EXPECT_EQ(GetClusterResourceDependencyExpression(site, expression, &length), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(expression[0], L'[');
  EXPECT_EQ(length, 38u) << "a GUID in brackets";
  for (HRESOURCE resource : {site, address, alone}) CloseClusterResource(resource);
  CloseClusterGroup(other);
  CloseCluster(cluster);
}

TEST_F(CL_41, RemovingWhatIsNoDependencyIsRefused) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE site = OpenClusterResource(cluster, L"Site");
  HRESOURCE address = OpenClusterResource(cluster, L"Address");
  EXPECT_EQ(RemoveClusterResourceDependency(site, address), DWORD{ERROR_DEPENDENCY_NOT_FOUND});
  EXPECT_EQ(AddClusterResourceDependency(site, nullptr), DWORD{ERROR_INVALID_HANDLE});
  HCLUSTER second = OpenCluster(nullptr);
  HRESOURCE foreign = OpenClusterResource(second, L"Address");
  EXPECT_EQ(AddClusterResourceDependency(site, foreign), DWORD{ERROR_INVALID_HANDLE}) << "of another connection";
  for (HRESOURCE resource : {site, address, foreign}) CloseClusterResource(resource);
  CloseCluster(second);
  CloseCluster(cluster);
}

TEST_F(CL_42, EnumerationsOfAResourceListProvidersDependentsAndPossibleOwners) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE site = OpenClusterResource(cluster, L"Site");
  HRESOURCE address = OpenClusterResource(cluster, L"Address");
  ASSERT_EQ(AddClusterResourceDependency(site, address), DWORD{ERROR_SUCCESS});
  const auto names = [](HRESOURCE resource, DWORD mask) {
    std::wstring all;
    HRESENUM found = ClusterResourceOpenEnum(resource, mask);
    wchar_t name[64];
    DWORD type = 0, length = 64;
    for (DWORD i = 0; ClusterResourceEnum(found, i, &type, name, &length) == ERROR_SUCCESS; ++i, length = 64) {
      all += std::wstring(name) + L" ";
    }
    ClusterResourceCloseEnum(found);
    return all;
  };
  EXPECT_EQ(names(site, CLUSTER_RESOURCE_ENUM_DEPENDS), L"Address ");
  EXPECT_EQ(names(address, CLUSTER_RESOURCE_ENUM_PROVIDES), L"Site ");
  EXPECT_EQ(names(site, CLUSTER_RESOURCE_ENUM_NODES), L"north south ");
  CloseClusterResource(site);
  CloseClusterResource(address);
  CloseCluster(cluster);
}

TEST_F(CL_114, ATypeWhoseNameIsTakenGivesAlreadyExists) {
  HCLUSTER cluster = OpenCluster(nullptr);
  EXPECT_EQ(CreateClusterResourceType(cluster, L"ClipBook Server", nullptr, L"other.so", 0, 0),
            DWORD{ERROR_ALREADY_EXISTS});
  EXPECT_EQ(CreateClusterResourceType(cluster, L"New", L"New type", L"new.so", 1000, 2000), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(DeleteClusterResourceType(cluster, L"New"), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(DeleteClusterResourceType(cluster, L"New"), DWORD{ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND});
  HRESTYPEENUM resources =
      ClusterResourceTypeOpenEnum(cluster, L"ClipBook Server", CLUSTER_RESOURCE_TYPE_ENUM_RESOURCES);
  EXPECT_EQ(ClusterResourceTypeGetEnumCount(resources), 2u);
  ClusterResourceTypeCloseEnum(resources);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, handlesOfOtherKindsAndOtherNumbersAreInvalid) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_EQ(GetClusterResourceState(reinterpret_cast<HRESOURCE>(group), nullptr, nullptr, nullptr, nullptr),
            ClusterResourceStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_FALSE(CloseCluster(reinterpret_cast<HCLUSTER>(group)));
  int local = 0;
  EXPECT_EQ(OnlineClusterGroup(reinterpret_cast<HGROUP>(&local), nullptr), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_EQ(DeleteClusterGroup(nullptr), DWORD{ERROR_INVALID_HANDLE});
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, childHandlesOutliveTheirCluster) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  CloseCluster(cluster);
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupOffline);
  HCLUSTER again = GetClusterFromGroup(group);
  HRESOURCE resource = OpenClusterResource(again, L"Site");
  EXPECT_NE(resource, nullptr);
  EXPECT_EQ(service.connections(), 1u);
  CloseClusterResource(resource);
  CloseCluster(again);
  CloseClusterGroup(group);
  EXPECT_TRUE(eventually([&] { return service.connections() == 0; }));
}

TEST_F(ClusterApi, handlesDieWithTheServiceAndTheNextOneIsOpenedAnew) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  service.stop();
  service.start();
  EXPECT_EQ(GetClusterGroupState(group, nullptr, nullptr), ClusterGroupStateUnknown);
  EXPECT_EQ(GetLastError(), DWORD{RPC_S_SERVER_UNAVAILABLE});
  EXPECT_EQ(OnlineClusterGroup(group, nullptr), DWORD{RPC_S_SERVER_UNAVAILABLE});
  CloseClusterGroup(group);
  CloseCluster(cluster);
  cluster = OpenCluster(nullptr);
  EXPECT_NE(cluster, nullptr);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, aChangeWhoseAnswerIsLostIsReportedAsUnknown) {
  HCLUSTER cluster = OpenCluster(nullptr);
  service.onLoop([](FakeService& fake) { fake.holdAnswers = true; });
  DWORD code = 0;
  std::thread caller([&] {
    CreateClusterGroup(cluster, L"Perhaps");
    code = GetLastError();
  });
  ASSERT_TRUE(eventually([&] { return service.ask<bool>([](FakeService& fake) { return !fake.held.empty(); }); }));
  service.stop();
  caller.join();
  EXPECT_EQ(code, DWORD{RPC_S_CALL_FAILED});
  CloseCluster(cluster);
}

TEST_F(ClusterApi, aCallThatWaitsBlocksOnlyItsOwnThread) {
  HCLUSTER cluster = OpenCluster(nullptr);
  service.onLoop([](FakeService& fake) { fake.holdAnswers = true; });
  HGROUP created = nullptr;
  std::thread caller([&] { created = CreateClusterGroup(cluster, L"Slow"); });
  ASSERT_TRUE(eventually([&] { return service.ask<bool>([](FakeService& fake) { return !fake.held.empty(); }); }));
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_NE(group, nullptr) << "another thread is served meanwhile";
  CloseClusterGroup(group);
  service.onLoop([](FakeService& fake) { fake.answerHeld(); });
  caller.join();
  EXPECT_NE(created, nullptr);
  CloseClusterGroup(created);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, aForkedChildHasNoConnectionAndDoesNotHang) {
  HCLUSTER cluster = OpenCluster(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const bool refused = OpenClusterGroup(cluster, L"Web") == nullptr && GetLastError() == RPC_S_SERVER_UNAVAILABLE;
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_NE(group, nullptr) << "the parent's connection is as it was";
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, nodesAreOpenedByNameAndNumber) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HNODE node = OpenClusterNodeById(cluster, 2);
  EXPECT_EQ(GetClusterNodeState(node), ClusterNodeUp);
  wchar_t id[8];
  DWORD length = 8;
  EXPECT_EQ(GetClusterNodeId(node, id, &length), DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(id, L"2");
  length = 8;
  EXPECT_EQ(GetClusterNodeId(nullptr, id, &length), DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(id, L"1");
  EXPECT_EQ(OpenClusterNode(cluster, L"west"), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_CLUSTER_NODE_NOT_FOUND});
  CloseClusterNode(node);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, renamedObjectsKeepTheirHandles) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  HRESOURCE resource = OpenClusterResource(cluster, L"Site");
  EXPECT_EQ(SetClusterGroupName(group, L"Shop"), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(SetClusterResourceName(resource, L"Page"), DWORD{ERROR_SUCCESS});
  wchar_t name[32];
  DWORD length = 32;
  EXPECT_EQ(GetClusterResourceState(resource, nullptr, nullptr, name, &length), ClusterResourceOffline);
  EXPECT_STREQ(name, L"Shop");
  EXPECT_EQ(FailClusterResource(resource), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(GetClusterResourceState(resource, nullptr, nullptr, nullptr, nullptr), ClusterResourceFailed);
  CloseClusterResource(resource);
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

TEST_F(ClusterApi, functionsOfLaterReleasesSaySo) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  EXPECT_EQ(MoveClusterGroup(group, nullptr), DWORD{ERROR_CALL_NOT_IMPLEMENTED});
  EXPECT_EQ(OpenClusterNetwork(cluster, L"n"), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_CALL_NOT_IMPLEMENTED});
  CloseClusterGroup(group);
  CloseCluster(cluster);
}

}  // namespace holdfast::conformance
