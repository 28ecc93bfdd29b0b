#include "core/rcm/rcm.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "core/properties/status.h"
#include "core/rcm/births_and_deaths.h"
#include "core/rcm/configuration.h"
#include "core/rcm/controls.h"
#include "core/rcm/dependencies.h"
#include "core/rcm/explain.h"
#include "core/rcm/machine.h"
#include "core/rcm/mirror.h"
#include "core/rcm/service_life.h"
#include "core/rcm/switching.h"

namespace holdfast::rcm {

struct Rcm::Parts {
  Parts(Config config, const database::Tree& durable, const database::Tree& volatileTree,
        const database::Indexes& indexes, EventSink& events)
      : context(std::move(config), durable, volatileTree, indexes, events) {}

  Context context;
  Proposals proposals{context};
  Story story{context};
  Publisher publisher{context};
  Monitors monitors{context, story};
  Homes homes{context, monitors, story};
  Calls calls{context, monitors};
  Requirements requirements{context, calls};
  Machine machine{context, story, publisher, monitors, homes, calls, requirements};
  Mirror mirror{context, publisher, monitors, homes, calls, machine};
  Reserved reserved;
  Configuration configuration{context, story, proposals, reserved};
  BirthsAndDeaths births{context, story, proposals, reserved, homes, calls, machine};
  Dependencies dependencies{context, proposals};
  Controls controls{context, proposals, homes, calls};
  Switching switching{context, story, proposals, machine, requirements};
  ServiceLife life{context, story, monitors, homes, calls, machine, births};

  bool loaded = false;
  std::deque<std::function<void()>> fromMonitors;  ///< came before the database was there
  std::deque<std::function<void()>> fromClients;   ///< came before it is known what runs already

  bool stopWhenAdopted = false;
  bool adoptionOverEarly = false;  ///< before the database was there: those who wait to be taken over come first

  bool ready() const { return context.active && context.adopted; }

  /// Every way in: sets the clock and the effects, does `work` and all that follows from it.
  template <class Work>
  void enter(Time now, Effects& effects, Work work) {
    context.now = now;
    context.effects = &effects;
    work();
    machine.settle();
    if (context.stopping) {
      life.advanceStop();
      machine.settle();
    }
    context.effects = nullptr;
  }

  void bringUpIfReady() {
    if (!ready()) return;
    life.bringUp();
    machine.settle();
    for (const auto& request : std::exchange(fromClients, {})) request();
  }

  void fromMonitor(std::function<void()> work) {
    if (loaded) return work();
    fromMonitors.push_back(std::move(work));
  }

  void request(const Operation& operation, const Ask& ask);
  void reported(monitor::MonitorId monitor, const monitor::Report& report);
  Resource* hostedAt(monitor::MonitorId monitor, monitor::InstanceId instance);
};

void Rcm::Parts::request(const Operation& operation, const Ask& ask) {
  struct Dispatch {
    Parts& parts;
    const Ask& ask;
    void operator()(const CreateGroup& o) const { parts.configuration.create(o, ask); }
    void operator()(const DeleteGroup& o) const { parts.configuration.remove(o, ask); }
    void operator()(const RenameGroup& o) const { parts.configuration.rename(o, ask); }
    void operator()(const CreateResource& o) const { parts.births.create(o, ask); }
    void operator()(const DeleteResource& o) const { parts.births.remove(o, ask); }
    void operator()(const RenameResource& o) const { parts.configuration.rename(o, ask); }
    void operator()(const CreateResourceType& o) const { parts.configuration.create(o, ask); }
    void operator()(const DeleteResourceType& o) const { parts.configuration.remove(o, ask); }
    void operator()(const AddDependency& o) const { parts.dependencies.add(o, ask); }
    void operator()(const RemoveDependency& o) const { parts.dependencies.remove(o, ask); }
    void operator()(const OnlineResource& o) const { parts.switching.online(o, ask); }
    void operator()(const OfflineResource& o) const { parts.switching.offline(o, ask); }
    void operator()(const OnlineGroup& o) const { parts.switching.online(o, ask); }
    void operator()(const OfflineGroup& o) const { parts.switching.offline(o, ask); }
    void operator()(const FailResource& o) const { parts.switching.fail(o, ask); }
    void operator()(const Control& o) const { parts.controls.control(o, ask); }
    void operator()(const WriteDatabase&) const {
      answer(parts.context, ask, {status::kInvalidFunction, "raw writes are not the RCM's", ""});
    }
  };
  if (context.stopping) {
    return answer(context, ask, {status::kNodeShuttingDown, "the service stops", "ask another node"});
  }
  std::visit(Dispatch{*this, ask}, operation);
}

Resource* Rcm::Parts::hostedAt(monitor::MonitorId monitor, monitor::InstanceId instance) {
  const Process* process = monitors.find(monitor);
  if (!process) return nullptr;
  const auto found = process->instances.find(instance);
  return found == process->instances.end() ? nullptr : context.registry.resource(found->second);
}

void Rcm::Parts::reported(monitor::MonitorId monitor, const monitor::Report& report) {
  struct Dispatch {
    Parts& parts;
    monitor::MonitorId monitor;
    void operator()(const monitor::Opened& r) const {
      if (Resource* resource = parts.hostedAt(monitor, r.instance)) parts.homes.onOpened(*resource, r);
    }
    void operator()(const monitor::Closed& r) const {
      Resource* resource = parts.hostedAt(monitor, r.instance);
      const auto* closing = resource ? std::get_if<home::Closing>(&resource->home) : nullptr;
      if (closing && closing->instance == r.instance) return parts.homes.onClosed(*resource, r.instance);
      // A monitor that runs down closes by itself what it has; what became of the resource is told by its exit.
      const auto* open = resource ? std::get_if<home::Open>(&resource->home) : nullptr;
      if (open && open->monitor == monitor && open->instance == r.instance) return;
      parts.monitors.release(monitor, r.instance);  // one that was adopted only to be closed
    }
    void operator()(const monitor::StateChanged& r) const {
      Resource* resource = parts.hostedAt(monitor, r.instance);
      const home::Open* open = resource ? resource->open() : nullptr;
      if (!open || open->instance != r.instance) return;  // of an earlier life of the resource
      parts.machine.onStateChanged(*resource, monitor, r);
    }
    void operator()(const monitor::Progress&) const {}
    void operator()(const monitor::ControlDone& r) const { parts.calls.onDone(r); }
  };
  std::visit(Dispatch{*this, monitor}, report);
}

// --- the one door ----------------------------------------------------------------------------------------------------

Rcm::Rcm(Config config, const database::Tree& durable, const database::Tree& volatileTree,
         const database::Indexes& indexes, EventSink& events)
    : parts_(std::make_unique<Parts>(std::move(config), durable, volatileTree, indexes, events)) {}

Rcm::~Rcm() = default;

void Rcm::onApplied(const gum::Entry& entry, Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    if (parts_->loaded) parts_->mirror.onApplied(entry.batch);
  });
}

void Rcm::onVolatileApplied(const gum::VolatileUpdate& update, Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    if (parts_->loaded) parts_->mirror.onVolatileApplied(update.batch);
  });
}

void Rcm::onProposalDone(std::uint64_t token, const Result<std::uint64_t>& result, Time now, Effects& effects) {
  parts_->enter(now, effects, [&] { parts_->proposals.onDone(token, result); });
}

void Rcm::onActive(Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    const bool again = std::exchange(parts_->loaded, true);
    parts_->context.active = true;
    if (again) {
      for (const auto& [id, resource] : parts_->context.registry.resources()) parts_->machine.touch(*resource);
      return;
    }
    parts_->mirror.load();
    for (const auto& work : std::exchange(parts_->fromMonitors, {})) work();
    if (parts_->adoptionOverEarly) parts_->context.adopted = true;
    parts_->bringUpIfReady();
  });
}

void Rcm::onQuorumLost(Time now, Effects& effects) {
  parts_->enter(now, effects, [&] { parts_->context.active = false; });
}

void Rcm::onRequest(const RequestId& id, const Operation& operation, const Cause& cause, Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    Ask ask{id, cause};
    if (parts_->ready() || parts_->context.stopping) return parts_->request(operation, ask);
    if (parts_->loaded && !parts_->context.active) {
      return answer(parts_->context, ask, {status::kNoQuorum, "there is no quorum", "bring more nodes up"});
    }
    parts_->fromClients.push_back([this, operation, ask] { parts_->request(operation, ask); });
  });
}

void Rcm::onStopRequested(Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    // What an earlier life left running is taken offline too, so it must be there first.
    if (parts_->loaded && !parts_->context.adopted) {
      parts_->stopWhenAdopted = true;
      return;
    }
    parts_->life.beginStop();
    for (const auto& request : std::exchange(parts_->fromClients, {})) request();
  });
}

void Rcm::onMonitorConnected(monitor::MonitorId monitor, const monitor::Hello& hello, Time now, Effects& effects) {
  parts_->enter(now, effects,
                [&] { parts_->fromMonitor([this, monitor, hello] { parts_->life.onConnected(monitor, hello); }); });
}

void Rcm::onMonitorReported(monitor::MonitorId monitor, const monitor::Report& report, Time now, Effects& effects) {
  parts_->enter(now, effects,
                [&] { parts_->fromMonitor([this, monitor, report] { parts_->reported(monitor, report); }); });
}

void Rcm::onMonitorExited(monitor::MonitorId monitor, const monitor::Exited& exit, Time now, Effects& effects) {
  parts_->enter(now, effects,
                [&] { parts_->fromMonitor([this, monitor, exit] { parts_->life.onExited(monitor, exit); }); });
}

void Rcm::onAdoptionOver(Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    if (!parts_->loaded) {
      parts_->adoptionOverEarly = true;
      return;
    }
    if (std::exchange(parts_->context.adopted, true)) return;
    if (parts_->stopWhenAdopted)
      parts_->life.beginStop();
    else
      parts_->bringUpIfReady();
  });
}

void Rcm::onTick(Time now, Effects& effects) {
  parts_->enter(now, effects, [&] {
    parts_->machine.onTick();
    parts_->monitors.onTick();
    parts_->life.onTick();
  });
}

Time Rcm::nextDeadline() const {
  return std::min({parts_->machine.nextDeadline(), parts_->monitors.nextDeadline(), parts_->life.nextDeadline()});
}

// --- what readers see ------------------------------------------------------------------------------------------------

ResourceState Rcm::resourceState(std::string_view resource) const {
  const Resource* found = parts_->context.registry.resource(resource);
  return found && !found->creating ? shown(found->state) : ResourceState::Unknown;
}

GroupState Rcm::groupState(std::string_view group) const {
  const Group* found = parts_->context.registry.group(group);
  return found ? found->counts.state() : GroupState::Unknown;
}

std::uint32_t Rcm::monitorPid(std::string_view resource) const {
  const Resource* found = parts_->context.registry.resource(resource);
  return found ? parts_->homes.pid(*found) : 0;
}

std::uint32_t Rcm::lastStatus(std::string_view resource) const {
  const Resource* found = parts_->context.registry.resource(resource);
  return found ? found->lastStatus : 0;
}

std::uint32_t Rcm::resourceSpecific(std::string_view resource) const {
  const Resource* found = parts_->context.registry.resource(resource);
  return found ? found->resourceSpecific : 0;
}

std::optional<core::Explanation> Rcm::explain(const ObjectRef& object, Time now) const {
  return rcm::explain(parts_->context, object, now);
}

}  // namespace holdfast::rcm
