#include "core/rcm/births_and_deaths.h"

#include <utility>

#include "core/database/schema.h"
#include "core/properties/payloads.h"
#include "core/properties/status.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Batch;
using database::Command;
using database::Value;

constexpr std::uint32_t kCoreFlag = 1;

}  // namespace

// --- creation --------------------------------------------------------------------------------------------------------

void BirthsAndDeaths::create(const CreateResource& operation, const Ask& ask) {
  if (!isName(operation.name) || operation.id.empty()) return answer(context_, ask, badName("resource"));
  const Group* group = context_.registry.group(operation.group);
  if (!group || reserved_.has(reservation("deleted group", group->id))) {
    return answer(context_, ask, noGroup(operation.group));
  }
  const database::TypeRecord* type = context_.indexes.type(operation.type);
  if (!type || reserved_.has(reservation("deleted type", type->name))) {
    return answer(context_, ask, noType(operation.type));
  }
  const std::string reservedName = reservation("resource", operation.name);
  if (context_.indexes.resource(operation.name) || context_.indexes.resource(operation.id) ||
      !reserved_.takes(reservedName)) {
    return answer(context_, ask, nameTaken("resource", operation.name));
  }
  const std::string key = schema::resourceKey(operation.id);
  Batch batch;
  batch.require(Command::Kind::ConditionKeyExists, schema::groupKey(group->id))
      .require(Command::Kind::ConditionKeyExists, schema::resourceTypeKey(type->name))
      .createKey(key)
      .set(key, std::string(schema::kName), Value::sz(operation.name))
      .set(key, std::string(schema::kType), Value::sz(type->name))
      .set(key, std::string(schema::kGroup), Value::sz(group->id))
      .set(key, std::string(schema::kCreating), Value::dword(1));
  if (operation.separateMonitor) batch.set(key, "SeparateMonitor", Value::dword(1));
  batch.createKey(schema::parametersKey(operation.id));
  // The request is done by the update that makes the resource visible; this one is only the way there.
  proposals_.propose(std::move(batch), ask.cause, RequestId{},
                     [this, id = operation.id, ask, reservedName](const Result<std::uint64_t>& result) {
                       if (result) return openCreated(id, ask, reservedName);
                       reserved_.release(reservedName);
                       answer(context_, ask, result);
                     });
}

void BirthsAndDeaths::openCreated(const ObjectId& id, const Ask& ask, const std::string& reservedName) {
  Resource* created = context_.registry.resource(id);
  if (!created) {
    reserved_.release(reservedName);
    return answer(context_, ask, noResource(id));
  }
  homes_.open(*created, [this, id, ask, reservedName](std::uint32_t openStatus) {
    if (openStatus == 0) return keepCreated(id, ask, reservedName);
    dropCreated(id, openStatus, ask, reservedName);
  });
}

void BirthsAndDeaths::keepCreated(const ObjectId& id, const Ask& ask, const std::string& reservedName) {
  Batch batch;
  batch.remove(schema::resourceKey(id), std::string(schema::kCreating));
  proposals_.propose(std::move(batch), ask.cause, ask.id,
                     [this, id, ask, reservedName](const Result<std::uint64_t>& result) {
                       reserved_.release(reservedName);
                       Resource* created = context_.registry.resource(id);
                       if (result && created) story_.tell(*created, {"created", "is created and opened"}, ask.cause);
                       answer(context_, ask, result, id);
                     });
}

void BirthsAndDeaths::dropCreated(const ObjectId& id, std::uint32_t openStatus, const Ask& ask,
                                  const std::string& reservedName) {
  // RA P-15: nothing is created, and the code is Open's own; 5017 where there was no monitor to say one.
  const bool lost = openStatus == status::kResmonInvalidState;
  const std::uint32_t code = lost ? status::kResmonCreateFailed : openStatus;
  proposals_.propose(
      Batch{}.deleteKey(schema::resourceKey(id)), ask.cause, RequestId{},
      [this, ask, reservedName, code, lost](const Result<std::uint64_t>& result) {
        reserved_.release(reservedName);
        if (!result) return answer(context_, ask, result);
        answer(context_, ask,
               {code, lost ? "its monitor could not be started, or ended while opening it" : "its Open failed",
                "look into the cluster log for what its DLL said"},
               *result);
      });
}

void BirthsAndDeaths::removeUnfinished() {
  for (const auto& [id, record] : context_.indexes.resources()) {
    if (!record.creating) continue;
    proposals_.propose(Batch{}.deleteKey(schema::resourceKey(id)), start("its creation was not finished"), RequestId{},
                       [](const Result<std::uint64_t>&) {});
  }
}

// --- deletion --------------------------------------------------------------------------------------------------------

void BirthsAndDeaths::remove(const DeleteResource& operation, const Ask& ask) {
  Resource* resource = context_.registry.resource(operation.resource);
  if (!resource || resource->creating) return answer(context_, ask, noResource(operation.resource));
  if (resource->deleting) return answer(context_, ask, beingDeleted(resource->name));
  const database::Key* key = context_.durable.find(schema::resourceKey(resource->id));
  if (key && (key->dword("Flags").value_or(0) & kCoreFlag) != 0) {
    return answer(context_, ask, {status::kCoreResource, "resource \"" + resource->name + "\" is a core resource", ""});
  }
  if (!resource->dependents.empty()) {
    return answer(context_, ask,
                  {status::kDependentResourceExists,
                   "resource \"" + resource->dependents.front()->name + "\" depends on \"" + resource->name + "\"",
                   "remove the dependency first"});
  }
  const bool down =
      std::holds_alternative<state::Offline>(resource->state) || std::holds_alternative<state::Failed>(resource->state);
  if (!down) {
    Error refused = wrongState(resource->name, shown(resource->state));
    refused.advice = "take it offline first";
    return answer(context_, ask, std::move(refused));
  }
  resource->deleting = true;
  resource->wanted = false;
  machine_.refresh(*resource);
  if (!resource->open()) return closeAndRemove(resource->id, ask);
  // CC-92, CC-93: told before it is closed, and whatever it answers.
  calls_.toResource(*resource, properties::code::kResourceDelete, {}, 0,
                    [this, id = resource->id, ask](const monitor::ControlDone&) { closeAndRemove(id, ask); });
}

void BirthsAndDeaths::closeAndRemove(const ObjectId& id, const Ask& ask) {
  Resource* resource = context_.registry.resource(id);
  if (!resource) return answer(context_, ask, noResource(id));
  homes_.close(*resource, [this, id, ask] { removeKey(id, ask); });
}

void BirthsAndDeaths::removeKey(const ObjectId& id, const Ask& ask) {
  const Resource* resource = context_.registry.resource(id);
  const std::string name = resource ? resource->name : id;
  proposals_.propose(Batch{}.deleteKey(schema::resourceKey(id)), ask.cause, ask.id,
                     [this, id, name, ask](const Result<std::uint64_t>& result) {
                       Resource* kept = context_.registry.resource(id);
                       if (!result && kept) {
                         kept->deleting = false;
                         machine_.openInBackground(*kept);
                       }
                       if (result) {
                         story_.tell(ObjectRef{ObjectKind::Resource, id},
                                     {"deleted", "resource \"" + name + "\" is deleted"}, ask.cause);
                       }
                       answer(context_, ask, result);
                     });
}

}  // namespace holdfast::rcm
