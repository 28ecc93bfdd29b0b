// All processes that came from one started process, wherever they went.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace generic_application {

/// A tree is known by three signs: the process group of its first process, a mark in the environment that descendants
/// inherit (also those that left the group or were adopted by another parent), and being a child of a member.
/// The caller's own process is never a member.
class ProcessTree {
 public:
  ProcessTree() = default;
  /// `leader` is the first process, which leads its process group; `mark` is a NAME=VALUE of its environment, unique.
  ProcessTree(pid_t leader, std::string mark);

  bool isEmpty() const { return members().empty(); }

  /// Signals every member once.
  void signal(int number) const;

  /// SIGKILL until nobody is left, at most so long. False: somebody is still there.
  bool kill(std::chrono::milliseconds limit) const;

 private:
  struct Member {
    pid_t pid;
    unsigned long long startTime;  // tells a process from a later one of the same pid
  };
  std::vector<Member> members() const;
  static void send(Member const& member, int number);

  pid_t leader_ = 0;
  unsigned long long leaderStart_ = 0;
  std::string mark_;
};

}  // namespace generic_application
