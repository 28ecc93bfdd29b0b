#include "core/rcm/switching.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/database/schema.h"
#include "core/properties/status.h"
#include "core/rcm/settings.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Batch;
using database::Value;

std::optional<std::uint32_t> markOf(const database::Tree& tree, const std::string& key) {
  const database::Key* found = tree.find(key);
  return found ? found->dword(schema::kPersistentState) : std::nullopt;
}

void mark(Batch& batch, const database::Tree& tree, const std::string& key, std::uint32_t value) {
  if (markOf(tree, key) == value) return;
  batch.set(key, std::string(schema::kPersistentState), Value::dword(value));
}

bool isComing(const Resource& resource) {
  return std::holds_alternative<state::Starting>(resource.state) ||
         std::holds_alternative<state::Preparing>(resource.state);
}

/// The resource and those of its providers that must be started for it, providers first. Keeps its own stack: chains
/// may be long.
std::vector<ObjectId> toStartFor(const Resource& resource) {
  std::vector<ObjectId> order;
  std::set<const Resource*> seen{&resource};
  std::vector<std::pair<const Resource*, std::size_t>> stack{{&resource, 0}};
  while (!stack.empty()) {
    auto& [current, next] = stack.back();
    if (next == current->providers.size()) {
      order.push_back(current->id);
      stack.pop_back();
      continue;
    }
    const Resource* provider = current->providers[next++];
    if (!provider->ready && seen.insert(provider).second) stack.emplace_back(provider, 0);
  }
  return order;
}

std::string byWhom(const Ask& ask) { return ask.cause.actor.empty() ? "somebody" : ask.cause.actor; }

}  // namespace

Resource* Switching::find(const ObjectId& id, const Ask& ask) {
  Resource* resource = context_.registry.resource(id);
  if (!resource || resource->creating) {
    answer(context_, ask, noResource(id));
    return nullptr;
  }
  if (resource->deleting) {
    answer(context_, ask, beingDeleted(resource->name));
    return nullptr;
  }
  return resource;
}

// --- resources -------------------------------------------------------------------------------------------------------

void Switching::online(const OnlineResource& operation, const Ask& ask) {
  Resource* resource = find(operation.resource, ask);
  if (!resource) return;
  if (resource->ready) return answer(context_, ask);  // Online, and going to stay so
  // CM-180: the operation that runs counts for both; one that takes it down does not.
  if (isComing(*resource) && resource->wanted) return answer(context_, ask, pending());
  if (std::holds_alternative<state::Stopping>(resource->state)) {
    return answer(context_, ask, wrongState(resource->name, shown(resource->state)));
  }
  checkRequirements(std::make_shared<const std::vector<ObjectId>>(toStartFor(*resource)), 0, ask);
}

void Switching::checkRequirements(Ids toStart, std::size_t index, const Ask& ask) {
  // CM-176: judged for all that would have to start, before anything is marked or called.
  if (index == toStart->size()) return markAndStart(toStart, ask);
  Resource* resource = context_.registry.resource((*toStart)[index]);
  if (!resource) return checkRequirements(std::move(toStart), index + 1, ask);
  requirements_.check(
      *resource, [this, toStart, index, ask, name = resource->name](const std::optional<std::string>& missing) {
        if (!missing) return checkRequirements(toStart, index + 1, ask);
        answer(context_, ask,
               {status::kDependencyNotFound, "resource \"" + name + "\" needs " + *missing, "add the dependency"});
      });
}

void Switching::markAndStart(const Ids& toStart, const Ask& ask) {
  if (!context_.registry.resource(toStart->back())) return answer(context_, ask, noResource(toStart->back()));
  Batch batch;
  for (const ObjectId& id : *toStart) {
    if (context_.registry.resource(id)) mark(batch, context_.durable, schema::resourceKey(id), 1);
  }
  proposals_.propose(std::move(batch), ask.cause, ask.id, [this, toStart, ask](const Result<std::uint64_t>& result) {
    Resource* asked = context_.registry.resource(toStart->back());
    if (!result || !asked) return answer(context_, ask, result);
    asked->lead = 0;
    const std::uint64_t request =
        story_.tell(*asked, {"online-requested", "online asked for by " + byWhom(ask)}, ask.cause);
    for (const ObjectId& id : *toStart) {
      if (Resource* resource = context_.registry.resource(id)) machine_.startOnRequest(*resource, request);
    }
    answer(context_, ask, pending(), *result);
  });
}

void Switching::offline(const OfflineResource& operation, const Ask& ask) {
  Resource* resource = find(operation.resource, ask);
  if (!resource) return;
  // CM-38: a pending operation must end first.
  if (std::holds_alternative<state::Starting>(resource->state) ||
      std::holds_alternative<state::Stopping>(resource->state)) {
    return answer(context_, ask, wrongState(resource->name, shown(resource->state)));
  }
  Batch batch;
  const std::string key = schema::resourceKey(resource->id);
  const ObjectId group = resource->group ? resource->group->id : ObjectId{};
  if (resource->wanted || persistentlyOnline(context_.durable, resource->id, group)) {
    mark(batch, context_.durable, key, 0);
  }
  proposals_.propose(
      std::move(batch), ask.cause, ask.id, [this, id = resource->id, ask](const Result<std::uint64_t>& result) {
        Resource* asked = context_.registry.resource(id);
        if (!result || !asked) return answer(context_, ask, result);
        const bool running = std::holds_alternative<state::Online>(asked->state);
        const bool idle = std::holds_alternative<state::Offline>(asked->state) && !asked->wanted;
        if (!idle) {
          asked->lead = 0;
          const std::uint64_t request =
              story_.tell(*asked, {"offline-requested", "offline asked for by " + byWhom(ask)}, ask.cause);
          machine_.stopOnRequest(*asked, request);
        }
        answer(context_, ask, running ? pending() : Error{}, *result);
      });
}

void Switching::fail(const FailResource& operation, const Ask& ask) {
  Resource* resource = find(operation.resource, ask);
  if (!resource) return;
  if (std::holds_alternative<state::Stopping>(resource->state)) {
    return answer(context_, ask, wrongState(resource->name, shown(resource->state)));
  }
  const bool running = std::holds_alternative<state::Online>(resource->state) ||
                       std::holds_alternative<state::Starting>(resource->state);
  if (!running) {
    return answer(
        context_, ask,
        {status::kResourceNotOnline, "resource \"" + resource->name + "\" does not run", "bring it online first"});
  }
  Cause cause = ask.cause;
  cause.text = "a failure was asked for by " + byWhom(ask);
  machine_.failOnRequest(*resource, std::move(cause));
  answer(context_, ask);
}

// --- groups ----------------------------------------------------------------------------------------------------------

void Switching::online(const OnlineGroup& operation, const Ask& ask) {
  Group* group = context_.registry.group(operation.group);
  if (!group) return answer(context_, ask, noGroup(operation.group));
  Batch batch;
  mark(batch, context_.durable, schema::groupKey(group->id), 1);
  for (const auto& [id, resource] : group->resources) {
    // All of the group shall run: a resource's own "offline" of earlier gives way (docs/decisions.md, persistent
    // state).
    const std::string key = schema::resourceKey(id);
    if (markOf(context_.durable, key) == 0u) batch.remove(key, std::string(schema::kPersistentState));
  }
  proposals_.propose(
      std::move(batch), ask.cause, ask.id, [this, id = group->id, ask](const Result<std::uint64_t>& result) {
        Group* asked = context_.registry.group(id);
        if (!result || !asked) return answer(context_, ask, result);
        const std::uint64_t request = story_.tell(*asked,
                                                  {"online-requested", "online asked for by " + byWhom(ask),
                                                   ClusterEvent::Level::Information, event::kGroupOnlineRequested},
                                                  ask.cause);
        const bool done = std::ranges::all_of(asked->resources, [](const auto& entry) { return entry.second->ready; });
        for (const auto& [resourceId, resource] : asked->resources) {
          if (!resource->deleting) machine_.startOnRequest(*resource, request);
        }
        answer(context_, ask, done ? Error{} : pending(), *result);
      });
}

void Switching::offline(const OfflineGroup& operation, const Ask& ask) {
  Group* group = context_.registry.group(operation.group);
  if (!group) return answer(context_, ask, noGroup(operation.group));
  Batch batch;
  mark(batch, context_.durable, schema::groupKey(group->id), 0);
  for (const auto& [id, resource] : group->resources) {
    const std::string key = schema::resourceKey(id);
    if (markOf(context_.durable, key).value_or(0) != 0) batch.remove(key, std::string(schema::kPersistentState));
  }
  proposals_.propose(
      std::move(batch), ask.cause, ask.id, [this, id = group->id, ask](const Result<std::uint64_t>& result) {
        Group* asked = context_.registry.group(id);
        if (!result || !asked) return answer(context_, ask, result);
        const std::uint64_t request = story_.tell(*asked,
                                                  {"offline-requested", "offline asked for by " + byWhom(ask),
                                                   ClusterEvent::Level::Information, event::kGroupOfflineRequested},
                                                  ask.cause);
        bool running = false;
        for (const auto& [resourceId, resource] : asked->resources) {
          running = running || isUp(resource->state);
          machine_.stopOnRequest(*resource, request);
        }
        answer(context_, ask, running ? pending() : Error{}, *result);
      });
}

}  // namespace holdfast::rcm
