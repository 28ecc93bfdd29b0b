#include "rhs/convert.h"

namespace holdfast::rhs {

namespace {

namespace wire = calls::monitor;

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

monitor::Settings settings(const wire::Settings& from) {
  return {from.looks_alive_ms(), from.is_alive_ms(), from.pending_ms(), from.deadlock_ms()};
}

monitor::TypeInfo type(const wire::TypeInfo& from) {
  return {from.name(), from.dll_name(), from.concurrency(), from.deadlock_ms()};
}

Bytes bytes(const std::string& from) { return {from.begin(), from.end()}; }

monitor::ResourceControl resourceControl(const wire::Control& from) {
  return {from.instance(), from.operation(), from.code(), bytes(from.input()), from.output_capacity()};
}

monitor::ResourceTypeControl typeControl(const wire::Control& from) {
  return {type(from.type()), from.operation(), from.code(), bytes(from.input()), from.output_capacity()};
}

void fill(const monitor::StateChanged& from, wire::StateChanged& out) {
  out.set_instance(from.instance);
  out.set_operation(from.operation);
  out.set_state(static_cast<std::int32_t>(from.state));
  out.set_reason(static_cast<std::uint32_t>(from.reason));
  out.set_terminated(from.terminated);
  out.set_status(from.status);
  out.set_resource_specific(from.resourceSpecific);
  out.set_cannot_here(from.cannotComeOnlineHere);
  out.set_cannot_anywhere(from.cannotComeOnlineAnywhere);
}

}  // namespace

std::optional<monitor::Command> toCommand(const wire::ToMonitor& frame) {
  switch (frame.body_case()) {
    case wire::ToMonitor::kOpen: {
      const auto& open = frame.open();
      return monitor::Open{open.instance(), open.resource(), open.name(), type(open.type()), settings(open.settings())};
    }
    case wire::ToMonitor::kClose:
      return monitor::Close{frame.close().instance()};
    case wire::ToMonitor::kOnline:
      return monitor::Online{frame.online().instance(), frame.online().operation()};
    case wire::ToMonitor::kOffline:
      return monitor::Offline{frame.offline().instance(), frame.offline().operation()};
    case wire::ToMonitor::kTerminate:
      return monitor::Terminate{frame.terminate().instance(), frame.terminate().operation(),
                                frame.terminate().as_failed()};
    case wire::ToMonitor::kChangeSettings:
      return monitor::ChangeSettings{frame.change_settings().instance(), settings(frame.change_settings().settings())};
    case wire::ToMonitor::kRename:
      return monitor::Rename{frame.rename().instance(), frame.rename().name()};
    case wire::ToMonitor::kResourceControl:
      return resourceControl(frame.resource_control());
    case wire::ToMonitor::kResourceTypeControl:
      return typeControl(frame.resource_type_control());
    case wire::ToMonitor::kExit:
      return monitor::Exit{};
    default:
      return std::nullopt;
  }
}

wire::FromMonitor fromReport(const monitor::Report& report) {
  wire::FromMonitor frame;
  std::visit(Overloaded{[&](const monitor::Opened& opened) {
                          auto& out = *frame.mutable_opened();
                          out.set_instance(opened.instance);
                          out.set_status(opened.status);
                          out.set_quorum_capable(opened.quorumCapable);
                        },
                        [&](const monitor::Closed& closed) { frame.mutable_closed()->set_instance(closed.instance); },
                        [&](const monitor::StateChanged& changed) { fill(changed, *frame.mutable_state_changed()); },
                        [&](const monitor::Progress& progress) {
                          frame.mutable_progress()->set_instance(progress.instance);
                          frame.mutable_progress()->set_check_point(progress.checkPoint);
                        },
                        [&](const monitor::ControlDone& done) {
                          auto& out = *frame.mutable_control_done();
                          out.set_operation(done.operation);
                          out.set_status(done.status);
                          out.set_output(done.output.data(), done.output.size());
                          out.set_bytes_returned(done.bytesReturned);
                        }},
             report);
  return frame;
}

void fillInstance(const monitor::Hello::Instance& instance, wire::MonitorHello::InstanceState& out) {
  out.set_instance(instance.instance);
  out.set_resource(instance.resource);
  out.set_state(static_cast<std::int32_t>(instance.state));
  out.set_pending_operation(instance.pendingOperation);
  out.set_status(instance.status);
  out.set_terminated(instance.terminated);
}

}  // namespace holdfast::rhs
