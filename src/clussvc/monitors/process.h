// Processes by identity: a pid alone may be another process tomorrow.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace holdfast::clussvc::monitors {

/// A pid together with the process's start time, as /proc tells it (ticks since boot). Valid on this boot only.
struct ProcessIdentity {
  pid_t pid = 0;
  std::uint64_t startTime = 0;
  bool operator==(const ProcessIdentity&) const = default;
  explicit operator bool() const { return pid > 0; }
};

/// nullopt if there is no such process.
std::optional<ProcessIdentity> identityOf(pid_t pid);

/// True while this very process runs; a zombie has ended.
bool isAlive(const ProcessIdentity& process);
/// Stopped by SIGSTOP or its kin.
bool isStopped(const ProcessIdentity& process);

/// Signals this very process, never another that got its pid. False if it is gone.
bool signalProcess(const ProcessIdentity& process, int signal);

/// Processes that were started with an entry in their environment that begins with `prefix`, and all descendants of
/// such; by what follows the prefix. This process excepted.
std::multimap<std::string, ProcessIdentity> processesMarked(const std::string& prefix);

/// A descriptor that polls readable when the process has ended; -1 if it is gone already.
int openPidfd(const ProcessIdentity& process);

}  // namespace holdfast::clussvc::monitors
