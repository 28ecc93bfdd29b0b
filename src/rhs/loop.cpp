#include "rhs/loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "rhs/call_scope.h"
#include "rhs/clocks.h"

namespace holdfast::rhs {

namespace {

// Oftener than the guard's patience by far.
constexpr Duration kHeartbeat = std::chrono::seconds(1);

}  // namespace

Loop::Loop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (epoll_ < 0 || wake_ < 0) std::abort();
  watch(wake_, EPOLLIN, [this](std::uint32_t) {
    std::uint64_t count;
    (void)!::read(wake_, &count, sizeof count);
  });
}

Loop::~Loop() {
  ::close(epoll_);
  ::close(wake_);
}

void Loop::post(std::function<void()> task) {
  bool first;
  {
    std::lock_guard lock(mutex_);
    first = posted_.empty();
    posted_.push_back(std::move(task));
  }
  const std::uint64_t one = 1;
  if (first) (void)!::write(wake_, &one, sizeof one);
}

void Loop::watch(int file, std::uint32_t events, std::function<void(std::uint32_t)> ready) {
  watched_[file] = std::move(ready);
  epoll_event event{};
  event.events = events;
  event.data.fd = file;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, file, &event) != 0) watched_.erase(file);
}

void Loop::change(int file, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = file;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, file, &event);
}

void Loop::forget(int file) {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, file, nullptr);
  watched_.erase(file);
}

void Loop::setTimer(std::function<Time()> next, std::function<void(Time)> onTime) {
  next_ = std::move(next);
  onTime_ = std::move(onTime);
}

void Loop::runPosted() {
  std::vector<std::function<void()>> tasks;
  {
    std::lock_guard lock(mutex_);
    tasks.swap(posted_);
  }
  for (auto& task : tasks) task();
}

void Loop::wait() {
  const auto left = std::clamp(next_ ? next_() - monotonicNow() : kHeartbeat, Duration::zero(), kHeartbeat);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  const timespec timeout{seconds.count(), (left - seconds).count()};
  epoll_event events[64];
  const int count = ::epoll_pwait2(epoll_, events, 64, &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    const auto found = watched_.find(events[i].data.fd);
    if (found == watched_.end()) continue;
    const auto ready = found->second;  // it may forget itself
    ready(events[i].events);
  }
}

void Loop::run() {
  while (!stopping_) {
    if (auto* shared = sharedBlock()) shared->heartbeat_ns = monotonicNow().time_since_epoch().count();
    wait();
    runPosted();
    if (onTime_) onTime_(monotonicNow());
  }
}

}  // namespace holdfast::rhs
