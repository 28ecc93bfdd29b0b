#include "sdk/winapi/listener.h"

#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <thread>

#include "sdk/winapi/object.h"

namespace holdfast::winapi {
namespace {

constexpr int kEventsAtOnce = 64;

int checked(int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category());
  return result;
}

void watch(int epoll, int descriptor, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  checked(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event));
}

}  // namespace

Listener& Listener::instance() {
  static Listener& listener = *new Listener;  // never destroyed: its thread runs until the process ends
  return listener;
}

void Listener::start() {
  if (epoll_ >= 0) return;
  const int made = checked(epoll_create1(EPOLL_CLOEXEC));
  try {
    if (timer_ < 0) timer_ = checked(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    watch(made, timer_, EPOLLIN);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);  // signals are for the threads of the program
    try {
      std::thread([this] { run(); }).detach();
    } catch (...) {
      pthread_sigmask(SIG_SETMASK, &before, nullptr);
      throw;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  } catch (...) {
    close(made);
    throw;
  }
  epoll_ = made;
}

void Listener::addDescriptor(int descriptor, Hearer* hearer) {
  start();
  watch(epoll_, descriptor, EPOLLIN | EPOLLONESHOT);
  descriptors_[descriptor] = hearer;
}

void Listener::removeDescriptor(int descriptor) {
  if (descriptors_.erase(descriptor) != 0) epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
}

bool Listener::addFile(int descriptor, Hearer* hearer) {
  start();
  if (inotify_ < 0) {
    const int made = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (made < 0) return false;
    watch(epoll_, made, EPOLLIN);
    inotify_ = made;
  }
  // By the open descriptor, so that it is this file whatever its path names by now.
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  const int number = inotify_add_watch(inotify_, path.c_str(), IN_MODIFY);
  if (number < 0) return false;
  files_.emplace(number, hearer);
  return true;
}

void Listener::removeFile(Hearer* hearer) {
  const auto found = std::ranges::find(files_, hearer, [](const auto& entry) { return entry.second; });
  if (found == files_.end()) return;
  const int number = found->first;
  files_.erase(found);
  if (!files_.contains(number)) inotify_rm_watch(inotify_, number);
}

void Listener::setTimer(Hearer* hearer, Time due) {
  start();
  cancelTimer(hearer);
  due_[hearer] = due;
  queue_[{due, hearer}] = true;
  armTimer();
}

void Listener::cancelTimer(Hearer* hearer) {
  const auto found = due_.find(hearer);
  if (found == due_.end()) return;
  queue_.erase({found->second, hearer});
  due_.erase(found);
}

void Listener::armTimer() {
  itimerspec when{};
  if (!queue_.empty()) {
    const auto nanoseconds =
        std::max<std::int64_t>(std::chrono::nanoseconds(queue_.begin()->first.first.time_since_epoch()).count(), 1);
    when.it_value.tv_sec = nanoseconds / 1'000'000'000;
    when.it_value.tv_nsec = nanoseconds % 1'000'000'000;
  }
  timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
}

void Listener::readFiles(std::vector<Hearer*>& told) {
  alignas(inotify_event) std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t size = read(inotify_, buffer.data(), buffer.size());
    if (size <= 0) return;
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      if ((event->mask & IN_Q_OVERFLOW) != 0) {
        for (const auto& [number, hearer] : files_) told.push_back(hearer);
      } else {
        const auto [first, last] = files_.equal_range(event->wd);
        for (auto entry = first; entry != last; ++entry) told.push_back(entry->second);
      }
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
  }
}

void Listener::expired(std::vector<Hearer*>& told) {
  std::uint64_t count = 0;
  if (read(timer_, &count, sizeof count) < 0 && errno != EAGAIN) return;
  const auto now = std::chrono::steady_clock::now();
  while (!queue_.empty() && queue_.begin()->first.first <= now) {
    Hearer* hearer = queue_.begin()->first.second;
    queue_.erase(queue_.begin());
    due_.erase(hearer);
    told.push_back(hearer);
  }
  armTimer();
}

void Listener::run() {
  pthread_setname_np(pthread_self(), "hf-listener");
  int epoll = -1;
  {
    std::lock_guard lock(dispatcherLock());  // held by start() until epoll_ is set
    epoll = epoll_;
  }
  std::array<epoll_event, kEventsAtOnce> events;
  std::vector<std::shared_ptr<void>> released;
  for (;;) {
    const int count = epoll_wait(epoll, events.data(), kEventsAtOnce, -1);
    if (count < 0) continue;  // interrupted
    {
      std::lock_guard lock(dispatcherLock());
      std::vector<Hearer*> told;
      for (int at = 0; at < count; ++at) {
        const int descriptor = events[static_cast<std::size_t>(at)].data.fd;
        if (descriptor == inotify_) {
          readFiles(told);
        } else if (descriptor == timer_) {
          expired(told);
        } else if (const auto found = descriptors_.find(descriptor); found != descriptors_.end()) {
          told.push_back(found->second);
        }
      }
      std::ranges::sort(told);
      const auto doubles = std::ranges::unique(told);
      told.erase(doubles.begin(), doubles.end());
      // Nobody in the list is destroyed meanwhile: a destructor waits for the lock to take its object out.
      for (Hearer* hearer : told) released.push_back(hearer->heard());
    }
    released.clear();
  }
}

}  // namespace holdfast::winapi
