#include "rhs/guard/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "rhs/process_tree.h"

namespace holdfast::guard {

namespace {

void keepOpenOverExec(int file) { ::fcntl(file, F_SETFD, 0); }

[[noreturn]] void becomeRhs(const Options& options, rhs::SharedBlock& shared, int sharedFile, int wakeFile) {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  keepOpenOverExec(sharedFile);
  keepOpenOverExec(wakeFile);
  char monitor[16], sharedText[16], wakeText[16];
  std::snprintf(monitor, sizeof monitor, "%u", options.monitor);
  std::snprintf(sharedText, sizeof sharedText, "%d", sharedFile);
  std::snprintf(wakeText, sizeof wakeText, "%d", wakeFile);
  const char* arguments[] = {options.rhs,     "--monitor", monitor,      "--run-dir",
                             options.runDir,  "--name",    options.name, "--shared",
                             sharedText,      "--wake",    wakeText,     options.objects ? "--objects" : nullptr,
                             options.objects, nullptr};
  ::execv(options.rhs, const_cast<char* const*>(arguments));
  shared.startError = errno;
  ::_exit(127);
}

[[noreturn]] void endWith(int status) {
  rhs::killAllBelow();
  ::_exit(status);
}

// Reaps orphans that ended, and notes how rhs ended. Returns true when it has.
bool reap(pid_t rhsPid, rhs::SharedBlock& shared) {
  int status = 0;
  for (pid_t gone; (gone = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    if (gone != rhsPid) continue;
    shared.waitStatus = status;
    shared.ended = 1;
    return true;
  }
  return false;
}

[[noreturn]] void keep(const Options& options, rhs::SharedBlock& shared, int sharedFile, int wakeFile, pid_t guard) {
  // Not SIGKILL: it shall clean up. SIGCONT, because it may have been stopped.
  ::prctl(PR_SET_PDEATHSIG, SIGCONT);
  ::prctl(PR_SET_NAME, "rhs-keeper");
  const int guardFile = static_cast<int>(::syscall(SYS_pidfd_open, guard, 0));
  if (guardFile < 0 || !rhs::becomeSubreaper() || ::getppid() != guard) ::_exit(1);
  sigset_t childSignal;
  sigemptyset(&childSignal);
  sigaddset(&childSignal, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &childSignal, nullptr);
  const int childFile = ::signalfd(-1, &childSignal, SFD_CLOEXEC | SFD_NONBLOCK);
  if (childFile < 0) ::_exit(1);

  const pid_t rhsPid = ::fork();
  if (rhsPid == 0) becomeRhs(options, shared, sharedFile, wakeFile);
  if (rhsPid < 0) ::_exit(1);
  shared.rhsPid = rhsPid;

  for (;;) {
    pollfd files[] = {{guardFile, POLLIN, 0}, {childFile, POLLIN, 0}};
    ::poll(files, 2, -1);
    if (files[0].revents != 0) endWith(1);
    signalfd_siginfo ignored;
    while (::read(childFile, &ignored, sizeof ignored) > 0) {
    }
    if (reap(rhsPid, shared)) endWith(0);
  }
}

}  // namespace

pid_t startKeeper(const Options& options, rhs::SharedBlock& shared, int sharedFile, int wakeFile) {
  const pid_t guard = ::getpid();
  const pid_t keeper = ::fork();
  if (keeper == 0) keep(options, shared, sharedFile, wakeFile, guard);
  return keeper;
}

}  // namespace holdfast::guard
