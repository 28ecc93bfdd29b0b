// What one failure leads to (CM §15.1 step 3, §15.2): the sliding window of failures and the decision.
#pragma once

#include <cstdint>
#include <deque>

#include "core/base/types.h"

namespace holdfast::rcm {

/// Effective values of the resource's policy properties.
struct RestartRules {
  std::uint32_t action = 2;  ///< 0 never restart, 1 restart but leave the group alone, 2 restart, then the group
  std::uint32_t threshold = 1;
  Duration period = std::chrono::minutes(15);
  Duration delay = std::chrono::milliseconds(500);
  Duration retry = std::chrono::hours(1);
  bool retries = true;  ///< RetryPeriodOnFailure is not 0xFFFFFFFF
};

struct Decision {
  enum class Kind : std::uint8_t {
    Restart,   ///< on this node, after RestartDelay
    Failover,  ///< the threshold is used up, and the group may leave this node
    GiveUp     ///< stays Failed
  };
  Kind kind = Kind::GiveUp;
  std::size_t failures = 0;  ///< in the window, this one included
};

/// Failures of one resource on this node. Kept in memory of the owner only (CM §15.1).
class RestartPolicy {
 public:
  /// A failure that counts. Requires: `now` not before any earlier call. Forgets failures older than RestartPeriod:
  /// so a resource that stayed Online for RestartPeriod starts afresh (CM-55, CM-56).
  Decision onFailure(Time now, const RestartRules& rules);

  /// The DLL said that it cannot come online here (127) or anywhere (126): no restart, and after 126 no failover
  /// (P-05).
  Decision onCannotComeOnline(Time now, const RestartRules& rules, bool anywhere);

  /// By an administrator's online request and at a retry.
  void clear() { failures_.clear(); }
  std::size_t failures() const { return failures_.size(); }

 private:
  void record(Time now, const RestartRules& rules);

  std::deque<Time> failures_;
};

}  // namespace holdfast::rcm
