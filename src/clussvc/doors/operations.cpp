// Calls that bring groups and resources online and offline. The answer says that it is accepted (997) or that there was
// nothing to do (0); what becomes of it is seen in the state (CL §1).
#include "clussvc/doors/session_state.h"
#include "clussvc/doors/submit.h"

namespace holdfast::clussvc::doors {

namespace {

template <class AnOperation>
void operate(SessionState& state, std::uint64_t handle, ObjectKind kind, const char* what, const Reply& reply) {
  const auto object = state.object(handle, kind);
  if (!object) return reply.refuse(object.error());
  submit(state, AnOperation{object->id}, *object, std::string(what) + called(state.view(), *object), reply);
}

}  // namespace

void onlineResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  operate<OnlineResource>(state, request.handle(), ObjectKind::Resource, "asked to bring online ", reply);
}

void offlineResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  operate<OfflineResource>(state, request.handle(), ObjectKind::Resource, "asked to take offline ", reply);
}

void onlineGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  operate<OnlineGroup>(state, request.handle(), ObjectKind::Group, "asked to bring online ", reply);
}

void offlineGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  operate<OfflineGroup>(state, request.handle(), ObjectKind::Group, "asked to take offline ", reply);
}

void failResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  operate<FailResource>(state, request.handle(), ObjectKind::Resource, "asked to fail ", reply);
}

}  // namespace holdfast::clussvc::doors
