// The run lease as a guard obeys it (CM §4.1, GUM-38). Allocates nothing: the guard uses it after its start.
#pragma once

#include <cstdint>

#include "core/base/types.h"

namespace holdfast::monitor {

/// A service that was heard of within this time is "there". It renews each min(D/12, 0.25 s).
inline constexpr Duration kServiceSilence = std::chrono::seconds(1);
/// Until the first renewal a monitor runs on the default lease.
inline constexpr Duration kStartAllowance = std::chrono::seconds(3);
inline constexpr Duration kDefaultQuorumLossStop = std::chrono::seconds(15);

class RunLease {
 public:
  explicit RunLease(Time start) : end_(start + kStartAllowance), heard_(start) {}

  /// The lease ends at `end`; `stop` is X. Returns false, and changes nothing, if a service with a higher incarnation
  /// has been obeyed before. A rundown that has begun goes on with the times that it began with.
  bool renew(std::uint64_t incarnation, Time end, Duration stop, Time now);

  /// Whether an order of this incarnation is to be obeyed.
  bool obeys(std::uint64_t incarnation) const { return incarnation >= incarnation_; }

  /// The service knows that it has no quorum: rundown at once. As renew() for the incarnation.
  bool runDown(std::uint64_t incarnation, Time now);

  enum class Verdict : std::uint8_t { Run, RunDown, Kill };
  /// What is to be done at `now`. RunDown is final: it never goes back to Run.
  /// X/3 after the lapse if the service is silent, X/2 after it if it is there and still undecided: rundown. 5X/6 after
  /// it: kill.
  Verdict verdict(Time now);

  /// When verdict() may say something else, if nothing is heard until then.
  Time next() const;

  Time end() const { return end_; }
  Time killAt() const { return end_ + stop_ * 5 / 6; }
  std::uint64_t incarnation() const { return incarnation_; }
  bool runningDown() const { return runningDown_; }

 private:
  bool hear(std::uint64_t incarnation, Time now);

  Time end_;
  Duration stop_ = kDefaultQuorumLossStop;
  Time heard_;
  std::uint64_t incarnation_ = 0;
  bool runningDown_ = false;
};

}  // namespace holdfast::monitor
