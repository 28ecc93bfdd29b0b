#include "core/rcm/mirror.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/database/schema.h"
#include "core/properties/catalogue.h"
#include "core/properties/list_reader.h"
#include "core/properties/payloads.h"
#include "core/properties/text.h"
#include "core/rcm/changes.h"
#include "core/rcm/settings.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;

Bytes nativeSz(const std::string& text) {
  Bytes out;
  properties::appendSz(out, text, properties::Width::Native);
  return out;
}

bool namesSetting(const Touched::Object& touched) {
  return touched.values.contains("LooksAlivePollInterval") || touched.values.contains("IsAlivePollInterval") ||
         touched.values.contains("PendingTimeout") || touched.values.contains("DeadlockTimeout");
}

}  // namespace

// --- ways in ---------------------------------------------------------------------------------------------------------

void Mirror::load() {
  loading_ = true;
  for (const auto& [id, record] : context_.indexes.groups()) group(id, {});
  for (const auto& [id, record] : context_.indexes.resources()) {
    if (!context_.registry.resource(id)) appear(record);
  }
  for (const auto& [id, record] : context_.indexes.resources()) {
    Resource* found = context_.registry.resource(id);
    if (found && !record.creating) relate(*found, record);
  }
  loading_ = false;
}

void Mirror::onApplied(const database::Batch& batch) {
  Touched touched = touchedBy(batch);
  if (touched.everything) {
    for (const auto& [id, known] : context_.registry.resources()) touched.resources[id];
    for (const auto& [id, known] : context_.registry.groups()) touched.groups[id];
  }
  for (const auto& [id, object] : touched.groups) group(id, object);
  for (const auto& [id, object] : touched.resources) resource(id, object);
  for (const auto& [id, object] : touched.types) type(id, object);
  for (const auto& [id, object] : touched.nodes) {
    const database::NodeRecord* record = context_.indexes.node(id);
    propertiesOf({ObjectKind::Node, id}, record ? record->name : id, object, change::node::kCommonProperty,
                 change::node::kPrivateProperty);
  }
  propertiesOf({ObjectKind::Cluster, {}}, context_.durable.root().text(schema::kClusterName), touched.cluster,
               change::cluster::kCommonProperty, change::cluster::kPrivateProperty);
}

void Mirror::onVolatileApplied(const database::Batch& batch) {
  for (const database::Command& command : batch.commands) {
    if (command.kind != database::Command::Kind::SetValue || command.name != schema::kState) continue;
    const auto* state = std::get_if<std::uint32_t>(&command.value.data);
    const auto path = database::splitPath(command.key);
    if (!state || path.size() != 2) continue;
    Bytes payload;
    properties::appendDword(payload, *state);
    if (const Resource* found = context_.registry.resource(path[1]); found && path[0] == schema::kResources) {
      notify(*found, change::resource::kState, std::move(payload));
    } else if (const Group* group = context_.registry.group(path[1]); group && path[0] == schema::kGroups) {
      notify(ObjectKind::Group, change::group::kState, group->id, group->name, {}, {}, std::move(payload));
    }
  }
}

// --- groups and types ------------------------------------------------------------------------------------------------

void Mirror::group(const ObjectId& id, const Touched::Object& touched) {
  const auto record = context_.indexes.groups().find(id);
  Group* known = context_.registry.group(id);
  if (record == context_.indexes.groups().end()) {
    if (!known) return;
    const std::vector<std::pair<ObjectId, Resource*>> orphans(known->resources.begin(), known->resources.end());
    for (const auto& [resourceId, orphan] : orphans) moveTo(*orphan, nullptr);
    notify(ObjectKind::Group, change::group::kDeleted, known->id, known->name);
    publisher_.forgetGroup(known->id);
    context_.registry.eraseGroup(id);
    return;
  }
  if (!known) {
    Group& added = context_.registry.addGroup(record->first);
    added.name = record->second.name;
    publisher_.groupChanged(added);
    if (loading_) return;
    notify(ObjectKind::Cluster, change::cluster::kGroupAdded, added.id, added.name);
    return;
  }
  known->name = record->second.name;
  propertiesOf({ObjectKind::Group, known->id}, known->name, touched, change::group::kCommonProperty,
               change::group::kPrivateProperty);
}

void Mirror::type(const ObjectId& id, const Touched::Object& touched) {
  const database::TypeRecord* record = context_.indexes.type(id);
  if (!record) return notify(ObjectKind::ResourceType, change::type::kDeleted, id, id);
  if (touched.values.contains(schema::kDllName)) {  // written once, when the type is created
    notify(ObjectKind::Cluster, change::cluster::kResourceTypeAdded, record->name, record->name);
    return;
  }
  propertiesOf({ObjectKind::ResourceType, record->name}, record->name, touched, change::type::kCommonProperty,
               change::type::kPrivateProperty);
  if (!namesSetting(touched)) return;
  for (const ObjectId& resourceId : context_.indexes.resourcesOfType(record->name)) {
    if (Resource* found = context_.registry.resource(resourceId)) pushSettings(*found);
  }
}

void Mirror::propertiesOf(const ObjectRef& object, const std::string& name, const Touched::Object& touched,
                          std::uint64_t common, std::uint64_t own) {
  if (loading_) return;
  const bool named = std::ranges::any_of(touched.values, [&](const std::string& value) {
    return properties::find(object.kind, value) != nullptr || database::sameName(value, schema::kName);
  });
  if (named) notify(object.kind, common, object.id, name);
  if (touched.parameters) notify(object.kind, own, object.id, name);
}

// --- resources -------------------------------------------------------------------------------------------------------

void Mirror::resource(const ObjectId& id, const Touched::Object& touched) {
  const auto record = context_.indexes.resources().find(id);
  Resource* known = context_.registry.resource(id);
  if (record == context_.indexes.resources().end()) {
    if (known) vanish(*known);
    return;
  }
  if (!known) return appear(record->second);
  update(*known, record->second, touched);
}

void Mirror::appear(const database::ResourceRecord& record) {
  Resource& added = context_.registry.addResource(record.id);
  added.name = record.name;
  added.type = record.type;
  added.creating = record.creating;
  if (record.creating) return;
  becomeVisible(added, record);
  // Written into the database by hand: opened like one that was there at the start.
  if (!loading_ && context_.adopted) machine_.openInBackground(added);
}

void Mirror::becomeVisible(Resource& resource, const database::ResourceRecord& record) {
  resource.creating = false;
  resource.wanted = persistentlyOnline(context_.durable, record.id, record.group) && loading_;
  moveTo(resource, context_.registry.group(record.group));
  machine_.refresh(resource);
  if (loading_) return;
  relate(resource, record);
  notify(ObjectKind::Group, change::group::kResourceAdded, resource.id, resource.name, record.group, resource.type);
}

void Mirror::vanish(Resource& resource) {
  resource.deleting = true;
  resource.wanted = false;
  machine_.forget(resource);
  const std::vector<Resource*> providers = resource.providers;
  for (Resource* provider : providers) machine_.removeRelation(resource, *provider);
  const std::vector<Resource*> dependents = resource.dependents;
  for (Resource* dependent : dependents) machine_.removeRelation(*dependent, resource);
  if (!resource.creating) notify(resource, change::resource::kDeleted);
  moveTo(resource, nullptr);
  publisher_.forgetResource(resource.id);
  homes_.close(resource, [this, id = resource.id] { context_.registry.eraseResource(id); });
}

void Mirror::update(Resource& resource, const database::ResourceRecord& record, const Touched::Object& touched) {
  if (resource.creating) {
    if (!record.creating) becomeVisible(resource, record);
    return;
  }
  if (resource.name != record.name) rename(resource, record.name);
  Group* group = context_.registry.group(record.group);
  if (resource.group != group) {
    moveTo(resource, group);
    notify(resource, change::resource::kOwnerGroup);
  }
  relate(resource, record);
  if (namesSetting(touched)) pushSettings(resource);
  if (touched.values.contains("SeparateMonitor")) machine_.rehome(resource);
  machine_.touch(resource);
  const bool common = std::ranges::any_of(touched.values, [](const std::string& value) {
    return properties::find(ObjectKind::Resource, value) != nullptr;
  });
  if (common) notify(resource, change::resource::kCommonProperty);
  if (touched.parameters) notify(resource, change::resource::kPrivateProperty);
}

void Mirror::moveTo(Resource& resource, Group* group) {
  if (resource.group == group) return;
  if (resource.group) {
    resource.group->resources.erase(resource.id);
    publisher_.left(resource);
    if (group) {
      notify(ObjectKind::Group, change::group::kResourceLost, resource.id, resource.name, resource.group->id);
      notify(ObjectKind::Group, change::group::kResourceGained, resource.id, resource.name, group->id);
    }
  }
  resource.group = group;
  if (!group) return;
  group->resources[resource.id] = &resource;
  publisher_.joined(resource);
}

void Mirror::rename(Resource& resource, const std::string& name) {
  resource.name = name;
  const home::Open* open = resource.open();
  if (!open) return;
  monitors_.send(*monitors_.find(open->monitor), monitor::Rename{open->instance, name});
  // CC-96: the database shows the new name by now.
  calls_.notify(resource, properties::code::kResourceSetName, nativeSz(name));
}

void Mirror::relate(Resource& resource, const database::ResourceRecord& record) {
  std::vector<Resource*> wanted;
  for (const ObjectId& id : record.providers) {
    Resource* provider = context_.registry.resource(id);
    if (provider && provider != &resource && std::ranges::find(wanted, provider) == wanted.end()) {
      wanted.push_back(provider);
    }
  }
  bool changed = false;
  const std::vector<Resource*> before = resource.providers;
  for (Resource* provider : before) {
    if (std::ranges::find(wanted, provider) != wanted.end()) continue;
    machine_.removeRelation(resource, *provider);
    calls_.notify(resource, properties::code::kResourceRemoveDependency, nativeSz(provider->name));
    notify(*provider, change::resource::kDependents);
    changed = true;
  }
  for (Resource* provider : wanted) {
    if (std::ranges::find(before, provider) != before.end()) continue;
    machine_.addRelation(resource, *provider);
    changed = true;
    if (loading_) continue;
    calls_.notify(resource, properties::code::kResourceAddDependency, nativeSz(provider->name));
    notify(*provider, change::resource::kDependents);
  }
  if (changed && !loading_) notify(resource, change::resource::kDependencies);
}

void Mirror::pushSettings(Resource& resource) {
  const home::Open* open = resource.open();
  if (!open) return;
  monitors_.send(
      *monitors_.find(open->monitor),
      monitor::ChangeSettings{open->instance, effectiveSettings(context_.durable, resource.id, resource.type)});
}

// --- ports -----------------------------------------------------------------------------------------------------------

void Mirror::notify(const Resource& resource, std::uint64_t filter, Bytes payload) {
  notify(ObjectKind::Resource, filter, resource.id, resource.name, resource.group ? resource.group->id : ObjectId{},
         resource.type, std::move(payload));
}

void Mirror::notify(ObjectKind kind, std::uint64_t filter, const ObjectId& id, const std::string& name,
                    const ObjectId& parent, const std::string& typeName, Bytes payload) {
  context_.effects->notifications.push_back({kind, filter, id, name, parent, typeName, std::move(payload)});
}

}  // namespace holdfast::rcm
