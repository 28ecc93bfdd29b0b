// The memory that a guard shares with its monitor (design §5, RA §13.5): what is going on inside rhs, readable from
// outside while it hangs and after it has died. An anonymous file, inherited over exec; both sides are of one build,
// which `version` proves.
#pragma once

#include <atomic>
#include <cstdint>
#include <type_traits>

namespace holdfast::rhs {

inline constexpr std::uint32_t kSharedVersion = 1;

/// Slots for calls in progress: one per worker (limits.h).
inline constexpr std::uint32_t kCallRecords = 320;

/// Names for the guard's sentences; UTF-8, cut to fit, terminated.
struct CallLabel {
  char resource[96];
  char type[64];
  char dll[96];
};

/// One call into a DLL. Its worker fills the fields, then stores `entered_ns`; 0 means that no call is in progress. A
/// reader that finds `entered_ns` the same before and after has read one call.
struct CallRecord {
  std::atomic<std::int64_t> entered_ns;  ///< CLOCK_MONOTONIC
  std::atomic<std::uint64_t> instance;   ///< 0: of a type
  std::atomic<std::uint32_t> entryPoint;
  std::atomic<std::uint32_t> deadlock_ms;
  std::atomic<std::int32_t> thread;  ///< tid
  CallLabel label;
};

struct SharedBlock {
  std::uint32_t version;
  std::uint32_t size_bytes;

  // keeper → guard
  std::atomic<std::int32_t> rhsPid;
  std::atomic<std::int32_t> startError;  ///< errno of the exec that failed
  std::atomic<std::int32_t> ended;       ///< 1: waitStatus is valid
  std::atomic<std::int32_t> waitStatus;

  // guard → rhs
  std::atomic<std::uint32_t> runDown;  ///< 1: RA §13.3; the wake descriptor is written too

  // rhs → guard
  std::atomic<std::int64_t> heartbeat_ns;   ///< of the loop, CLOCK_MONOTONIC; 0 until it runs
  std::atomic<std::uint32_t> leaving;       ///< 1: the end that follows is meant
  std::atomic<std::int32_t> fatalThread;    ///< tid that got a fatal signal
  std::atomic<std::uint32_t> hasLastWords;  ///< 1: lastWords is complete
  std::atomic<std::uint32_t> recordsInUse;  ///< records beyond were never used
  char lastWords[192];                      ///< type and text of the exception that ended the process
  CallRecord records[kCallRecords];
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);
static_assert(std::is_standard_layout_v<SharedBlock>);

}  // namespace holdfast::rhs
