#include "core/rcm/homes.h"

#include <utility>

#include "core/database/schema.h"
#include "core/properties/status.h"
#include "core/rcm/settings.h"

namespace holdfast::rcm {

bool Homes::wantsOwnMonitor(const Resource& resource) const {
  if (context_.now < resource.isolatedUntil) return true;
  return commonDword(context_.durable, ObjectKind::Resource, database::schema::resourceKey(resource.id),
                     "SeparateMonitor") != 0;
}

bool Homes::misplaced(const Resource& resource) const {
  const home::Open* open = resource.open();
  if (!open) return false;
  const Process* process = monitors_.find(open->monitor);
  return process && !process->only.empty() != wantsOwnMonitor(resource);
}

std::uint32_t Homes::pid(const Resource& resource) const {
  const home::Open* open = resource.open();
  const Process* process = open ? monitors_.find(open->monitor) : nullptr;
  return process ? process->pid : 0;
}

void Homes::open(Resource& resource, Opened done) {
  if (resource.open()) {
    done(status::kSuccess);
    return;
  }
  waitingForOpen_[resource.id].push_back(std::move(done));
  if (!std::holds_alternative<home::None>(resource.home)) return;  // being opened, or closed and then opened
  Process& process = monitors_.forResource(resource, wantsOwnMonitor(resource));
  const monitor::InstanceId instance = context_.newInstance();
  resource.home = home::Opening{process.id, instance};
  monitors_.host(process, instance, resource.id);
  monitor::Open command;
  command.instance = instance;
  command.resource = resource.id;
  command.name = resource.name;
  command.type = typeInfo(context_.durable, resource.type);
  command.settings = effectiveSettings(context_.durable, resource.id, resource.type);
  monitors_.send(process, std::move(command));
}

void Homes::close(Resource& resource, Closed done) {
  if (std::holds_alternative<home::None>(resource.home)) {
    done();
    return;
  }
  waitingForClose_[resource.id].push_back(std::move(done));
  if (const home::Open* open = resource.open()) {
    const home::Open was = *open;
    resource.home = home::Closing{was.monitor, was.instance};
    monitors_.send(*monitors_.find(was.monitor), monitor::Close{was.instance});
  }
}

void Homes::finishOpen(Resource& resource, std::uint32_t status) {
  const auto found = waitingForOpen_.find(resource.id);
  if (found == waitingForOpen_.end()) return;
  const std::vector<Opened> waiting = std::move(found->second);
  waitingForOpen_.erase(found);
  for (const Opened& done : waiting) done(status);
}

void Homes::onOpened(Resource& resource, const monitor::Opened& report) {
  const auto* opening = std::get_if<home::Opening>(&resource.home);
  if (!opening || opening->instance != report.instance) return;
  const home::Opening was = *opening;
  if (report.status == 0) {
    home::Open open;
    open.monitor = was.monitor;
    open.instance = was.instance;
    open.quorumCapable = report.quorumCapable;
    resource.home = open;
  } else {
    resource.home = home::None{report.status};
    monitors_.release(was.monitor, was.instance);
  }
  finishOpen(resource, report.status);
  if (!waitingForClose_.contains(resource.id)) return;
  const home::Open* open = resource.open();
  if (!open) {
    onClosed(resource, was.instance);
  } else {
    const home::Open now = *open;
    resource.home = home::Closing{now.monitor, now.instance};
    monitors_.send(*monitors_.find(now.monitor), monitor::Close{now.instance});
  }
}

void Homes::onClosed(Resource& resource, monitor::InstanceId instance) {
  if (const auto* closing = std::get_if<home::Closing>(&resource.home)) {
    if (closing->instance != instance) return;
    const monitor::MonitorId process = closing->monitor;
    resource.home = home::None{};
    monitors_.release(process, instance);
  }
  const auto found = waitingForClose_.find(resource.id);
  if (found != waitingForClose_.end()) {
    const std::vector<Closed> waiting = std::move(found->second);
    waitingForClose_.erase(found);
    const ObjectId id = resource.id;
    for (const Closed& done : waiting) done();
    if (context_.registry.resource(id) != &resource) return;  // that was its end
  }
  if (std::holds_alternative<home::None>(resource.home) && waitingForOpen_.contains(resource.id)) {
    std::vector<Opened> waiting = std::move(waitingForOpen_[resource.id]);
    waitingForOpen_.erase(resource.id);
    for (Opened& done : waiting) open(resource, std::move(done));
  }
}

void Homes::onLost(Resource& resource, std::uint32_t status) {
  const bool closing = std::holds_alternative<home::Closing>(resource.home) || waitingForClose_.contains(resource.id);
  const bool opening = std::holds_alternative<home::Opening>(resource.home);
  resource.home = home::None{opening ? status : 0};
  if (opening) finishOpen(resource, status);
  if (closing) onClosed(resource, 0);
}

}  // namespace holdfast::rcm
