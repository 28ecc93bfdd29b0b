// Limits of the store.
#pragma once

#include <chrono>
#include <cstdint>

namespace holdfast::clussvc::store {

/// Applied entries kept for members that have to catch up (GUM-21); what is older is served by a snapshot.
inline constexpr std::uint64_t kAppliedEntriesKept = 1000;
/// Old entries are dropped this many at a time, so that not every update pays for it.
inline constexpr std::uint64_t kPruneStep_entries = 64;
/// Persists of one transaction: bounds what a failure takes back and how long a transaction runs.
inline constexpr std::size_t kMaxGroup = 256;
/// How long another process may hold the file before it counts as locked: a copy or a check by an administrator.
inline constexpr std::chrono::milliseconds kBusyTimeout{2000};
/// The write-ahead log is cut back to this size when it is written back.
inline constexpr std::int64_t kWalLimit_bytes = 8 << 20;

}  // namespace holdfast::clussvc::store
