// The two numbers of the run lease (CM §4.1).
#pragma once

#include "core/base/types.h"
#include "core/views.h"

namespace holdfast::clussvc::monitors {

struct LeaseTimes {
  Duration lease = std::chrono::milliseconds(3000);    ///< D: RunLeaseTime
  Duration quorumLossStop = std::chrono::seconds(15);  ///< X: QuorumLossStopTimeout
};

/// From the cluster's properties; the defaults where they are not set or out of range.
LeaseTimes leaseTimesOf(const core::ClusterView& view);

}  // namespace holdfast::clussvc::monitors
