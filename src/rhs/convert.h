// The monitor's side of calls/monitor.proto: frames to the values of core/monitor/messages.h and back.
#pragma once

#include <optional>

#include "calls/monitor.pb.h"
#include "core/monitor/messages.h"

namespace holdfast::rhs {

/// Nothing for hello, api_answer, and bodies of a newer protocol.
std::optional<monitor::Command> toCommand(const calls::monitor::ToMonitor& frame);

calls::monitor::FromMonitor fromReport(const monitor::Report& report);

void fillInstance(const monitor::Hello::Instance& instance, calls::monitor::MonitorHello::InstanceState& out);

}  // namespace holdfast::rhs
