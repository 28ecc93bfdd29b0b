// Limits of a Resource Monitor: each with its unit and reason.
#pragma once

#include <chrono>
#include <cstddef>

#include "rhs/shared_block.h"

namespace holdfast::rhs {

/// Workers of lanes. Far above what lanes need; a hundred DLLs that block at once still leave room.
inline constexpr std::size_t kMaxWorkers = 256;
/// Workers kept for Terminate, so that it never waits behind the call that it is to end (RA §4.4).
inline constexpr std::size_t kMaxTerminateWorkers = 64;
static_assert(kMaxWorkers + kMaxTerminateWorkers == kCallRecords);

/// A runnable lane that has waited this long gets another worker.
inline constexpr std::chrono::milliseconds kLanePatience{10};
/// A worker without work ends after this long; one of each kind stays.
inline constexpr std::chrono::seconds kWorkerIdle{10};

/// A longer entry point is logged once per resource and entry point (RA §12.3).
inline constexpr std::chrono::milliseconds kSoftLimit{300};

/// A failed load or Startup is answered from memory for this long (P-02).
inline constexpr std::chrono::seconds kFailedStartupKept{10};

/// Between two attempts to reach a service.
inline constexpr std::chrono::milliseconds kReconnectEvery{50};

/// Log lines kept while there is no service, or it does not read: the newest are dropped, and counted.
inline constexpr std::size_t kMaxLogLines = 1000;
/// What may wait to be read by the service before progress and log lines are dropped.
inline constexpr std::size_t kMaxOutbox_bytes = 1u << 20;

/// A log entry (P-34).
inline constexpr std::size_t kMaxLogText_chars = 500;

/// Output of a control code: fits into a frame with room (calls/frame.h).
inline constexpr std::size_t kMaxControlOutput_bytes = 3u << 20;

/// Beginning of a rundown: types hear that the monitor ends before Terminate, but Terminate does not wait longer.
inline constexpr std::chrono::milliseconds kShuttingDownNotice{500};

/// Last frames before an asked end.
inline constexpr std::chrono::milliseconds kLastWordsTime{500};

}  // namespace holdfast::rhs
