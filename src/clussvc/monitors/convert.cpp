#include "clussvc/monitors/convert.h"

#include <algorithm>

#include "calls/monitor.pb.h"

namespace holdfast::clussvc::monitors {
namespace {

namespace proto = calls::monitor;

void write(const monitor::Settings& settings, proto::Settings& to) {
  to.set_looks_alive_ms(settings.looksAlive_ms);
  to.set_is_alive_ms(settings.isAlive_ms);
  to.set_pending_ms(settings.pending_ms);
  to.set_deadlock_ms(settings.deadlock_ms);
}

void write(const monitor::TypeInfo& type, proto::TypeInfo& to) {
  to.set_name(type.name);
  to.set_dll_name(type.dllName);
  to.set_concurrency(type.concurrency);
  to.set_deadlock_ms(type.deadlock_ms);
}

Bytes bytesOf(const std::string& text) { return {text.begin(), text.end()}; }

/// Writes a command into the frame, by its kind.
struct CommandWriter {
  proto::ToMonitor& frame;

  void operator()(const monitor::Open& open) const {
    proto::Open& to = *frame.mutable_open();
    to.set_instance(open.instance);
    to.set_resource(open.resource);
    to.set_name(open.name);
    write(open.type, *to.mutable_type());
    write(open.settings, *to.mutable_settings());
  }
  void operator()(const monitor::Close& close) const { frame.mutable_close()->set_instance(close.instance); }
  void operator()(const monitor::Online& online) const {
    frame.mutable_online()->set_instance(online.instance);
    frame.mutable_online()->set_operation(online.operation);
  }
  void operator()(const monitor::Offline& offline) const {
    frame.mutable_offline()->set_instance(offline.instance);
    frame.mutable_offline()->set_operation(offline.operation);
  }
  void operator()(const monitor::Terminate& terminate) const {
    frame.mutable_terminate()->set_instance(terminate.instance);
    frame.mutable_terminate()->set_operation(terminate.operation);
    frame.mutable_terminate()->set_as_failed(terminate.asFailed);
  }
  void operator()(const monitor::ChangeSettings& change) const {
    frame.mutable_change_settings()->set_instance(change.instance);
    write(change.settings, *frame.mutable_change_settings()->mutable_settings());
  }
  void operator()(const monitor::Rename& rename) const {
    frame.mutable_rename()->set_instance(rename.instance);
    frame.mutable_rename()->set_name(rename.name);
  }
  void operator()(const monitor::ResourceControl& control) const {
    proto::Control& to = *frame.mutable_resource_control();
    to.set_instance(control.instance);
    writeControl(control, to);
  }
  void operator()(const monitor::ResourceTypeControl& control) const {
    proto::Control& to = *frame.mutable_resource_type_control();
    write(control.type, *to.mutable_type());
    writeControl(control, to);
  }
  void operator()(const monitor::Exit&) const { frame.mutable_exit(); }

  template <class Control>
  static void writeControl(const Control& control, proto::Control& to) {
    to.set_operation(control.operation);
    to.set_code(control.code);
    to.set_input(control.input.data(), control.input.size());
    to.set_output_capacity(control.outputCapacity_bytes);
  }
};

MonitorHello read(const proto::MonitorHello& from) {
  MonitorHello hello;
  hello.protocolLowest = from.protocol_lowest();
  hello.protocolHighest = from.protocol_highest();
  hello.build = from.build();
  hello.token = from.token();
  hello.monitor = from.monitor();
  hello.hello.pid = from.pid();
  for (const auto& instance : from.instances())
    hello.hello.instances.push_back({instance.instance(), instance.resource(),
                                     static_cast<ResourceState>(instance.state()), instance.pending_operation(),
                                     instance.status(), instance.terminated()});
  return hello;
}

monitor::StateChanged read(const proto::StateChanged& from) {
  monitor::StateChanged change;
  change.instance = from.instance();
  change.operation = from.operation();
  change.state = static_cast<ResourceState>(from.state());
  // A reason of a later version: the DLL said so, is the nearest.
  const bool known = from.reason() <= static_cast<std::uint32_t>(monitor::Reason::Terminated);
  change.reason = known ? static_cast<monitor::Reason>(from.reason()) : monitor::Reason::Reported;
  change.terminated = from.terminated();
  change.status = from.status();
  change.resourceSpecific = from.resource_specific();
  change.cannotComeOnlineHere = from.cannot_here();
  change.cannotComeOnlineAnywhere = from.cannot_anywhere();
  return change;
}

}  // namespace

std::string serviceHello(std::uint64_t incarnation, std::string_view build) {
  proto::ToMonitor frame;
  frame.mutable_hello()->set_protocol_lowest(1);
  frame.mutable_hello()->set_protocol_highest(1);
  frame.mutable_hello()->set_build(std::string(build));
  frame.mutable_hello()->set_incarnation(incarnation);
  return frame.SerializeAsString();
}

std::string frameOf(const monitor::Command& command) {
  proto::ToMonitor frame;
  std::visit(CommandWriter{frame}, command);
  return frame.SerializeAsString();
}

std::string apiAnswer(std::string_view serverFrame) {
  proto::ToMonitor frame;
  frame.mutable_api_answer()->set_frame(serverFrame.data(), serverFrame.size());
  return frame.SerializeAsString();
}

std::optional<Frame> parseFrame(std::string_view body) {
  proto::FromMonitor frame;
  if (!frame.ParseFromArray(body.data(), static_cast<int>(body.size()))) return std::nullopt;
  switch (frame.body_case()) {
    case proto::FromMonitor::kHello:
      return read(frame.hello());
    case proto::FromMonitor::kOpened:
      return monitor::Report(
          monitor::Opened{frame.opened().instance(), frame.opened().status(), frame.opened().quorum_capable()});
    case proto::FromMonitor::kClosed:
      return monitor::Report(monitor::Closed{frame.closed().instance()});
    case proto::FromMonitor::kStateChanged:
      return monitor::Report(read(frame.state_changed()));
    case proto::FromMonitor::kProgress:
      return monitor::Report(monitor::Progress{frame.progress().instance(), frame.progress().check_point()});
    case proto::FromMonitor::kControlDone: {
      const auto& done = frame.control_done();
      return monitor::Report(
          monitor::ControlDone{done.operation(), done.status(), bytesOf(done.output()), done.bytes_returned()});
    }
    case proto::FromMonitor::kLog:
      return LogLine{frame.log().level(), frame.log().type(), frame.log().resource(), frame.log().text()};
    case proto::FromMonitor::kApiCall: {
      const auto& call = frame.api_call();
      return ApiCall{call.frame(), {call.instance(), call.entry_point(), call.lane()}};
    }
    case proto::FromMonitor::BODY_NOT_SET:
      break;
  }
  return std::nullopt;
}

std::string entryPointName(std::uint32_t state) {
  static constexpr const char* kNames[] = {
      "Startup",  "",        "Startup",    "Open",      "Online",  "Offline",         "Close",
      "Close",    "IsAlive", "LooksAlive", "Arbitrate", "Release", "ResourceControl", "ResourceTypeControl",
      "Terminate"};
  return state < std::size(kNames) ? kNames[state] : "";
}

monitor::Exited exitedOf(const calls::GuardPacket& packet, bool everConnected, bool askedToEnd) {
  using How = monitor::Exited::How;
  monitor::Exited exited;
  exited.signalOrStatus = packet.signalOrStatus;
  const std::size_t culprits = std::min(packet.inCallCount, calls::kGuardMaxInCall);
  exited.inCall.assign(packet.inCall, packet.inCall + culprits);
  exited.entryPoint = entryPointName(packet.entryPoint);
  exited.text.assign(packet.text, std::find(packet.text, packet.text + sizeof packet.text, '\0'));
  switch (packet.exit) {
    case calls::GuardExit::Deadlock:
    case calls::GuardExit::LoopDead:
      exited.how = How::Deadlocked;
      break;
    case calls::GuardExit::Exited:
      exited.how = askedToEnd ? How::Asked : How::Exited;
      break;
    case calls::GuardExit::LeaseLapsed:
      exited.how = How::Exited;
      if (exited.text.empty()) exited.text = "the run lease lapsed";
      break;
    case calls::GuardExit::Killed:
    case calls::GuardExit::Signalled:
    case calls::GuardExit::Unknown:
      exited.how = askedToEnd ? How::Asked : How::Crashed;
      break;
  }
  if (!everConnected && !askedToEnd) exited.how = How::NeverStarted;
  return exited;
}

}  // namespace holdfast::clussvc::monitors
