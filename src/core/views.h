// What readers of a node see between two steps: the database and the typed views over it, states included.
// Doors answer every read from here; nothing here changes anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/event_log.h"
#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast::database {
class Tree;
}

namespace holdfast::core {

struct ClusterInfo {
  std::string name;
  std::string id;
  bool quorate = false;   ///< an active leader is there: updates are taken
  std::uint64_t tag = 0;  ///< sequence number of the last applied update
};
struct NodeInfo {
  ObjectId id;
  std::string name;
  NodeState state = NodeState::Unknown;
};
struct GroupInfo {
  ObjectId id;
  std::string name;
  GroupState state = GroupState::Unknown;
  NodeId owner = 0;
  std::vector<ObjectId> resources;
};
struct ResourceInfo {
  ObjectId id;
  std::string name;
  ObjectId group;
  std::string type;
  ResourceState state = ResourceState::Unknown;
  NodeId owner = 0;
  std::vector<ObjectId> providers;
  std::vector<ObjectId> dependents;
  std::uint32_t monitorPid = 0;        ///< MonitorProcessId, 0 if none
  std::uint32_t lastStatus = 0;        ///< LastOperationStatusCode
  std::uint32_t resourceSpecific = 0;  ///< ResourceSpecificData1
};
struct ResourceTypeInfo {
  std::string name;
  std::string displayName;
  std::string dllName;
};

/// What is so, why, and what comes next (cluster explain).
struct Explanation {
  std::string now;                  ///< "Failed since 12:01:07: IsAlive returned FALSE, 2 restarts used of 2"
  std::vector<ClusterEvent> chain;  ///< from the first cause to the last consequence
  std::string next;                 ///< "will be tried again at …", "waits for provider \"Disk\"", or empty
  std::optional<Duration> nextIn;   ///< from now, if a time is known
};

class ClusterView {
 public:
  virtual ~ClusterView() = default;

  virtual ClusterInfo cluster() const = 0;
  virtual const database::Tree& tree() const = 0;

  virtual std::vector<NodeInfo> nodes() const = 0;
  /// Sorted by name.
  virtual std::vector<GroupInfo> groups() const = 0;
  virtual std::vector<ResourceInfo> resources() const = 0;
  virtual std::vector<ResourceTypeInfo> resourceTypes() const = 0;

  /// By GUID or by name, without case.
  virtual std::optional<NodeInfo> node(std::string_view idOrName) const = 0;
  virtual std::optional<GroupInfo> group(std::string_view idOrName) const = 0;
  virtual std::optional<ResourceInfo> resource(std::string_view idOrName) const = 0;
  virtual std::optional<ResourceTypeInfo> resourceType(std::string_view name) const = 0;

  virtual std::optional<Explanation> explain(const ObjectRef& object, Time now) const = 0;

  /// Events after `number`, oldest first; the node keeps the last kEventsKept.
  virtual std::vector<ClusterEvent> eventsAfter(std::uint64_t number, std::size_t atMost) const = 0;
};

inline constexpr std::size_t kEventsKept = 10'000;

}  // namespace holdfast::core
