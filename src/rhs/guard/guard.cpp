#include "rhs/guard/guard.h"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "rhs/clocks.h"
#include "rhs/guard/calls_seen.h"
#include "rhs/guard/keeper.h"
#include "rhs/guard/stack_report.h"
#include "rhs/process_tree.h"

namespace holdfast::guard {

namespace {

volatile std::sig_atomic_t stopAsked = 0;

[[noreturn]] void cannotStart(const char* what) {
  std::fprintf(stderr, "rhs-guard: %s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

int openPid(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

calls::GuardPacket helloOf(const Options& options) {
  calls::GuardPacket hello;
  hello.kind = calls::GuardPacketKind::Hello;
  hello.monitor = options.monitor;
  hello.guardPid = ::getpid();
  return hello;
}

// A machine that shuts down asks politely: so does the guard.
void catchSignals() {
  struct sigaction action{};
  action.sa_handler = [](int) { stopAsked = 1; };
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

Guard::Guard(const Options& options)
    : options_(options),
      link_(options.runDir, helloOf(options)),
      lease_(rhs::boottimeNow()),
      loop_(rhs::monotonicNow(), options.loopSilence) {
  if (!rhs::becomeSubreaper()) cannotStart("cannot watch over child processes (/proc/PID/task/TID/children)");
  catchSignals();
  const int sharedFile = ::memfd_create("rhs-calls", MFD_CLOEXEC);
  if (sharedFile < 0 || ::ftruncate(sharedFile, sizeof(rhs::SharedBlock)) != 0) cannotStart("no shared memory");
  void* memory = ::mmap(nullptr, sizeof(rhs::SharedBlock), PROT_READ | PROT_WRITE, MAP_SHARED, sharedFile, 0);
  if (memory == MAP_FAILED) cannotStart("no shared memory");
  shared_ = new (memory) rhs::SharedBlock;
  shared_->version = rhs::kSharedVersion;
  shared_->size_bytes = sizeof(rhs::SharedBlock);
  wakeFile_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wakeFile_ < 0) cannotStart("eventfd");
  keeper_ = startKeeper(options_, *shared_, sharedFile, wakeFile_);
  if (keeper_ < 0) cannotStart("fork");
  keeperFile_ = openPid(keeper_);
  if (keeperFile_ < 0) cannotStart("pidfd_open");
  ::close(sharedFile);
}

int Guard::run() {
  while (!finished_) {
    step();
    if (!finished_) waitForSomething();
  }
  return 0;
}

// Whoever wakes from a pause looks at the clock before at its queue (GUM-38): the lease comes before the packets.
void Guard::step() {
  obeyLease(rhs::boottimeNow());
  if (!finished_) judgeProcesses();
  if (!finished_) judgeCalls();
  if (finished_) return;
  // Its Hello names rhs, so it waits for that.
  if (link_.hello().rhsPid != 0) link_.connect(rhs::boottimeNow());
  obeyPackets();
}

void Guard::waitForSomething() {
  const bool pidKnown = rhsFile_ >= 0 || rhsGoneAt_ != kNever;
  Duration wait = std::min(kLookEvery, lease_.next() - rhs::boottimeNow());
  if (!link_.connected()) wait = std::min(wait, kReconnectEvery);
  if (!pidKnown) wait = std::min(wait, Duration(std::chrono::milliseconds(1)));
  wait = std::max(wait, Duration(std::chrono::milliseconds(1)));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait);
  const timespec timeout{seconds.count(), (wait - seconds).count()};
  pollfd files[] = {{keeperFile_, POLLIN, 0}, {rhsFile_, POLLIN, 0}, {link_.file(), POLLIN, 0}};
  if (rhsGoneAt_ != kNever) files[1].fd = -1;
  ::ppoll(files, 3, &timeout, nullptr);
}

void Guard::obeyLease(Time now) {
  if (stopAsked != 0) lease_.runDown(lease_.incarnation(), now);
  switch (lease_.verdict(now)) {
    case monitor::RunLease::Verdict::Run:
      return;
    case monitor::RunLease::Verdict::RunDown:
      return orderRunDown();
    case monitor::RunLease::Verdict::Kill:
      break;
  }
  auto exited = emptyExited();
  std::snprintf(exited.text, sizeof exited.text, "killed at the end of the time that its run lease leaves");
  finish(calls::GuardExit::LeaseLapsed, SIGKILL, exited);
}

void Guard::orderRunDown() {
  if (runDownOrdered_) return;
  runDownOrdered_ = true;
  shared_->runDown = 1;
  const std::uint64_t one = 1;
  (void)!::write(wakeFile_, &one, sizeof one);
}

void Guard::obeyPackets() {
  calls::GuardPacket packet;
  while (!finished_ && link_.receive(packet)) {
    const auto now = rhs::boottimeNow();
    bool obeyed = true;
    switch (packet.kind) {
      case calls::GuardPacketKind::Renew:
        obeyed = lease_.renew(packet.incarnation, Time(Duration(packet.leaseEnd_ns)),
                              Duration(packet.quorumLossStop_ns), now);
        break;
      case calls::GuardPacketKind::RunDown:
        obeyed = lease_.runDown(packet.incarnation, now);
        break;
      case calls::GuardPacketKind::Kill:
        obeyed = lease_.obeys(packet.incarnation);
        if (obeyed) {
          auto exited = emptyExited();
          std::snprintf(exited.text, sizeof exited.text, "killed by order of the service");
          finish(calls::GuardExit::Killed, SIGKILL, exited);
        }
        break;
      default:
        break;
    }
    if (!obeyed) return link_.drop();  // a service of the past that woke up: the present one is found by its socket
    link_.hello().incarnation = lease_.incarnation();
  }
}

void Guard::judgeCalls() {
  if (rhsFile_ < 0 || rhsGoneAt_ != kNever) return;
  const auto now = rhs::monotonicNow();
  auto exited = emptyExited();
  std::int32_t thread = 0;
  if (findOverdue(*shared_, now, exited, thread) != 0) {
    reportStacks(thread);
    return finish(calls::GuardExit::Deadlock, SIGKILL, exited);
  }
  if (!loop_.dead(Time(Duration(shared_->heartbeat_ns.load())), now)) return;
  std::snprintf(exited.text, sizeof exited.text, "its loop gave no sign of life for %lld ms",
                static_cast<long long>(options_.loopSilence / std::chrono::milliseconds(1)));
  reportStacks(0);
  finish(calls::GuardExit::LoopDead, SIGKILL, exited);
}

void Guard::judgeProcesses() {
  if (rhsFile_ < 0 && shared_->rhsPid != 0) {
    link_.hello().rhsPid = shared_->rhsPid;
    rhsFile_ = openPid(shared_->rhsPid);
    if (rhsFile_ < 0 && rhsGoneAt_ == kNever) rhsGoneAt_ = rhs::monotonicNow();
  }
  const auto over = [](int file) {
    pollfd ended{file, POLLIN, 0};
    return file >= 0 && ::poll(&ended, 1, 0) == 1;
  };
  if (over(keeperFile_)) return rhsEnded();
  if (rhsGoneAt_ == kNever && over(rhsFile_)) rhsGoneAt_ = rhs::monotonicNow();
  if (rhsGoneAt_ != kNever && rhs::monotonicNow() - rhsGoneAt_ >= kKeeperPatience) rhsEnded();
}

// The keeper is through, or gone, or stopped: in each case what it leaves is killed before anything is said.
void Guard::rhsEnded() {
  auto exited = emptyExited();
  if (shared_->ended == 0) {
    std::snprintf(exited.text, sizeof exited.text, "the process that kept rhs ended before it");
    return finish(calls::GuardExit::Unknown, 0, exited);
  }
  const int status = shared_->waitStatus;
  if (shared_->startError != 0) {
    std::snprintf(exited.text, sizeof exited.text, "%.180s cannot be started: %s", options_.rhs,
                  ::strerrordesc_np(shared_->startError));
    return finish(calls::GuardExit::Exited, WEXITSTATUS(status), exited);
  }
  if (runDownOrdered_ && shared_->leaving != 0) {
    std::snprintf(exited.text, sizeof exited.text, "ran down: no lease");
    return finish(calls::GuardExit::LeaseLapsed, WEXITSTATUS(status), exited);
  }
  findInCall(*shared_, status, exited);
  if (WIFSIGNALED(status)) return finish(calls::GuardExit::Signalled, WTERMSIG(status), exited);
  finish(calls::GuardExit::Exited, WEXITSTATUS(status), exited);
}

void Guard::reportStacks(std::int32_t thread) {
  const auto leaseLeaves = lease_.killAt() - rhs::boottimeNow();
  if (leaseLeaves <= Duration::zero()) return;
  writeStackReport(options_, shared_->rhsPid, thread, std::min(kStackReportTime, leaseLeaves));
}

calls::GuardPacket Guard::emptyExited() const {
  calls::GuardPacket exited;
  exited.kind = calls::GuardPacketKind::Exited;
  exited.monitor = options_.monitor;
  exited.incarnation = lease_.incarnation();
  exited.guardPid = ::getpid();
  exited.rhsPid = shared_->rhsPid;
  return exited;
}

void Guard::finish(calls::GuardExit exit, std::int32_t signalOrStatus, Exited& exited) {
  exited.exit = exit;
  exited.signalOrStatus = signalOrStatus;
  rhs::killAllBelow();
  finished_ = true;
  deliver(exited);
}

// A service that is away may come back: for as long as the lease would have let the monitor live, it is waited for.
void Guard::deliver(const Exited& exited) {
  const auto until = std::max(lease_.killAt(), rhs::boottimeNow() + kDeliverAtLeast);
  bool sent = false;
  for (Time now; (now = rhs::boottimeNow()) < until;) {
    if (!link_.connected()) sent = false;
    link_.connect(now);
    if (link_.connected() && !sent) sent = link_.send(exited);
    if (sent && link_.taken()) return;
    calls::GuardPacket packet;
    while (link_.receive(packet)) {
      if (packet.kind != calls::GuardPacketKind::Renew) continue;
      if (!lease_.obeys(packet.incarnation)) link_.drop();
    }
    const timespec pause{0, 2'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace holdfast::guard
