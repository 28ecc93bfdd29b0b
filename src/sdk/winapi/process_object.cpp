#include "sdk/winapi/process_object.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <map>

#include "sdk/winapi/process_identity.h"
#include "sdk/winapi/system_error.h"

namespace holdfast::winapi {
namespace {

constexpr DWORD kKilledBySignal = 0xC0000000;

/// Children that run, kept until they are reaped.
std::map<const ProcessObject*, std::shared_ptr<ProcessObject>>& children() {
  static auto& all = *new std::map<const ProcessObject*, std::shared_ptr<ProcessObject>>;
  return all;
}

}  // namespace

std::shared_ptr<ProcessObject> ProcessObject::open(DWORD process) {
  const int descriptor = openProcess(process);
  if (descriptor < 0) {
    const bool absent = errno == ESRCH || errno == EINVAL;
    return fail(absent ? ERROR_INVALID_PARAMETER : fromErrno(errno), std::shared_ptr<ProcessObject>());
  }
  return std::make_shared<ProcessObject>(process, descriptor, false);
}

std::shared_ptr<ProcessObject> ProcessObject::adopt(DWORD process) {
  const int descriptor = openProcess(process);
  if (descriptor < 0) {
    const int error = errno;
    kill(static_cast<pid_t>(process), SIGKILL);
    waitpid(static_cast<pid_t>(process), nullptr, 0);
    throw std::system_error(error, std::generic_category());
  }
  auto object = std::make_shared<ProcessObject>(process, descriptor, true);
  const std::lock_guard lock(dispatcherLock());
  object->beginListening();
  children()[object.get()] = object;
  return object;
}

ProcessObject::~ProcessObject() {
  {
    const std::lock_guard lock(dispatcherLock());
    if (listening_) Listener::instance().removeDescriptor(descriptor_);
  }
  close(descriptor_);
}

bool ProcessObject::kept() const { return children().contains(this); }

bool ProcessObject::isSignalled(ThreadId) {
  if (!ended_ && hasEnded(descriptor_)) {
    ended_ = true;
    reap();
  }
  return ended_;
}

void ProcessObject::beginListening() {
  if (listening_ || ended_) return;
  Listener::instance().addDescriptor(descriptor_, this);
  listening_ = true;
}

void ProcessObject::endListening() {
  if (!listening_ || kept()) return;
  Listener::instance().removeDescriptor(descriptor_);
  listening_ = false;
}

std::shared_ptr<void> ProcessObject::heard() {
  stateChanged();
  isSignalled(0);
  if (listening_) Listener::instance().removeDescriptor(descriptor_);
  listening_ = false;
  std::shared_ptr<void> released;
  if (const auto found = children().find(this); found != children().end()) {
    released = std::move(found->second);
    children().erase(found);
  }
  return released;
}

void ProcessObject::reap() {
  siginfo_t info{};
  const bool told = waitid(P_PIDFD, static_cast<id_t>(descriptor_), &info, WEXITED | (child_ ? 0 : WNOWAIT)) == 0;
  if (terminatedWith_) {
    exitCode_ = *terminatedWith_;
  } else if (told) {
    const auto status = static_cast<DWORD>(info.si_status);
    exitCode_ = info.si_code == CLD_EXITED ? status : kKilledBySignal + status;
  }
}

std::optional<DWORD> ProcessObject::exitCode() {
  const std::lock_guard lock(dispatcherLock());
  if (!isSignalled(0)) return STILL_ACTIVE;
  return exitCode_;
}

bool ProcessObject::terminate(UINT exitCode) {
  const std::lock_guard lock(dispatcherLock());
  if (isSignalled(0)) return false;
  if (syscall(SYS_pidfd_send_signal, descriptor_, SIGKILL, nullptr, 0) != 0) {
    SetLastError(fromErrno(errno));
    return false;
  }
  if (!terminatedWith_) terminatedWith_ = exitCode;
  return true;
}

}  // namespace holdfast::winapi
