#include "rhs/callback_side.h"

#include <algorithm>
#include <atomic>
#include <unordered_map>
#include <utility>

namespace holdfast::rhs {

namespace {

std::atomic<std::uint64_t> nextHandle{1};

// Like a Windows handle: not a pointer, a multiple of four. Numbers are not used again, so an old one is known as old.
RESOURCE_HANDLE makeHandle() { return reinterpret_cast<RESOURCE_HANDLE>(nextHandle.fetch_add(1) << 2); }

struct Directory {
  std::mutex mutex;
  std::unordered_map<RESOURCE_HANDLE, std::shared_ptr<CallbackSide>> sides;
};

// Never destroyed: threads of DLLs may call until the process ends.
Directory& directory() {
  static auto* the = new Directory;
  return *the;
}

}  // namespace

CallbackSide::CallbackSide(monitor::InstanceId instance, std::string typeName, std::string name)
    : instance_(instance), handle_(makeHandle()), typeName_(std::move(typeName)), name_(std::move(name)) {}

std::string CallbackSide::name() const {
  std::lock_guard lock(mutex_);
  return name_;
}

void CallbackSide::rename(std::string name) {
  std::lock_guard lock(mutex_);
  name_ = std::move(name);
}

void CallbackSide::openGate(std::uint64_t serial) {
  std::lock_guard lock(mutex_);
  openSerial_ = serial;
}

void CallbackSide::closeGate(std::uint64_t serial) {
  std::lock_guard lock(mutex_);
  closedSerial_ = std::max(closedSerial_, serial);
}

DWORD CallbackSide::report(const Report& report, bool& queued) {
  queued = false;
  std::lock_guard lock(mutex_);
  if (openSerial_ <= closedSerial_) return ResourceExitStateTerminate;  // P-12
  auto counted = report;
  counted.status.serial = openSerial_;
  if (monitor::endsOperation(counted.status.state)) {
    closedSerial_ = openSerial_;
    end_ = counted;
    endWaits_ = true;
    queued = true;
    return ResourceExitStateContinue;
  }
  // A handle given early in the operation is remembered (§6.2).
  if (!counted.eventHandle && progressWaits_) counted.eventHandle = progress_.eventHandle;
  counted.status.handle = counted.eventHandle != nullptr;
  queued = !progressWaits_;
  progressWaits_ = true;
  progress_ = counted;
  return ResourceExitStateContinue;
}

CallbackSide::Report CallbackSide::takeReport() {
  std::lock_guard lock(mutex_);
  if (std::exchange(progressWaits_, false)) return progress_;
  endWaits_ = false;
  return end_;
}

void CallbackSide::enlist(std::shared_ptr<CallbackSide> side) {
  std::lock_guard lock(directory().mutex);
  directory().sides[side->handle()] = std::move(side);
}

void CallbackSide::strike(RESOURCE_HANDLE handle) {
  std::lock_guard lock(directory().mutex);
  directory().sides.erase(handle);
}

std::shared_ptr<CallbackSide> CallbackSide::find(RESOURCE_HANDLE handle) {
  std::lock_guard lock(directory().mutex);
  const auto found = directory().sides.find(handle);
  return found == directory().sides.end() ? nullptr : found->second;
}

}  // namespace holdfast::rhs
