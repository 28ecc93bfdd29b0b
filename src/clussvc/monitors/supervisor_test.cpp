#include "clussvc/monitors/supervisor.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "calls/monitor.pb.h"
#include "clussvc/monitors/testing/fixture.h"

namespace holdfast::clussvc::monitors::testing {
namespace {

using How = monitor::Exited::How;

int connectTo(const std::string& path, int type) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return socket;
}

// --- a monitor's life
// -------------------------------------------------------------------------------------------------

TEST_F(SupervisorTest, aMonitorConnectsObeysAndReports) {
  serve();
  startConnected();
  EXPECT_TRUE(all<core::MonitorConnected>()[0].hello.instances.empty());
  EXPECT_GT(all<core::MonitorConnected>()[0].hello.pid, 0u);
  supervisor_->command({7, monitor::Open{5, "guid", "Clip", {}, {}}});
  supervisor_->command({7, monitor::Online{5, 11}});
  ASSERT_TRUE(runUntil([&] { return reports<monitor::StateChanged>().size() == 1; }));
  EXPECT_EQ(reports<monitor::Opened>()[0].instance, 5u);
  EXPECT_EQ(reports<monitor::StateChanged>()[0].operation, 11u);
  EXPECT_EQ(reports<monitor::StateChanged>()[0].state, ResourceState::Online);
  EXPECT_EQ(supervisor_->resourceOf(5), "guid");
  control(kFakeEcho, 7, {1, 2, 3});
  ASSERT_TRUE(runUntil([&] { return reports<monitor::ControlDone>().size() == 1; }));
  EXPECT_EQ(reports<monitor::ControlDone>()[0].output, (Bytes{1, 2, 3}));
}

TEST_F(SupervisorTest, itsRecordIsPrivateAndGoesWithIt) {
  serve();
  startConnected();
  struct stat status{};
  ASSERT_EQ(::stat((folder_ + "/monitors/7").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_TRUE(isAlive(record().guard));
  EXPECT_TRUE(isAlive(record().rhs));
  supervisor_->command({7, monitor::Exit{}});
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::Asked);
  EXPECT_NE(::stat((folder_ + "/monitors/7").c_str(), &status), 0);
  EXPECT_TRUE(runUntil([&] { return nothingRuns(); }));
}

TEST_F(SupervisorTest, aMonitorLivesInASessionOfItsOwnWithNothingOfOursOpen) {
  serve();
  startConnected();
  const pid_t guard = record().guard.pid;
  EXPECT_NE(::getsid(guard), ::getsid(0));
  std::size_t open = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(guard) + "/fd")) {
    ++open;
    const std::string target = std::filesystem::read_symlink(entry.path());
    EXPECT_TRUE(target == "/dev/null" || target.starts_with("socket:")) << target;
  }
  EXPECT_LE(open, 5u);
  EXPECT_EQ(std::filesystem::read_symlink("/proc/" + std::to_string(guard) + "/cwd"), "/");
}

TEST_F(SupervisorTest, aGuardThatIsNotInstalledIsAMonitorThatNeverStarted) {
  guardProgram_ = "/nowhere/rhs-guard";
  serve();
  supervisor_->start({7, "default"});
  EXPECT_TRUE(all<core::MonitorExited>().empty()) << "never from inside start";
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::NeverStarted);
  EXPECT_NE(all<core::MonitorExited>()[0].exit.text.find("/nowhere/rhs-guard"), std::string::npos);
}

TEST_F(SupervisorTest, anRhsThatEndsBeforeItsHelloNeverStarted) {
  serve();
  supervisor_->start({7, "exits"});
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::NeverStarted);
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.signalOrStatus, 3);
}

TEST_F(SupervisorTest, aCrashIsToldWithItsCulprit) {
  serve();
  startConnected();
  control(kFakeCrash);
  ASSERT_TRUE(wait<core::MonitorExited>());
  const auto exit = all<core::MonitorExited>()[0].exit;
  EXPECT_EQ(exit.how, How::Crashed);
  EXPECT_EQ(exit.signalOrStatus, SIGABRT);
  EXPECT_EQ(exit.inCall, std::vector<monitor::InstanceId>{77});
  EXPECT_EQ(exit.entryPoint, "Online");
  EXPECT_EQ(exit.text, "the fake ended");
}

TEST_F(SupervisorTest, anExitFromInsideADllIsNoCrash) {
  serve();
  startConnected();
  control(kFakeExit);
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::Exited);
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.signalOrStatus, 7);
}

TEST_F(SupervisorTest, whatAMonitorSaidBeforeItDiedIsToldBeforeItsEnd) {
  serve();
  startConnected();
  control(kFakeReportAndCrash);
  ASSERT_TRUE(wait<core::MonitorExited>());
  ASSERT_EQ(reports<monitor::Progress>().size(), 1u);
  EXPECT_TRUE(std::holds_alternative<core::MonitorExited>(events_.back()));
}

TEST_F(SupervisorTest, aKilledMonitorEndsWithEverythingBelow) {
  serve();
  startConnected();
  supervisor_->kill({7, "test"});
  EXPECT_TRUE(all<core::MonitorExited>().empty()) << "never from inside kill";
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::Asked);
  EXPECT_TRUE(runUntil([&] { return nothingRuns(); }));
}

TEST_F(SupervisorTest, aKillBeforeTheGuardHasConnectedIsObeyed) {
  serve();
  supervisor_->start({7, "default"});
  supervisor_->kill({7, "changed my mind"});
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_TRUE(nothingRuns());
  supervisor_->kill({7, "again"});
  supervisor_->command({7, monitor::Exit{}});
}

TEST_F(SupervisorTest, aKilledGuardLeavesNothingBehind) {
  serve();
  startConnected();
  control(kFakeOrphan);
  ASSERT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
  EXPECT_GE(processesMarked(mark()).size(), 3u);
  signalProcess(record().guard, SIGKILL);
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::Crashed);
  EXPECT_TRUE(nothingRuns()) << "gone before it is told";
}

TEST_F(SupervisorTest, GUM38_aStoppedGuardIsKilled) {
  serve();
  startConnected();
  signalProcess(record().guard, SIGSTOP);
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_NE(all<core::MonitorExited>()[0].exit.text.find("stopped"), std::string::npos);
  EXPECT_TRUE(nothingRuns());
}

// --- bad input
// --------------------------------------------------------------------------------------------------------

TEST_F(SupervisorTest, garbageFromOneMonitorHarmsNoOther) {
  serve();
  startConnected(7);
  startConnected(8, "other");
  for (const std::uint32_t code : {kFakeGarbage, kFakeOversized}) {
    const std::size_t before = all<core::MonitorConnected>().size();
    control(code, 7);
    // Its connection is closed; it comes again and says how things stand.
    ASSERT_TRUE(wait<core::MonitorConnected>(before + 1));
  }
  EXPECT_TRUE(logged("garbage"));
  control(kFakeHalfFrameAndCrash, 7);
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_TRUE(logged("middle of a frame"));
  control(kFakeEcho, 8);
  EXPECT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
}

TEST_F(SupervisorTest, aStrangerWithoutTheTokenIsClosedAndLogged) {
  serve();
  startConnected();
  supervisor_->start({8, "wrong-token"});
  supervisor_->start({9, "from-the-future"});
  EXPECT_TRUE(runUntil([&] { return logged("wrong token for monitor 8") && logged("protocol 90 to 99"); }));
  control(kFakeEcho);
  EXPECT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
}

TEST_F(SupervisorTest, garbageOnEitherSocketClosesThatConnectionOnly) {
  serve();
  startConnected();
  const std::string garbage(1000, '\xff');
  for (const auto& [name, type] : {std::pair{"monitors.sock", SOCK_STREAM}, std::pair{"guards.sock", SOCK_SEQPACKET}}) {
    const int socket = connectTo(folder_ + "/" + name, type);
    ::send(socket, garbage.data(), garbage.size(), MSG_NOSIGNAL);
    char byte;
    EXPECT_TRUE(runUntil([&] { return ::recv(socket, &byte, 1, MSG_DONTWAIT) == 0; })) << name;
    ::close(socket);
    struct stat status{};
    ASSERT_EQ(::stat((folder_ + "/" + name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
  }
  control(kFakeEcho);
  EXPECT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
}

TEST_F(SupervisorTest, whoSaysNothingIsClosedInTime) {
  serve();
  const int socket = connectTo(folder_ + "/monitors.sock", SOCK_STREAM);
  char byte;
  EXPECT_TRUE(runUntil([&] { return ::recv(socket, &byte, 1, MSG_DONTWAIT) == 0; }));
  ::close(socket);
  EXPECT_TRUE(logged("no Hello came in time"));
}

// --- DLLs
// -------------------------------------------------------------------------------------------------------------

TEST_F(SupervisorTest, callsOfADllGoToItsSessionAndAnswersBack) {
  serve();
  startConnected();
  control(kFakeApiCall);
  ASSERT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
  EXPECT_EQ(calls_, (std::vector<std::pair<std::string, std::string>>{{"call", "lane"}}));
  const Bytes output = reports<monitor::ControlDone>()[0].output;
  EXPECT_EQ(std::string(output.begin(), output.end()), "answer");
}

TEST_F(SupervisorTest, linesOfADllGoToTheClusterLog) {
  serve();
  startConnected();
  control(kFakeLog);
  ASSERT_TRUE(runUntil([&] { return !dllLog_.empty(); }));
  EXPECT_EQ(dllLog_[0].first, Service::LogLevel::Error);
  EXPECT_EQ(dllLog_[0].second, "Fake \"Clip\": a line of the DLL");
}

// --- adoption
// ---------------------------------------------------------------------------------------------------------

TEST_F(SupervisorTest, withoutAnEarlierLifeAdoptionIsOverAtOnce) {
  serve();
  EXPECT_TRUE(all<core::AdoptionOver>().empty()) << "not before begin has returned";
  ASSERT_TRUE(wait<core::AdoptionOver>());
}

TEST_F(SupervisorTest, aNewServiceAdoptsTheMonitorWithItsInstances) {
  serve();
  startConnected();
  supervisor_->command({7, monitor::Open{5, "guid", "Clip", {}, {}}});
  supervisor_->command({7, monitor::Online{5, 11}});
  ASSERT_TRUE(runUntil([&] { return !reports<monitor::StateChanged>().empty(); }));
  const MonitorRecord before = record();
  for (int life = 0; life < 3; ++life) {
    events_.clear();
    supervisor_.reset();
    serve();
    supervisor_->setLease(true);
    ASSERT_TRUE(wait<core::AdoptionOver>());
    ASSERT_TRUE(std::holds_alternative<core::MonitorConnected>(events_[0])) << "before AdoptionOver";
    const auto hello = all<core::MonitorConnected>()[0].hello;
    ASSERT_EQ(hello.instances.size(), 1u);
    EXPECT_EQ(hello.instances[0].resource, "guid");
    EXPECT_EQ(hello.instances[0].state, ResourceState::Online);
    EXPECT_EQ(supervisor_->resourceOf(5), "guid");
    EXPECT_EQ(record(), before) << "the same processes";
  }
  control(kFakeEcho);
  EXPECT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
}

TEST_F(SupervisorTest, whatEndedWhileNoServiceRanIsGoneAndNotTold) {
  serve();
  startConnected();
  control(kFakeOrphan);
  ASSERT_TRUE(runUntil([&] { return !reports<monitor::ControlDone>().empty(); }));
  const MonitorRecord before = record();
  supervisor_.reset();
  events_.clear();
  signalProcess(before.guard, SIGKILL);
  ASSERT_TRUE(runUntil([&] { return !isAlive(before.guard); }));
  serve();
  ASSERT_TRUE(wait<core::AdoptionOver>());
  EXPECT_EQ(events_.size(), 1u);
  EXPECT_TRUE(nothingRuns()) << "its orphan too, before AdoptionOver";
  EXPECT_EQ(supervisor_->count(), 0u);
}

TEST_F(SupervisorTest, aMonitorThatDoesNotComeBackIsKilledBeforeAdoptionIsOver) {
  serve();
  supervisor_->setLease(true);
  supervisor_->start({7, "silent"});
  ASSERT_TRUE(runUntil([&] { return isAlive(record().rhs); }));
  supervisor_.reset();
  serve();
  supervisor_->setLease(true);
  ASSERT_TRUE(wait<core::AdoptionOver>());
  EXPECT_TRUE(runUntil([&] { return nothingRuns(); }));
  EXPECT_TRUE(all<core::MonitorConnected>().empty());
}

TEST_F(SupervisorTest, aGuardOfNoKnownLifeIsToldToEnd) {
  serve();
  startConnected();
  supervisor_.reset();
  std::filesystem::remove(folder_ + "/monitors/7");
  events_.clear();
  serve();
  EXPECT_TRUE(runUntil([&] { return nothingRuns(); }));
  EXPECT_TRUE(all<core::MonitorConnected>().empty());
}

TEST_F(SupervisorTest, aRecordThatCannotBeReadIsNoMonitor) {
  std::filesystem::create_directories(folder_ + "/monitors");
  std::FILE* file = std::fopen((folder_ + "/monitors/7").c_str(), "w");
  std::fputs("monitor 7\ntok", file);
  std::fclose(file);
  serve();
  ASSERT_TRUE(wait<core::AdoptionOver>());
  EXPECT_EQ(supervisor_->count(), 0u);
  EXPECT_TRUE(logged("cannot be read"));
}

// --- run leases
// -------------------------------------------------------------------------------------------------------

TEST_F(SupervisorTest, CM148_aLeaseIsRenewedForAsLongAsItIsHeld) {
  times_ = {300ms, 300ms};
  serve();
  startConnected();
  const Time end = bootTime() + 1500ms;
  runUntil([&] { return bootTime() > end; });
  EXPECT_TRUE(all<core::MonitorExited>().empty());
}

TEST_F(SupervisorTest, aLoopThatDoesNotRunDoesNotRenew) {
  times_ = {300ms, 300ms};
  serve();
  startConnected();
  const MonitorRecord before = record();
  // The loop hangs: nothing is run here until the guard has acted by itself.
  const Time end = bootTime() + 20s;
  while (isAlive(before.guard) && bootTime() < end) ::usleep(2000);
  EXPECT_FALSE(isAlive(before.guard));
}

TEST_F(SupervisorTest, aServiceWithoutQuorumRunsEverythingDownAtOnce) {
  times_ = {60s, 60s};
  serve();
  startConnected();
  supervisor_->setLease(false);
  ASSERT_TRUE(wait<core::MonitorExited>());
  EXPECT_EQ(all<core::MonitorExited>()[0].exit.how, How::Exited);
  EXPECT_TRUE(runUntil([&] { return nothingRuns(); }));
}

}  // namespace
}  // namespace holdfast::clussvc::monitors::testing
