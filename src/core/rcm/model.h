// Resources and groups as the RCM keeps them beside the database: running state, where the instance lives, and counters
// that make every decision local to a resource and its neighbours.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/database/tree.h"
#include "core/monitor/messages.h"
#include "core/properties/value_list.h"
#include "core/rcm/group_state.h"
#include "core/rcm/resource_state.h"
#include "core/rcm/restart_policy.h"

namespace holdfast::rcm {

/// Where the instance of a resource lives.
namespace home {

struct None {
  std::uint32_t status = 0;  ///< why the last Open failed, 0 if there was none
};
struct Opening {
  monitor::MonitorId monitor = 0;
  monitor::InstanceId instance = 0;
};
struct Open {
  monitor::MonitorId monitor = 0;
  monitor::InstanceId instance = 0;
  bool quorumCapable = false;
  /// What its DLL last answered to GET_REQUIRED_DEPENDENCIES; asked once per life of the instance.
  std::optional<std::vector<properties::RequiredDependency>> required;
  std::optional<std::uint32_t> resourceClass;  ///< as GET_CLASS_INFO answered, once somebody needed to know
};
struct Closing {
  monitor::MonitorId monitor = 0;
  monitor::InstanceId instance = 0;
};

}  // namespace home

using Home = std::variant<home::None, home::Opening, home::Open, home::Closing>;

struct Group;

struct Resource {
  ObjectId id;
  std::string name;
  std::string type;
  Group* group = nullptr;
  std::vector<Resource*> providers, dependents;

  bool creating = false;  ///< its first Open still runs: exists for nobody else
  bool deleting = false;
  bool wanted = false;       ///< shall be online here and now (CM §14)
  bool asked = false;        ///< an online request waits for it
  bool unfulfilled = false;  ///< a required dependency is missing: not tried again before something changes (CM-177)

  State state;
  Home home;
  RestartPolicy policy;
  Time isolatedUntil{};  ///< culprit of a crash: in a monitor of its own until then (RA §13.4)

  std::uint32_t lastStatus = 0;        ///< LastOperationStatusCode
  std::uint32_t resourceSpecific = 0;  ///< ResourceSpecificData1
  std::uint32_t failureStatus = 0;     ///< of the last failure, for GET_FAILURE_INFO

  std::uint64_t lastEvent = 0;  ///< number of the last event about it
  std::uint64_t lead = 0;       ///< event that the next one about it follows from
  std::string waitsFor;         ///< provider named in the last "waiting" event; empty: none told

  // Counters kept by the machine. A provider is ready while it is Online and stays so; see isUp().
  std::size_t providersReady = 0, dependentsUp = 0;
  bool ready = false, up = false;
  ResourceState counted = ResourceState::Offline;  ///< as the group counts it
  bool countedTop = true;
  bool queued = false;

  bool topLevel() const { return dependents.empty(); }
  const home::Open* open() const { return std::get_if<home::Open>(&home); }
};

/// The first provider that is not Online, or is about to leave; nullptr if all are there.
const Resource* firstNotReady(const Resource& resource);

struct Group {
  ObjectId id;
  std::string name;
  std::map<ObjectId, Resource*> resources;
  GroupStateCounts counts;
  GroupState published = GroupState::Unknown;
  Time startNotBefore{};  ///< GroupStartDelay at the start of the service
  std::uint64_t lastEvent = 0;
};

/// All of them, by id without case. Addresses stay valid until erase().
class Registry {
 public:
  template <class T>
  using Table = std::map<ObjectId, std::unique_ptr<T>, database::NameLess>;

  Resource* resource(std::string_view id) const { return lookUp(resources_, id); }
  Group* group(std::string_view id) const { return lookUp(groups_, id); }
  const Table<Resource>& resources() const { return resources_; }
  const Table<Group>& groups() const { return groups_; }

  Resource& addResource(const ObjectId& id);
  Group& addGroup(const ObjectId& id);
  /// Requires: no neighbours, not in a group.
  void eraseResource(const ObjectId& id) { resources_.erase(id); }
  void eraseGroup(const ObjectId& id) { groups_.erase(id); }

 private:
  template <class T>
  static T* lookUp(const Table<T>& table, std::string_view id) {
    const auto found = table.find(id);
    return found == table.end() ? nullptr : found->second.get();
  }

  Table<Resource> resources_;
  Table<Group> groups_;
};

}  // namespace holdfast::rcm
