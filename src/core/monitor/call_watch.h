// When a monitor is judged hung, from outside (RA §12.4, design §5). Allocates nothing: used by the guard.
#pragma once

#include <cstdint>

#include "core/base/types.h"

namespace holdfast::monitor {

/// Entry of a DLL to its return; waiting in a lane is not counted (RA-138).
inline Time callDeadline(Time entered, std::uint32_t deadlock_ms) {
  return entered + std::chrono::milliseconds(deadlock_ms);
}

/// A monitor's loop never calls a DLL and never blocks: silent for this long, it is dead.
inline constexpr Duration kLoopSilence = std::chrono::seconds(10);

/// Judges the heartbeat of the loop. A watcher that was itself held up (a stopped or overloaded machine) starts to
/// count anew, because the loop was held up too.
class LoopWatch {
 public:
  explicit LoopWatch(Time start, Duration silence = kLoopSilence) : silence_(silence), since_(start), looked_(start) {}

  /// To be called at least every half `silence`. `beat`: the newest heartbeat.
  bool dead(Time beat, Time now) {
    if (now - looked_ > silence_ / 2) since_ = now;
    looked_ = now;
    if (beat > since_) since_ = beat;
    return now - since_ >= silence_;
  }

 private:
  Duration silence_;
  Time since_;
  Time looked_;
};

}  // namespace holdfast::monitor
