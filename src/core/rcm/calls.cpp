#include "core/rcm/calls.h"

#include <utility>
#include <vector>

#include "core/properties/status.h"

namespace holdfast::rcm {

monitor::OperationId Calls::begin(monitor::MonitorId monitor, Done done) {
  const monitor::OperationId operation = context_.newOperation();
  calls_.emplace(operation, Call{monitor, std::move(done)});
  return operation;
}

void Calls::toResource(const Resource& resource, std::uint32_t code, Bytes input, std::uint32_t capacity_bytes,
                       Done done) {
  const home::Open& open = std::get<home::Open>(resource.home);
  const monitor::OperationId operation = begin(open.monitor, std::move(done));
  monitors_.send(*monitors_.find(open.monitor),
                 monitor::ResourceControl{open.instance, operation, code, std::move(input), capacity_bytes});
}

void Calls::toType(const monitor::TypeInfo& type, std::uint32_t code, Bytes input, std::uint32_t capacity_bytes,
                   Done done) {
  Process& process = monitors_.shared();
  const monitor::OperationId operation = begin(process.id, std::move(done));
  monitors_.send(process, monitor::ResourceTypeControl{type, operation, code, std::move(input), capacity_bytes});
}

void Calls::notify(const Resource& resource, std::uint32_t code, Bytes input) {
  if (!resource.open()) return;
  toResource(resource, code, std::move(input), 0, [](const monitor::ControlDone&) {});
}

void Calls::onDone(const monitor::ControlDone& answer) {
  const auto found = calls_.find(answer.operation);
  if (found == calls_.end()) return;  // of an earlier life of the service
  const Done done = std::move(found->second.done);
  calls_.erase(found);
  done(answer);
}

void Calls::onMonitorExited(monitor::MonitorId monitor, bool deadlocked) {
  std::vector<std::pair<monitor::OperationId, Done>> lost;
  for (const auto& [operation, call] : calls_) {
    if (call.monitor == monitor) lost.emplace_back(operation, call.done);
  }
  for (const auto& [operation, done] : lost) {
    calls_.erase(operation);
    monitor::ControlDone answer;
    answer.operation = operation;
    answer.status = deadlocked ? status::kTimeout : status::kResmonInvalidState;
    done(answer);
  }
}

}  // namespace holdfast::rcm
