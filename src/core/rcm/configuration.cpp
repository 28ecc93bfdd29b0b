#include "core/rcm/configuration.h"

#include <utility>

#include "core/database/schema.h"
#include "core/properties/catalogue.h"
#include "core/properties/status.h"
#include "core/properties/text.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Batch;
using database::Command;
using database::Value;

constexpr std::size_t kMaxName_characters = 255;

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool inRange(std::string_view name, std::uint32_t value) {
  const properties::PropertyInfo* info = properties::find(ObjectKind::ResourceType, name);
  return properties::checkValue(*info, {properties::Format::Dword, value}) == 0;
}

}  // namespace

bool isName(std::string_view name) {
  return !name.empty() && name.find('\0') == std::string_view::npos && characters(name) <= kMaxName_characters;
}

std::string reservation(std::string_view kind, std::string_view name) {
  return std::string(kind) + ':' + properties::foldName(name);
}

void Configuration::propose(Batch batch, const Ask& ask, std::string reservedName, ObjectId created,
                            std::function<void()> after) {
  proposals_.propose(std::move(batch), ask.cause, ask.id,
                     [this, ask, reservedName = std::move(reservedName), created = std::move(created),
                      after = std::move(after)](const Result<std::uint64_t>& result) {
                       reserved_.release(reservedName);
                       if (result && after) after();
                       answer(context_, ask, result, created);
                     });
}

// --- groups ----------------------------------------------------------------------------------------------------------

void Configuration::create(const CreateGroup& operation, const Ask& ask) {
  if (!isName(operation.name) || operation.id.empty()) return answer(context_, ask, badName("group"));
  const std::string reservedName = reservation("group", operation.name);
  if (context_.indexes.group(operation.name) || context_.indexes.group(operation.id) ||
      !reserved_.takes(reservedName)) {
    return answer(context_, ask, nameTaken("group", operation.name));
  }
  const std::string key = schema::groupKey(operation.id);
  Batch batch;
  batch.createKey(key)
      .set(key, std::string(schema::kName), Value::sz(operation.name))
      .set(key, std::string(schema::kOwner), Value::dword(context_.config.node));
  propose(std::move(batch), ask, reservedName, operation.id, [this, id = operation.id, cause = ask.cause] {
    if (Group* group = context_.registry.group(id)) story_.tell(*group, {"created", "is created"}, cause);
  });
}

void Configuration::remove(const DeleteGroup& operation, const Ask& ask) {
  Group* group = context_.registry.group(operation.group);
  const std::string reservedName = reservation("deleted group", operation.group);
  if (!group || reserved_.has(reservedName)) return answer(context_, ask, noGroup(operation.group));
  if (!context_.indexes.resourcesOfGroup(group->id).empty()) {  // one that is being created counts too
    return answer(context_, ask,
                  {status::kDirNotEmpty, "group \"" + group->name + "\" still has resources", "delete them first"});
  }
  reserved_.takes(reservedName);
  propose(Batch{}.deleteKey(schema::groupKey(group->id)), ask, reservedName, {},
          [this, name = group->name, id = group->id, cause = ask.cause] {
            story_.tell(ObjectRef{ObjectKind::Group, id}, {"deleted", "group \"" + name + "\" is deleted"}, cause);
          });
}

void Configuration::rename(const RenameGroup& operation, const Ask& ask) {
  Group* group = context_.registry.group(operation.group);
  if (!group) return answer(context_, ask, noGroup(operation.group));
  if (!isName(operation.name)) return answer(context_, ask, badName("group"));
  const database::GroupRecord* other = context_.indexes.group(operation.name);
  const std::string reservedName = reservation("group", operation.name);
  if ((other && !database::sameName(other->id, group->id)) || !reserved_.takes(reservedName)) {
    return answer(context_, ask, nameTaken("group", operation.name));
  }
  const std::string key = schema::groupKey(group->id);
  propose(Batch{}
              .require(Command::Kind::ConditionKeyExists, key)
              .set(key, std::string(schema::kName), Value::sz(operation.name)),
          ask, reservedName, {}, {});
}

// --- resource types --------------------------------------------------------------------------------------------------

void Configuration::create(const CreateResourceType& operation, const Ask& ask) {
  // The registered name is the name of a key.
  if (!isName(operation.name) || operation.name.find(schema::kSeparator) != std::string::npos) {
    return answer(context_, ask, badName("resource type"));
  }
  if (operation.dllName.empty()) {
    return answer(context_, ask, {status::kInvalidParameter, "no DLL is named", "name the file of the resource DLL"});
  }
  if (!inRange("LooksAlivePollInterval", operation.looksAlive_ms) ||
      !inRange("IsAlivePollInterval", operation.isAlive_ms)) {
    return answer(context_, ask, {status::kInvalidData, "a poll interval of 0 is invalid", "use at least 1 ms"});
  }
  const std::string reservedName = reservation("type", operation.name);
  if (context_.indexes.type(operation.name) || !reserved_.takes(reservedName)) {
    return answer(context_, ask,
                  {status::kAlreadyExists, "a resource type named \"" + operation.name + "\" exists already",
                   "delete it first, or use it"});
  }
  const std::string key = schema::resourceTypeKey(operation.name);
  const std::string& display = operation.displayName.empty() ? operation.name : operation.displayName;
  Batch batch;
  batch.createKey(key)
      .set(key, std::string(schema::kName), Value::sz(display))
      .set(key, std::string(schema::kDllName), Value::sz(operation.dllName))
      .set(key, "LooksAlivePollInterval", Value::dword(operation.looksAlive_ms))
      .set(key, "IsAlivePollInterval", Value::dword(operation.isAlive_ms))
      .createKey(schema::join(key, schema::kParameters));
  propose(std::move(batch), ask, reservedName, operation.name, [this, name = operation.name, cause = ask.cause] {
    story_.tell(ObjectRef{ObjectKind::ResourceType, name}, {"created", "is registered"}, cause);
  });
}

void Configuration::remove(const DeleteResourceType& operation, const Ask& ask) {
  const database::TypeRecord* type = context_.indexes.type(operation.name);
  const std::string reservedName = reservation("deleted type", operation.name);
  if (!type || reserved_.has(reservedName)) return answer(context_, ask, noType(operation.name));
  if (!context_.indexes.resourcesOfType(type->name).empty()) {
    return answer(context_, ask,
                  {status::kResourceTypeBusy, "resources of type \"" + type->name + "\" exist", "delete them first"});
  }
  reserved_.takes(reservedName);
  propose(Batch{}.deleteKey(schema::resourceTypeKey(type->name)), ask, reservedName, {},
          [this, name = type->name, cause = ask.cause] {
            story_.tell(ObjectRef{ObjectKind::ResourceType, name}, {"deleted", "is no longer registered"}, cause);
          });
}

// --- names of resources ----------------------------------------------------------------------------------------------

void Configuration::rename(const RenameResource& operation, const Ask& ask) {
  Resource* resource = context_.registry.resource(operation.resource);
  if (!resource || resource->creating) return answer(context_, ask, noResource(operation.resource));
  if (resource->deleting) return answer(context_, ask, beingDeleted(resource->name));
  if (!isName(operation.name)) return answer(context_, ask, badName("resource"));
  const database::ResourceRecord* other = context_.indexes.resource(operation.name);
  const std::string reservedName = reservation("resource", operation.name);
  if ((other && !database::sameName(other->id, resource->id)) || !reserved_.takes(reservedName)) {
    return answer(context_, ask, nameTaken("resource", operation.name));
  }
  const std::string key = schema::resourceKey(resource->id);
  propose(Batch{}
              .require(Command::Kind::ConditionKeyExists, key)
              .set(key, std::string(schema::kName), Value::sz(operation.name)),
          ask, reservedName, {}, {});
}

}  // namespace holdfast::rcm
