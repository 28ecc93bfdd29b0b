#include "clussvc/doors/port.h"

#include <algorithm>

#include "clussvc/doors/limits.h"

namespace holdfast::clussvc::doors {

namespace {

// CLUSTER_CHANGE_*_V2 flags that are named here (CL §6).
constexpr std::uint64_t kClusterReconnect = 0x1;
constexpr std::uint64_t kClusterLostNotifications = 0x200;
constexpr std::uint64_t kGroupMembers = 0x40 | 0x80 | 0x100;  // RESOURCE_ADDED, _GAINED, _LOST
constexpr std::uint32_t kV1HandleClose = 0x80000000;
constexpr std::uint32_t kV1Reconnect = 0x80000;
constexpr std::uint32_t kV1GroupProperty = 0x8000;

struct Correspondence {
  std::uint32_t first;
  ObjectKind kind;
  std::uint64_t second;
};
constexpr Correspondence kCorrespondence[] = {
    {0x1, ObjectKind::Node, 0x10},                  // NODE_STATE
    {0x2, ObjectKind::Node, 0x2},                   // NODE_DELETED
    {0x4, ObjectKind::Cluster, 0x20},               // NODE_ADDED
    {0x8, ObjectKind::Node, 0x4 | 0x8},             // NODE_PROPERTY
    {0x100, ObjectKind::Resource, 0x4},             // RESOURCE_STATE
    {0x200, ObjectKind::Resource, 0x80},            // RESOURCE_DELETED
    {0x400, ObjectKind::Group, 0x40},               // RESOURCE_ADDED
    {0x800, ObjectKind::Resource, 0x7B},            // RESOURCE_PROPERTY: dependencies and possible owners too (CL-72)
    {0x1000, ObjectKind::Group, 0x8 | 0x10},        // GROUP_STATE
    {0x2000, ObjectKind::Group, 0x1},               // GROUP_DELETED
    {0x4000, ObjectKind::Cluster, 0x4},             // GROUP_ADDED
    {0x8000, ObjectKind::Group, 0x2 | 0x4 | 0x20},  // GROUP_PROPERTY
    {0x10000, ObjectKind::ResourceType, 0x1},       // RESOURCE_TYPE_DELETED
    {0x20000, ObjectKind::Cluster, 0x40},           // RESOURCE_TYPE_ADDED
    {0x40000, ObjectKind::ResourceType, 0x3E},      // RESOURCE_TYPE_PROPERTY
    {0x80000, ObjectKind::Cluster, kClusterReconnect},
    {0x20000000, ObjectKind::Cluster, 0x2},                   // CLUSTER_STATE
    {0x40000000, ObjectKind::Cluster, 0x80 | 0x100 | 0x400},  // CLUSTER_PROPERTY
};

std::uint64_t handleCloseFlag(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Cluster:
      return 0x8;
    case ObjectKind::Group:
    case ObjectKind::Resource:
      return 0x200;
    case ObjectKind::Node:
      return 0x80;
    case ObjectKind::ResourceType:
      return 0;
  }
  return 0;
}

}  // namespace

FirstVersionChange firstVersionOf(ObjectKind kind, std::uint64_t flags) {
  FirstVersionChange change;
  for (const Correspondence& row : kCorrespondence) {
    if (row.kind == kind && (row.second & flags) != 0) change.flags |= row.first;
  }
  // CL-73: a resource that joins or leaves changes the group.
  if (kind == ObjectKind::Group && (flags & kGroupMembers) != 0) change.onGroup = kV1GroupProperty;
  return change;
}

std::uint32_t firstVersionBitsOf(ObjectKind kind) {
  if (kind == ObjectKind::Cluster) return 0xFFFFFFFF;
  std::uint32_t bits = kV1HandleClose;
  for (const Correspondence& row : kCorrespondence) {
    if (row.kind == kind) bits |= row.first;
  }
  return bits;
}

bool Port::add(PortFilter filter) {
  if (filterCount_ >= kPortFilters) return false;
  if (filterCount_ == 0) {
    firstKey_ = filter.key;
    firstIsOfFirstVersion_ = filter.objectType == 0;
  }
  ++filterCount_;
  const ObjectRef of = filter.of;
  filters_[of].push_back(std::move(filter));
  return true;
}

void Port::offer(const Notification& notification, const core::ClusterView& view) {
  const auto offerTo = [&](const ObjectRef& of) {
    const auto found = filters_.find(of);
    if (found == filters_.end()) return;
    for (const PortFilter& filter : found->second) match(filter, notification, view);
  };
  offerTo({ObjectKind::Cluster, {}});
  if (notification.kind != ObjectKind::Cluster) {
    // Events of members carry the member's id; those who watch the group find them by its id.
    const bool ofMember = notification.kind == ObjectKind::Group && !notification.parentId.empty();
    offerTo({notification.kind, ofMember ? notification.parentId : notification.id});
  }
}

void Port::match(const PortFilter& filter, const Notification& notification, const core::ClusterView& view) {
  if (!filter.resourceType.empty() && filter.resourceType != notification.id) return;
  calls::NotificationEvent event;
  event.set_key(filter.key);
  event.set_object_type(filter.objectType);
  event.set_id(notification.id);
  event.set_name(notification.name);
  event.set_parent_id(notification.parentId);
  event.set_type(notification.typeName);
  event.set_payload(notification.payload.data(), notification.payload.size());
  if (filter.objectType != 0) {
    if (filter.objectType != static_cast<std::uint32_t>(notification.kind)) return;
    event.set_flags(filter.flags & notification.filter);
    if (event.flags() != 0) push(std::move(event));
    return;
  }
  // A reader of the first version gets one bit at a time.
  const FirstVersionChange change = firstVersionOf(notification.kind, notification.filter);
  for (std::uint32_t bit = 1; bit != 0; bit <<= 1) {
    if ((change.flags & filter.flags & bit) == 0) continue;
    event.set_flags(bit);
    push(event);
  }
  if ((change.onGroup & filter.flags) != 0) {
    if (const auto group = view.group(notification.parentId)) {
      event.set_id(group->id);
      event.set_name(group->name);
    }
    event.set_flags(change.onGroup);
    push(std::move(event));
  }
}

void Port::handleClosed(std::uint64_t handle, const ObjectRef& object, const std::string& name) {
  const auto found = filters_.find(object);
  if (found == filters_.end()) return;
  std::vector<PortFilter> ended;
  std::erase_if(found->second, [&](const PortFilter& filter) {
    if (filter.handle != handle) return false;
    ended.push_back(filter);
    return true;
  });
  filterCount_ -= ended.size();
  if (found->second.empty()) filters_.erase(found);
  for (const PortFilter& filter : ended) {
    const std::uint64_t flag = filter.objectType == 0 ? kV1HandleClose : handleCloseFlag(object.kind);
    if ((filter.flags & flag) == 0) continue;
    calls::NotificationEvent event;
    event.set_key(filter.key);
    event.set_object_type(filter.objectType);
    event.set_flags(flag);
    event.set_id(object.id);
    event.set_name(name);
    push(std::move(event));
  }
}

void Port::acknowledge(std::uint32_t count) {
  unacknowledged_ -= std::min<std::size_t>(unacknowledged_, count);
  drain();
}

void Port::push(calls::NotificationEvent event) {
  if (lost_) return;
  event.set_port(number_);
  // CL-77: what does not fit is reported once, and nothing more comes until the reader has caught up.
  if (queued() >= kPortQueue_events) {
    lost_ = true;
    calls::NotificationEvent gap;
    gap.set_port(number_);
    gap.set_key(firstKey_);
    gap.set_object_type(firstIsOfFirstVersion_ ? 0 : static_cast<std::uint32_t>(ObjectKind::Cluster));
    gap.set_flags(firstIsOfFirstVersion_ ? kV1Reconnect : kClusterLostNotifications);
    event = std::move(gap);
  }
  waiting_.push_back(std::move(event));
  drain();
}

void Port::drain() {
  while (!waiting_.empty() && unacknowledged_ < kPortWindow_events) {
    const calls::NotificationEvent event = std::move(waiting_.front());
    waiting_.pop_front();
    ++unacknowledged_;
    deliver_(event);
  }
  if (queued() == 0) lost_ = false;
}

}  // namespace holdfast::clussvc::doors
