#include "process_tree.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace generic_application {
namespace {

constexpr char kMark[] = "PROCESS_TREE_TEST=1";

/// A shell that leads a group of its own and carries the mark.
pid_t start(char const* script) {
  pid_t const pid = ::fork();
  if (pid == 0) {
    ::setpgid(0, 0);
    char mark[] = "PROCESS_TREE_TEST=1";
    char path[] = "PATH=/usr/bin:/bin";
    char* environment[] = {mark, path, nullptr};
    ::execle("/bin/sh", "sh", "-c", script, nullptr, environment);
    ::_exit(127);
  }
  ::setpgid(pid, pid);
  return pid;
}

TEST(ProcessTree, isEmptyWithoutALeader) {
  EXPECT_TRUE(ProcessTree().isEmpty());
  EXPECT_TRUE(ProcessTree().kill(std::chrono::seconds{5}));
}

TEST(ProcessTree, endsChildrenThatClearedTheirEnvironmentAndLeftTheGroup) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  int ends[2];
  ASSERT_EQ(0, ::pipe(ends));
  std::string const script = "exec 3>&" + std::to_string(ends[1]) +
                             "; setsid env -i sleep 1000 & (setsid sleep 1000 &); env -i sleep 1000 & echo x >&3; wait";
  pid_t const pid = start(script.c_str());
  ProcessTree const tree(pid, kMark);
  char byte = 0;
  ASSERT_EQ(1, ::read(ends[0], &byte, 1));
  EXPECT_FALSE(tree.isEmpty());
  EXPECT_TRUE(tree.kill(std::chrono::seconds{20}));
  EXPECT_TRUE(tree.isEmpty());
  ::close(ends[1]);
  // Whoever is alive still holds the pipe: its end proves that nobody is.
  while (::read(ends[0], &byte, 1) > 0) {
  }
  ::close(ends[0]);
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
}

TEST(ProcessTree, signalsReachEveryMemberAndNobodyElse) {
  pid_t const stranger = ::fork();
  if (stranger == 0) {
    ::pause();
    ::_exit(0);
  }
  pid_t const pid = start("sleep 1000 & wait");
  ProcessTree const tree(pid, kMark);
  while (!tree.isEmpty()) {
    tree.signal(SIGTERM);
    ::waitpid(pid, nullptr, WNOHANG);
  }
  EXPECT_EQ(0, ::waitpid(stranger, nullptr, WNOHANG)) << "the stranger lives";
  ::kill(stranger, SIGKILL);
  ::waitpid(stranger, nullptr, 0);
}

}  // namespace
}  // namespace generic_application
