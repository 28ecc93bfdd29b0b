// Control codes: what the service decides before anybody is asked (CC §2, steps 1 to 7).
#include <cstdio>

#include "clussvc/doors/session_state.h"
#include "clussvc/doors/submit.h"
#include "core/properties/payloads.h"

namespace holdfast::clussvc::doors {

namespace {

constexpr std::uint32_t kInternal = 0x00100000;  // of the code word (CC §1)

/// System codes whose word names another object than the function that takes them (CC §9, §10.3).
bool isForeignButTaken(std::uint32_t code, ObjectKind kind) {
  if (kind == ObjectKind::ResourceType) return code == 0x01000229;                 // STORAGE_IS_CSV_FILE
  if (kind == ObjectKind::Group) return code == 0x08002D7D || code == 0x08002D81;  // GET_PROVIDER_GROUPS, …GROUPSETS
  return false;
}

/// SET_ and VALIDATE_ of common and private properties, of every object.
bool takesPropertyList(std::uint32_t code) {
  switch (code & 0x00FFFFFF) {
    case 0x40005E:
    case 0x000061:
    case 0x400086:
    case 0x000089:
      return true;
    default:
      return false;
  }
}

Result<ObjectRef> targetOf(SessionState& state, const calls::ControlRequest& request) {
  const auto* object = state.handles.find<ObjectRef>(request.handle());
  if (!object) return fail(kInvalidHandle, "the handle is not one of an object");
  if (request.resource_type().empty()) return *object;
  if (object->kind != ObjectKind::Cluster)
    return fail(kInvalidHandle, "resource types are asked with the cluster's handle");
  const auto type = state.view().resourceType(request.resource_type());
  if (!type) return fail(kResourceTypeNotFound, "there is no resource type \"" + request.resource_type() + "\"");
  return ObjectRef{ObjectKind::ResourceType, type->name};
}

/// CC §7: bit 22 decides, on the object's handle and on the host's.
std::optional<Error> checkAccess(SessionState& state, const calls::ControlRequest& request, const ObjectRef& target) {
  const bool modifies = properties::isModifyingCode(request.code());
  const auto lacks = [&](std::uint64_t handle) {
    return modifies && state.handles.find(handle)->granted != Access::All;
  };
  const Error denied{kAccessDenied, "the code changes something and the handle has read access only",
                     "open the object with GENERIC_ALL"};
  if (lacks(request.handle())) return denied;
  if (request.host_node() == 0) return std::nullopt;
  const auto host = state.object(request.host_node(), ObjectKind::Node);
  if (!host) return host.error();
  if (lacks(request.host_node())) return denied;
  if (target.kind != ObjectKind::Resource) return std::nullopt;
  const auto resource = state.view().resource(target.id);
  if (resource && std::to_string(resource->owner) != host->id) {
    return Error{kHostNodeNotResourceOwner,
                 "node \"" + nameOf(state.view(), *host) + "\" does not own resource \"" + resource->name + "\"",
                 "leave the host out, or name the owner"};
  }
  return std::nullopt;
}

std::optional<Error> checkCode(const calls::ControlRequest& request, ObjectKind kind) {
  const std::uint32_t code = request.code();
  if (request.null_input() && takesPropertyList(code)) {
    return Error{kBadStubData, "there is no property list", "pass one, an empty list is a count of 0"};
  }
  if (request.output_capacity() > kControlBuffer_bytes) {
    return Error{kInvalidParameter, "the output buffer is larger than 16 MiB", "use a smaller one"};
  }
  // CC-21: internal codes go from the service to DLLs only.
  if ((code & kInternal) != 0) return Error{kInvalidFunction, "the code is internal to the cluster", {}};
  if (code >> 24 != properties::objectNumber(kind) && !properties::isUserCode(code) && !isForeignButTaken(code, kind)) {
    return Error{kInvalidFunction, "the code belongs to another kind of object", {}};
  }
  return std::nullopt;
}

}  // namespace

void control(SessionState& state, const calls::ControlRequest& request, const Reply& reply) {
  const auto target = targetOf(state, request);
  if (!target) return reply.refuse(target.error());
  if (const auto refusal = checkCode(request, target->kind)) return reply.refuse(*refusal);
  if (const auto refusal = checkAccess(state, request, *target)) return reply.refuse(*refusal);

  Control operation;
  operation.object = *target;
  operation.code = request.code();
  operation.input.assign(request.input().begin(), request.input().end());
  operation.outputCapacity_bytes = request.output_capacity();
  char word[16];
  std::snprintf(word, sizeof word, "0x%08X", request.code());
  state.service.submit(
      std::move(operation),
      state.cause(*target, std::string("sent control code ") + word + " to " + called(state.view(), *target)),
      [reply](const Answer& answer) {
        calls::ControlAnswer body;
        body.set_output(answer.output.data(), answer.output.size());
        body.set_bytes_returned(answer.bytesReturned);
        reply.with(answer.status, &body, answer.tag);
      });
}

}  // namespace holdfast::clussvc::doors
