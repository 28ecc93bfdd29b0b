// What the Resource Control Manager and a monitor say to each other, as plain values. The daemon carries them as
// calls/monitor.proto over monitors.sock; the simulator and unit tests pass them as they are.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/types.h"

namespace holdfast::monitor {

/// A monitor process of this node, numbered by the service; 0 is none. Never reused while the service's incarnation
/// lasts, and kept over an adoption.
using MonitorId = std::uint32_t;

/// One life of a resource in a monitor: a new one for every Open, so that late reports of an earlier life are
/// recognised.
using InstanceId = std::uint64_t;

/// One call or operation given to a monitor; reports about it name it.
using OperationId = std::uint64_t;

/// Effective values (resource, else type, else default), in milliseconds. Schedules follow changes at the next timer
/// arm (RA P-17).
struct Settings {
  std::uint32_t looksAlive_ms = 5000;
  std::uint32_t isAlive_ms = 60000;
  std::uint32_t pending_ms = 180000;
  std::uint32_t deadlock_ms = 300000;
  bool operator==(const Settings&) const = default;
};

struct TypeInfo {
  std::string name;  ///< registered name, what Startup receives
  std::string dllName;
  std::uint32_t concurrency = 0;  ///< DllConcurrency (RA §4.2)
  std::uint32_t deadlock_ms = 300000;
  bool operator==(const TypeInfo&) const = default;
};

// --- service → monitor ---------------------------------------------------------------------------------------------

struct Open {
  InstanceId instance = 0;
  ObjectId resource;
  std::string name;
  TypeInfo type;
  Settings settings;
};
/// Terminates first if the instance is not offline; answered by Closed.
struct Close {
  InstanceId instance = 0;
};
struct Online {
  InstanceId instance = 0;
  OperationId operation = 0;
};
struct Offline {
  InstanceId instance = 0;
  OperationId operation = 0;
};
/// Ends what runs; answered by StateChanged with this operation. `asFailed`: the state to end in is Failed, else
/// Offline.
struct Terminate {
  InstanceId instance = 0;
  OperationId operation = 0;
  bool asFailed = false;
};
struct ChangeSettings {
  InstanceId instance = 0;
  Settings settings;
};
struct Rename {
  InstanceId instance = 0;
  std::string name;
};
/// Passed to ResourceControl; answered by ControlDone.
struct ResourceControl {
  InstanceId instance = 0;
  OperationId operation = 0;
  std::uint32_t code = 0;
  Bytes input;
  std::uint32_t outputCapacity_bytes = 0;
};
/// Passed to ResourceTypeControl (loads the DLL first if need be); answered by ControlDone.
struct ResourceTypeControl {
  TypeInfo type;
  OperationId operation = 0;
  std::uint32_t code = 0;
  Bytes input;
  std::uint32_t outputCapacity_bytes = 0;
};
/// Everything is Offline and closed: the monitor process ends.
struct Exit {};

using Command = std::variant<Open, Close, Online, Offline, Terminate, ChangeSettings, Rename, ResourceControl,
                             ResourceTypeControl, Exit>;

// --- monitor → service ---------------------------------------------------------------------------------------------

struct Opened {
  InstanceId instance = 0;
  std::uint32_t status = 0;  ///< 0, or why it is not opened (RA §5.4)
  bool quorumCapable = false;
};
struct Closed {
  InstanceId instance = 0;
};

/// Why a state changed, in the order of RA §5.8 and §7.2.
enum class Reason : std::uint8_t {
  Requested,        ///< the operation asked for ended
  EntryPointError,  ///< Online or Offline returned an error
  Reported,         ///< the DLL reported Failed, CannotComeOnline…
  PendingTimeout,
  IsAlive,    ///< IsAlive returned FALSE
  Signalled,  ///< event handle or SignalFailure
  Terminated
};

/// The monitor's state of an instance changed. A failure is sent twice: at once (`terminated` false), and when
/// Terminate has returned (`terminated` true), which is when a restart may begin.
struct StateChanged {
  InstanceId instance = 0;
  OperationId operation = 0;  ///< 0 when nobody asked (a failure)
  ResourceState state = ResourceState::Unknown;
  Reason reason = Reason::Requested;
  bool terminated = false;
  std::uint32_t status = 0;  ///< LastOperationStatusCode
  std::uint32_t resourceSpecific = 0;
  bool cannotComeOnlineHere = false;      ///< 127
  bool cannotComeOnlineAnywhere = false;  ///< 126
};
/// Progress report of a pending operation.
struct Progress {
  InstanceId instance = 0;
  std::uint32_t checkPoint = 0;
};
struct ControlDone {
  OperationId operation = 0;
  std::uint32_t status = 0;
  Bytes output;
  std::uint32_t bytesReturned = 0;
};

using Report = std::variant<Opened, Closed, StateChanged, Progress, ControlDone>;

/// What a monitor says of itself first: after its start nothing is there; on adoption, all instances as they are now.
struct Hello {
  struct Instance {
    InstanceId instance = 0;
    ObjectId resource;
    ResourceState state = ResourceState::Unknown;
    OperationId pendingOperation = 0;
    std::uint32_t status = 0;
    bool terminated = true;  ///< for Failed: Terminate has returned
  };
  std::uint32_t pid = 0;
  std::vector<Instance> instances;
};

/// How a monitor ended, as its guard and the call records tell (RA §13.4).
struct Exited {
  enum class How : std::uint8_t { Asked, Crashed, Deadlocked, Exited, NeverStarted };
  How how = How::Crashed;
  std::int32_t signalOrStatus = 0;
  std::vector<InstanceId> inCall;  ///< instances with a call in progress: the culprits
  std::string entryPoint;          ///< of the first of them
  std::string text;                ///< for people: "SIGSEGV in Online of resource Clip"
};

}  // namespace holdfast::monitor
