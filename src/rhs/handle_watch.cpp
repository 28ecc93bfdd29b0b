#include "rhs/handle_watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <utility>

#include "sdk/winapi/host.h"

namespace holdfast::rhs {

HandleWatch::HandleWatch(Loop& loop, std::function<void(monitor::InstanceId)> signalled)
    : loop_(loop), signalled_(std::move(signalled)) {}

HandleWatch::Armed HandleWatch::arm(HANDLE handle, monitor::InstanceId instance) {
  if (!holdfast_winapi_is_waitable(handle)) return Armed::Invalid;
  const int original = holdfast_winapi_watch(handle);
  if (original < 0) return Armed::Invalid;
  pollfd now{original, POLLIN, 0};
  if (::poll(&now, 1, 0) == 1) return Armed::Signalled;
  auto& watched = watched_[handle];
  watched.instances.insert(instance);
  if (watched.file >= 0) return Armed::Waiting;
  watched.file = ::fcntl(original, F_DUPFD_CLOEXEC, 0);
  if (watched.file < 0) {
    watched_.erase(handle);
    return Armed::Invalid;
  }
  loop_.watch(watched.file, EPOLLIN, [this, handle](std::uint32_t) { ready(handle); });
  return Armed::Waiting;
}

void HandleWatch::disarm(HANDLE handle, monitor::InstanceId instance) {
  const auto found = watched_.find(handle);
  if (found == watched_.end()) return;
  found->second.instances.erase(instance);
  if (found->second.instances.empty()) end(found);
}

void HandleWatch::end(std::map<HANDLE, Watched>::iterator watched) {
  loop_.forget(watched->second.file);
  ::close(watched->second.file);
  watched_.erase(watched);
}

// RA-114: each instance is told; whoever wants to hear again arms again.
void HandleWatch::ready(HANDLE handle) {
  const auto found = watched_.find(handle);
  if (found == watched_.end()) return;
  const auto instances = std::move(found->second.instances);
  end(found);
  for (const auto instance : instances) signalled_(instance);
}

}  // namespace holdfast::rhs
