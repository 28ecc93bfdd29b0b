// libclusapi as it is inside rhs: calls of DLLs go over the monitor's channel, and outlive a change of service.
#include <clusapi.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "clussvc/doors/session.h"
#include "cluster_fixture.h"
#include "sdk/clusapi/host.h"

namespace holdfast::conformance {

using clussvc::doors::DllContext;
using clussvc::doors::FakeService;
using clussvc::doors::Session;

namespace {

/// A service at the other end of a monitor's channel: frames in and out by function calls, work on one thread.
class MonitorChannel {
 public:
  MonitorChannel() : thread_([this] { run(); }) {
    const HoldfastHostTransport transport{&MonitorChannel::send, this};
    holdfast_clusapi_attach_host(&transport);
    onLoop([this] { web = service.addGroup("Web").id; });
    onLoop([this] { site = service.addResource(web, "Site").id; });
  }
  /// Ends the thread; the object stays, because the library knows it for as long as the process lives.
  void finish() {
    down();
    post({});
    thread_.join();
  }

  void up() {
    onLoop([this] {
      ++service.incarnationNumber;
      session = std::make_unique<Session>(
          service, clussvc::doors::Peer{"monitor 1 pid 7", true, true, true},
          [](const std::string& frame) { holdfast_clusapi_host_deliver(frame.data(), frame.size()); });
      connected = true;
    });
    holdfast_clusapi_host_connected(service.incarnationNumber);
  }
  void down() {
    onLoop([this] {
      connected = false;
      session.reset();
    });
  }
  void onLoop(const std::function<void()>& work) {
    std::mutex mutex;
    std::condition_variable done;
    bool finished = false;
    post([&] {
      work();
      const std::lock_guard lock(mutex);
      finished = true;
      done.notify_one();
    });
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return finished; });
  }

  FakeService service;
  std::unique_ptr<Session> session;
  std::atomic<bool> connected = false;
  std::atomic<int> sent = 0;
  ObjectId web, site;

 private:
  static std::uint32_t send(void* context, const void* frame, std::size_t size_bytes) {
    auto* self = static_cast<MonitorChannel*>(context);
    if (!self->connected) return RPC_S_SERVER_UNAVAILABLE;
    ++self->sent;
    self->post([self, body = std::string(static_cast<const char*>(frame), size_bytes)] {
      if (self->session) self->session->receive(body, DllContext{1, 1, {}});
    });
    return 0;
  }
  void post(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
    arrived_.notify_one();
  }
  void run() {
    for (;;) {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return !work_.empty(); });
      const auto work = std::move(work_.front());
      work_.pop_front();
      lock.unlock();
      if (!work) return;
      work();
    }
  }
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> work_;
  std::thread thread_;
};

MonitorChannel& channel() {
  static auto* made = new MonitorChannel;
  return *made;
}

class EndOfChannel : public testing::Environment {
  void TearDown() override { channel().finish(); }
};
[[maybe_unused]] auto* const endOfChannel = testing::AddGlobalTestEnvironment(new EndOfChannel);

/// The channel is attached once in a process, as in rhs.
class HostTransport : public testing::Test {
 protected:
  void SetUp() override {
    channel().down();
    channel().up();
    channel().onLoop([] {
      channel().service.holdAnswers = false;
      channel().service.script = {};
    });
  }
};

DWORD numberOf(HKEY key, LPCWSTR name) {
  DWORD number = 0, size = sizeof number;
  return ClusterRegQueryValue(key, name, nullptr, reinterpret_cast<LPBYTE>(&number), &size) == 0 ? number : ~0u;
}

DWORD setNumber(HKEY key, LPCWSTR name, DWORD number) {
  return ClusterRegSetValue(key, name, REG_DWORD, reinterpret_cast<const BYTE*>(&number), sizeof number);
}

}  // namespace

TEST_F(HostTransport, OpenClusterMeansTheServiceOfTheMonitor) {
  HCLUSTER cluster = OpenCluster(nullptr);
  ASSERT_NE(cluster, nullptr);
  HRESOURCE resource = OpenClusterResource(cluster, L"Site");
  EXPECT_EQ(GetClusterResourceState(resource, nullptr, nullptr, nullptr, nullptr), ClusterResourceOffline);
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

TEST_F(HostTransport, theKeyThatOpenGetsStaysValidOverAChangeOfService) {
  auto* key = static_cast<HKEY>(holdfast_clusapi_open_host_key(channel().site.c_str()));
  ASSERT_NE(key, nullptr);
  HKEY parameters = nullptr;
  ASSERT_EQ(ClusterRegOpenKey(key, L"Parameters", KEY_ALL_ACCESS, &parameters), 0);
  EXPECT_EQ(setNumber(parameters, L"Port", 9300), DWORD{ERROR_SUCCESS});
  channel().down();
  channel().up();
  EXPECT_EQ(numberOf(parameters, L"Port"), 9300u) << "opened anew by its path";
  EXPECT_EQ(setNumber(parameters, L"Port", 9301), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(ClusterRegCloseKey(key), 0) << "a DLL that closes the key of Open harms nobody";
  HKEY again = nullptr;
  EXPECT_EQ(ClusterRegOpenKey(key, L"Parameters", KEY_READ, &again), 0);
  EXPECT_EQ(numberOf(again, L"Port"), 9301u);
  ClusterRegCloseKey(again);
  ClusterRegCloseKey(parameters);
  holdfast_clusapi_close_host_key(key);
  EXPECT_EQ(ClusterRegOpenKey(key, L"Parameters", KEY_READ, &again), ERROR_INVALID_HANDLE);
}

TEST_F(HostTransport, handlesOfObjectsAreOpenedAnewByTheirId) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HRESOURCE resource = OpenClusterResource(cluster, L"Site");
  channel().down();
  channel().onLoop([] { channel().service.scripted.resourceById(channel().site)->name = "Renamed"; });
  channel().up();
  EXPECT_EQ(GetClusterResourceState(resource, nullptr, nullptr, nullptr, nullptr), ClusterResourceOffline);
  channel().onLoop([] { channel().service.scripted.resourceById(channel().site)->name = "Site"; });
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

TEST_F(HostTransport, aCallMadeWhileTheServiceIsAwayWaitsForTheNextOne) {
  HCLUSTER cluster = OpenCluster(nullptr);
  channel().down();
  HRESOURCE resource = nullptr;
  std::atomic<bool> calling = false;
  std::thread caller([&] {
    calling = true;
    resource = OpenClusterResource(cluster, L"Site");
  });
  ASSERT_TRUE(eventually([&] { return calling.load(); }));
  channel().up();
  caller.join();
  EXPECT_NE(resource, nullptr);
  CloseClusterResource(resource);
  CloseCluster(cluster);
}

TEST_F(HostTransport, writesThatSayTheSameTwiceAreRepeatedOthersAreUnknown) {
  auto* key = static_cast<HKEY>(holdfast_clusapi_open_host_key(channel().site.c_str()));
  HKEY parameters = nullptr;
  ASSERT_EQ(ClusterRegOpenKey(key, L"Parameters", KEY_ALL_ACCESS, &parameters), 0);
  HCLUSTER cluster = OpenCluster(nullptr);
  const auto loseAnswerOf = [](const std::function<DWORD()>& call) {
    channel().onLoop([] { channel().service.holdAnswers = true; });
    DWORD code = 99;
    std::thread caller([&] { code = call(); });
    EXPECT_TRUE(eventually([] {
      bool held = false;
      channel().onLoop([&] { held = !channel().service.held.empty(); });
      return held;
    }));
    channel().down();
    channel().onLoop([] {
      channel().service.holdAnswers = false;
      channel().service.held.clear();
    });
    channel().up();
    caller.join();
    return code;
  };
  EXPECT_EQ(loseAnswerOf([&] { return setNumber(parameters, L"Port", 77); }), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(numberOf(parameters, L"Port"), 77u);
  EXPECT_EQ(loseAnswerOf([&] { return CreateClusterGroup(cluster, L"Perhaps") ? 0 : GetLastError(); }),
            DWORD{RPC_S_CALL_FAILED});
  ClusterRegCloseKey(parameters);
  CloseCluster(cluster);
  holdfast_clusapi_close_host_key(key);
}

TEST_F(HostTransport, portsReconnectAndSaySo) {
  HCLUSTER cluster = OpenCluster(nullptr);
  HCHANGE port = CreateClusterNotifyPort(reinterpret_cast<HCHANGE>(INVALID_HANDLE_VALUE), cluster,
                                         CLUSTER_CHANGE_RESOURCE_STATE | CLUSTER_CHANGE_CLUSTER_RECONNECT, 5);
  ASSERT_NE(port, nullptr);
  channel().down();
  channel().up();
  DWORD filter = 0;
  WCHAR name[32];
  DWORD length = 32;
  EXPECT_EQ(GetClusterNotify(port, nullptr, &filter, name, &length, 10'000), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(filter, DWORD{CLUSTER_CHANGE_CLUSTER_RECONNECT});
  channel().onLoop([] { channel().service.setState(channel().site, ResourceState::Online); });
  length = 32;
  EXPECT_EQ(GetClusterNotify(port, nullptr, &filter, name, &length, 10'000), DWORD{ERROR_SUCCESS});
  EXPECT_EQ(filter, DWORD{CLUSTER_CHANGE_RESOURCE_STATE});
  EXPECT_STREQ(name, L"Site");
  length = 32;
  EXPECT_EQ(GetClusterNotify(port, nullptr, &filter, name, &length, 0), DWORD{WAIT_TIMEOUT}) << "no event twice";
  channel().onLoop([] { channel().service.setState(channel().site, ResourceState::Offline); });
  CloseClusterNotifyPort(port);
  CloseCluster(cluster);
}

TEST_F(HostTransport, manyThreadsCallWhileServicesComeAndGo) {
  std::atomic<bool> stop = false;
  std::atomic<int> served = 0, failed = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      HCLUSTER cluster = OpenCluster(nullptr);
      HRESOURCE resource = OpenClusterResource(cluster, L"Site");
      while (!stop) {
        const bool known =
            GetClusterResourceState(resource, nullptr, nullptr, nullptr, nullptr) != ClusterResourceStateUnknown;
        ++(known ? served : failed);
      }
      CloseClusterResource(resource);
      CloseCluster(cluster);
    });
  }
  for (int round = 0; round < 20; ++round) {
    const int before = served;
    ASSERT_TRUE(eventually([&] { return served > before + 10; }));
    channel().down();
    channel().up();
  }
  stop = true;
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
}

}  // namespace holdfast::conformance
