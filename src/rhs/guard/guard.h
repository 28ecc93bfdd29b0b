// The guard of one monitor (design §5, CM §4.1): holds its run lease, watches it for hangs from outside, and leaves no
// process behind. One thread; no foreign code; no allocation after start().
#pragma once

#include <csignal>
#include <cstdint>

#include "calls/guard_packet.h"
#include "core/monitor/call_watch.h"
#include "core/monitor/run_lease.h"
#include "rhs/guard/options.h"
#include "rhs/guard/service_link.h"
#include "rhs/shared_block.h"

namespace holdfast::guard {

/// Calls and heartbeat are looked at this often: a DeadlockTimeout is at least 1 s.
inline constexpr Duration kLookEvery = std::chrono::milliseconds(250);
/// The keeper reaps rhs and cleans up below it within this time, or the guard does.
inline constexpr Duration kKeeperPatience = std::chrono::seconds(1);
/// A stack report may delay the end of a hung monitor by no more.
inline constexpr Duration kStackReportTime = std::chrono::seconds(2);
/// Time for a service to take the last packet, beyond what the lease leaves.
inline constexpr Duration kDeliverAtLeast = std::chrono::seconds(1);

class Guard {
 public:
  /// Starts keeper and rhs. Exits with a message on stderr if that fails.
  explicit Guard(const Options& options);

  /// Until rhs and everything below it is gone and the service knows, or cannot be told. Returns the exit status.
  int run();

 private:
  using Exited = calls::GuardPacket;

  void step();
  void waitForSomething();
  void obeyLease(Time now);
  void obeyPackets();
  void orderRunDown();
  void judgeCalls();
  void judgeProcesses();
  void reportStacks(std::int32_t thread);

  /// Ends everything and says why. `exited` has culprits and text.
  void finish(calls::GuardExit exit, std::int32_t signalOrStatus, Exited& exited);
  void rhsEnded();
  void deliver(const Exited& exited);

  Exited emptyExited() const;

  const Options options_;
  rhs::SharedBlock* shared_ = nullptr;
  int wakeFile_ = -1;
  pid_t keeper_ = -1;
  int keeperFile_ = -1;
  int rhsFile_ = -1;
  Time rhsGoneAt_ = kNever;
  ServiceLink link_;
  monitor::RunLease lease_;
  monitor::LoopWatch loop_;
  bool runDownOrdered_ = false;
  bool finished_ = false;
};

}  // namespace holdfast::guard
