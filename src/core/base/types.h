// The words that every room of core/ shares: time, ids, states, errors, causes.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace holdfast {

/// Monotonic time that comes in from outside (CLOCK_BOOTTIME in the daemon, simulated time in tests).
/// core/ never reads a clock.
struct CoreClock {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<CoreClock>;
  static constexpr bool is_steady = true;
};
using Time = CoreClock::time_point;
using Duration = CoreClock::duration;
inline constexpr Time kNever = Time::max();

/// Wall-clock time for people and FILETIMEs: nanoseconds since 1970 UTC. Stamped by the leader, never compared for
/// order.
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

using Bytes = std::vector<std::uint8_t>;

/// 1 … 255, as in the database (Nodes\<id>). 0 is no node.
using NodeId = std::uint8_t;

/// Ids of objects outside core/: a GUID in lower case without braces for groups and resources, the registered name
/// for resource types, the decimal node id for nodes.
using ObjectId = std::string;

enum class ObjectKind : std::uint8_t { Cluster = 1, Group = 2, Resource = 3, ResourceType = 4, Node = 7 };

/// An object by kind and id. `id` is empty for the cluster itself.
struct ObjectRef {
  ObjectKind kind = ObjectKind::Cluster;
  ObjectId id;
  auto operator<=>(const ObjectRef&) const = default;
};

/// CLUSTER_RESOURCE_STATE; values are part of the contract (RA §1.2).
enum class ResourceState : std::int32_t {
  Unknown = -1,
  Inherited = 0,
  Initializing = 1,
  Online = 2,
  Offline = 3,
  Failed = 4,
  Pending = 128,
  OnlinePending = 129,
  OfflinePending = 130,
};

/// CLUSTER_GROUP_STATE (CM §13).
enum class GroupState : std::int32_t {
  Unknown = -1,
  Online = 0,
  Offline = 1,
  Failed = 2,
  PartialOnline = 3,
  Pending = 4
};

/// CLUSTER_NODE_STATE (CM §5).
enum class NodeState : std::int32_t { Unknown = -1, Up = 0, Down = 1, Paused = 2, Joining = 3 };

/// A refusal: Win32 code, what it is about, and what to do. Printed as
/// `ERROR_DEPENDENCY_NOT_FOUND (5002): <subject>; <advice>` by those who talk to people (calls/error_text.h has the
/// names).
struct Error {
  std::uint32_t code = 0;
  std::string subject;  ///< one clause: what was refused and why
  std::string advice;   ///< one clause: what to do; may be empty
  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(std::uint32_t code, std::string subject, std::string advice = {}) {
  return std::unexpected(Error{code, std::move(subject), std::move(advice)});
}

/// Why something happened. Every update and every event carries one; `explain` follows `parent`.
struct Cause {
  enum class Kind : std::uint8_t {
    Start,      ///< this service started (persistent state, recovery)
    Request,    ///< a client asked
    Report,     ///< a monitor reported
    Policy,     ///< restart, retry, dependency order
    Timer,      ///< something did not come in time
    Membership  ///< a view changed
  };
  Kind kind = Kind::Start;
  std::string actor;         ///< who: "uid 0 pid 123 (cluster)", "monitor 2 pid 77", "rcm"
  ObjectRef object;          ///< about what
  std::string text;          ///< one sentence for people: "IsAlive returned FALSE"
  std::uint64_t parent = 0;  ///< number of the event that led here (ClusterEvent::number), 0 = none
  bool operator==(const Cause&) const = default;
};

}  // namespace holdfast
