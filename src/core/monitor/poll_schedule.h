// When one online instance is polled (RA §8). Simulated time in, decisions out.
#pragma once

#include <cstdint>

#include "core/base/types.h"

namespace holdfast::monitor {

enum class Poll : std::uint8_t { None, LooksAlive, IsAlive };

/// The two timers of an instance in state Online. At most one poll is in progress (L12).
class PollSchedule {
 public:
  struct Intervals {
    Duration looksAlive;
    Duration isAlive;
  };

  /// The first polls come one interval after `online`, up to a tenth earlier (L9, L10): `spread` in [0, 1) says how
  /// much, so that instances that came online together are not polled together for ever.
  PollSchedule(Intervals intervals, bool looksAlive, Time online, double spread);

  /// When due() has something to say; kNever while a poll is in progress.
  Time next() const;

  /// The poll that is due at `now`, and begins it. L10: if both are due, IsAlive alone, and both timers restart.
  Poll due(Time now);

  /// Begins an IsAlive outside the timers: after LooksAlive FALSE or a signal. Both timers restart.
  /// Requires: none in progress.
  void beginIsAlive(Time now);

  /// The poll in progress has returned. `entered`: when the DLL was entered, which a lane may have delayed. Ticks
  /// missed meanwhile collapse into one, at once (L12).
  void finished(Time entered, Time now);

  bool inProgress() const { return inProgress_ != Poll::None; }

  /// L11: used at the next arm of each timer.
  void change(Intervals intervals) { intervals_ = intervals; }

  /// L2: an instance with an event handle gets no LooksAlive. Switched on again when the handle is lost.
  void useLooksAlive(bool use, Time now);

 private:
  void restart(Time& due, Duration interval, Time now);

  Intervals intervals_;
  bool looksAlive_;
  Time looksDue_;
  Time isDue_;
  Poll inProgress_ = Poll::None;
};

}  // namespace holdfast::monitor
