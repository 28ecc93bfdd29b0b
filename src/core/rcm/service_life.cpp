#include "core/rcm/service_life.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/database/schema.h"
#include "core/properties/status.h"
#include "core/rcm/settings.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;

constexpr std::uint32_t kColdStartDoNotStart = 1;

ObjectRef nodeRef(const Context& context) { return {ObjectKind::Node, std::to_string(context.config.node)}; }

}  // namespace

// --- monitors come ---------------------------------------------------------------------------------------------------

void ServiceLife::onConnected(monitor::MonitorId monitor, const monitor::Hello& hello) {
  if (Process* ours = monitors_.find(monitor)) {
    if (!ours->connected) monitors_.onConnected(*ours, hello.pid);
    for (const auto& [instance, id] : ours->instances) {
      if (Resource* resource = context_.registry.resource(id)) machine_.refresh(*resource);
    }
    return;
  }
  Process& process = monitors_.adopt(monitor, hello.pid);
  if (context_.adopted) return monitors_.kill(process, "it is of an earlier life of the service and came too late");
  story_.tell(nodeRef(context_),
              {"adopted", "monitor with process " + std::to_string(hello.pid) + " and " +
                              std::to_string(hello.instances.size()) + " resources is taken over"},
              start("it outlived the service"));
  for (const monitor::Hello::Instance& instance : hello.instances) adopt(process, instance);
}

void ServiceLife::adopt(Process& process, const monitor::Hello::Instance& instance) {
  monitors_.host(process, instance.instance, instance.resource);
  Resource* resource = context_.registry.resource(instance.resource);
  const bool known = resource && !resource->creating && std::holds_alternative<home::None>(resource->home);
  if (!known) {  // deleted meanwhile, half created, or there twice
    monitors_.send(process, monitor::Close{instance.instance});
    return;
  }
  if (instance.state == ResourceState::Initializing) {
    resource->home = home::Opening{process.id, instance.instance};
    return;
  }
  home::Open open;
  open.monitor = process.id;
  open.instance = instance.instance;
  resource->home = std::move(open);
  machine_.onAdopted(*resource, instance);
  // Changed while nobody was there to say so.
  monitors_.send(process, monitor::ChangeSettings{instance.instance,
                                                  effectiveSettings(context_.durable, resource->id, resource->type)});
}

bool ServiceLife::startsByItself(const Group& group) const {
  // CM §14: Priority 0, ColdStartSetting "do not start" and IgnorePersistentStateOnStartup keep a group down.
  const std::string key = schema::groupKey(group.id);
  return commonDword(context_.durable, ObjectKind::Group, key, "Priority") > 0 &&
         commonDword(context_.durable, ObjectKind::Group, key, "ColdStartSetting") != kColdStartDoNotStart &&
         commonDword(context_.durable, ObjectKind::Cluster, {}, "IgnorePersistentStateOnStartup") == 0;
}

void ServiceLife::startUp(Resource& resource) {
  if (resource.creating) return;
  if (!std::holds_alternative<home::None>(resource.home)) return machine_.touch(resource);
  if (resource.group) {
    resource.wanted = resource.wanted && startsByItself(*resource.group);
    if (resource.group->startNotBefore > context_.now) machine_.wakeAt(resource.group->startNotBefore, resource);
  }
  resource.lead = resource.wanted
                      ? story_.tell(resource, {"starting", "shall be online"}, start("its persistent state is online"))
                      : 0;
  machine_.openInBackground(resource);
}

void ServiceLife::bringUp() {
  births_.removeUnfinished();
  monitors_.chooseShared([this](const ObjectId& id) {
    const Resource* resource = context_.registry.resource(id);
    return resource && homes_.wantsOwnMonitor(*resource);
  });
  // CM-87: high priority first.
  std::vector<std::pair<std::uint32_t, Group*>> order;
  for (const auto& [id, group] : context_.registry.groups()) {
    const std::string key = schema::groupKey(id);
    const auto value = [&](std::string_view name) {
      return commonDword(context_.durable, ObjectKind::Group, key, name);
    };
    group->startNotBefore = context_.now + std::chrono::milliseconds(value("GroupStartDelay"));
    order.emplace_back(value("Priority"), group.get());
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::uint32_t, Group*>::first);
  for (const auto& [priority, group] : order) {
    for (const auto& [id, resource] : group->resources) startUp(*resource);
  }
  for (const auto& [id, resource] : context_.registry.resources()) {
    if (!resource->group) startUp(*resource);
  }
}

// --- monitors go -----------------------------------------------------------------------------------------------------

std::uint64_t ServiceLife::tellEnd(const Process& gone, const monitor::Exited& exit) {
  if (gone.ending) return 0;
  std::uint64_t parent = 0;
  if (exit.how == monitor::Exited::How::Deadlocked) {
    parent = story_.tell(nodeRef(context_), {"deadlock", exit.text, ClusterEvent::Level::Error, event::kDeadlock},
                         report(gone.id, "a call did not return within DeadlockTimeout"));
  }
  const bool never = exit.how == monitor::Exited::How::NeverStarted;
  return story_.tell(nodeRef(context_),
                     {"monitor-died",
                      "monitor \"" + gone.name + "\" " + (never ? "did not start" : "ended") +
                          (exit.text.empty() ? "" : ": " + exit.text),
                      ClusterEvent::Level::Critical, event::kMonitorDied},
                     report(gone.id, exit.text, parent));
}

void ServiceLife::onExited(monitor::MonitorId monitor, const monitor::Exited& exit) {
  if (!monitors_.find(monitor)) return;
  const Process gone = monitors_.onExited(monitor);
  Loss loss;
  loss.deadlocked = exit.how == monitor::Exited::How::Deadlocked;
  loss.neverStarted = exit.how == monitor::Exited::How::NeverStarted;
  loss.text = exit.text.empty() ? "its monitor ended" : exit.text;
  loss.event = tellEnd(gone, exit);
  const std::set<monitor::InstanceId> culprits(exit.inCall.begin(), exit.inCall.end());
  std::set<ObjectId> opening;
  for (const auto& [instance, id] : gone.instances) {
    Resource* resource = context_.registry.resource(id);
    if (!resource) continue;
    if (std::holds_alternative<home::Opening>(resource->home)) opening.insert(id);
    homes_.onLost(*resource, status::kResmonInvalidState);
  }
  for (const auto& [instance, id] : gone.instances) {
    Resource* resource = context_.registry.resource(id);
    if (!resource) continue;
    loss.culprit = culprits.contains(instance);
    loss.wasOpening = opening.contains(id);
    machine_.onLost(*resource, loss);
  }
  calls_.onMonitorExited(monitor, loss.deadlocked);
}

// --- the clean stop --------------------------------------------------------------------------------------------------

void ServiceLife::beginStop() {
  if (stop_ != Stop::No) return;
  stop_ = Stop::TakingOffline;
  context_.stopping = true;
  const std::uint32_t minutes = commonDword(context_.durable, ObjectKind::Cluster, {}, "ShutdownTimeoutInMinutes");
  stopDeadline_ = context_.now + std::chrono::minutes(minutes);
  const std::uint64_t asked = story_.tell(nodeRef(context_), {"stopping", "the service stops: groups go offline"},
                                          policy("a clean stop was asked for"));
  for (const auto& [id, resource] : context_.registry.resources()) {
    resource->lead = asked;
    machine_.refresh(*resource);
    machine_.touch(*resource);
  }
}

void ServiceLife::advanceStop() {
  if (stop_ == Stop::TakingOffline && machine_.busy() == 0) {
    stop_ = Stop::Closing;
    for (const auto& [id, resource] : context_.registry.resources()) homes_.close(*resource, [] {});
  }
  if (stop_ == Stop::Closing &&
      std::ranges::all_of(monitors_.all(), [](const auto& entry) { return entry.second.instances.empty(); })) {
    stop_ = Stop::Ending;
    std::vector<monitor::MonitorId> ids;
    for (const auto& [id, process] : monitors_.all()) ids.push_back(id);
    for (const monitor::MonitorId id : ids) monitors_.end(*monitors_.find(id));
  }
  if (stop_ == Stop::Ending && monitors_.all().empty()) {
    stopDeadline_ = kNever;
    context_.effects->stopped = true;
  }
}

void ServiceLife::onTick() {
  if (context_.now < stopDeadline_) return;
  stopDeadline_ = kNever;
  std::vector<monitor::MonitorId> ids;
  for (const auto& [id, process] : monitors_.all()) ids.push_back(id);
  for (const monitor::MonitorId id : ids) monitors_.kill(*monitors_.find(id), "ShutdownTimeoutInMinutes has passed");
}

}  // namespace holdfast::rcm
