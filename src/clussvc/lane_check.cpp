#include "clussvc/lane_check.h"

#include "core/database/schema.h"
#include "core/database/tree.h"

namespace holdfast::clussvc {
namespace {

/// The DLL of a type, and whether each of its instances has a lane of its own.
struct TypeLanes {
  std::string dll;
  bool perInstance = false;
};

std::optional<TypeLanes> lanesOf(const core::ClusterView& view, const std::string& type) {
  const auto info = view.resourceType(type);
  if (!info) return std::nullopt;
  const database::Key* key = view.tree().find(database::schema::resourceTypeKey(info->name));
  return TypeLanes{info->dllName, key != nullptr && key->dword("DllConcurrency").value_or(0) == 1};
}

}  // namespace

bool needsHeldLane(const core::ClusterView& view, const ObjectId& caller, const ObjectRef& target,
                   const doors::DllContext& where) {
  if (where.lane.empty() || caller.empty()) return false;
  const auto self = view.resource(caller);
  if (!self) return false;
  const auto held = lanesOf(view, self->type);
  if (!held) return false;
  if (target.kind == ObjectKind::ResourceType) {
    const auto wanted = lanesOf(view, target.id);
    return wanted && wanted->dll == held->dll && !held->perInstance;
  }
  if (target.kind != ObjectKind::Resource) return false;
  const auto other = view.resource(target.id);
  if (!other) return false;
  if (other->id == self->id) return true;
  const auto wanted = lanesOf(view, other->type);
  const bool sameProcess = other->monitorPid != 0 && other->monitorPid == self->monitorPid;
  return wanted && sameProcess && wanted->dll == held->dll && !held->perInstance && !wanted->perInstance;
}

}  // namespace holdfast::clussvc
