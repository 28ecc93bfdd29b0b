// Calls about objects as such: the session's greeting, opening and closing, state.
#include <algorithm>

#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

namespace {

constexpr std::uint32_t kProtocol = 1;

// Access of the API (CL §1).
constexpr std::uint32_t kGenericRead = 0x80000000;
constexpr std::uint32_t kGenericAll = 0x10000000;
constexpr std::uint32_t kMaximumAllowed = 0x02000000;

struct Found {
  ObjectRef ref;
  std::string name;
};

/// "{guid}" means the same as "guid", as elsewhere in the field.
std::string_view withoutBraces(std::string_view name) {
  if (name.size() > 2 && name.front() == '{' && name.back() == '}') return name.substr(1, name.size() - 2);
  return name;
}

Result<Found> lookUp(const core::ClusterView& view, calls::Object kind, const std::string& name) {
  const auto find = [&](auto member) {
    auto found = (view.*member)(name);
    return found ? found : (view.*member)(withoutBraces(name));
  };
  switch (kind) {
    case calls::CLUSTER: {
      const auto cluster = view.cluster();
      return Found{{ObjectKind::Cluster, {}}, cluster.name};
    }
    case calls::GROUP:
      if (const auto group = find(&core::ClusterView::group)) return Found{{ObjectKind::Group, group->id}, group->name};
      return fail(kGroupNotFound, "there is no group \"" + name + "\"", "list them with `cluster group list`");
    case calls::RESOURCE:
      if (const auto resource = find(&core::ClusterView::resource)) {
        return Found{{ObjectKind::Resource, resource->id}, resource->name};
      }
      return fail(kResourceNotFound, "there is no resource \"" + name + "\"", "list them with `cluster resource list`");
    case calls::NODE:
      if (const auto node = find(&core::ClusterView::node)) return Found{{ObjectKind::Node, node->id}, node->name};
      return fail(kNodeNotFound, "there is no node \"" + name + "\"", "list them with `cluster node list`");
    default:
      return fail(kInvalidParameter, "objects of this kind are not opened");
  }
}

Result<Access> grant(const Peer& peer, std::uint32_t desired) {
  const bool all = (desired & kGenericAll) != 0;
  const bool best = (desired & kMaximumAllowed) != 0;
  if (!all && !best && (desired & kGenericRead) == 0) {
    return fail(kInvalidParameter, "no access was asked for", "use GENERIC_READ, GENERIC_ALL or MAXIMUM_ALLOWED");
  }
  if (!peer.mayRead) return fail(kAccessDenied, peer.actor + " may not read this cluster");
  if (all && !peer.mayWrite) {
    return fail(kAccessDenied, peer.actor + " may only read",
                "ask for GENERIC_READ, or become a member of the group that administers the cluster");
  }
  return peer.mayWrite && (all || best) ? Access::All : Access::Read;
}

}  // namespace

void hello(SessionState& state, const calls::HelloRequest& request, const Reply& reply) {
  if (request.protocol_lowest() > kProtocol || request.protocol_highest() < kProtocol) {
    reply.refuse(kRevisionMismatch,
                 "the client speaks versions " + std::to_string(request.protocol_lowest()) + " to " +
                     std::to_string(request.protocol_highest()) + ", the service " + std::to_string(kProtocol),
                 "use client and service of the same release");
    return;
  }
  state.greeted = true;
  const auto cluster = state.view().cluster();
  calls::HelloAnswer answer;
  answer.set_protocol(kProtocol);
  answer.set_build(HOLDFAST_VERSION);
  answer.set_cluster_name(cluster.name);
  answer.set_cluster_id(cluster.id);
  answer.set_node(state.service.nodeId());
  answer.set_node_name(state.service.nodeName());
  answer.set_incarnation(state.service.incarnation());
  reply.done(answer);
}

void openObject(SessionState& state, const calls::OpenRequest& request, const Reply& reply) {
  const auto access = grant(state.peer, request.desired_access());
  if (!access) return reply.refuse(access.error());
  const auto found = lookUp(state.view(), request.object(), request.name());
  if (!found) return reply.refuse(found.error());
  const auto handle = state.addHandle({found->ref, *access});
  if (!handle) return reply.refuse(handle.error());
  calls::OpenAnswer answer;
  answer.set_handle(*handle);
  answer.set_granted_access(*access == Access::All ? kGenericAll : kGenericRead);
  answer.set_id(found->ref.id);
  answer.set_name(found->name);
  reply.done(answer);
}

void closeHandle(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  HandleEntry* entry = state.handles.find(request.handle());
  if (!entry) return reply.refuse(kInvalidHandle, "the handle is closed, or was never opened in this session");
  if (const auto* object = std::get_if<ObjectRef>(&entry->what)) {
    const ObjectRef closed = *object;
    state.handles.forEachPort(
        [&](Port& port) { port.handleClosed(request.handle(), closed, nameOf(state.view(), closed)); });
  }
  state.handles.remove(request.handle());
  reply.done();
}

void cancelRequest(SessionState& state, const calls::CancelRequest& request, const Reply& reply) {
  const auto found = state.inFlight.find(request.request());
  if (found != state.inFlight.end() && request.request() != reply.request()) {
    std::erase_if(state.eventWaiters,
                  [&](const EventWaiter& waiter) { return waiter.reply.request() == request.request(); });
    Reply(state.weak_from_this(), found->first, found->second).refuse(kCancelled, "the client cancelled it");
  }
  reply.done();
}

void clusterInformation(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  if (const auto object = state.object(request.handle(), ObjectKind::Cluster); !object) {
    return reply.refuse(object.error());
  }
  const auto cluster = state.view().cluster();
  calls::ClusterInformationAnswer answer;
  answer.set_name(cluster.name);
  answer.set_id(cluster.id);
  answer.set_quorate(cluster.quorate);
  reply.done(answer);
}

void getState(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto* object = state.handles.find<ObjectRef>(request.handle());
  if (!object) return reply.refuse(kInvalidHandle, "the handle is not one of an object");
  const auto& view = state.view();
  const auto nodeName = [&](NodeId id) {
    const auto node = view.node(std::to_string(id));
    return node ? node->name : std::string{};
  };
  calls::StateAnswer answer;
  switch (object->kind) {
    case ObjectKind::Group: {
      const auto group = view.group(object->id);
      if (!group) return reply.refuse(kGroupNotFound, "the group was deleted");
      answer.set_state(static_cast<std::int32_t>(group->state));
      answer.set_node(nodeName(group->owner));
      break;
    }
    case ObjectKind::Resource: {
      const auto resource = view.resource(object->id);
      if (!resource) return reply.refuse(kResourceNotFound, "the resource was deleted");
      answer.set_state(static_cast<std::int32_t>(resource->state));
      answer.set_node(nodeName(resource->owner));
      answer.set_group(nameOf(view, {ObjectKind::Group, resource->group}));
      break;
    }
    case ObjectKind::Node: {
      const auto node = view.node(object->id);
      if (!node) return reply.refuse(kNodeNotFound, "the node is no member any more");
      answer.set_state(static_cast<std::int32_t>(node->state));
      answer.set_node(node->name);
      break;
    }
    default:
      return reply.refuse(kInvalidHandle, "an object of this kind has no state");
  }
  reply.done(answer);
}

}  // namespace holdfast::clussvc::doors
