// A node with everything around it played: store, engine, monitors. Events are delivered one by one in the order in
// which the real daemon would, in simulated time, and every step is followed by all invariants.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/gum/fake_member.h"
#include "core/invariants.h"
#include "core/node.h"

namespace holdfast::core {

class NodeUnderTest {
 public:
  /// `checked`: run all invariants after every step (they look at everything).
  explicit NodeUnderTest(gum::StoredState stored = {}, bool checked = true) : checked_(checked) {
    disk.state = stored;
    [[maybe_unused]] const auto loaded = disk.tree.load(stored.tree, stored.applied.seq);
    if (stored.empty) disk.state = {};
    begin(std::move(stored));
  }

  // --- what a test does ----------------------------------------------------------------------------------------------

  void give(Event event) { events.push_back(std::move(event)); }
  /// The service joins: the view comes, and monitors of an earlier life had their time.
  void join() {
    give(ViewChanged{{incarnation, {self()}}});
    give(AdoptionOver{});
    run();
  }
  void run() {
    while (!events.empty()) {
      const Event event = std::move(events.front());
      events.pop_front();
      step(event);
    }
  }
  /// Until nothing is left to do before `until`.
  void passTime(Duration duration) {
    const Time until = now + duration;
    run();
    while (node->nextDeadline() <= until) {
      now = std::max(now, node->nextDeadline());
      step(Tick{});
      run();
    }
    now = until;
  }
  RequestId ask(Operation operation) {
    const RequestId id{clientId, ++lastRequest};
    give(Request{id, std::move(operation), {Cause::Kind::Request, "test", {}, "a test asks", 0}});
    return id;
  }
  /// Asks, lets everything happen that follows, and returns the answer.
  Answer request(Operation operation) {
    const RequestId id = ask(std::move(operation));
    run();
    const auto found = answers.find(id);
    EXPECT_NE(found, answers.end()) << "no answer";
    return found == answers.end() ? Answer{} : found->second;
  }
  /// The service is killed and starts again. Its monitors run on, unless `monitorsToo`.
  void crash(bool monitorsToo) {
    events.clear();
    if (monitorsToo) monitors.clear();
    ++incarnation;
    ++clientId;
    answers.clear();
    commands.clear();
    begin(disk.stored());
    for (const auto& [id, monitor] : monitors) give(connected(id, monitor));
    join();
  }

  // --- monitors ------------------------------------------------------------------------------------------------------

  struct Instance {
    ObjectId resource;
    ResourceState state = ResourceState::Offline;
  };
  struct Monitor {
    std::map<monitor::InstanceId, Instance> instances;
  };
  void failResource(const ObjectId& resource) {
    for (auto& [id, monitor] : monitors) {
      for (auto& [number, instance] : monitor.instances) {
        if (instance.resource != resource) continue;
        instance.state = ResourceState::Failed;
        monitor::StateChanged changed;
        changed.instance = number;
        changed.state = ResourceState::Failed;
        changed.reason = monitor::Reason::IsAlive;
        give(MonitorReported{id, changed});
        changed.terminated = true;
        give(MonitorReported{id, changed});
        return;
      }
    }
    ADD_FAILURE() << "no monitor has " << resource;
  }

  void step(const Event& event) {
    effects.clear();
    node->step(event, now, effects);
    if (checked_) {
      invariants->afterStep(event, effects);
      for (const auto& broken : invariants->broken()) ADD_FAILURE() << broken;
    }
    ++steps;
    for (auto& persist : effects.persist) {
      if (storeFails) {
        if (std::exchange(failureTold, true)) continue;
        give(StoreFailed{{112, "no space is left on the disk", "make room"}});
        continue;
      }
      disk.execute(persist);
      give(StoreDone{persist.number});
    }
    for (auto& message : effects.send) give(MessageReceived{std::move(message)});
    for (auto& effect : effects.monitors) std::visit([&](auto& one) { obey(one); }, effect);
    for (auto& answer : effects.answers) answers[answer.request] = answer;
    for (auto& event_ : effects.events) story.push_back(event_);
    leaseHeld = effects.leaseHeld;
    stopped |= effects.stopped;
  }

  const ClusterView& view() const { return node->view(); }
  ResourceState state(const std::string& name) const {
    const auto info = view().resource(name);
    return info ? info->state : ResourceState::Unknown;
  }

  Time now{};
  gum::FakeDisk disk;
  std::unique_ptr<Node> node;
  std::unique_ptr<Invariants> invariants;
  std::deque<Event> events;
  Effects effects;
  std::map<monitor::MonitorId, Monitor> monitors;
  std::vector<std::string> commands;  ///< what monitors were told: "Online guid"
  std::map<RequestId, Answer> answers;
  std::vector<ClusterEvent> story;
  std::map<ObjectId, std::uint32_t> openFails;  ///< resource → status of its Open
  bool leaseHeld = false, stopped = false, storeFails = false, failureTold = false;
  std::uint64_t incarnation = 1, clientId = 500, lastRequest = 0, steps = 0;

 private:
  gum::MemberId self() const { return {1, disk.state.instance ? disk.state.instance : 77, incarnation}; }

  void begin(gum::StoredState stored) {
    node = std::make_unique<Node>(NodeConfig{1, "node1", incarnation, WallTime(std::chrono::hours(1))});
    invariants = std::make_unique<Invariants>(*node);
    stopped = false;
    Started started;
    started.stored = std::move(stored);
    started.newClusterId = "c0ffee";
    started.newClusterName = "Test";
    started.copyInstance = 77;
    step(started);
  }
  static MonitorConnected connected(monitor::MonitorId id, const Monitor& monitor) {
    MonitorConnected event{id, {}};
    event.hello.pid = 1000 + id;
    for (const auto& [number, instance] : monitor.instances)
      event.hello.instances.push_back({number, instance.resource, instance.state, 0, 0, true});
    return event;
  }

  void obey(const StartMonitor& start) {
    monitors[start.monitor] = {};
    give(connected(start.monitor, monitors[start.monitor]));
  }
  void obey(const KillMonitor& kill) {
    monitors.erase(kill.monitor);
    give(MonitorExited{kill.monitor, {monitor::Exited::How::Asked, 9, {}, {}, kill.why}});
  }
  void obey(const MonitorCommand& command) {
    if (!monitors.contains(command.monitor)) return;
    std::visit([&](const auto& one) { obey(command.monitor, one); }, command.command);
  }
  Instance& at(monitor::MonitorId id, monitor::InstanceId instance) { return monitors[id].instances[instance]; }
  void tell(const char* what, const ObjectId& resource) { commands.push_back(std::string(what) + " " + resource); }
  void changed(monitor::MonitorId id, monitor::InstanceId number, monitor::OperationId operation, ResourceState state,
               monitor::Reason reason = monitor::Reason::Requested) {
    at(id, number).state = state;
    monitor::StateChanged report;
    report.instance = number;
    report.operation = operation;
    report.state = state;
    report.reason = reason;
    report.terminated = reason == monitor::Reason::Terminated;
    give(MonitorReported{id, report});
  }
  void obey(monitor::MonitorId id, const monitor::Open& open) {
    tell("Open", open.resource);
    monitor::Opened opened;
    opened.instance = open.instance;
    if (const auto fails = openFails.find(open.resource); fails != openFails.end()) opened.status = fails->second;
    if (opened.status == 0) at(id, open.instance) = {open.resource, ResourceState::Offline};
    give(MonitorReported{id, opened});
  }
  void obey(monitor::MonitorId id, const monitor::Close& close) {
    tell("Close", at(id, close.instance).resource);
    monitors[id].instances.erase(close.instance);
    give(MonitorReported{id, monitor::Closed{close.instance}});
  }
  void obey(monitor::MonitorId id, const monitor::Online& online) {
    tell("Online", at(id, online.instance).resource);
    changed(id, online.instance, online.operation, ResourceState::Online);
  }
  void obey(monitor::MonitorId id, const monitor::Offline& offline) {
    tell("Offline", at(id, offline.instance).resource);
    changed(id, offline.instance, offline.operation, ResourceState::Offline);
  }
  void obey(monitor::MonitorId id, const monitor::Terminate& terminate) {
    tell("Terminate", at(id, terminate.instance).resource);
    changed(id, terminate.instance, terminate.operation,
            terminate.asFailed ? ResourceState::Failed : ResourceState::Offline, monitor::Reason::Terminated);
  }
  void obey(monitor::MonitorId, const monitor::ChangeSettings&) {}
  void obey(monitor::MonitorId, const monitor::Rename&) {}
  void obey(monitor::MonitorId id, const monitor::ResourceControl& control) {
    give(MonitorReported{id, monitor::ControlDone{control.operation, 1, {}, 0}});  // ERROR_INVALID_FUNCTION
  }
  void obey(monitor::MonitorId id, const monitor::ResourceTypeControl& control) {
    give(MonitorReported{id, monitor::ControlDone{control.operation, 1, {}, 0}});
  }
  void obey(monitor::MonitorId id, const monitor::Exit&) {
    monitors.erase(id);
    give(MonitorExited{id, {monitor::Exited::How::Asked, 0, {}, {}, {}}});
  }

  bool checked_;
};

}  // namespace holdfast::core
