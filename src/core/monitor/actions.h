// What an instance's rules ask of the monitor that obeys them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/monitor/messages.h"

namespace holdfast::monitor {

/// Calls that the rules of an instance decide about; the values are those of RESOURCE_MONITOR_STATE (RA §1.2), Cancel
/// beyond them.
enum class EntryPoint : std::uint32_t {
  Initializing = 0,
  Idle = 1,
  Startup = 2,
  Open = 3,
  Online = 4,
  Offline = 5,
  Close = 7,
  IsAlive = 8,
  LooksAlive = 9,
  Arbitrate = 10,
  Release = 11,
  ResourceControl = 12,
  ResourceTypeControl = 13,
  Terminate = 14,
  Cancel = 16
};

/// Name for people: "Online"; the unnamed values are "DllMain" (Initializing) and "none" (Idle).
const char* entryPointName(EntryPoint entry);

/// Queue this call on the instance's lane; `first`: before what waits there. Terminate goes to the reserved workers.
/// Answered by InstanceMachine::returned.
struct Enter {
  EntryPoint entry = EntryPoint::Idle;
  std::uint64_t serial = 0;  ///< Online, Offline: of the operation, for its reports
  bool first = false;
};
/// Take this call back if it has not begun. If that succeeds, InstanceMachine::withdrawn is called at once.
struct Withdraw {
  EntryPoint entry = EntryPoint::Idle;
};
/// From now on SetResourceStatus answers ResourceExitStateTerminate for operations up to this serial.
struct CloseGate {
  std::uint64_t serial = 0;
};
/// Watch the instance's event handle; answered by signalled(), at once if it is signalled already, or by handleLost().
struct WatchHandle {};
struct UnwatchHandle {};
/// A line for the cluster log.
struct Note {
  enum class Level : std::uint8_t { Information, Warning, Error };
  Level level = Level::Information;
  std::string text;
};

/// To be obeyed in order.
using Action = std::variant<Enter, Withdraw, CloseGate, WatchHandle, UnwatchHandle, Note, Report>;
using Actions = std::vector<Action>;

}  // namespace holdfast::monitor
