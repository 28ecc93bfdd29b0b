#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

SessionState::SessionState(Service& theService, Peer thePeer, std::function<void(std::string)> sender)
    : service(theService),
      peer(std::move(thePeer)),
      send(std::move(sender)),
      limits(peer.isMonitor ? kMonitorLimits : kClientLimits) {}

Result<ObjectRef> SessionState::object(std::uint64_t handle, ObjectKind kind) {
  const auto* ref = handles.find<ObjectRef>(handle);
  if (!ref || ref->kind != kind) return fail(kInvalidHandle, "the handle is closed, or of another kind of object");
  return *ref;
}

Result<void> SessionState::roomForHandle() const {
  if (handles.size() < limits.handles) return {};
  return fail(kNotEnoughQuota, "this session holds " + std::to_string(handles.size()) + " handles",
              "close those that are not needed any more");
}

Result<std::uint64_t> SessionState::addHandle(HandleEntry entry) {
  if (auto room = roomForHandle(); !room) return std::unexpected(room.error());
  return handles.add(std::move(entry));
}

Cause SessionState::cause(const ObjectRef& about, std::string text) const {
  return {Cause::Kind::Request, peer.actor, about, std::move(text), 0};
}

std::string nameOf(const core::ClusterView& view, const ObjectRef& object) {
  switch (object.kind) {
    case ObjectKind::Cluster:
      return view.cluster().name;
    case ObjectKind::Group:
      if (const auto group = view.group(object.id)) return group->name;
      break;
    case ObjectKind::Resource:
      if (const auto resource = view.resource(object.id)) return resource->name;
      break;
    case ObjectKind::Node:
      if (const auto node = view.node(object.id)) return node->name;
      break;
    case ObjectKind::ResourceType:
      break;
  }
  return object.id;
}

bool Reply::open() const {
  const auto state = state_.lock();
  if (!state) return false;
  const auto found = state->inFlight.find(request_);
  return found != state->inFlight.end() && found->second == serial_;
}

void Reply::send(const Error& status, const google::protobuf::MessageLite* answer, std::uint64_t tag) const {
  const auto state = state_.lock();
  if (!state) return;
  const auto found = state->inFlight.find(request_);
  if (found == state->inFlight.end() || found->second != serial_) return;
  state->inFlight.erase(found);
  if (state->ended) return;
  calls::ServerFrame frame;
  frame.set_id(request_);
  frame.set_status(status.code);
  frame.set_subject(status.subject);
  frame.set_advice(status.advice);
  if (answer) answer->SerializeToString(frame.mutable_body());
  if (frame.body().size() > kAnswer_bytes) {
    frame.clear_body();
    frame.set_status(kNotEnoughQuota);
    frame.set_subject("the answer is larger than a frame");
    frame.set_advice("ask for less at once");
  }
  frame.set_tag(tag != 0 ? tag : state->view().cluster().tag);
  state->send(frame.SerializeAsString());
}

}  // namespace holdfast::clussvc::doors
