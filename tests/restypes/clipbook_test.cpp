// The sample DLL, called as a monitor calls it.
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "restypes/host.h"

namespace holdfast::testing {
namespace {

constexpr wchar_t kType[] = L"ClipBook Server";

DWORD freePort() {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof where;
  int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::bind(socket, reinterpret_cast<sockaddr*>(&where), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&where), &size);
  ::close(socket);
  return ntohs(where.sin_port);
}

class ClipBookDll : public ::testing::Test {
 protected:
  ClipBookDll() {
    resetRegistry();
    char name[] = "/tmp/clipdll.XXXXXX";
    directory_ = ::mkdtemp(name);
    port_ = freePort();
    setProperties();
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, startup("clipbook.so", kType, dll_));
  }
  ~ClipBookDll() override {
    EXPECT_TRUE(eventually([&] { return processesWith(directory_).empty(); })) << "a server is left";
    EXPECT_EQ(0, registry().openKeys);
    std::filesystem::remove_all(directory_);
  }
  void setProperties() {
    registry().setDword(L"Parameters\\Port", port_);
    registry().setText(L"Parameters\\DataDirectory", wide(directory_ + "/a b/data"));
  }
  static std::wstring wide(std::string const& text) { return {text.begin(), text.end()}; }
  pid_t server() const {
    std::ifstream file(directory_ + "/a b/data/server.pid");
    pid_t pid = 0;
    file >> pid;
    return pid;
  }

  std::string directory_;
  DWORD port_ = 0;
  CLRES_V1_FUNCTIONS dll_{};
};

TEST_F(ClipBookDll, startsForItsTypeAndVersionOnly) {
  CLRES_V1_FUNCTIONS functions{};
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, startup("clipbook.so", L"clipbook SERVER", functions));
  EXPECT_EQ(DWORD{ERROR_CLUSTER_RESNAME_NOT_FOUND}, startup("clipbook.so", L"ClipBook", functions));
  EXPECT_EQ(DWORD{ERROR_REVISION_MISMATCH}, startup("clipbook.so", kType, functions, 0x200, 0x400));
  EXPECT_EQ(nullptr, dll_.Arbitrate);
  EXPECT_EQ(nullptr, dll_.Release);
}

TEST_F(ClipBookDll, goesOnlineAndOfflineWithReportsOfProgress) {
  Resource resource(dll_, L"Clip");
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(DWORD{ERROR_IO_PENDING}, resource.online());
    ASSERT_EQ(ClusterResourceOnline, resource.state());
    EXPECT_EQ(nullptr, resource.eventHandle());
    EXPECT_TRUE(dll_.LooksAlive(resource.id()));
    EXPECT_TRUE(dll_.IsAlive(resource.id()));
    DWORD checkPoint = 0;
    for (RESOURCE_STATUS const& report : resource.reports()) {
      EXPECT_GT(report.CheckPoint, checkPoint);
      checkPoint = report.CheckPoint;
    }
    ASSERT_EQ(DWORD{ERROR_IO_PENDING}, resource.offline());
    EXPECT_EQ(ClusterResourceOffline, resource.state());
    EXPECT_FALSE(dll_.LooksAlive(resource.id()));
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.offline());
  }
}

TEST_F(ClipBookDll, onlineSaysAtOnceWhichPropertyIsMissingOrWrong) {
  Resource resource(dll_, L"Clip");
  registry().setDword(L"Parameters\\Port", 80);
  EXPECT_EQ(DWORD{ERROR_INVALID_DATA}, resource.online());
  setProperties();
  registry().setText(L"Parameters\\DataDirectory", L"relative");
  EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.online());
  registry().setText(L"Parameters\\DataDirectory", L"");
  EXPECT_EQ(DWORD{ERROR_FILE_NOT_FOUND}, resource.online());
  registry().root->find(L"Parameters")->values.clear();
  EXPECT_EQ(DWORD{ERROR_FILE_NOT_FOUND}, resource.online());
}

TEST_F(ClipBookDll, aKilledServerIsSeenByBothChecks) {
  Resource resource(dll_, L"Clip");
  resource.online();
  ASSERT_EQ(0, ::kill(server(), SIGKILL));
  EXPECT_TRUE(eventually([&] { return !dll_.LooksAlive(resource.id()); }));
  EXPECT_FALSE(dll_.IsAlive(resource.id()));
  dll_.Terminate(resource.id());
  ASSERT_EQ(DWORD{ERROR_IO_PENDING}, resource.online());
  EXPECT_EQ(ClusterResourceOnline, resource.state());
}

TEST_F(ClipBookDll, aStoppedServerLooksAliveButIsNot) {
  Resource resource(dll_, L"Clip");
  resource.online();
  ASSERT_EQ(0, ::kill(server(), SIGSTOP));
  EXPECT_TRUE(dll_.LooksAlive(resource.id()));
  auto const before = std::chrono::steady_clock::now();
  EXPECT_TRUE(dll_.IsAlive(resource.id())) << "the last verdict stands until there is another";
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{2});
  EXPECT_TRUE(eventually([&] { return !dll_.IsAlive(resource.id()); }));
  dll_.Terminate(resource.id());
  EXPECT_FALSE(dll_.LooksAlive(resource.id()));
}

TEST_F(ClipBookDll, theEventHandleIsSignalledWhenTheServerFails) {
  registry().setDword(L"Parameters\\UseEventHandle", 1);
  Resource resource(dll_, L"Clip");
  resource.online();
  ASSERT_EQ(ClusterResourceOnline, resource.state());
  ASSERT_NE(nullptr, resource.eventHandle());
  EXPECT_EQ(DWORD{WAIT_TIMEOUT}, WaitForSingleObject(resource.eventHandle(), 0));
  ASSERT_EQ(0, ::kill(server(), SIGKILL));
  EXPECT_EQ(DWORD{WAIT_OBJECT_0}, WaitForSingleObject(resource.eventHandle(), 20000));
  EXPECT_FALSE(dll_.IsAlive(resource.id()));
}

TEST_F(ClipBookDll, aPortInUseEndsOnlineAsFailed) {
  Resource first(dll_, L"First");
  first.online();
  ASSERT_EQ(ClusterResourceOnline, first.state());
  registry().setText(L"Parameters\\DataDirectory", wide(directory_ + "/other"));
  Resource second(dll_, L"Second");
  EXPECT_EQ(DWORD{ERROR_IO_PENDING}, second.online());
  EXPECT_EQ(ClusterResourceFailed, second.state());
  dll_.Terminate(second.id());
  EXPECT_TRUE(dll_.IsAlive(first.id()));
}

TEST_F(ClipBookDll, anOnlineThatTheMonitorHasGivenUpLeavesNothing) {
  Resource resource(dll_, L"Clip");
  resource.giveUp();
  resource.online();
  EXPECT_EQ(ClusterResourceFailed, resource.state());
  EXPECT_TRUE(eventually([&] { return processesWith(directory_).empty(); }));
}

TEST_F(ClipBookDll, setChecksEverythingAndStoresAllOrNothing) {
  Resource resource(dll_, L"Clip");
  constexpr DWORD kSet = CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES;
  constexpr DWORD kValidate = CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES;
  registry().events.clear();
  for (DWORD code : {kValidate, kSet}) {
    EXPECT_EQ(DWORD{ERROR_INVALID_DATA}, resource.control(code, list({{L"Port", {dword(80)}}})));
    EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.control(code, list({{L"Port", {sz(L"2000")}}})));
    EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.control(code, list({{L"Prot", {dword(2000)}}})));
    EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER},
              resource.control(code, list({{L"Port", {dword(2000)}}, {L"DataDirectory", {sz(L"here")}}})));
    EXPECT_NE(DWORD{ERROR_SUCCESS}, resource.control(code, Bytes{1, 2, 3}));
    EXPECT_NE(DWORD{ERROR_SUCCESS}, resource.control(code));
  }
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(kValidate, list({{L"Port", {dword(port_)}}})));
  EXPECT_TRUE(registry().events.empty());
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(kSet, list({{L"UseEventHandle", {dword(1)}}})));
  EXPECT_EQ(1U, registry().events.size());
  resource.online();
  EXPECT_EQ(DWORD{ERROR_RESOURCE_PROPERTIES_STORED}, resource.control(kSet, list({{L"UseEventHandle", {dword(0)}}})));
  EXPECT_EQ(2U, registry().events.size());
}

TEST_F(ClipBookDll, everyCodeThatGivesDataPlaysTheSizeProtocol) {
  Resource resource(dll_, L"Clip");
  registry().setText(L"Parameters\\RequiredDependency", L"Network Name");
  for (DWORD code : {CLUSCTL_RESOURCE_ENUM_PRIVATE_PROPERTIES, CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES,
                     CLUSCTL_RESOURCE_GET_RO_PRIVATE_PROPERTIES, CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTY_FMTS,
                     CLUSCTL_RESOURCE_GET_CHARACTERISTICS, CLUSCTL_RESOURCE_GET_CLASS_INFO,
                     CLUSCTL_RESOURCE_GET_REQUIRED_DEPENDENCIES}) {
    Bytes out;
    ASSERT_EQ(DWORD{ERROR_MORE_DATA}, resource.control(code, {}, out, 0)) << std::hex << code;
    auto const needed = static_cast<DWORD>(out.size());
    ASSERT_GT(needed, 0U);
    EXPECT_EQ(DWORD{ERROR_MORE_DATA}, resource.control(code, {}, out, needed - 1)) << std::hex << code;
    EXPECT_EQ(needed, out.size());
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(code, {}, out, needed)) << std::hex << code;
    EXPECT_EQ(needed, out.size());
  }
}

TEST_F(ClipBookDll, declaresARequiredDependencyOnlyIfThePropertySaysSo) {
  Resource resource(dll_, L"Clip");
  constexpr DWORD kCode = CLUSCTL_RESOURCE_GET_REQUIRED_DEPENDENCIES;
  Bytes out;
  EXPECT_EQ(DWORD{ERROR_INVALID_FUNCTION}, resource.control(kCode, {}, out, 100));
  registry().setText(L"Parameters\\RequiredDependency", L"Network Name");
  Bytes expected;
  appendEntry(expected, {CLUSPROP_SYNTAX_NAME, bytesOf(std::wstring(L"Network Name"))});
  append(expected, bytesOf(DWORD{CLUSPROP_SYNTAX_ENDMARK}));
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(kCode, {}, out, 100));
  EXPECT_EQ(expected, out);
  EXPECT_EQ(64U, out.size());
}

TEST_F(ClipBookDll, declinesWhatItDoesNotKnowAndTakesNotifications) {
  Resource resource(dll_, L"Clip");
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(CLUSCTL_RESOURCE_UNKNOWN));
  EXPECT_EQ(DWORD{ERROR_INVALID_FUNCTION}, resource.control(CLUSCTL_RESOURCE_GET_COMMON_PROPERTIES));
  EXPECT_EQ(DWORD{ERROR_INVALID_FUNCTION}, resource.control(0x01800004));
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(CLUSCTL_RESOURCE_DELETE));
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(CLUSCTL_RESOURCE_ADD_DEPENDENCY, bytesOf(std::wstring(L"Disk"))));
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(CLUSCTL_RESOURCE_SET_NAME, bytesOf(std::wstring(L"Other"))));
  EXPECT_EQ(DWORD{ERROR_INVALID_DATA}, resource.control(CLUSCTL_RESOURCE_SET_NAME, Bytes(8, 'x')));
  EXPECT_EQ(DWORD{ERROR_RESOURCE_NOT_FOUND},
            dll_.ResourceControl(nullptr, CLUSCTL_RESOURCE_UNKNOWN, nullptr, 0, nullptr, 0, nullptr));
  auto const typeControl = [&](DWORD code) {
    return dll_.ResourceTypeControl(kType, code, nullptr, 0, nullptr, 0, nullptr);
  };
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, typeControl(CLUSCTL_RESOURCE_TYPE_UNKNOWN));
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, typeControl(CLUSCTL_RESOURCE_TYPE_STARTING_PHASE2));
  EXPECT_EQ(DWORD{ERROR_INVALID_FUNCTION}, typeControl(CLUSCTL_RESOURCE_TYPE_GET_COMMON_PROPERTIES));
  EXPECT_EQ(DWORD{ERROR_MORE_DATA}, typeControl(CLUSCTL_RESOURCE_TYPE_GET_PRIVATE_RESOURCE_PROPERTY_FMTS));
}

TEST_F(ClipBookDll, openWithoutParametersFailsWithItsCode) {
  resetRegistry();
  HKEY const key = registry().open();
  SetLastError(0);
  EXPECT_EQ(nullptr, dll_.Open(L"Clip", key, nullptr));
  EXPECT_EQ(DWORD{ERROR_FILE_NOT_FOUND}, GetLastError());
  ClusterRegCloseKey(key);
}

TEST_F(ClipBookDll, aHundredInstancesLeaveNoDescriptorThreadOrMemory) {
  {
    Resource warmUp(dll_, L"Clip");
  }
  int const descriptors = openDescriptors();
  int const running = threads();
  for (int i = 0; i < 100; ++i) {
    Resource resource(dll_, L"Clip");
  }
  EXPECT_EQ(descriptors, openDescriptors());
  EXPECT_EQ(running, threads());
}

TEST_F(ClipBookDll, tenTimesOnlineAndCloseLeaveNothing) {
  auto const cycle = [&] {
    Resource resource(dll_, L"Clip");
    resource.online();
    EXPECT_EQ(ClusterResourceOnline, resource.state());
  };  // closed while online: Close does what Terminate does
  cycle();
  int const descriptors = openDescriptors();
  int const running = threads();
  for (int i = 0; i < 10; ++i) {
    cycle();
  }
  EXPECT_TRUE(eventually([&] { return openDescriptors() <= descriptors && threads() <= running; }));
}

TEST_F(ClipBookDll, terminateMayComeDuringEveryOtherEntryPoint) {
  Resource resource(dll_, L"Clip");
  race(
      resource,
      [](Resource& r) {
        HANDLE event = nullptr;
        r.dll().Online(r.id(), &event);
      },
      40);
  auto const whileOnline = [&](void (*call)(Resource&)) {
    for (int round = 0; round < 3; ++round) {
      resource.online();
      race(resource, call, 1);
    }
    race(resource, call, 20);
  };
  whileOnline([](Resource& r) { r.dll().Offline(r.id()); });
  whileOnline([](Resource& r) { r.dll().LooksAlive(r.id()); });
  whileOnline([](Resource& r) { r.dll().IsAlive(r.id()); });
  whileOnline([](Resource& r) { r.control(CLUSCTL_RESOURCE_SET_NAME, bytesOf(std::wstring(L"New"))); });
  whileOnline([](Resource& r) {
    r.dll().ResourceTypeControl(kType, CLUSCTL_RESOURCE_TYPE_UNKNOWN, nullptr, 0, nullptr, 0, nullptr);
  });
  EXPECT_TRUE(eventually([&] { return processesWith(directory_).empty(); }));
}

}  // namespace
}  // namespace holdfast::testing
