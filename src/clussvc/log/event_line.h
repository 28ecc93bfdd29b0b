// An event of the cluster as one line of the log: what, to which object, why.
#pragma once

#include <string>

#include "clussvc/service.h"
#include "core/base/event_log.h"
#include "core/views.h"

namespace holdfast::clussvc::log {

/// `resource "Clip": failed: IsAlive returned FALSE (monitor 2 pid 77) [event 12, because of 11]`. The object's name
/// comes from `view`, its id where the view does not know it any more.
std::string eventLine(const ClusterEvent& event, const core::ClusterView& view);

Service::LogLevel levelOf(const ClusterEvent& event);

}  // namespace holdfast::clussvc::log
