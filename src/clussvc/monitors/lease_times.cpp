#include "clussvc/monitors/lease_times.h"

#include "core/database/tree.h"

namespace holdfast::clussvc::monitors {

LeaseTimes leaseTimesOf(const core::ClusterView& view) {
  LeaseTimes times;
  const database::Key& root = view.tree().root();
  if (const auto value = root.dword("RunLeaseTime"); value && *value >= 500 && *value <= 60'000)
    times.lease = std::chrono::milliseconds(*value);
  if (const auto value = root.dword("QuorumLossStopTimeout"); value && *value >= 2 && *value <= 600)
    times.quorumLossStop = std::chrono::seconds(*value);
  return times;
}

}  // namespace holdfast::clussvc::monitors
