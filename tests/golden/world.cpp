#include "golden/world.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "core/database/schema.h"
#include "core/properties/property_list.h"
#include "core/properties/status.h"

namespace holdfast::rcm {

namespace schema = database::schema;
using namespace std::chrono_literals;

World::World() { restartService(false); }

// --- the service -----------------------------------------------------------------------------------------------------

void World::restartService(bool adopt) {
  ++life_;
  Config config;
  config.nodeName = "alpha";
  config.incarnation = ++incarnation_;
  rcm.reset();
  volatileTree = database::Tree();
  indexes.rebuild(durable);
  if (!adopt) monitors_.clear();
  rcm = std::make_unique<Rcm>(config, durable, volatileTree, indexes, events);
  if (incarnation_ == 1) return;
  enter([&](Effects& effects) { rcm->onActive(now, effects); });
  for (auto& [id, monitor] : monitors_) {
    monitor::Hello hello;
    hello.pid = monitor.pid;
    for (const auto& [instanceId, instance] : monitor.instances) {
      monitor::Hello::Instance said;
      said.instance = instanceId;
      said.resource = instance.resource;
      said.state = instance.state;
      said.pendingOperation = instance.pending;
      said.terminated = instance.terminated;
      hello.instances.push_back(said);
    }
    enter([&, monitorId = id](Effects& effects) { rcm->onMonitorConnected(monitorId, hello, now, effects); });
  }
  enter([&](Effects& effects) { rcm->onAdoptionOver(now, effects); });
}

void World::start() {
  enter([&](Effects& effects) { rcm->onActive(now, effects); });
  enter([&](Effects& effects) { rcm->onAdoptionOver(now, effects); });
  settle();
}

void World::stop() {
  enter([&](Effects& effects) { rcm->onStopRequested(now, effects); });
}

// --- clients ---------------------------------------------------------------------------------------------------------

std::shared_ptr<const Answer> World::ask(Operation operation) {
  const RequestId id{1, ++lastRequest_};
  auto slot = std::make_shared<Answer>();
  slot->status.code = 0xFFFF'FFFF;  // none yet
  answers_[id.number] = slot;
  Cause cause;
  cause.kind = Cause::Kind::Request;
  cause.actor = "administrator";
  enter([&](Effects& effects) { rcm->onRequest(id, operation, cause, now, effects); });
  return slot;
}

void World::group(const std::string& name) { ask(CreateGroup{name, groupId(name)}); }

void World::type(const std::string& name) { ask(CreateResourceType{name, "", name + ".so", 5000, 60000}); }

std::shared_ptr<const Answer> World::create(const std::string& name, const std::string& groupName,
                                            const std::string& typeName, bool separate) {
  auto answer = ask(CreateResource{groupId(groupName), name, typeName, separate, idOf(name)});
  settle();
  return answer;
}

std::shared_ptr<const Answer> World::online(const std::string& name) {
  auto answer = ask(OnlineResource{idOf(name)});
  while (answer->status.code == 0xFFFF'FFFF) run(1ms);
  return answer;
}

void World::needs(const std::string& dependent, const std::string& provider) {
  ask(AddDependency{idOf(dependent), idOf(provider)});
}

std::shared_ptr<const Answer> World::control(const std::string& name, std::uint32_t code, Bytes input,
                                             std::uint32_t capacity_bytes) {
  return ask(Control{{ObjectKind::Resource, idOf(name)}, code, std::move(input), capacity_bytes});
}

void World::set(const std::string& name, const std::string& property, std::uint32_t value) {
  using namespace properties;
  const PropertyList list{propertyOf(property, database::Value::dword(value))};
  const auto answer = control(name, 0x0140005E, writePropertyList(list, Width::Native));
  settle();
  if (answer->status.code != 0 && answer->status.code != status::kPropertiesStored) {
    throw std::runtime_error(property + " refused with " + std::to_string(answer->status.code));
  }
}

void World::write(database::Batch batch) {
  Proposal proposal;
  proposal.batch = std::move(batch);
  propose(proposal);
}

// --- faults ----------------------------------------------------------------------------------------------------------

std::pair<monitor::MonitorId, monitor::InstanceId> World::hostOf(const std::string& name) const {
  for (const auto& [id, monitor] : monitors_) {
    for (const auto& [instanceId, instance] : monitor.instances) {
      if (instance.resource == idOf(name)) return {id, instanceId};
    }
  }
  return {};
}

void World::fail(const std::string& name) {
  const auto [monitor, instance] = hostOf(name);
  if (Instance* found = find(monitor, instance); found && found->state == ResourceState::Online) {
    monitor::StateChanged change;
    change.reason = monitor::Reason::IsAlive;
    failOnline(monitor, instance, change);
  }
}

void World::failOnline(monitor::MonitorId monitor, monitor::InstanceId instance, monitor::StateChanged change) {
  Instance* found = find(monitor, instance);
  change.instance = instance;
  change.state = ResourceState::Failed;
  change.terminated = false;
  found->state = ResourceState::Failed;
  found->terminated = false;
  const std::uint64_t generation = ++found->generation;
  const std::string name = found->name;
  report(monitor, change);
  calls.push_back("Terminate " + name);
  later(behaviours[name].terminateTakes, [this, monitor, instance, change, generation]() mutable {
    Instance* still = find(monitor, instance);
    if (!still || still->generation != generation) return;
    still->terminated = true;
    change.terminated = true;
    report(monitor, change);
  });
}

void World::crash(const std::string& hosted, const std::vector<std::string>& inCall, monitor::Exited::How how) {
  const monitor::MonitorId monitor = hostOf(hosted).first;
  monitor::Exited exit;
  exit.how = how;
  exit.text = how == monitor::Exited::How::Deadlocked ? "a call did not return" : "SIGSEGV";
  for (const std::string& name : inCall) exit.inCall.push_back(hostOf(name).second);
  if (!inCall.empty()) exit.text += " in a call of resource " + inCall.front();
  killMonitor(monitor, exit);
}

void World::killMonitor(monitor::MonitorId monitor, monitor::Exited exit) {
  monitors_.erase(monitor);
  enter([&](Effects& effects) { rcm->onMonitorExited(monitor, exit, now, effects); });
}

// --- time ------------------------------------------------------------------------------------------------------------

void World::at(Time time, std::function<void()> what) {
  schedule_.push_back({time, ++lastOrder_, std::move(what)});
  std::push_heap(schedule_.begin(), schedule_.end(), std::greater<>());
}

void World::run(Duration duration) {
  const Time end = now + duration;
  for (;;) {
    const Time due = schedule_.empty() ? kNever : schedule_.front().time;
    const Time tick = std::max(rcm->nextDeadline(), now);
    if (std::min(due, tick) > end) break;
    if (due <= tick) {
      std::pop_heap(schedule_.begin(), schedule_.end(), std::greater<>());
      const std::function<void()> what = std::move(schedule_.back().what);
      now = std::max(now, schedule_.back().time);
      schedule_.pop_back();
      what();
    } else {
      now = tick;
      enter([&](Effects& effects) { rcm->onTick(now, effects); });
    }
  }
  now = end;
}

// --- effects ---------------------------------------------------------------------------------------------------------

void World::enter(const std::function<void(Effects&)>& call) {
  Effects effects;
  call(effects);
  obey(std::move(effects));
}

void World::obey(Effects effects) {
  for (const Proposal& proposal : effects.proposals) propose(proposal);
  for (const VolatileChange& change : effects.volatileChanges) applyVolatile(change);
  for (auto& effect : effects.monitors) {
    if (const auto* start = std::get_if<StartMonitor>(&effect)) startMonitor(*start);
    if (const auto* kill = std::get_if<KillMonitor>(&effect)) {
      later(1ms, [this, monitor = kill->monitor, why = kill->why] {
        monitor::Exited exit;
        exit.how = monitor::Exited::How::Asked;
        exit.text = why;
        killMonitor(monitor, exit);
      });
    }
    if (const auto* sent = std::get_if<MonitorCommand>(&effect)) {
      later(1ms, [this, life = life_, sent = *sent] {
        if (life == life_) command(sent.monitor, sent.command);
      });
    }
  }
  for (Answer& answer : effects.answers) *answers_.at(answer.request.number) = std::move(answer);
  notifications.insert(notifications.end(), effects.notifications.begin(), effects.notifications.end());
  stopped = stopped || effects.stopped;
}

void World::propose(const Proposal& proposal) {
  Result<std::uint64_t> result = ++sequence_;
  if (refuseProposals) {
    result = holdfast::fail(status::kNoQuorum, "no quorum");
  } else if (auto applied = durable.apply(proposal.batch, sequence_); !applied) {
    result = std::unexpected(applied.error().error);
  } else {
    indexes.update(durable, proposal.batch);
    gum::Entry entry;
    entry.batch = proposal.batch;
    entry.cause = proposal.cause;
    enter([&](Effects& effects) { rcm->onApplied(entry, now, effects); });
  }
  if (proposal.token == 0) return;
  enter([&](Effects& effects) { rcm->onProposalDone(proposal.token, result, now, effects); });
}

void World::applyVolatile(const VolatileChange& change) {
  if (!volatileTree.apply(change.batch, 0)) throw std::runtime_error("a volatile update was refused");
  gum::VolatileUpdate update;
  update.batch = change.batch;
  enter([&](Effects& effects) { rcm->onVolatileApplied(update, now, effects); });
}

// --- monitors --------------------------------------------------------------------------------------------------------

void World::startMonitor(const StartMonitor& start) {
  ++monitorsStarted;
  later(1ms, [this, start, life = life_] {
    if (life != life_) return;
    if (!monitorsStart) {
      monitor::Exited exit;
      exit.how = monitor::Exited::How::NeverStarted;
      exit.text = "cannot fork";
      return killMonitor(start.monitor, exit);
    }
    monitors_[start.monitor].pid = ++lastPid_;
    monitor::Hello hello;
    hello.pid = lastPid_;
    enter([&](Effects& effects) { rcm->onMonitorConnected(start.monitor, hello, now, effects); });
  });
}

World::Instance* World::find(monitor::MonitorId monitor, monitor::InstanceId instance) {
  const auto process = monitors_.find(monitor);
  if (process == monitors_.end()) return nullptr;
  const auto found = process->second.instances.find(instance);
  return found == process->second.instances.end() ? nullptr : &found->second;
}

void World::report(monitor::MonitorId monitor, const monitor::Report& report) {
  enter([&](Effects& effects) { rcm->onMonitorReported(monitor, report, now, effects); });
}

void World::changed(monitor::MonitorId monitor, monitor::InstanceId instance, monitor::StateChanged change) {
  Instance* found = find(monitor, instance);
  if (!found) return;
  found->state = change.state;
  change.instance = instance;
  change.resourceSpecific = behaviours[found->name].specific;
  const bool pending = change.state == ResourceState::OnlinePending || change.state == ResourceState::OfflinePending;
  found->pending = pending ? change.operation : 0;
  report(monitor, change);
}

void World::command(monitor::MonitorId monitor, const monitor::Command& command) {
  if (!monitors_.contains(monitor)) return;
  if (const auto* open = std::get_if<monitor::Open>(&command)) {
    calls.push_back("Open " + open->name);
    const Behaviour& behaviour = behaviours[open->name];
    monitor::Opened opened;
    opened.instance = open->instance;
    opened.status = behaviour.openStatus;
    opened.quorumCapable = behaviour.quorumCapable;
    if (opened.status == 0) {
      Instance instance;
      instance.name = open->name;
      instance.resource = open->resource;
      instance.settings = open->settings;
      monitors_[monitor].instances[open->instance] = instance;
    }
    report(monitor, opened);
  } else if (const auto* close = std::get_if<monitor::Close>(&command)) {
    if (const Instance* found = find(monitor, close->instance)) calls.push_back("Close " + found->name);
    monitors_[monitor].instances.erase(close->instance);
    report(monitor, monitor::Closed{close->instance});
  } else if (const auto* online = std::get_if<monitor::Online>(&command)) {
    onlineCalled(monitor, *online);
  } else if (const auto* offline = std::get_if<monitor::Offline>(&command)) {
    offlineCalled(monitor, *offline);
  } else if (const auto* terminate = std::get_if<monitor::Terminate>(&command)) {
    terminateCalled(monitor, *terminate);
  } else if (const auto* settings = std::get_if<monitor::ChangeSettings>(&command)) {
    if (Instance* found = find(monitor, settings->instance)) found->settings = settings->settings;
  } else if (const auto* rename = std::get_if<monitor::Rename>(&command)) {
    if (Instance* found = find(monitor, rename->instance)) found->name = rename->name;
  } else if (const auto* control = std::get_if<monitor::ResourceControl>(&command)) {
    controlCalled(monitor, *control);
  } else if (const auto* typeControl = std::get_if<monitor::ResourceTypeControl>(&command)) {
    char code[16];
    std::snprintf(code, sizeof code, "%08X", typeControl->code);
    calls.push_back("TypeControl " + typeControl->type.name + " " + code);
    const auto& answers = behaviours[typeControl->type.name].controls;
    monitor::ControlDone done;
    done.operation = typeControl->operation;
    done.status = status::kInvalidFunction;
    if (const auto found = answers.find(typeControl->code); found != answers.end()) {
      done = {typeControl->operation, found->second.status, found->second.output, found->second.bytesReturned};
    }
    report(monitor, done);
  } else if (std::holds_alternative<monitor::Exit>(command)) {
    monitor::Exited exit;
    exit.how = monitor::Exited::How::Asked;
    killMonitor(monitor, exit);
  }
}

void World::onlineCalled(monitor::MonitorId monitor, const monitor::Online& command) {
  Instance* found = find(monitor, command.instance);
  if (!found) return;
  calls.push_back("Online " + found->name);
  const Behaviour& behaviour = behaviours[found->name];
  monitor::StateChanged change;
  change.operation = command.operation;
  if (behaviour.onlineStatus != 0) {
    change.status = behaviour.onlineStatus;
    change.reason = monitor::Reason::EntryPointError;
    return failOnline(monitor, command.instance, change);
  }
  if (behaviour.ignoresOnline || behaviour.onlineTakes != Duration{} || behaviour.cannotComeOnline != 0) {
    change.state = ResourceState::OnlinePending;
    changed(monitor, command.instance, change);
    if (behaviour.ignoresOnline) return;
    found = find(monitor, command.instance);
    later(behaviour.onlineTakes,
          [this, monitor, change, generation = ++found->generation, instance = command.instance]() mutable {
            Instance* still = find(monitor, instance);
            if (!still || still->generation != generation) return;
            if (const std::uint32_t cannot = behaviours[still->name].cannotComeOnline) {
              change.cannotComeOnlineHere = cannot == 127;
              change.cannotComeOnlineAnywhere = cannot == 126;
              change.reason = monitor::Reason::Reported;
              change.status = cannot;
              return failOnline(monitor, instance, change);
            }
            change.state = ResourceState::Online;
            changed(monitor, instance, change);
          });
    return;
  }
  change.state = ResourceState::Online;
  changed(monitor, command.instance, change);
}

void World::offlineCalled(monitor::MonitorId monitor, const monitor::Offline& command) {
  Instance* found = find(monitor, command.instance);
  if (!found) return;
  calls.push_back("Offline " + found->name);
  monitor::StateChanged change;
  change.operation = command.operation;
  change.state = ResourceState::Offline;
  const Duration takes = behaviours[found->name].offlineTakes;
  if (takes == Duration{}) return changed(monitor, command.instance, change);
  monitor::StateChanged pending = change;
  pending.state = ResourceState::OfflinePending;
  const std::uint64_t generation = ++found->generation;
  changed(monitor, command.instance, pending);
  later(takes, [this, monitor, change, generation, instance = command.instance] {
    const Instance* still = find(monitor, instance);
    if (still && still->generation == generation) changed(monitor, instance, change);
  });
}

void World::terminateCalled(monitor::MonitorId monitor, const monitor::Terminate& command) {
  Instance* found = find(monitor, command.instance);
  if (!found) return;
  calls.push_back("Terminate " + found->name);
  const std::uint64_t generation = ++found->generation;
  later(behaviours[found->name].terminateTakes, [this, monitor, command, generation] {
    const Instance* still = find(monitor, command.instance);
    if (!still || still->generation != generation) return;
    monitor::StateChanged change;
    change.operation = command.operation;
    change.state = command.asFailed ? ResourceState::Failed : ResourceState::Offline;
    change.reason = monitor::Reason::Terminated;
    change.terminated = true;
    changed(monitor, command.instance, change);
  });
}

void World::controlCalled(monitor::MonitorId monitor, const monitor::ResourceControl& command) {
  const Instance* found = find(monitor, command.instance);
  if (!found) return;
  char code[16];
  std::snprintf(code, sizeof code, "%08X", command.code);
  calls.push_back("Control " + found->name + " " + code);
  controlInputs.push_back(command.input);
  const Behaviour& behaviour = behaviours[found->name];
  if (behaviour.holdsControls) return;
  monitor::ControlDone done;
  done.operation = command.operation;
  done.status = status::kInvalidFunction;
  if (const auto answer = behaviour.controls.find(command.code); answer != behaviour.controls.end()) {
    done = {command.operation, answer->second.status, answer->second.output, answer->second.bytesReturned};
  }
  report(monitor, done);
}

// --- looking ---------------------------------------------------------------------------------------------------------

std::string World::why(const std::string& name) const {
  const auto explanation = rcm->explain({ObjectKind::Resource, idOf(name)}, now);
  if (!explanation) return "";
  return explanation->now + (explanation->next.empty() ? "" : "; " + explanation->next);
}

std::string World::mark(const std::string& name) const {
  const database::Key* key = durable.find(schema::resourceKey(idOf(name)));
  const auto value = key ? key->dword(schema::kPersistentState) : std::nullopt;
  return value ? std::to_string(*value) : "-";
}

int World::countCalls(const std::string& call) const {
  return static_cast<int>(std::count(calls.begin(), calls.end(), call));
}

std::string World::nameOf(const ObjectRef& object) const {
  if (object.kind == ObjectKind::Resource) {
    const auto* record = indexes.resource(object.id);
    return record ? record->name : object.id.substr(2);
  }
  if (object.kind == ObjectKind::Group) return "group " + object.id.substr(2);
  return object.kind == ObjectKind::Node ? "node" : object.id;
}

bool World::notified(const std::string& id, std::uint64_t filter) const {
  return std::any_of(notifications.begin(), notifications.end(),
                     [&](const Notification& n) { return n.id == id && n.filter == filter; });
}

monitor::Settings World::settingsOf(const std::string& name) const {
  const auto [monitor, instance] = hostOf(name);
  return monitors_.at(monitor).instances.at(instance).settings;
}

}  // namespace holdfast::rcm
