#include "rhs/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace holdfast::rhs {

namespace {

constexpr int kDeepest = 64;

// Calls `visit(pid)` for each number in a file of numbers.
template <class Visit>
bool forEachNumber(const char* path, Visit visit) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char buffer[4096];
  pid_t number = 0;
  for (ssize_t got; (got = ::read(file, buffer, sizeof buffer)) > 0;) {
    for (ssize_t i = 0; i < got; ++i) {
      if (buffer[i] >= '0' && buffer[i] <= '9') {
        number = number * 10 + (buffer[i] - '0');
      } else if (number != 0) {
        visit(number);
        number = 0;
      }
    }
  }
  if (number != 0) visit(number);
  ::close(file);
  return true;
}

template <class Visit>
bool forEachChildOfThread(pid_t process, pid_t thread, Visit visit) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/task/%d/children", process, thread);
  return forEachNumber(path, visit);
}

// The entries of a directory whose names are numbers; getdents64, because opendir allocates.
template <class Visit>
void forEachThread(pid_t process, Visit visit) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/task", process);
  const int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  alignas(dirent64) char buffer[8192];
  for (long got; (got = ::syscall(SYS_getdents64, folder, buffer, sizeof buffer)) > 0;) {
    for (long at = 0; at < got;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer + at);
      if (const auto thread = static_cast<pid_t>(std::atoi(entry->d_name)); thread > 0) visit(thread);
      at += entry->d_reclen;
    }
  }
  ::close(folder);
}

// Children first noted, then killed, then theirs: a killed process forks no more.
void signalBelow(pid_t process, int depth) {
  if (depth > kDeepest) return;
  forEachThread(process, [&](pid_t thread) {
    forEachChildOfThread(process, thread, [&](pid_t child) {
      ::kill(child, SIGSTOP);
      signalBelow(child, depth + 1);
      ::kill(child, SIGKILL);
    });
  });
}

}  // namespace

bool becomeSubreaper() {
  if (::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) return false;
  return forEachChildOfThread(::getpid(), ::getpid(), [](pid_t) {});
}

// A process whose parent is killed becomes a child of this one: killing children until none is left reaches all.
void killAllBelow() {
  const pid_t self = ::getpid();
  for (;;) {
    forEachChildOfThread(self, self, [](pid_t child) { ::kill(child, SIGKILL); });
    pid_t reaped;
    while ((reaped = ::waitpid(-1, nullptr, WNOHANG | __WALL)) > 0) {
    }
    if (reaped < 0 && errno == ECHILD) return;
    const timespec pause{0, 1'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

void signalAllBelow() { signalBelow(::getpid(), 0); }

}  // namespace holdfast::rhs
