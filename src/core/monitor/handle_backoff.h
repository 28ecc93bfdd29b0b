// How often the event handle of an online instance may lead to an IsAlive (RA §10, P-03): a signal is verified at once;
// if the resource is alive and the handle stays signalled, again after 1 s, 2 s, 4 s … up to the IsAlive interval.
#pragma once

#include <algorithm>
#include <chrono>

#include "core/base/types.h"

namespace holdfast::monitor {

inline constexpr Duration kFirstHandleBackoff = std::chrono::seconds(1);

class HandleBackoff {
 public:
  /// The handle is signalled; the watch ends with this. One that is seen signalled in the moment of a re-arm has never
  /// been reset: the back-off goes on. Any other signal is a new one and starts it anew.
  void signalled(Time now) {
    if (now != rearmed_) step_ = kFirstHandleBackoff;
    rearmAt_ = kNever;
  }

  /// IsAlive said TRUE: watch again after the back-off.
  void alive(Duration isAliveInterval, Time now) {
    rearmAt_ = now + std::min(step_, isAliveInterval);
    step_ = std::min(step_ * 2, std::max(isAliveInterval, kFirstHandleBackoff));
  }

  Time rearmAt() const { return rearmAt_; }

  void rearm(Time now) {
    rearmed_ = now;
    rearmAt_ = kNever;
  }

 private:
  Duration step_ = kFirstHandleBackoff;
  Time rearmAt_ = kNever;
  Time rearmed_ = kNever;
};

}  // namespace holdfast::monitor
