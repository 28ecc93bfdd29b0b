#include "rhs/call_scope.h"

#include <unistd.h>

#include <cstring>

#include "rhs/clocks.h"

namespace holdfast::rhs {

namespace {

SharedBlock* shared = nullptr;
thread_local CallRecord* threadRecord = nullptr;
thread_local CallPlace threadPlace;

}  // namespace

const CallPlace& callPlace() { return threadPlace; }

void setSharedBlock(SharedBlock* block) { shared = block; }
SharedBlock* sharedBlock() { return shared; }

void takeCallRecord(std::uint32_t slot) {
  if (!shared) return;
  threadRecord = &shared->records[slot];
  threadRecord->thread.store(::gettid(), std::memory_order_relaxed);
  auto used = shared->recordsInUse.load();
  while (used <= slot && !shared->recordsInUse.compare_exchange_weak(used, slot + 1)) {
  }
}

CallScope::CallScope(const CallPlace& place, const CallLabel& label, std::uint32_t deadlock_ms)
    : record_(threadRecord), entered_(monotonicNow()) {
  threadPlace = place;
  if (!record_) return;
  record_->instance.store(place.instance, std::memory_order_relaxed);
  record_->entryPoint.store(static_cast<std::uint32_t>(place.entry), std::memory_order_relaxed);
  record_->deadlock_ms.store(deadlock_ms, std::memory_order_relaxed);
  std::memcpy(&record_->label, &label, sizeof label);
  record_->entered_ns.store(entered_.time_since_epoch().count(), std::memory_order_release);
}

CallScope::~CallScope() {
  if (record_) record_->entered_ns.store(0, std::memory_order_release);
  threadPlace = {};
}

}  // namespace holdfast::rhs
