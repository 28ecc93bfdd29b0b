#include "rhs/guard/calls_seen.h"

#include <string.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>

#include "core/monitor/actions.h"
#include "core/monitor/call_watch.h"

namespace holdfast::guard {

namespace {

void addCulprit(const SeenCall& call, calls::GuardPacket& exited) {
  if (exited.entryPoint == 0) exited.entryPoint = call.entryPoint;
  if (call.instance == 0 || exited.inCallCount >= calls::kGuardMaxInCall) return;
  exited.inCall[exited.inCallCount++] = call.instance;
}

// "what" and, if there is one, " in <call>".
void writeText(calls::GuardPacket& exited, const char* what, const SeenCall* call) {
  if (!call) {
    std::snprintf(exited.text, sizeof exited.text, "%s", what);
    return;
  }
  char place[240];
  describeCall(*call, place, sizeof place);
  std::snprintf(exited.text, sizeof exited.text, "%.120s in %.130s", what, place);
}

void describeEnd(const rhs::SharedBlock& shared, int waitStatus, char* text, std::size_t size_bytes) {
  if (shared.hasLastWords != 0) {
    std::snprintf(text, size_bytes, "%.110s", shared.lastWords);
  } else if (WIFSIGNALED(waitStatus)) {
    const char* name = ::sigabbrev_np(WTERMSIG(waitStatus));
    std::snprintf(text, size_bytes, "SIG%s", name ? name : "?");
  } else if (shared.leaving != 0) {
    std::snprintf(text, size_bytes, "ended as asked");
  } else {
    std::snprintf(text, size_bytes, "exit(%d) was called", WEXITSTATUS(waitStatus));
  }
}

}  // namespace

bool seeCall(const rhs::SharedBlock& shared, std::uint32_t index, SeenCall& call) {
  const auto& record = shared.records[index];
  call.entered_ns = record.entered_ns.load(std::memory_order_acquire);
  if (call.entered_ns == 0) return false;
  call.instance = record.instance.load(std::memory_order_relaxed);
  call.entryPoint = record.entryPoint.load(std::memory_order_relaxed);
  call.deadlock_ms = record.deadlock_ms.load(std::memory_order_relaxed);
  call.thread = record.thread.load(std::memory_order_relaxed);
  ::memcpy(&call.label, &record.label, sizeof call.label);
  std::atomic_thread_fence(std::memory_order_acquire);
  return record.entered_ns.load(std::memory_order_relaxed) == call.entered_ns;
}

void describeCall(const SeenCall& call, char* text, std::size_t size_bytes) {
  const char* entry = monitor::entryPointName(static_cast<monitor::EntryPoint>(call.entryPoint));
  if (call.label.resource[0] != '\0') {
    std::snprintf(text, size_bytes, "%s of resource \"%.48s\" (type \"%.32s\", %.48s)", entry, call.label.resource,
                  call.label.type, call.label.dll);
  } else {
    std::snprintf(text, size_bytes, "%s of type \"%.48s\" (%.64s)", entry, call.label.type, call.label.dll);
  }
}

std::uint32_t findOverdue(const rhs::SharedBlock& shared, Time now, calls::GuardPacket& exited, std::int32_t& thread) {
  std::uint32_t found = 0;
  const auto used = std::min(shared.recordsInUse.load(), rhs::kCallRecords);
  for (std::uint32_t index = 0; index < used; ++index) {
    SeenCall call;
    if (!seeCall(shared, index, call)) continue;
    if (now < monitor::callDeadline(Time(Duration(call.entered_ns)), call.deadlock_ms)) continue;
    if (++found == 1) {
      char what[96];
      const auto age = now.time_since_epoch() - Duration(call.entered_ns);
      std::snprintf(what, sizeof what, "no return for %lld ms (DeadlockTimeout %u ms)",
                    static_cast<long long>(age / std::chrono::milliseconds(1)), call.deadlock_ms);
      writeText(exited, what, &call);
      thread = call.thread;
    }
    addCulprit(call, exited);
  }
  return found;
}

void findInCall(const rhs::SharedBlock& shared, int waitStatus, calls::GuardPacket& exited) {
  char what[160];
  describeEnd(shared, waitStatus, what, sizeof what);
  const auto used = std::min(shared.recordsInUse.load(), rhs::kCallRecords);
  const auto fatal = shared.fatalThread.load();
  SeenCall call;
  SeenCall first;
  bool any = false;
  bool onlyFatal = false;
  for (std::uint32_t index = 0; fatal != 0 && index < used; ++index) {
    if (!seeCall(shared, index, call) || call.thread != fatal) continue;
    onlyFatal = any = true;
    first = call;
    addCulprit(call, exited);
  }
  for (std::uint32_t index = 0; !onlyFatal && index < used; ++index) {
    if (!seeCall(shared, index, call)) continue;
    if (!any) first = call;
    any = true;
    addCulprit(call, exited);
  }
  writeText(exited, what, any ? &first : nullptr);
}

}  // namespace holdfast::guard
