#include "core/rcm/monitors.h"

#include <algorithm>
#include <utility>

#include "core/rcm/limits.h"

namespace holdfast::rcm {

Process& Monitors::forResource(const Resource& resource, bool own) {
  if (!own) return shared();
  for (auto& [id, process] : processes_) {
    if (process.only == resource.id && !process.ending) return process;
  }
  return startNew(resource.name, resource.id);
}

Process& Monitors::shared() {
  for (auto& [id, process] : processes_) {
    if (process.only.empty() && !process.ending) return process;
  }
  return startNew("default", {});
}

Process* Monitors::find(monitor::MonitorId id) {
  const auto found = processes_.find(id);
  return found == processes_.end() ? nullptr : &found->second;
}

Process& Monitors::startNew(std::string name, const ObjectId& only) {
  Process& process = processes_[++lastId_];
  process.id = lastId_;
  process.name = std::move(name);
  process.only = only;
  const auto wait = notBefore_.find(only);
  if (wait == notBefore_.end() || wait->second <= context_.now) launch(process);
  return process;
}

void Monitors::launch(Process& process) {
  process.started = true;
  process.startedAt = context_.now;
  notBefore_.erase(process.only);
  context_.effects->monitors.emplace_back(StartMonitor{process.id, process.name});
}

void Monitors::send(Process& process, monitor::Command command) {
  if (!process.connected) {
    process.early.push_back(std::move(command));
    return;
  }
  context_.effects->monitors.emplace_back(MonitorCommand{process.id, std::move(command)});
}

void Monitors::host(Process& process, monitor::InstanceId instance, const ObjectId& resource) {
  process.instances[instance] = resource;
}

void Monitors::release(monitor::MonitorId id, monitor::InstanceId instance) {
  Process* process = find(id);
  if (!process) return;
  process->instances.erase(instance);
  if (process->instances.empty() && !process->only.empty()) end(*process);
}

void Monitors::end(Process& process) {
  if (process.ending) return;
  process.ending = true;
  if (!process.started) {  // still waiting for its turn: there is nothing to end
    processes_.erase(process.id);
    return;
  }
  send(process, monitor::Exit{});
}

void Monitors::kill(Process& process, std::string why) {
  process.ending = true;
  context_.effects->monitors.emplace_back(KillMonitor{process.id, std::move(why)});
}

void Monitors::onConnected(Process& process, std::uint32_t pid) {
  process.connected = true;
  process.pid = pid;
  story_.tell(ObjectRef{ObjectKind::Node, std::to_string(context_.config.node)},
              {"monitor-started", "monitor \"" + process.name + "\" runs as process " + std::to_string(pid)},
              policy("it is needed"));
  const std::vector<monitor::Command> early = std::exchange(process.early, {});
  for (const monitor::Command& command : early) send(process, command);
}

Process& Monitors::adopt(monitor::MonitorId id, std::uint32_t pid) {
  Process& process = processes_[id];
  process.id = id;
  process.name = "default";
  process.started = process.connected = true;
  process.pid = pid;
  process.startedAt = context_.now;
  lastId_ = std::max(lastId_, id);
  return process;
}

void Monitors::chooseShared(const std::function<bool(const ObjectId& resource)>& separate) {
  const auto isOwn = [&](const Process& process) {
    return process.instances.size() == 1 && separate(process.instances.begin()->second);
  };
  // One hosts everything that has no monitor of its own: the one with the most instances, then the oldest.
  Process* best = nullptr;
  std::vector<monitor::MonitorId> idle;
  for (auto& [id, process] : processes_) {
    if (process.instances.empty()) idle.push_back(id);
    if (!isOwn(process) && (!best || process.instances.size() > best->instances.size())) best = &process;
  }
  for (const monitor::MonitorId id : idle) {
    if (best && id != best->id) end(processes_.at(id));
  }
  for (auto& [id, process] : processes_) {
    if (&process == best || process.instances.empty()) continue;
    process.only = process.instances.begin()->second;
    const Resource* resource = context_.registry.resource(process.only);
    if (resource) process.name = resource->name;
  }
}

Process Monitors::onExited(monitor::MonitorId id) {
  Process gone = std::move(processes_.at(id));
  processes_.erase(id);
  if (!gone.ending && context_.now - gone.startedAt < kMonitorRestartGap) {
    notBefore_[gone.only] = context_.now + kMonitorRestartGap;
  }
  return gone;
}

void Monitors::onTick() {
  for (auto& [id, process] : processes_) {
    if (process.started) continue;
    const auto wait = notBefore_.find(process.only);
    if (wait == notBefore_.end() || wait->second <= context_.now) launch(process);
  }
}

Time Monitors::nextDeadline() const {
  Time next = kNever;
  for (const auto& [only, time] : notBefore_) {
    const bool waiting = std::ranges::any_of(
        processes_, [&](const auto& entry) { return !entry.second.started && entry.second.only == only; });
    if (waiting) next = std::min(next, time);
  }
  return next;
}

}  // namespace holdfast::rcm
