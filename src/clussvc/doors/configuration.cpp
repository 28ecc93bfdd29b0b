// Calls that change which groups, resources and resource types there are.
#include "clussvc/doors/session_state.h"
#include "clussvc/doors/submit.h"

namespace holdfast::clussvc::doors {

namespace {

/// The answer of a call that created an object: a handle with full access, as the API's functions return it.
OnDone handleOf(ObjectKind kind, const ObjectId& id) {
  return
      [kind, id](SessionState& state, const Answer& answer) -> Result<std::unique_ptr<google::protobuf::MessageLite>> {
        const ObjectId made = answer.id.empty() ? id : answer.id;
        const auto handle = state.addHandle({ObjectRef{kind, made}, Access::All});
        if (!handle) return std::unexpected(handle.error());
        auto body = std::make_unique<calls::CreatedAnswer>();
        body->set_handle(*handle);
        body->set_id(made);
        return body;
      };
}

constexpr std::uint32_t kSeparateMonitor = 1;  // CLUSTER_RESOURCE_SEPARATE_MONITOR

}  // namespace

void createGroup(SessionState& state, const calls::CreateGroupRequest& request, const Reply& reply) {
  if (const auto cluster = state.object(request.cluster(), ObjectKind::Cluster); !cluster) {
    return reply.refuse(cluster.error());
  }
  if (const auto refusal = checkObjectName(request.name())) return reply.refuse(*refusal);
  if (const auto room = state.roomForHandle(); !room) return reply.refuse(room.error());
  const ObjectId id = state.service.newGuid();
  submit(state, CreateGroup{request.name(), id}, {ObjectKind::Group, id},
         "asked to create group \"" + request.name() + "\"", reply, handleOf(ObjectKind::Group, id));
}

void deleteGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto group = state.object(request.handle(), ObjectKind::Group);
  if (!group) return reply.refuse(group.error());
  submit(state, DeleteGroup{group->id}, *group, "asked to delete " + called(state.view(), *group), reply);
}

void renameGroup(SessionState& state, const calls::RenameRequest& request, const Reply& reply) {
  const auto group = state.object(request.handle(), ObjectKind::Group);
  if (!group) return reply.refuse(group.error());
  if (const auto refusal = checkObjectName(request.name())) return reply.refuse(*refusal);
  submit(state, RenameGroup{group->id, request.name()}, *group,
         "asked to rename " + called(state.view(), *group) + " to \"" + request.name() + "\"", reply);
}

void createResource(SessionState& state, const calls::CreateResourceRequest& request, const Reply& reply) {
  const auto group = state.object(request.group(), ObjectKind::Group);
  if (!group) return reply.refuse(group.error());
  if (const auto refusal = checkObjectName(request.name())) return reply.refuse(*refusal);
  if ((request.flags() & ~kSeparateMonitor) != 0) {
    return reply.refuse(kInvalidParameter, "unknown flags", "use 0, or 1 for a separate monitor");
  }
  if (const auto room = state.roomForHandle(); !room) return reply.refuse(room.error());
  const ObjectId id = state.service.newGuid();
  submit(state,
         CreateResource{group->id, request.name(), request.type(), (request.flags() & kSeparateMonitor) != 0, id},
         {ObjectKind::Resource, id},
         "asked to create resource \"" + request.name() + "\" in " + called(state.view(), *group), reply,
         handleOf(ObjectKind::Resource, id));
}

void deleteResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto resource = state.object(request.handle(), ObjectKind::Resource);
  if (!resource) return reply.refuse(resource.error());
  submit(state, DeleteResource{resource->id}, *resource, "asked to delete " + called(state.view(), *resource), reply);
}

void renameResource(SessionState& state, const calls::RenameRequest& request, const Reply& reply) {
  const auto resource = state.object(request.handle(), ObjectKind::Resource);
  if (!resource) return reply.refuse(resource.error());
  if (const auto refusal = checkObjectName(request.name())) return reply.refuse(*refusal);
  submit(state, RenameResource{resource->id, request.name()}, *resource,
         "asked to rename " + called(state.view(), *resource) + " to \"" + request.name() + "\"", reply);
}

void createResourceType(SessionState& state, const calls::CreateResourceTypeRequest& request, const Reply& reply) {
  if (const auto cluster = state.object(request.cluster(), ObjectKind::Cluster); !cluster) {
    return reply.refuse(cluster.error());
  }
  if (const auto refusal = checkObjectName(request.name())) return reply.refuse(*refusal);
  CreateResourceType operation;
  operation.name = request.name();
  operation.displayName = request.display_name();
  operation.dllName = request.dll_name();
  // 0 stands for the default, as CLUSTER_RESTYPE… callers pass it.
  if (request.looks_alive_ms() != 0) operation.looksAlive_ms = request.looks_alive_ms();
  if (request.is_alive_ms() != 0) operation.isAlive_ms = request.is_alive_ms();
  submit(state, std::move(operation), {ObjectKind::ResourceType, request.name()},
         "asked to register resource type \"" + request.name() + "\"", reply);
}

void deleteResourceType(SessionState& state, const calls::DeleteResourceTypeRequest& request, const Reply& reply) {
  if (const auto cluster = state.object(request.cluster(), ObjectKind::Cluster); !cluster) {
    return reply.refuse(cluster.error());
  }
  submit(state, DeleteResourceType{request.name()}, {ObjectKind::ResourceType, request.name()},
         "asked to delete resource type \"" + request.name() + "\"", reply);
}

}  // namespace holdfast::clussvc::doors
