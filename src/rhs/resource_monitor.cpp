#include "rhs/resource_monitor.h"

#include <algorithm>
#include <utility>

#include "rhs/call_scope.h"
#include "rhs/clocks.h"
#include "rhs/convert.h"
#include "rhs/limits.h"
#include "rhs/status_codes.h"
#include "sdk/clusapi/host.h"

namespace holdfast::rhs {

namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

}  // namespace

ResourceMonitor::ResourceMonitor(Loop& loop, Pool& pool, const Options& options)
    : loop_(loop),
      pool_(pool),
      channel_(loop, options.socket, options.token, options.monitor,
               {[this](calls::monitor::MonitorHello& hello) { fillHello(hello); },
                [this](std::uint64_t incarnation) {
                  service_ = incarnation;
                  holdfast_clusapi_host_connected(incarnation);
                },
                [this](const calls::monitor::ToMonitor& frame) { received(frame); }}),
      types_(loop, pool, options.folders,
             [this](std::uint32_t level, const std::string& type, const std::string& text) {
               log(level, type, "", text);
             }),
      handles_(loop, [this](monitor::InstanceId instance) {
        step(instance, [](auto& machine, Time now, auto& actions) { machine.signalled(now, actions); });
      }) {
  setCallbackSink(this);
  loop_.setTimer([this] { return next(); }, [this](Time now) { onTime(now); });
}

Time ResourceMonitor::next() const { return std::min({timers_.next(), channel_.next(), noticeUntil_}); }

void ResourceMonitor::onTime(Time now) {
  channel_.onTime(now);
  if (channel_.service() == 0) service_ = 0;
  while (const auto instance = timers_.take(now)) {
    step(*instance, [](auto& machine, Time at, auto& actions) { machine.timer(at, actions); });
  }
  if (noticeUntil_ <= now) terminateAll();
}

// --- what the service says -------------------------------------------------------------------------------------------

void ResourceMonitor::received(const calls::monitor::ToMonitor& frame) {
  if (frame.has_api_answer()) {
    const auto& answer = frame.api_answer().frame();
    return holdfast_clusapi_host_deliver(answer.data(), answer.size());
  }
  if (const auto command = toCommand(frame)) obey(*command);
}

void ResourceMonitor::obey(const monitor::Command& command) {
  std::visit(Overloaded{[&](const monitor::Open& given) { open(given); },
                        [&](const monitor::ResourceTypeControl& given) { typeControl(given); },
                        [&](const monitor::Exit&) {
                          leaving_ = true;
                          if (!hosted_.empty()) terminateAll();
                          endIfEmpty();
                        },
                        [&](const auto& given) { obeyInstance(given.instance, command); }},
             command);
}

void ResourceMonitor::obeyInstance(monitor::InstanceId instance, const monitor::Command& command) {
  const auto found = hosted_.find(instance);
  if (found == hosted_.end()) return refuse(instance, command);
  auto& hosted = *found->second;
  if (!hosted.machine) {
    hosted.deferred.push_back(command);
    return;
  }
  decide(hosted, command);
}

// There is no such instance (any more): each command still gets its answer.
void ResourceMonitor::refuse(monitor::InstanceId instance, const monitor::Command& command) {
  const auto noInstance = [&](monitor::OperationId operation) {
    monitor::StateChanged answer;
    answer.instance = instance;
    answer.operation = operation;
    answer.state = ResourceState::Failed;
    answer.terminated = true;
    answer.status = kResourceNotFound;
    send(answer);
  };
  std::visit(
      Overloaded{[&](const monitor::Close&) { send(monitor::Closed{instance}); },
                 [&](const monitor::Online& given) { noInstance(given.operation); },
                 [&](const monitor::Offline& given) { noInstance(given.operation); },
                 [&](const monitor::Terminate& given) { noInstance(given.operation); },
                 [&](const monitor::ResourceControl& given) { refuseControl(given.operation, kResourceNotFound); },
                 [](const auto&) {}},
      command);
}

void ResourceMonitor::decide(Hosted& hosted, const monitor::Command& command) {
  if (const auto* control = std::get_if<monitor::ResourceControl>(&command)) return resourceControl(hosted, *control);
  if (const auto* renamed = std::get_if<monitor::Rename>(&command)) return rename(hosted, renamed->name);
  step(hosted.id, [&](monitor::InstanceMachine& machine, Time now, monitor::Actions& actions) {
    std::visit(Overloaded{[&](const monitor::Online& given) { machine.online(given.operation, now, actions); },
                          [&](const monitor::Offline& given) { machine.offline(given.operation, now, actions); },
                          [&](const monitor::Terminate& given) {
                            machine.terminate(given.operation, given.asFailed, now, actions);
                          },
                          [&](const monitor::Close&) { machine.close(now, actions); },
                          [&](const monitor::ChangeSettings& given) {
                            hosted.settings = given.settings;
                            machine.change(given.settings);
                          },
                          [](const auto&) {}},
               command);
  });
}

// --- decisions -------------------------------------------------------------------------------------------------------

void ResourceMonitor::step(monitor::InstanceId instance, const Step& step) {
  const auto found = hosted_.find(instance);
  if (found == hosted_.end() || !found->second->machine) return;
  auto& hosted = *found->second;
  monitor::Actions actions;
  now_ = monotonicNow();
  step(*hosted.machine, now_, actions);
  obeyActions(hosted, actions);
  if (hosted.machine->closed()) {
    closed(hosted);
    return endIfEmpty();
  }
  timers_.set(instance, hosted.machine->nextTimer());
}

// Obeying one may add more at the end.
void ResourceMonitor::obeyActions(Hosted& hosted, monitor::Actions& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const auto action = std::move(actions[i]);
    obeyAction(hosted, action, actions);
  }
}

void ResourceMonitor::obeyAction(Hosted& hosted, const monitor::Action& action, monitor::Actions& actions) {
  std::visit(
      Overloaded{[&](const monitor::Enter& given) { enter(hosted, given); },
                 [&](const monitor::Withdraw& given) { withdraw(hosted, given.entry, actions); },
                 [&](const monitor::CloseGate& given) { hosted.live->side->closeGate(given.serial); },
                 [&](const monitor::WatchHandle&) { watchHandle(hosted, actions); },
                 [&](const monitor::UnwatchHandle&) { handles_.disarm(hosted.eventHandle, hosted.id); },
                 [&](const monitor::Note& given) { log(hosted, static_cast<std::uint32_t>(given.level), given.text); },
                 [&](const monitor::Report& given) { tell(hosted, given); }},
      action);
}

void ResourceMonitor::tell(Hosted& hosted, const monitor::Report& report) {
  if (const auto* changed = std::get_if<monitor::StateChanged>(&report)) {
    if (changed->state == ResourceState::Online) hosted.onlineOrder = ++onlineCount_;
  }
  send(report);
}

void ResourceMonitor::send(const monitor::Report& report) { channel_.send(fromReport(report)); }

void ResourceMonitor::fillHello(calls::monitor::MonitorHello& hello) const {
  for (const auto& [id, hosted] : hosted_) {
    monitor::Hello::Instance instance;
    instance.instance = id;
    instance.resource = hosted->resource;
    instance.state = ResourceState::Initializing;
    if (hosted->machine) {
      instance.state = hosted->machine->state();
      instance.pendingOperation = hosted->machine->pendingOperation();
      instance.status = hosted->machine->status();
      instance.terminated = hosted->machine->terminated();
    }
    fillInstance(instance, *hello.add_instances());
  }
}

// --- what the DLLs say -----------------------------------------------------------------------------------------------

void ResourceMonitor::reportQueued(const std::shared_ptr<CallbackSide>& side) {
  loop_.post([this, side] {
    const auto report = side->takeReport();
    const auto found = hosted_.find(side->instance());
    if (found == hosted_.end()) return;
    auto& hosted = *found->second;
    if (report.eventHandle && hosted.machine && report.status.serial == hosted.machine->serial()) {
      hosted.eventHandle = report.eventHandle;
    }
    step(side->instance(),
         [&](auto& machine, Time now, auto& actions) { machine.reported(report.status, now, actions); });
  });
}

void ResourceMonitor::failureSignalled(monitor::InstanceId instance, std::uint32_t applicationError) {
  loop_.post([this, instance, applicationError] {
    step(instance,
         [&](auto& machine, Time now, auto& actions) { machine.failureSignalled(applicationError, now, actions); });
  });
}

void ResourceMonitor::logLine(std::uint32_t level, std::string type, std::string resource, std::string text) {
  // Bounded on the way to the loop, too: a DLL that logs in a circle fills no memory.
  if (queuedLines_.fetch_add(1) >= kMaxLogLines) {
    queuedLines_.fetch_sub(1);
    return;
  }
  loop_.post([this, level, type = std::move(type), resource = std::move(resource), text = std::move(text)] {
    queuedLines_.fetch_sub(1);
    log(level, type, resource, text);
  });
}

void ResourceMonitor::log(std::uint32_t level, const std::string& type, const std::string& resource,
                          const std::string& text) {
  calls::monitor::LogLine line;
  line.set_level(level);
  line.set_type(type);
  line.set_resource(resource);
  line.set_text(text);
  channel_.sendLog(std::move(line));
}

void ResourceMonitor::log(const Hosted& hosted, std::uint32_t level, const std::string& text) {
  log(level, hosted.live->side->typeName(), hosted.live->side->name(), text);
}

bool ResourceMonitor::sendApiCall(const void* frame, std::size_t size_bytes) {
  if (service_ == 0) return false;
  const auto place = callPlace();
  calls::monitor::FromMonitor out;
  auto& call = *out.mutable_api_call();
  call.set_frame(frame, size_bytes);
  call.set_instance(place.instance);
  call.set_entry_point(static_cast<std::uint32_t>(place.entry));
  call.set_lane(place.lane);
  loop_.post([this, out = std::move(out)] { channel_.send(out); });
  return true;
}

}  // namespace holdfast::rhs
