// The one thread that decides: waits for descriptors, timers and what other threads post to it. It calls no DLL and
// never blocks; its heartbeat is what the guard looks for.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "core/base/types.h"

namespace holdfast::rhs {

class Loop {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Runs `task` on the loop's thread, in the order of the posts. Called on any thread.
  void post(std::function<void()> task);

  /// `ready(events)` is called when `file` has one of `events` (EPOLL…). On the loop's thread only, as all below.
  void watch(int file, std::uint32_t events, std::function<void(std::uint32_t events)> ready);
  void change(int file, std::uint32_t events);
  void forget(int file);

  /// Asked before each wait: when `onTime` is to be called next; kNever for not at all.
  void setTimer(std::function<Time()> next, std::function<void(Time now)> onTime);

  void run();
  void stop() { stopping_ = true; }

 private:
  void wait();
  void runPosted();

  int epoll_;
  int wake_;
  bool stopping_ = false;
  std::map<int, std::function<void(std::uint32_t)>> watched_;
  std::function<Time()> next_;
  std::function<void(Time)> onTime_;
  std::mutex mutex_;
  std::vector<std::function<void()>> posted_;
};

}  // namespace holdfast::rhs
