// Every limit of a session and of the listener: unit, reason, and what happens at it (each tested in limits_test.cpp
// or listener_test.cpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace holdfast::clussvc::doors {

/// What one session may hold. At a limit the call is refused with ERROR_NOT_ENOUGH_QUOTA (1816); nothing that is
/// there suffers.
struct SessionLimits {
  std::size_t handles = 0;       ///< objects, keys, enumerations and ports together
  std::size_t enumerations = 0;  ///< snapshots that did not fit into one page: the memory of a session
  std::size_t inFlight = 0;      ///< requests that are not answered yet, waiting ones included
  std::size_t ports = 0;
};

/// A program: generous for a tool that opens everything, small enough that a thousand leaking ones do no harm.
inline constexpr SessionLimits kClientLimits{10'000, 256, 1'024, 64};

/// A monitor: all its DLLs share one session, and each of 10,000 resources keeps a few handles.
inline constexpr SessionLimits kMonitorLimits{200'000, 4'096, 65'536, 4'096};

/// Filters of one port: one per object of a large cluster. Refused with 1816.
inline constexpr std::size_t kPortFilters = 20'000;

/// Events of one port that were not acknowledged (CL §6). Then one LOST_NOTIFICATIONS takes the place of all that
/// comes until the queue is drained.
inline constexpr std::size_t kPortQueue_events = 10'000;

/// Of these, how many travel before the client acknowledges: enough for a full pipe, small against the write queue.
inline constexpr std::size_t kPortWindow_events = 256;

/// An enumeration's page: a few thousand short names, far below kMaxFrame_bytes.
inline constexpr std::size_t kEnumerationPage_bytes = 64u << 10;

/// Events in one answer. More are asked for again.
inline constexpr std::uint32_t kEventsAtOnce = 1'000;

/// Lines of the log in one answer, and their bytes together: the oldest are left out.
inline constexpr std::size_t kLogLines = 10'000;
inline constexpr std::size_t kLogAnswer_bytes = 2u << 20;

/// Answers leave room for their envelope. A larger one is refused with 1816 instead.
inline constexpr std::size_t kAnswer_bytes = (4u << 20) - 4'096;

/// CC §4.1 B14: larger output buffers are refused with ERROR_INVALID_PARAMETER.
inline constexpr std::uint32_t kControlBuffer_bytes = 16u << 20;

/// Commands of one batch: one atomic update must stay one message of the Global Update Manager. Refused with 87.
inline constexpr int kBatchCommands = 10'000;

/// Names of keys and values, as the database keeps them (core/database/limits.h). Refused with 87.
inline constexpr std::size_t kKeyName_chars = 255;
inline constexpr std::size_t kValueName_bytes = 4 * kKeyName_chars;
inline constexpr std::size_t kKeyPath_bytes = 8u << 10;

/// Names of objects, in characters. Refused with 87.
inline constexpr std::size_t kObjectName_chars = 1'024;

/// Connections of cluster.sock. One more is closed at once, with a line in the log.
inline constexpr std::size_t kConnections = 1'024;

/// While more than this waits to be written to a client, nothing more is read from it.
inline constexpr std::size_t kWriteQueuePause_bytes = 1u << 20;

/// A client that lets so much pile up (answers to what was in flight) is disconnected, with a line in the log.
inline constexpr std::size_t kWriteQueueEnd_bytes = 64u << 20;

}  // namespace holdfast::clussvc::doors
