// The beginning and the end of an instance (RA §5.4, §5.5).
#include <utility>

#include "rhs/clocks.h"
#include "rhs/limits.h"
#include "rhs/resource_monitor.h"
#include "rhs/status_codes.h"
#include "rhs/text.h"
#include "sdk/clusapi/host.h"

namespace holdfast::rhs {

void ResourceMonitor::open(const monitor::Open& command) {
  if (leaving_) return send(monitor::Opened{command.instance, ERROR_CLUSTER_SHUTTING_DOWN, false});
  if (hosted_.contains(command.instance)) return send(monitor::Opened{command.instance, kAlreadyExists, false});
  auto hosted = std::make_unique<Hosted>();
  hosted->id = command.instance;
  hosted->resource = command.resource;
  hosted->settings = command.settings;
  hosted_.emplace(command.instance, std::move(hosted));
  types_.withType(command.type, command.instance,
                  [this, command](std::uint32_t status, const std::shared_ptr<HostedType>& type) {
                    openStarted(command.instance, command, status, type);
                  });
}

void ResourceMonitor::openStarted(monitor::InstanceId instance, const monitor::Open& command, std::uint32_t status,
                                  const std::shared_ptr<HostedType>& type) {
  const auto found = hosted_.find(instance);
  if (found == hosted_.end()) return;
  if (status != 0) return notOpened(instance, status);
  auto& hosted = *found->second;
  hosted.type = type;
  ++type->instances;
  auto live = std::make_shared<Live>();
  live->table = type->table;
  live->side = std::make_shared<CallbackSide>(instance, command.type.name, command.name);
  live->label = type->label;
  copyCut(command.name, live->label.resource, sizeof live->label.resource);
  live->lane = type->laneForInstance(pool_, command.name);
  live->group = type->module->group;
  hosted.live = live;
  hosted.key = holdfast_clusapi_open_host_key(command.resource.c_str());
  CallbackSide::enlist(live->side);
  pool_.submit(live->lane,
               std::make_shared<QueuedCall>(
                   [this, instance, live = hosted.live, key = hosted.key, deadlock = hosted.settings.deadlock_ms] {
                     const auto result = callOpen(*live, static_cast<HKEY>(key), deadlock);
                     loop_.post([this, instance, result] { opened(instance, result); });
                   },
                   true));
}

void ResourceMonitor::notOpened(monitor::InstanceId instance, std::uint32_t status) {
  const auto found = hosted_.find(instance);
  auto hosted = std::move(found->second);
  hosted_.erase(found);
  if (hosted->live) CallbackSide::strike(hosted->live->side->handle());
  if (hosted->key) holdfast_clusapi_close_host_key(hosted->key);
  if (hosted->type) types_.release(*hosted->type);
  send(monitor::Opened{instance, status, false});
  for (const auto& command : hosted->deferred) refuse(instance, command);
  endIfEmpty();
}

void ResourceMonitor::opened(monitor::InstanceId instance, const OpenResult& result) {
  auto& hosted = *hosted_.at(instance);
  noteSlow(hosted, monitor::EntryPoint::Open, result.entered, result.left);
  if (!result.resid) {
    log(hosted, LOG_ERROR, "Open failed with error " + std::to_string(result.status));
    return notOpened(instance, result.status);
  }
  if (!resids_.emplace(hosted.type.get(), result.resid).second) {  // RA-31
    log(hosted, LOG_ERROR, "Open returned an identifier that another open resource of the type has");
    return notOpened(instance, kNoMonitorResult);
  }
  auto live = std::make_shared<Live>(*hosted.live);
  live->resid = result.resid;
  hosted.live = std::move(live);
  hosted.machine.emplace(instance, hosted.settings, hosted.live->table.canCancel());
  send(monitor::Opened{instance, 0, hosted.live->table.quorumCapable()});
  const auto deferred = std::exchange(hosted.deferred, {});
  for (const auto& command : deferred) obeyInstance(instance, command);
}

void ResourceMonitor::closed(Hosted& hosted) {
  timers_.set(hosted.id, kNever);
  resids_.erase({hosted.type.get(), hosted.live->resid});
  if (hosted.key) holdfast_clusapi_close_host_key(hosted.key);
  types_.release(*hosted.type);
  hosted_.erase(hosted.id);
}

// The next call finds the new name; those under way keep the one that they began with.
void ResourceMonitor::rename(Hosted& hosted, const std::string& name) {
  hosted.live->side->rename(name);
  auto live = std::make_shared<Live>(*hosted.live);
  copyCut(name, live->label.resource, sizeof live->label.resource);
  hosted.live = std::move(live);
}

}  // namespace holdfast::rhs
