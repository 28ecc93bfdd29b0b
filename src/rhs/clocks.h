// The two clocks of a monitor and its guard. Calls and polls are measured on CLOCK_MONOTONIC, which stands still while
// the machine sleeps; the run lease on CLOCK_BOOTTIME, which does not (GUM-38).
#pragma once

#include <time.h>

#include "core/base/types.h"

namespace holdfast::rhs {

inline Time readClock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return Time(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

inline Time monotonicNow() { return readClock(CLOCK_MONOTONIC); }
inline Time boottimeNow() { return readClock(CLOCK_BOOTTIME); }

}  // namespace holdfast::rhs
