#include <clusapi.h>
#include <holdfast/cluster.h>

#include <atomic>
#include <cstring>
#include <thread>

#include "clussvc/doors/limits.h"
#include "cluster_fixture.h"

namespace holdfast::conformance {

using clussvc::doors::FakeService;

namespace {

class CL_67 : public ClusterTest {};
class CL_68 : public ClusterTest {};
class CL_69 : public ClusterTest {};
class CL_70 : public ClusterTest {};
class CL_73 : public ClusterTest {};
class CL_77 : public ClusterTest {};
class CL_118 : public ClusterTest {};
class Notifications : public ClusterTest {};
class Story : public ClusterTest {};

const HCHANGE kNewPort = reinterpret_cast<HCHANGE>(INVALID_HANDLE_VALUE);
constexpr DWORD kPatience_ms = 10'000;

struct Seen {
  DWORD code = 0;
  DWORD_PTR key = 0;
  DWORD filter = 0;
  std::wstring name;
};

Seen next(HCHANGE port, DWORD wait_ms = kPatience_ms) {
  Seen seen;
  WCHAR name[100] = L"";
  DWORD length = 100;
  seen.code = GetClusterNotify(port, &seen.key, &seen.filter, name, &length, wait_ms);
  seen.name = name;
  return seen;
}

ObjectId idOf(ServiceProcess& service, const std::string& resource) {
  return service.ask<ObjectId>([&](FakeService& fake) { return fake.scripted.resource(resource)->id; });
}

void setState(ServiceProcess& service, const std::string& resource, ResourceState state) {
  service.onLoop([&](FakeService& fake) { fake.setState(fake.scripted.resource(resource)->id, state); });
}

}  // namespace

TEST_F(CL_67, AGroupsStateIsReportedWithItsNameAndTheKey) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_GROUP_STATE, 4711);
  ASSERT_NE(port, nullptr);
  service.onLoop([](FakeService& fake) {
    const auto group = *fake.scripted.group("Web");
    fake.notify({ObjectKind::Group, CLUSTER_CHANGE_GROUP_STATE_V2, group.id, group.name, {}, {}, {}});
  });
  const Seen seen = next(port);
  EXPECT_EQ(seen.code, DWORD{ERROR_SUCCESS});
  EXPECT_EQ(seen.key, 4711u);
  EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_GROUP_STATE});
  EXPECT_EQ(seen.name, L"Web");
  EXPECT_TRUE(CloseClusterNotifyPort(port));
  CloseCluster(cluster);
}

TEST_F(CL_68, AFilterOnOneResourceDoesNotReportOthers) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE site = OpenClusterResource(cluster, L"Site");
  HCHANGE port = CreateClusterNotifyPort(kNewPort, reinterpret_cast<HCLUSTER>(INVALID_HANDLE_VALUE), 0, 0);
  ASSERT_NE(port, nullptr);
  EXPECT_EQ(RegisterClusterNotify(port, CLUSTER_CHANGE_RESOURCE_STATE, site, 1), DWORD{ERROR_SUCCESS});
  setState(service, "Address", ResourceState::Online);
  setState(service, "Site", ResourceState::Failed);
  const Seen seen = next(port);
  EXPECT_EQ(seen.name, L"Site");
  EXPECT_EQ(next(port, 0).code, DWORD{WAIT_TIMEOUT});
  EXPECT_EQ(RegisterClusterNotify(port, CLUSTER_CHANGE_NODE_STATE, site, 1), DWORD{ERROR_INVALID_PARAMETER})
      << "a resource has no such event";
  CloseClusterNotifyPort(port);
  CloseClusterResource(site);
  CloseCluster(cluster);
}

TEST_F(CL_69, NoEventWithinTheTimeGivesWaitTimeout) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_GROUP_STATE, 0);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(next(port, 100).code, DWORD{WAIT_TIMEOUT});
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(100));
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(CL_70, ClosingThePortReleasesItsReaderWithHandleCloseOrInvalidHandle) {
  HCLUSTER cluster = OpenCluster(nullptr);
  for (const DWORD extra : {DWORD{0}, DWORD{CLUSTER_CHANGE_HANDLE_CLOSE}}) {
    HCHANGE port = CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_GROUP_STATE | extra, 5);
    std::atomic<bool> reading = false;
    Seen seen;
    std::thread reader([&] {
      reading = true;
      seen = next(port, INFINITE);
    });
    ASSERT_TRUE(eventually([&] { return reading.load(); }));
    CloseClusterNotifyPort(port);
    reader.join();
    if (extra == 0 || seen.code == ERROR_INVALID_HANDLE) {
      // A reader that came after the port was closed finds no port either way.
      EXPECT_EQ(seen.code, DWORD{ERROR_INVALID_HANDLE});
    } else {
      EXPECT_EQ(seen.code, DWORD{ERROR_SUCCESS});
      EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_HANDLE_CLOSE});
      EXPECT_EQ(seen.key, 5u);
    }
  }
  CloseCluster(cluster);
}

TEST_F(CL_73, AResourceThatJoinsChangesTheGroup) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port =
      CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_GROUP_PROPERTY | CLUSTER_CHANGE_RESOURCE_ADDED, 0);
  HGROUP group = OpenClusterGroup(cluster, L"Web");
  HRESOURCE resource = CreateClusterResource(group, L"Extra", L"ClipBook Server", 0);
  Seen seen = next(port);
  EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_RESOURCE_ADDED});
  EXPECT_EQ(seen.name, L"Extra");
  seen = next(port);
  EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_GROUP_PROPERTY});
  EXPECT_EQ(seen.name, L"Web");
  CloseClusterResource(resource);
  CloseClusterGroup(group);
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(CL_77, AnOverflowingQueueReportsTheLossOnceUntilItIsDrained) {
  HCLUSTER cluster = OpenCluster(nullptr);
  NOTIFY_FILTER_AND_TYPE filter{CLUSTER_OBJECT_TYPE_RESOURCE, CLUSTER_CHANGE_RESOURCE_STATE_V2};
  HCHANGE port = CreateClusterNotifyPortV2(kNewPort, cluster, &filter, 1, 9);
  ASSERT_NE(port, nullptr);
  const auto flood = [this](std::size_t count) {
    service.onLoop([count](FakeService& fake) {
      const ObjectId site = fake.scripted.resource("Site")->id;
      for (std::size_t i = 0; i < count; ++i) fake.setState(site, ResourceState::Online);
    });
  };
  flood(clussvc::doors::kPortQueue_events + 500);
  std::size_t states = 0, lost = 0;
  const auto drain = [&] {
    NOTIFY_FILTER_AND_TYPE seen{};
    DWORD_PTR key = 0;
    while (GetClusterNotifyV2(port, &key, &seen, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                              nullptr, nullptr, lost == 0 ? kPatience_ms : 0) == ERROR_SUCCESS) {
      EXPECT_EQ(key, 9u);
      if (seen.dwObjectType == CLUSTER_OBJECT_TYPE_CLUSTER) {
        EXPECT_EQ(seen.FilterFlags, LONGLONG{CLUSTER_CHANGE_CLUSTER_LOST_NOTIFICATIONS_V2});
        ++lost;
        break;
      }
      ++states;
    }
  };
  drain();
  EXPECT_EQ(states, clussvc::doors::kPortQueue_events);
  EXPECT_EQ(lost, 1u);
  EXPECT_TRUE(eventually([&] {
    flood(1);
    NOTIFY_FILTER_AND_TYPE seen{};
    return GetClusterNotifyV2(port, nullptr, &seen, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                              nullptr, nullptr, nullptr, 0) == ERROR_SUCCESS &&
           seen.dwObjectType == CLUSTER_OBJECT_TYPE_RESOURCE;
  })) << "after it was drained events come again";
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(CL_118, ClosingAnObjectsHandleIsReportedOnlyWhereTheFilterAsksForIt) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(kNewPort, reinterpret_cast<HCLUSTER>(INVALID_HANDLE_VALUE), 0, 0);
  HRESOURCE quiet = OpenClusterResource(cluster, L"Address");
  HRESOURCE loud = OpenClusterResource(cluster, L"Site");
  ASSERT_EQ(RegisterClusterNotify(port, CLUSTER_CHANGE_RESOURCE_STATE, quiet, 1), DWORD{ERROR_SUCCESS});
  ASSERT_EQ(RegisterClusterNotify(port, CLUSTER_CHANGE_RESOURCE_STATE | CLUSTER_CHANGE_HANDLE_CLOSE, loud, 2),
            DWORD{ERROR_SUCCESS});
  CloseClusterResource(quiet);
  CloseClusterResource(loud);
  const Seen seen = next(port);
  EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_HANDLE_CLOSE});
  EXPECT_EQ(seen.key, 2u);
  EXPECT_EQ(seen.name, L"Site");
  EXPECT_EQ(next(port, 0).code, DWORD{WAIT_TIMEOUT});
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(Notifications, aShortBufferLeavesTheEventQueued) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_RESOURCE_STATE, 0);
  setState(service, "Site", ResourceState::Online);
  WCHAR name[2];
  DWORD length = 2;
  EXPECT_EQ(GetClusterNotify(port, nullptr, nullptr, name, &length, kPatience_ms), DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(length, 4u);
  EXPECT_EQ(next(port).name, L"Site");
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(Notifications, theSecondVersionCarriesStateIdsAndType) {
  HCLUSTER cluster = OpenCluster(nullptr);
  NOTIFY_FILTER_AND_TYPE filters[] = {{CLUSTER_OBJECT_TYPE_GROUP, CLUSTER_CHANGE_GROUP_ALL_V2},
                                      {CLUSTER_OBJECT_TYPE_RESOURCE, CLUSTER_CHANGE_RESOURCE_ALL_V2}};
  HCHANGE port = CreateClusterNotifyPortV2(kNewPort, cluster, filters, 2, 7);
  ASSERT_NE(port, nullptr);
  setState(service, "Site", ResourceState::OnlinePending);
  DWORD state = 0, size = sizeof state;
  WCHAR id[64], parent[64], name[64], type[64];
  DWORD idLength = 64, parentLength = 64, nameLength = 64, typeLength = 64;
  NOTIFY_FILTER_AND_TYPE seen{};
  DWORD_PTR key = 0;
  EXPECT_EQ(GetClusterNotifyV2(port, &key, &seen, reinterpret_cast<BYTE*>(&state), &size, id, &idLength, parent,
                               &parentLength, name, &nameLength, type, &typeLength, kPatience_ms),
            DWORD{ERROR_SUCCESS});
  EXPECT_EQ(seen.dwObjectType, DWORD{CLUSTER_OBJECT_TYPE_RESOURCE});
  EXPECT_EQ(seen.FilterFlags, LONGLONG{CLUSTER_CHANGE_RESOURCE_STATE_V2});
  EXPECT_EQ(state, DWORD{ClusterResourceOnlinePending});
  EXPECT_EQ(std::wstring(id), std::wstring(36, L' ').replace(0, 36, id));
  EXPECT_STREQ(name, L"Site");
  EXPECT_STREQ(type, L"ClipBook Server");
  EXPECT_EQ(parentLength, 36u);
  WCHAR text[8];
  DWORD length = 8;
  EXPECT_EQ(GetClusterNotify(port, nullptr, nullptr, text, &length, 0), DWORD{ERROR_INVALID_PARAMETER})
      << "a port of the second version";
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(Notifications, theEndOfTheServiceIsReportedAsTheClustersStateThenThePortIsDone) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(kNewPort, cluster, CLUSTER_CHANGE_ALL, 3);
  service.stop();
  const Seen seen = next(port);
  EXPECT_EQ(seen.code, DWORD{ERROR_SUCCESS});
  EXPECT_EQ(seen.filter, DWORD{CLUSTER_CHANGE_CLUSTER_STATE});
  EXPECT_EQ(next(port).code, DWORD{RPC_S_SERVER_UNAVAILABLE});
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(Story, eventsAreReadAndWaitedFor) {
  HCLUSTER cluster = OpenCluster(nullptr);
  const ObjectId site = idOf(service, "Site");
  const auto happen = [&](const char* step) {
    service.onLoop([&](FakeService& fake) {
      ClusterEvent event;
      event.object = {ObjectKind::Resource, site};
      event.step = step;
      event.text = "IsAlive returned FALSE";
      event.level = ClusterEvent::Level::Error;
      event.cause.actor = "monitor 1";
      fake.happen(event);
    });
  };
  struct Told {
    std::vector<std::string> lines;
    static void take(const HOLDFAST_EVENT* event, void* context) {
      static_cast<Told*>(context)->lines.push_back(std::string(event->step) + " " + event->object_name + " " +
                                                   event->cause_actor);
    }
  } told;
  ULONGLONG after = 0;
  EXPECT_EQ(HoldfastReadEvents(cluster, &after, 10, 0, &Told::take, &told), DWORD{WAIT_TIMEOUT});
  EXPECT_EQ(HoldfastReadEvents(cluster, &after, 10, 50, &Told::take, &told), DWORD{WAIT_TIMEOUT});
  happen("failed");
  happen("restarting");
  EXPECT_EQ(HoldfastReadEvents(cluster, &after, 10, 0, &Told::take, &told), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(after, 2u);
  DWORD code = 99;
  std::thread waiter([&] { code = HoldfastReadEvents(cluster, &after, 10, kPatience_ms, &Told::take, &told); });
  happen("online");
  waiter.join();
  EXPECT_EQ(code, DWORD{ERROR_SUCCESS});
  EXPECT_EQ(told.lines,
            (std::vector<std::string>{"failed Site monitor 1", "restarting Site monitor 1", "online Site monitor 1"}));
  CloseCluster(cluster);
}

TEST_F(Story, explanationsTellNowNextAndTheChain) {
  service.onLoop([](FakeService& fake) {
    fake.scripted.explanation.now = "Failed: 2 restarts used of 2";
    fake.scripted.explanation.next = "will be tried again";
    fake.scripted.explanation.nextIn = std::chrono::seconds(90);
    fake.scripted.explanation.chain.resize(2);
  });
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE site = OpenClusterResource(cluster, L"Site");
  char *now = nullptr, *next = nullptr;
  LONGLONG nextIn = 0;
  int links = 0;
  EXPECT_EQ(HoldfastExplain(
                site, nullptr, &now, &next, &nextIn,
                [](const HOLDFAST_EVENT*, void* context) { ++*static_cast<int*>(context); }, &links),
            DWORD{ERROR_SUCCESS});
  EXPECT_STREQ(now, "Failed: 2 restarts used of 2");
  EXPECT_STREQ(next, "will be tried again");
  EXPECT_EQ(nextIn, 90'000);
  EXPECT_EQ(links, 2);
  LocalFree(now);
  LocalFree(next);
  EXPECT_EQ(HoldfastExplain(nullptr, nullptr, &now, &next, &nextIn, nullptr, nullptr), DWORD{ERROR_INVALID_PARAMETER});
  CloseClusterResource(site);
  CloseCluster(cluster);
}

TEST_F(Story, theLogsLastLinesAreRead) {
  service.onLoop([](FakeService& fake) { fake.logLines = {"one", "two", "three"}; });
  HCLUSTER cluster = OpenCluster(nullptr);
  std::string lines;
  EXPECT_EQ(
      HoldfastReadLog(
          cluster, 2, [](const char* line, void* context) { *static_cast<std::string*>(context) += line; }, &lines),
      DWORD{ERROR_SUCCESS});
  EXPECT_EQ(lines, "twothree");
  CloseCluster(cluster);
}

}  // namespace holdfast::conformance
