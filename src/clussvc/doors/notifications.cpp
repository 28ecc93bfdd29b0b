// Calls about notification ports (CL §6).
#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

namespace {

constexpr std::uint32_t kRegistryType = 8, kResourceType = 4;  // CLUSTER_OBJECT_TYPE

std::optional<Error> checkFilter(const calls::FilterRequest& request, const ObjectRef& object) {
  if (request.flags() == 0) return Error{kInvalidParameter, "the filter is empty", {}};
  const bool ofAll = object.kind == ObjectKind::Cluster;
  if (request.object_type() == 0) {
    if ((request.flags() & firstVersionBitsOf(object.kind)) != 0) return std::nullopt;
    return Error{kInvalidParameter, "the filter has no event of this kind of object", {}};
  }
  if (request.object_type() == kRegistryType) {
    return Error{kNotSupported, "changes of keys are not reported yet", "watch properties of the object"};
  }
  if (!ofAll && request.object_type() != static_cast<std::uint32_t>(object.kind)) {
    return Error{kInvalidParameter, "the filter is for another kind of object than the handle", {}};
  }
  return std::nullopt;
}

void subscribe(SessionState& state) {
  if (state.notifications) return;
  state.notifications = state.service.onNotification([weak = state.weak_from_this()](const Notification& notification) {
    const auto held = weak.lock();
    if (!held) return;
    held->handles.forEachPort([&](Port& port) { port.offer(notification, held->view()); });
  });
}

}  // namespace

void createPort(SessionState& state, const calls::CreatePortRequest&, const Reply& reply) {
  if (state.handles.count<PortHandle>() >= state.limits.ports) {
    return reply.refuse(kNotEnoughQuota, "this session has too many notification ports", "close those not needed");
  }
  const auto handle = state.addHandle({PortHandle{}, Access::Read});
  if (!handle) return reply.refuse(handle.error());
  const auto send = [weak = state.weak_from_this()](const calls::NotificationEvent& event) {
    const auto held = weak.lock();
    if (!held || held->ended) return;
    calls::ServerFrame frame;
    *frame.mutable_event() = event;
    frame.set_tag(held->view().cluster().tag);
    held->send(frame.SerializeAsString());
  };
  state.handles.find<PortHandle>(*handle)->port = std::make_unique<Port>(*handle, send);
  calls::HandleAnswer answer;
  answer.set_handle(*handle);
  reply.done(answer);
}

void addFilter(SessionState& state, const calls::FilterRequest& request, const Reply& reply) {
  if (!state.handles.find<PortHandle>(request.port())) {
    return reply.refuse(kInvalidHandle, "the handle is not one of a notification port");
  }
  if (state.handles.find<KeyHandle>(request.handle())) {
    return reply.refuse(kNotSupported, "changes of keys are not reported yet", "watch properties of the object");
  }
  const auto* object = state.handles.find<ObjectRef>(request.handle());
  if (!object) return reply.refuse(kInvalidHandle, "the handle is not one of an object");
  if (const auto refusal = checkFilter(request, *object)) return reply.refuse(*refusal);
  PortFilter filter;
  filter.of = *object;
  filter.handle = request.handle();
  filter.objectType = request.object_type();
  filter.flags = request.flags();
  filter.key = request.key();
  if (!request.resource_type().empty()) {
    if (request.object_type() != kResourceType) {
      return reply.refuse(kInvalidParameter, "a type's name goes with a filter for resource types");
    }
    const auto type = state.view().resourceType(request.resource_type());
    if (!type)
      return reply.refuse(kResourceTypeNotFound, "there is no resource type \"" + request.resource_type() + "\"");
    filter.resourceType = type->name;
  }
  if (!state.handles.find<PortHandle>(request.port())->port->add(std::move(filter))) {
    return reply.refuse(kNotEnoughQuota, "the port has " + std::to_string(kPortFilters) + " filters",
                        "watch all objects of the kind with the cluster's handle");
  }
  subscribe(state);
  reply.done();
}

void acknowledge(SessionState& state, const calls::AcknowledgeRequest& request, const Reply& reply) {
  const auto* held = state.handles.find<PortHandle>(request.port());
  if (!held) return reply.refuse(kInvalidHandle, "the handle is not one of a notification port");
  held->port->acknowledge(request.count());
  reply.done();
}

}  // namespace holdfast::clussvc::doors
