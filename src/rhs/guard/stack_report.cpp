#include "rhs/guard/stack_report.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstring>

namespace holdfast::guard {

void writeStackReport(const Options& options, pid_t rhs, std::int32_t thread, Duration patience) {
  char program[PATH_MAX], file[PATH_MAX], process[16], first[16];
  const char* slash = std::strrchr(options.rhs, '/');
  const int folder = slash ? static_cast<int>(slash - options.rhs) : 1;
  std::snprintf(program, sizeof program, "%.*s/rhs-stack", folder, slash ? options.rhs : ".");
  std::snprintf(file, sizeof file, "%s/../monitor-%u-stack.txt", options.runDir, options.monitor);
  std::snprintf(process, sizeof process, "%d", rhs);
  std::snprintf(first, sizeof first, "%d", thread);
  const pid_t child = ::fork();
  if (child < 0) return;
  if (child == 0) {
    const char* arguments[] = {program, process, file, first, nullptr};
    ::execv(program, const_cast<char* const*>(arguments));
    ::_exit(127);
  }
  const int childFile = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  pollfd ended{childFile, POLLIN, 0};
  ::poll(&ended, 1, static_cast<int>(patience / std::chrono::milliseconds(1)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  if (childFile >= 0) ::close(childFile);
}

}  // namespace holdfast::guard
