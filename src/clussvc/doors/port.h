// A notification port (CL §6): filters, the queue of events that the client has not acknowledged, and what happens
// when it overflows.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "calls/session.pb.h"
#include "core/base/event_log.h"
#include "core/views.h"

namespace holdfast::clussvc::doors {

/// What is watched, and the key that its events carry.
struct PortFilter {
  /// Kind of the object whose handle was given. Cluster without `resourceType`: all objects.
  ObjectRef of;
  std::uint64_t handle = 0;
  /// CLUSTER_OBJECT_TYPE of the second version; 0 = `flags` are those of the first.
  std::uint32_t objectType = 0;
  std::uint64_t flags = 0;
  std::uint64_t key = 0;
  std::string resourceType;
};

class Port {
 public:
  using Deliver = std::function<void(const calls::NotificationEvent&)>;
  Port(std::uint64_t number, Deliver deliver) : number_(number), deliver_(std::move(deliver)) {}

  /// False at kPortFilters.
  bool add(PortFilter filter);

  /// Queues the event for every filter that it passes; delivers what the window allows.
  void offer(const Notification& notification, const core::ClusterView& view);

  /// A handle of the session is closed: its filters end, with HANDLE_CLOSE where that bit is in the filter (CL-118).
  void handleClosed(std::uint64_t handle, const ObjectRef& object, const std::string& name);

  /// The client took `count` events.
  void acknowledge(std::uint32_t count);

  std::size_t queued() const { return unacknowledged_ + waiting_.size(); }

 private:
  void match(const PortFilter& filter, const Notification& notification, const core::ClusterView& view);
  void push(calls::NotificationEvent event);
  void drain();

  std::uint64_t number_;
  Deliver deliver_;
  /// By the object whose handle was given; the cluster's own entry holds those for all objects.
  std::map<ObjectRef, std::vector<PortFilter>> filters_;
  std::size_t filterCount_ = 0;
  std::uint64_t firstKey_ = 0;  ///< carried by LOST_NOTIFICATIONS
  bool firstIsOfFirstVersion_ = false;
  std::deque<calls::NotificationEvent> waiting_;
  std::size_t unacknowledged_ = 0;
  bool lost_ = false;
};

/// CLUSTER_CHANGE_* of the first version that an event stands for, 0 if none. A change inside a group is two of them:
/// `onGroup` is what the group's own filters see of it.
struct FirstVersionChange {
  std::uint32_t flags = 0;
  std::uint32_t onGroup = 0;
};
FirstVersionChange firstVersionOf(ObjectKind kind, std::uint64_t flags);

/// Bits of the first version that concern an object of this kind.
std::uint32_t firstVersionBitsOf(ObjectKind kind);

}  // namespace holdfast::clussvc::doors
