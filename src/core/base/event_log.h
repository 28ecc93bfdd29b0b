// What the cluster tells people and programs: events with their causes, and change notifications.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/types.h"

namespace holdfast {

/// One line of the story. Numbered from 1 since this service started; `cause.parent` is the number of the one before.
struct ClusterEvent {
  enum class Level : std::uint8_t { Information, Warning, Error, Critical };
  std::uint64_t number = 0;
  Time time{};
  Level level = Level::Information;
  std::uint32_t id = 0;  ///< event id of CM §30 (1069 resource failed, …), 0 = without one
  ObjectRef object;
  std::string step;  ///< one word of a time line: failed, noticed, terminated, restarting, online, offline, …
  std::string text;  ///< one sentence, without the object's name repeated
  Cause cause;
};

/// For notification ports (CL §6). `filter` holds CLUSTER_CHANGE_*_V2 flags of the object's kind.
struct Notification {
  ObjectKind kind = ObjectKind::Cluster;
  std::uint64_t filter = 0;
  ObjectId id;
  std::string name;
  /// Group of a resource, empty otherwise. What is *_ADDED, *_GAINED or *_LOST is named by `id` and `name`, where it is
  /// so by `kind` and `parentId`: kind Cluster for a new group, node or type; kind Group, with the group's id here, for
  /// a resource of it.
  ObjectId parentId;
  std::string typeName;  ///< of a resource
  Bytes payload;         ///< new state as a DWORD for STATE, else empty
};

}  // namespace holdfast
