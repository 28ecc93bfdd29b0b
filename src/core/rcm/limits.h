// Limits of the Resource Control Manager, each with its unit and reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/base/types.h"

namespace holdfast::rcm {

/// A monitor that died right after its start is not replaced faster than this, so that a node is not kept busy with
/// starting processes.
inline constexpr Duration kMonitorRestartGap = std::chrono::seconds(1);

/// A culprit stays in a monitor of its own until this many RestartPeriods have passed without failure (RA §13.4).
inline constexpr int kIsolationPeriods = 10;

/// Longest chain that explain() follows.
inline constexpr std::size_t kMaxChain_events = 64;

/// Ids of monitors begin at incarnation · this + 1, so that none meets one of a monitor of an earlier service.
inline constexpr std::uint64_t kMonitorIdsPerLife = 1000;

}  // namespace holdfast::rcm
