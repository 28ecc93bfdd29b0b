// The end of a monitor: rundown (RA §13.3) and the exit that the service asks for.
#include <algorithm>
#include <cstring>
#include <vector>

#include "rhs/clocks.h"
#include "rhs/last_words.h"
#include "rhs/limits.h"
#include "rhs/resource_monitor.h"

namespace holdfast::rhs {

namespace {

// Reason of NOTIFY_MONITOR_SHUTTING_DOWN: the service is gone, or has no quorum.
constexpr std::uint32_t kReasonCrash = 2;

template <class T>
Bytes bytesOf(const T& value) {
  Bytes bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

}  // namespace

void ResourceMonitor::runDown() {
  if (runningDown_) return;
  runningDown_ = leaving_ = true;
  log(LOG_WARNING, "", "", "the run lease is over: all resources of this monitor are terminated");
  sendShuttingDown();
  if (noticesOut_ == 0) return terminateAll();
  noticeUntil_ = monotonicNow() + kShuttingDownNotice;
}

// To each type, and to the instances of types that want a reason. A DLL that is stuck does not hold Terminate up.
void ResourceMonitor::sendShuttingDown() {
  for (const auto& [name, type] : types_.types()) {
    if (!type->ready || !type->table.resourceTypeControl()) continue;
    monitor::ResourceTypeControl notice;
    notice.type = type->info;
    notice.code = CLUSCTL_RESOURCE_TYPE_NOTIFY_MONITOR_SHUTTING_DOWN;
    notice.input = bytesOf(kReasonCrash);
    ++noticesOut_;
    typeControl(notice);
  }
  CLUSCTL_RESOURCE_STATE_CHANGE_REASON_STRUCT reason{};
  reason.dwSize = sizeof reason;
  reason.dwVersion = CLUSCTL_RESOURCE_STATE_CHANGE_REASON_VERSION_1;
  reason.eReason = eResourceStateChangeReasonRundown;
  for (const auto& [id, hosted] : hosted_) {
    if (!hosted->machine || hosted->machine->state() == ResourceState::Offline) continue;
    if ((hosted->type->characteristics & CLUS_CHAR_REQUIRES_STATE_CHANGE_REASON) == 0) continue;
    if (!hosted->live->table.resourceControl()) continue;
    monitor::ResourceControl notice;
    notice.instance = id;
    notice.code = CLUSCTL_RESOURCE_STATE_CHANGE_REASON;
    notice.input = bytesOf(reason);
    ++noticesOut_;
    resourceControl(*hosted, notice);
  }
}

void ResourceMonitor::noticeTaken() {
  if (noticesOut_ > 0 && --noticesOut_ == 0 && noticeUntil_ != kNever) terminateAll();
}

// The last to come online first: whoever depends on another came after it.
void ResourceMonitor::terminateAll() {
  noticeUntil_ = kNever;
  std::vector<Hosted*> order;
  for (const auto& [id, hosted] : hosted_) {
    if (hosted->machine) {
      order.push_back(hosted.get());
    } else {
      hosted->deferred = {monitor::Close{id}};
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Hosted* a, const Hosted* b) { return a->onlineOrder > b->onlineOrder; });
  std::vector<monitor::InstanceId> ids;
  for (const auto* hosted : order) ids.push_back(hosted->id);
  for (const auto id : ids) decide(*hosted_.at(id), monitor::Close{id});
  endIfEmpty();
}

void ResourceMonitor::endIfEmpty() {
  if (!leaving_ || !hosted_.empty() || noticeUntil_ != kNever) return;
  channel_.flush(kLastWordsTime);
  leave(0);
}

}  // namespace holdfast::rhs
