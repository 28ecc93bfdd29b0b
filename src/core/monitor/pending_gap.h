// How long a pending operation may be silent (RA §11): the gap between two signs of progress, not the whole.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/types.h"
#include "core/monitor/messages.h"

namespace holdfast::monitor {

/// P-04, N5: a PendingTimeout above DeadlockTimeout is cut to it.
inline Duration pendingTimeout(const Settings& settings) {
  return std::chrono::milliseconds(std::min(settings.pending_ms, settings.deadlock_ms));
}

class PendingGap {
 public:
  /// Online or Offline answered ERROR_IO_PENDING at `now`.
  void begin(const Settings& settings, Time now) { deadline_ = now + pendingTimeout(settings); }

  /// A report that does not end the operation. P-07: it prolongs it if the checkpoint changed, as the first always
  /// does. Returns whether it counted.
  bool progress(std::uint32_t checkPoint, const Settings& settings, Time now) {
    if (checkPoint_ == checkPoint) return false;
    checkPoint_ = checkPoint;
    if (deadline_ != kNever) begin(settings, now);
    return true;
  }

  /// kNever until begin().
  Time deadline() const { return deadline_; }

 private:
  std::optional<std::uint32_t> checkPoint_;
  Time deadline_ = kNever;
};

}  // namespace holdfast::monitor
