// Enumerations: a snapshot of what is there when they are opened (CL §1), whole, travelling in pages.
#include <algorithm>

#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

namespace {

using calls::EnumItem;

// Masks of CL §2.
constexpr std::uint32_t kNodes = 1, kTypes = 2, kResources = 4, kGroups = 8, kClusterAll = 0x3F;
constexpr std::uint32_t kInternalNetworks = 0x80000000, kSharedVolumes = 0x60000000;
constexpr std::uint32_t kGroupContains = 1, kGroupAll = 3;
constexpr std::uint32_t kDepends = 1, kProvides = 2, kPossibleOwners = 4, kResourceAll = 7;
constexpr std::uint32_t kNodeGroups = 2, kNodeAll = 7;
constexpr std::uint32_t kTypeNodes = 1, kTypeResources = 2, kTypeAll = 3;

EnumItem item(std::uint32_t type, const std::string& id, const std::string& name) {
  EnumItem made;
  made.set_type(type);
  made.set_id(id);
  made.set_name(name);
  return made;
}

std::vector<EnumItem> ofCluster(const core::ClusterView& view, std::uint32_t mask) {
  std::vector<EnumItem> items;
  if (mask & kNodes) {
    for (const auto& node : view.nodes()) items.push_back(item(kNodes, node.id, node.name));
  }
  if (mask & kTypes) {
    for (const auto& type : view.resourceTypes()) items.push_back(item(kTypes, type.name, type.name));
  }
  if (mask & kResources) {
    for (const auto& resource : view.resources()) items.push_back(item(kResources, resource.id, resource.name));
  }
  if (mask & kGroups) {
    for (const auto& group : view.groups()) items.push_back(item(kGroups, group.id, group.name));
  }
  return items;
}

std::vector<EnumItem> ofGroup(const core::ClusterView& view, const core::GroupInfo& group, std::uint32_t mask) {
  std::vector<EnumItem> items;
  if (mask & kGroupContains) {
    for (const auto& id : group.resources) {
      items.push_back(item(kGroupContains, id, nameOf(view, {ObjectKind::Resource, id})));
    }
  }
  return items;
}

std::vector<EnumItem> ofResource(const core::ClusterView& view, const core::ResourceInfo& resource,
                                 std::uint32_t mask) {
  std::vector<EnumItem> items;
  const auto addResources = [&](std::uint32_t type, const std::vector<ObjectId>& ids) {
    for (const auto& id : ids) items.push_back(item(type, id, nameOf(view, {ObjectKind::Resource, id})));
  };
  if (mask & kDepends) addResources(kDepends, resource.providers);
  if (mask & kProvides) addResources(kProvides, resource.dependents);
  if (mask & kPossibleOwners) {
    for (const auto& node : view.nodes()) items.push_back(item(kPossibleOwners, node.id, node.name));
  }
  return items;
}

std::vector<EnumItem> ofNode(const core::ClusterView& view, const core::NodeInfo& node, std::uint32_t mask) {
  std::vector<EnumItem> items;
  if (mask & kNodeGroups) {
    for (const auto& group : view.groups()) {
      if (std::to_string(group.owner) == node.id) items.push_back(item(kNodeGroups, group.id, group.name));
    }
  }
  return items;
}

std::vector<EnumItem> ofType(const core::ClusterView& view, const core::ResourceTypeInfo& type, std::uint32_t mask) {
  std::vector<EnumItem> items;
  if (mask & kTypeNodes) {
    for (const auto& node : view.nodes()) items.push_back(item(kTypeNodes, node.id, node.name));
  }
  if (mask & kTypeResources) {
    for (const auto& resource : view.resources()) {
      if (resource.type == type.name) items.push_back(item(kTypeResources, resource.id, resource.name));
    }
  }
  return items;
}

Result<std::vector<EnumItem>> snapshot(const core::ClusterView& view, const ObjectRef& object,
                                       const calls::EnumRequest& request) {
  const std::uint32_t mask = request.mask();
  const auto badMask = [mask](std::uint32_t known) { return mask == 0 || (mask & ~known) != 0; };
  const auto refuseMask = [] { return fail(kInvalidParameter, "the mask names kinds that this object does not have"); };
  switch (object.kind) {
    case ObjectKind::Cluster:
      if (!request.resource_type().empty()) {
        const auto type = view.resourceType(request.resource_type());
        if (!type) {
          return fail(kResourceTypeNotFound, "there is no resource type \"" + request.resource_type() + "\"");
        }
        if (badMask(kTypeAll)) return refuseMask();
        return ofType(view, *type, mask);
      }
      if (badMask(kClusterAll | kInternalNetworks | kSharedVolumes)) return refuseMask();
      return ofCluster(view, mask);
    case ObjectKind::Group:
      if (badMask(kGroupAll)) return refuseMask();
      if (const auto group = view.group(object.id)) return ofGroup(view, *group, mask);
      return fail(kGroupNotFound, "the group was deleted");
    case ObjectKind::Resource:
      if (badMask(kResourceAll)) return refuseMask();
      if (const auto resource = view.resource(object.id)) return ofResource(view, *resource, mask);
      return fail(kResourceNotFound, "the resource was deleted");
    case ObjectKind::Node:
      if (badMask(kNodeAll)) return refuseMask();
      if (const auto node = view.node(object.id)) return ofNode(view, *node, mask);
      return fail(kNodeNotFound, "the node is no member any more");
    case ObjectKind::ResourceType:
      break;
  }
  return fail(kInvalidHandle, "an object of this kind has nothing to enumerate");
}

/// Puts as many items from `first` on as a page takes. True: these are the last ones.
bool fillPage(const std::vector<EnumItem>& items, std::size_t first, calls::EnumAnswer& answer) {
  answer.set_count(static_cast<std::uint32_t>(items.size()));
  std::size_t size_bytes = 0;
  for (std::size_t i = first; i < items.size(); ++i) {
    size_bytes += items[i].ByteSizeLong();
    if (size_bytes > kEnumerationPage_bytes && i != first) return false;
    *answer.add_items() = items[i];
  }
  return true;
}

}  // namespace

void enumerate(SessionState& state, const calls::EnumRequest& request, const Reply& reply) {
  const auto* object = state.handles.find<ObjectRef>(request.handle());
  if (!object) return reply.refuse(kInvalidHandle, "the handle is not one of an object");
  auto items = snapshot(state.view(), *object, request);
  if (!items) return reply.refuse(items.error());
  calls::EnumAnswer answer;
  if (!fillPage(*items, 0, answer)) {
    if (state.handles.count<EnumerationHandle>() >= state.limits.enumerations) {
      return reply.refuse(kNotEnoughQuota, "this session has too many enumerations open", "close those that are done");
    }
    const auto handle = state.addHandle({EnumerationHandle{std::move(*items)}, Access::Read});
    if (!handle) return reply.refuse(handle.error());
    answer.set_enumeration(*handle);
  }
  reply.done(answer);
}

void enumeratePage(SessionState& state, const calls::EnumPageRequest& request, const Reply& reply) {
  const auto* enumeration = state.handles.find<EnumerationHandle>(request.enumeration());
  if (!enumeration) return reply.refuse(kInvalidHandle, "the handle is not one of an enumeration");
  if (request.first() >= enumeration->items.size()) return reply.refuse(kNoMoreItems, "the enumeration ends before");
  calls::EnumAnswer answer;
  answer.set_enumeration(request.enumeration());
  fillPage(enumeration->items, request.first(), answer);
  reply.done(answer);
}

}  // namespace holdfast::clussvc::doors
