// The calls in progress inside rhs as its guard sees them, through shared memory. Allocates nothing.
#pragma once

#include <cstdint>

#include "calls/guard_packet.h"
#include "core/base/types.h"
#include "rhs/shared_block.h"

namespace holdfast::guard {

/// A consistent copy of one record.
struct SeenCall {
  std::int64_t entered_ns = 0;
  std::uint64_t instance = 0;
  std::uint32_t entryPoint = 0;
  std::uint32_t deadlock_ms = 0;
  std::int32_t thread = 0;
  rhs::CallLabel label{};
};

/// False if record `index` holds no call, or changed while it was read.
bool seeCall(const rhs::SharedBlock& shared, std::uint32_t index, SeenCall& call);

/// "Online of resource "Clip" (type "T", dll)", into `text`.
void describeCall(const SeenCall& call, char* text, std::size_t size_bytes);

/// Looks for calls older than their DeadlockTimeout at `now` (CLOCK_MONOTONIC). Fills culprits and text of `exited`
/// with them, and `thread` with the first one's. Returns how many there are.
std::uint32_t findOverdue(const rhs::SharedBlock& shared, Time now, calls::GuardPacket& exited, std::int32_t& thread);

/// After rhs ended by itself: who was in a call. Where the thread that got the fatal signal is known, only its call is
/// a culprit; otherwise all are. Fills culprits and text of `exited`.
void findInCall(const rhs::SharedBlock& shared, int waitStatus, calls::GuardPacket& exited);

}  // namespace holdfast::guard
