#include "core/rcm/object_properties.h"

#include <string>

#include "core/database/schema.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Value;

constexpr std::uint32_t kQuorumCapable = 1;  // CLUS_CHAR_QUORUM

}  // namespace

std::optional<properties::Subject> subjectOf(const Context& context, const ObjectRef& object) {
  switch (object.kind) {
    case ObjectKind::Cluster:
      return properties::Subject{object.kind, {}, context.durable.root().text(schema::kClusterName), {}, {}};
    case ObjectKind::Group:
      if (const Group* group = context.registry.group(object.id)) {
        return properties::Subject{object.kind, group->id, group->name, {}, schema::groupKey(group->id)};
      }
      break;
    case ObjectKind::Resource:
      if (const Resource* resource = context.registry.resource(object.id); resource && !resource->creating) {
        return properties::Subject{object.kind, resource->id, resource->name, resource->type,
                                   schema::resourceKey(resource->id)};
      }
      break;
    case ObjectKind::ResourceType:
      if (const database::TypeRecord* type = context.indexes.type(object.id)) {
        return properties::Subject{object.kind, type->name, type->name, {}, schema::resourceTypeKey(type->name)};
      }
      break;
    case ObjectKind::Node:
      if (const database::NodeRecord* node = context.indexes.node(object.id)) {
        return properties::Subject{object.kind, node->id, node->name, {}, schema::join(schema::kNodes, node->id)};
      }
      break;
  }
  return std::nullopt;
}

std::optional<Value> ObjectProperties::stored(std::string_view name) const {
  const database::Key* key = context_.durable.find(subject_.key);
  if (const Value* value = key ? key->value(name) : nullptr) return *value;
  // A resource without a persistent state of its own has its group's (CM §7).
  if (subject_.kind != ObjectKind::Resource || !database::sameName(name, schema::kPersistentState)) return std::nullopt;
  const Resource* resource = context_.registry.resource(subject_.id);
  if (!resource || !resource->group) return std::nullopt;
  const database::Key* group = context_.durable.find(schema::groupKey(resource->group->id));
  const Value* inherited = group ? group->value(name) : nullptr;
  return inherited ? std::optional(*inherited) : std::nullopt;
}

std::optional<Value> ObjectProperties::computed(std::string_view name) const {
  return subject_.kind == ObjectKind::Resource ? ofResource(name) : std::nullopt;
}

std::optional<Value> ObjectProperties::ofResource(std::string_view name) const {
  const Resource* resource = context_.registry.resource(subject_.id);
  if (!resource) return std::nullopt;
  if (name == "MonitorProcessId") return Value::dword(homes_.pid(*resource));
  if (name == "LastOperationStatusCode") return Value::qword(resource->lastStatus);
  if (name == "ResourceSpecificData1") return Value::qword(resource->resourceSpecific);
  if (name == "FailureInfo") return Value::dword(resource->failureStatus);
  if (name != "Characteristics") return std::nullopt;
  // CC §5: the quorum bit as the function table says, the others as the type says.
  const database::Key* type = context_.durable.find(schema::resourceTypeKey(resource->type));
  const std::uint32_t ofType = type ? type->dword(name).value_or(0) : 0;
  const bool quorum = resource->open() && resource->open()->quorumCapable;
  return Value::dword((ofType & ~kQuorumCapable) | (quorum ? kQuorumCapable : 0));
}

std::vector<std::pair<std::string, Value>> ObjectProperties::privateValues() const {
  const database::Key* key = context_.durable.find(schema::join(subject_.key, schema::kParameters));
  if (!key) return {};
  return {key->values().begin(), key->values().end()};
}

}  // namespace holdfast::rcm
