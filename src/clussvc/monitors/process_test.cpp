#include "clussvc/monitors/process.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

namespace holdfast::clussvc::monitors {
namespace {

struct Child {
  Child() {
    pid = ::fork();
    if (pid == 0) {
      for (;;) ::pause();
    }
  }
  ~Child() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  pid_t pid;
};

template <class Condition>
bool soon(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition() && std::chrono::steady_clock::now() < end) ::usleep(1000);
  return condition();
}

TEST(ProcessIdentity, namesOneProcessNotItsPid) {
  const Child child;
  const auto identity = identityOf(child.pid);
  ASSERT_TRUE(identity);
  EXPECT_TRUE(isAlive(*identity));
  ProcessIdentity other = *identity;
  ++other.startTime;
  EXPECT_FALSE(isAlive(other));
  EXPECT_FALSE(signalProcess(other, SIGKILL));
  EXPECT_TRUE(isAlive(*identity));
  EXPECT_EQ(openPidfd(other), -1);
}

TEST(ProcessIdentity, aZombieHasEnded) {
  const Child child;
  const auto identity = identityOf(child.pid);
  EXPECT_TRUE(signalProcess(*identity, SIGKILL));
  EXPECT_TRUE(soon([&] { return !isAlive(*identity); }));
  EXPECT_FALSE(isAlive({}));
  EXPECT_FALSE(identityOf(0x7FFFFFF0));
}

TEST(ProcessIdentity, seesWhoIsStopped) {
  const Child child;
  const auto identity = identityOf(child.pid);
  EXPECT_FALSE(isStopped(*identity));
  signalProcess(*identity, SIGSTOP);
  EXPECT_TRUE(soon([&] { return isStopped(*identity); }));
}

TEST(ProcessesMarked, findsThoseWithTheMarkAndTheirDescendants) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("HOLDFAST_TEST_MARK", "/x#12", 1);
    ::execl("/bin/sh", "sh", "-c", "env -i sleep 100 & wait", nullptr);
    ::_exit(1);
  }
  EXPECT_TRUE(soon([&] { return processesMarked("HOLDFAST_TEST_MARK=/x#").count("12") == 2; }));
  for (const auto& [mark, process] : processesMarked("HOLDFAST_TEST_MARK=/x#")) signalProcess(process, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(soon([&] { return processesMarked("HOLDFAST_TEST_MARK=/x#").empty(); }));
}

}  // namespace
}  // namespace holdfast::clussvc::monitors
