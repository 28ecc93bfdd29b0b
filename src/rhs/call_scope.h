// The record of a call into a DLL for as long as it lasts, and where a thread is inside a DLL.
#pragma once

#include <cstdint>

#include "core/base/types.h"
#include "core/monitor/actions.h"
#include "rhs/shared_block.h"

namespace holdfast::rhs {

/// Where a call of the Cluster API, made on this thread, comes from.
struct CallPlace {
  std::uint64_t instance = 0;
  monitor::EntryPoint entry = monitor::EntryPoint::Idle;
  const char* lane = "";  ///< empty: none is held
};

/// Of the calling thread; that of no call on a thread of the DLL's own.
const CallPlace& callPlace();

/// The memory shared with the guard; null in tests without one.
void setSharedBlock(SharedBlock* shared);
SharedBlock* sharedBlock();

/// Gives the calling thread, a worker, its record. Requires: slot < kCallRecords.
void takeCallRecord(std::uint32_t slot);

/// Visible to the guard from construction to destruction. The DeadlockTimeout counts from here (RA-138).
class CallScope {
 public:
  CallScope(const CallPlace& place, const CallLabel& label, std::uint32_t deadlock_ms);
  ~CallScope();
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  Time entered() const { return entered_; }

 private:
  CallRecord* record_;
  Time entered_;
};

}  // namespace holdfast::rhs
