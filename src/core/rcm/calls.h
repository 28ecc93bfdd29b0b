// Control calls on their way to DLLs: each is answered exactly once, also if its monitor dies under it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "core/rcm/context.h"
#include "core/rcm/monitors.h"

namespace holdfast::rcm {

class Calls {
 public:
  Calls(Context& context, Monitors& monitors) : context_(context), monitors_(monitors) {}

  /// Status 1460 if the monitor was found hung, 5084 if it ended otherwise.
  using Done = std::function<void(const monitor::ControlDone&)>;

  /// Requires: the resource's instance is open.
  void toResource(const Resource& resource, std::uint32_t code, Bytes input, std::uint32_t capacity_bytes, Done done);
  void toType(const monitor::TypeInfo& type, std::uint32_t code, Bytes input, std::uint32_t capacity_bytes, Done done);
  /// A notification: whatever the DLL answers, nothing follows (CC I3). Dropped if there is no instance (I7).
  void notify(const Resource& resource, std::uint32_t code, Bytes input);

  void onDone(const monitor::ControlDone& answer);
  void onMonitorExited(monitor::MonitorId monitor, bool deadlocked);

 private:
  struct Call {
    monitor::MonitorId monitor = 0;
    Done done;
  };
  monitor::OperationId begin(monitor::MonitorId monitor, Done done);

  Context& context_;
  Monitors& monitors_;
  std::map<monitor::OperationId, Call> calls_;
};

}  // namespace holdfast::rcm
