// The type Generic Application, called as a monitor calls it.
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "conformance/resutils/fake_cluster.h"
#include "restypes/host.h"

namespace holdfast::testing {
namespace {

class GenericApplication : public ::testing::Test {
 protected:
  GenericApplication() {
    resetRegistry();
    cluster() = FakeCluster();
    char name[] = "/tmp/genapp.XXXXXX";
    directory_ = ::mkdtemp(name);
    registry().setText(L"Parameters\\CurrentDirectory", std::wstring(directory_.begin(), directory_.end()));
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, startup("clusres.so", L"Generic Application", dll_));
  }
  ~GenericApplication() override {
    EXPECT_TRUE(eventually([&] { return processesWith(directory_).empty(); })) << "a process is left";
    EXPECT_EQ(0, registry().openKeys);
    std::filesystem::remove_all(directory_);
  }
  /// A shell command; $D is the directory of the test, which also marks all its processes.
  static void run(std::wstring const& script) {
    registry().setText(L"Parameters\\CommandLine", L"/bin/sh -c \"D=$PWD; export D; " + script + L"\"");
  }
  std::string file(std::string const& name) const {
    std::ifstream stream(directory_ + "/" + name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  bool exists(std::string const& name) const { return std::filesystem::exists(directory_ + "/" + name); }

  std::string directory_;
  CLRES_V1_FUNCTIONS dll_{};
};
using RA_197 = GenericApplication;
using RA_198 = GenericApplication;
using RA_200 = GenericApplication;

TEST_F(GenericApplication, startsForItsTypeOnly) {
  CLRES_V1_FUNCTIONS functions{};
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, startup("clusres.so", L"generic application", functions));
  EXPECT_EQ(DWORD{ERROR_CLUSTER_RESNAME_NOT_FOUND}, startup("clusres.so", L"Generic Service", functions));
  EXPECT_EQ(DWORD{ERROR_REVISION_MISMATCH}, startup("clusres.so", L"Generic Application", functions, 0x300, 0x400));
}

TEST_F(RA_197, ProcessExitMakesIsAliveFalseAndSignalsTheEventHandle) {
  run(L"while [ ! -e go ]; do sleep 0.01; done; exit 7");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  ASSERT_NE(nullptr, resource.eventHandle());
  EXPECT_TRUE(dll_.IsAlive(resource.id()));
  EXPECT_TRUE(dll_.LooksAlive(resource.id()));
  EXPECT_EQ(DWORD{WAIT_TIMEOUT}, WaitForSingleObject(resource.eventHandle(), 0));
  std::ofstream(directory_ + "/go") << "go";
  EXPECT_EQ(DWORD{WAIT_OBJECT_0}, WaitForSingleObject(resource.eventHandle(), 20000));
  EXPECT_FALSE(dll_.IsAlive(resource.id()));
  dll_.Terminate(resource.id());
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.offline());
}

TEST_F(RA_197, OfflineTerminatesTheProcessAfterAskingItToEnd) {
  run(L"trap 'echo bye > asked; exit 0' TERM; : > ready; while :; do sleep 0.01; done");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  ASSERT_TRUE(eventually([&] { return exists("ready"); }));
  ASSERT_EQ(DWORD{ERROR_IO_PENDING}, resource.offline());
  EXPECT_EQ(ClusterResourceOffline, resource.state());
  EXPECT_EQ("bye\n", file("asked"));
  EXPECT_FALSE(dll_.IsAlive(resource.id()));
}

TEST_F(RA_197, TerminateEndsTheWholeTreeAlsoWhatForkedTwiceAndLeftTheGroup) {
  run(L"(setsid sh -c 'trap : TERM; : > left; while :; do sleep 0.02; done' &) ; trap : TERM; : > ready; while :; do "
      L"sleep 0.02; done");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  ASSERT_TRUE(eventually([&] { return exists("ready") && exists("left"); }));
  EXPECT_GE(processesWith(directory_).size(), 2U);
  dll_.Terminate(resource.id());
  EXPECT_TRUE(processesWith(directory_).empty());
}

TEST_F(RA_197, TheDescendantsOfAnEndedProcessEndWithTerminate) {
  run(L"setsid sh -c ': > left; while :; do sleep 0.02; done' & while [ ! -e left ]; do sleep 0.01; done");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  EXPECT_EQ(DWORD{WAIT_OBJECT_0}, WaitForSingleObject(resource.eventHandle(), 20000));
  EXPECT_FALSE(processesWith(directory_).empty());
  dll_.Terminate(resource.id());
  EXPECT_TRUE(processesWith(directory_).empty());
}

TEST_F(RA_197, TerminateCutsShortAnOfflineThatIsNotHeard) {
  run(L"trap : TERM; : > ready; while :; do sleep 0.02; done");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  ASSERT_TRUE(eventually([&] { return exists("ready"); }));
  resource.forgetReports();
  ASSERT_EQ(DWORD{ERROR_IO_PENDING}, dll_.Offline(resource.id()));
  EXPECT_TRUE(eventually([&] { return resource.reports().size() >= 2; })) << "progress is reported";
  dll_.Terminate(resource.id());
  EXPECT_TRUE(processesWith(directory_).empty());
}

TEST_F(RA_198, OnlineWithoutCommandLineOrCurrentDirectoryFailsWith2) {
  Resource resource(dll_, L"App");
  EXPECT_EQ(DWORD{2}, resource.online());
  registry().setText(L"Parameters\\CommandLine", L"");
  EXPECT_EQ(DWORD{2}, resource.online());
  registry().root->find(L"Parameters")->values.clear();
  registry().setText(L"Parameters\\CommandLine", L"/bin/true");
  EXPECT_EQ(DWORD{2}, resource.online());
}

TEST_F(GenericApplication, onlineGivesTheCodeOfAProgramOrDirectoryThatIsMissing) {
  Resource resource(dll_, L"App");
  registry().setText(L"Parameters\\CommandLine", L"/no/such/program");
  EXPECT_EQ(DWORD{ERROR_FILE_NOT_FOUND}, resource.online());
  run(L"true");
  registry().setText(L"Parameters\\CurrentDirectory", L"/no/such/directory");
  EXPECT_EQ(DWORD{ERROR_DIRECTORY}, resource.online());
  registry().setText(L"Parameters\\CurrentDirectory", L"relative");
  EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.online());
}

TEST_F(GenericApplication, theCommandLineIsSplitAsWindowsProgramsSplitIt) {
  registry().setText(
      L"Parameters\\CommandLine",
      L"/bin/sh -c \"printf '<%s>' \\\"$@\\\" > words; sleep 100\" sh one \"two words\" \"a\\\"b\" c\\d \"\"");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  EXPECT_TRUE(eventually([&] { return file("words") == "<one><two words><a\"b><c\\d><>"; })) << file("words");
  dll_.Terminate(resource.id());
}

TEST_F(RA_200, UseNetworkNameMakesTheProcessSeeTheNetworkName) {
  cluster().resources[L"Name"].type = L"Network Name";
  cluster().resources[L"Name"].networkName = L"SHOP";
  cluster().resources[L"App"].providers = {L"Name"};
  registry().setDword(L"Parameters\\UseNetworkName", 1);
  run(L"echo $CLUSTER_NETWORK_NAME $HOSTNAME > names; sleep 100");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_IO_PENDING}, resource.online());
  ASSERT_EQ(ClusterResourceOnline, resource.state());
  EXPECT_NE(nullptr, resource.eventHandle());
  EXPECT_TRUE(eventually([&] { return file("names") == "SHOP SHOP\n"; })) << file("names");
  dll_.Terminate(resource.id());
}

TEST_F(RA_200, UseNetworkNameWithoutANetworkNameFails) {
  cluster().resources[L"App"].type = L"Generic Application";
  registry().setDword(L"Parameters\\UseNetworkName", 1);
  run(L"sleep 100");
  Resource resource(dll_, L"App");
  EXPECT_EQ(DWORD{ERROR_IO_PENDING}, resource.online());
  EXPECT_EQ(ClusterResourceFailed, resource.state());
  dll_.Terminate(resource.id());
}

TEST_F(GenericApplication, withoutUseNetworkNameThereIsNone) {
  run(L"echo ${CLUSTER_NETWORK_NAME-none} > names; sleep 100");
  Resource resource(dll_, L"App");
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  EXPECT_TRUE(eventually([&] { return file("names") == "none\n"; })) << file("names");
  dll_.Terminate(resource.id());
}

TEST_F(GenericApplication, propertiesAreCheckedStoredAndListed) {
  run(L"sleep 100");
  Resource resource(dll_, L"App");
  constexpr DWORD kSet = CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES;
  registry().events.clear();
  EXPECT_EQ(DWORD{ERROR_INVALID_DATA}, resource.control(kSet, list({{L"UseNetworkName", {dword(2)}}})));
  EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.control(kSet, list({{L"CurrentDirectory", {sz(L"here")}}})));
  EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.control(kSet, list({{L"CommandLin", {sz(L"x")}}})));
  EXPECT_EQ(DWORD{ERROR_INVALID_PARAMETER}, resource.control(kSet, list({{L"CommandLine", {dword(1)}}})));
  EXPECT_TRUE(registry().events.empty());
  EXPECT_EQ(DWORD{ERROR_SUCCESS},
            resource.control(CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES, list({{L"CurrentDirectory", {sz(L".")}}})));
  EXPECT_TRUE(registry().events.empty());
  ASSERT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  EXPECT_EQ(DWORD{ERROR_RESOURCE_PROPERTIES_STORED},
            resource.control(kSet, list({{L"CommandLine", {sz(L"/bin/true")}}})));
  EXPECT_EQ(std::vector<std::wstring>{L"Parameters\\CommandLine"}, registry().events);
  Bytes out;
  for (DWORD code : {CLUSCTL_RESOURCE_ENUM_PRIVATE_PROPERTIES, CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES,
                     CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTY_FMTS, CLUSCTL_RESOURCE_GET_RO_PRIVATE_PROPERTIES}) {
    ASSERT_EQ(DWORD{ERROR_MORE_DATA}, resource.control(code, {}, out, 0)) << std::hex << code;
    auto const needed = static_cast<DWORD>(out.size());
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(code, {}, out, needed)) << std::hex << code;
  }
  EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.control(CLUSCTL_RESOURCE_UNKNOWN));
  EXPECT_EQ(DWORD{ERROR_INVALID_FUNCTION}, resource.control(CLUSCTL_RESOURCE_GET_REQUIRED_DEPENDENCIES));
}

TEST_F(GenericApplication, aHundredInstancesLeaveNoDescriptorThreadOrMemory) {
  {
    Resource warmUp(dll_, L"App");
  }
  int const descriptors = openDescriptors();
  int const running = threads();
  for (int i = 0; i < 100; ++i) {
    Resource resource(dll_, L"App");
  }
  EXPECT_EQ(descriptors, openDescriptors());
  EXPECT_EQ(running, threads());
}

TEST_F(GenericApplication, twentyTimesOnlineAndCloseLeaveNothing) {
  run(L"sleep 100");
  auto const cycle = [&] {
    Resource resource(dll_, L"App");
    EXPECT_EQ(DWORD{ERROR_SUCCESS}, resource.online());
  };
  cycle();
  int const descriptors = openDescriptors();
  int const running = threads();
  for (int i = 0; i < 20; ++i) {
    cycle();
  }
  EXPECT_TRUE(eventually([&] { return openDescriptors() <= descriptors && threads() <= running; }));
}

TEST_F(GenericApplication, terminateMayComeDuringEveryOtherEntryPoint) {
  run(L"sleep 100");
  Resource resource(dll_, L"App");
  auto const online = [](Resource& r) {
    HANDLE event = nullptr;
    r.dll().Online(r.id(), &event);
  };
  race(resource, online, 30);
  auto const whileOnline = [&](void (*call)(Resource&)) {
    for (int round = 0; round < 5; ++round) {
      resource.online();
      race(resource, call, 1);
    }
  };
  whileOnline([](Resource& r) { r.dll().Offline(r.id()); });
  whileOnline([](Resource& r) { r.dll().IsAlive(r.id()); });
  whileOnline([](Resource& r) { r.control(CLUSCTL_RESOURCE_UNKNOWN); });
  EXPECT_TRUE(eventually([&] { return processesWith(directory_).empty(); }));
}

}  // namespace
}  // namespace holdfast::testing
