#include "rhs/parent_watch.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

#include "rhs/process_tree.h"

namespace holdfast::rhs {

bool watchParent() {
  // Not SIGKILL, which would leave the children behind; SIGCONT, because rhs may have been stopped.
  if (::prctl(PR_SET_PDEATHSIG, SIGCONT) != 0) return false;
  const pid_t parent = ::getppid();
  const int file = static_cast<int>(::syscall(SYS_pidfd_open, parent, 0));
  if (file < 0 || ::getppid() != parent || parent == 1) return false;
  std::thread([file] {
    pollfd ended{file, POLLIN, 0};
    while (::poll(&ended, 1, -1) != 1) {
    }
    signalAllBelow();
    ::kill(::getpid(), SIGKILL);
  }).detach();
  return true;
}

}  // namespace holdfast::rhs
