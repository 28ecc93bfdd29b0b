// Calls that the rules ask for, on their way to a worker and back.
#include <algorithm>
#include <utility>

#include "rhs/limits.h"
#include "rhs/resource_monitor.h"
#include "rhs/status_codes.h"

namespace holdfast::rhs {

using monitor::EntryPoint;

void ResourceMonitor::enter(Hosted& hosted, const monitor::Enter& enter) {
  if (enter.entry == EntryPoint::Online) hosted.eventHandle = nullptr;
  auto call = std::make_shared<QueuedCall>(
      [this, id = hosted.id, live = hosted.live, enter, deadlock = hosted.settings.deadlock_ms] {
        const auto result = callEntry(*live, enter.entry, enter.serial, deadlock);
        loop_.post([this, id, result] { returned(id, result); });
      },
      enter.entry == EntryPoint::Close);
  hosted.calls[enter.entry] = call;
  if (enter.entry == EntryPoint::Terminate) {
    pool_.submitTerminate(hosted.live->group, call);
  } else {
    pool_.submit(hosted.live->lane, call, enter.first);
  }
}

void ResourceMonitor::withdraw(Hosted& hosted, EntryPoint entry, monitor::Actions& actions) {
  const auto found = hosted.calls.find(entry);
  if (found == hosted.calls.end() || !pool_.withdraw(found->second)) return;
  hosted.calls.erase(found);
  hosted.machine->withdrawn(entry, now_, actions);
}

void ResourceMonitor::returned(monitor::InstanceId instance, const EntryResult& result) {
  const auto found = hosted_.find(instance);
  if (found == hosted_.end()) return;
  auto& hosted = *found->second;
  const auto entry = result.returned.entry;
  hosted.calls.erase(entry);
  if (result.eventHandle) hosted.eventHandle = result.eventHandle;
  if (entry != EntryPoint::Terminate) noteSlow(hosted, entry, result.returned.entered, result.left);  // S6
  if (result.lastError != 0) {
    log(hosted, LOG_INFORMATION, "Close left the last error " + std::to_string(result.lastError));  // RA-39
  }
  step(instance, [&](monitor::InstanceMachine& machine, Time now, monitor::Actions& actions) {
    machine.returned(result.returned, now, actions);
  });
}

void ResourceMonitor::watchHandle(Hosted& hosted, monitor::Actions& actions) {
  switch (handles_.arm(hosted.eventHandle, hosted.id)) {
    case HandleWatch::Armed::Waiting:
      break;
    case HandleWatch::Armed::Signalled:
      hosted.machine->signalled(now_, actions);
      break;
    case HandleWatch::Armed::Invalid:
      hosted.machine->handleLost(now_, actions);
      break;
  }
}

// RA §12.3: once for each entry point of a resource; nothing else follows.
void ResourceMonitor::noteSlow(Hosted& hosted, EntryPoint entry, Time entered, Time left) {
  if (left - entered < kSoftLimit || !hosted.slow.insert(entry).second) return;
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(left - entered);
  log(hosted, LOG_WARNING,
      std::string(monitor::entryPointName(entry)) + " took " + std::to_string(took.count()) +
          " ms; more than 300 ms belongs in a worker thread");
}

// --- control codes ---------------------------------------------------------------------------------------------------

void ResourceMonitor::refuseControl(monitor::OperationId operation, std::uint32_t status) {
  monitor::ControlDone done;
  done.operation = operation;
  done.status = status;
  send(done);
}

void ResourceMonitor::resourceControl(Hosted& hosted, const monitor::ResourceControl& control) {
  if (hosted.machine->closing()) return refuseControl(control.operation, kResourceNotFound);  // RA-37
  if (hosted.live->table.hasBeginControls()) {
    log(hosted, LOG_WARNING, "control codes of function tables of version 3 and 4 are not supported");
    return refuseControl(control.operation, kCallNotImplemented);
  }
  // Nobody is called for what nobody can answer (P-09).
  if (!hosted.live->table.resourceControl()) return refuseControl(control.operation, kInvalidFunction);
  pool_.submit(
      hosted.live->lane, std::make_shared<QueuedCall>([this, type = hosted.type, live = hosted.live, request = control,
                                                       deadlock = hosted.settings.deadlock_ms]() mutable {
        auto done = callResourceControl(*live, request, deadlock);
        loop_.post([this, type, code = request.code, done = std::move(done)] { controlDone(type, code, done); });
      }));
}

void ResourceMonitor::typeControl(const monitor::ResourceTypeControl& control) {
  types_.withType(control.type, 0, [this, control](std::uint32_t status, const std::shared_ptr<HostedType>& type) {
    if (status != 0) return refuseControl(control.operation, status);
    if (type->table.hasBeginControls()) {
      log(LOG_WARNING, control.type.name, "", "control codes of function tables of version 3 and 4 are not supported");
      return refuseControl(control.operation, kCallNotImplemented);
    }
    if (!type->table.resourceTypeControl()) return refuseControl(control.operation, kInvalidFunction);
    pool_.submit(
        type->lane, std::make_shared<QueuedCall>([this, type, table = type->table, label = type->label,
                                                  lane = type->lane, request = control]() mutable {
          auto done = callTypeControl(table, label, laneName(*lane), request);
          loop_.post([this, type, code = request.code, done = std::move(done)] { controlDone(type, code, done); });
        }));
  });
}

void ResourceMonitor::controlDone(const std::shared_ptr<HostedType>& type, std::uint32_t code,
                                  const monitor::ControlDone& done) {
  const bool characteristics =
      code == CLUSCTL_RESOURCE_GET_CHARACTERISTICS || code == CLUSCTL_RESOURCE_TYPE_GET_CHARACTERISTICS;
  if (characteristics && done.status == 0 && done.output.size() == sizeof(DWORD)) {
    std::copy(done.output.begin(), done.output.end(), reinterpret_cast<std::uint8_t*>(&type->characteristics));
  }
  if (done.operation == 0) return noticeTaken();  // our own (run_down.cpp)
  send(done);
}

}  // namespace holdfast::rhs
