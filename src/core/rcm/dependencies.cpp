#include "core/rcm/dependencies.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/database/schema.h"
#include "core/properties/status.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;

Error sentence(std::uint32_t code, const Resource& dependent, std::string_view what, const Resource& provider,
               std::string advice = {}) {
  std::string subject = "resource \"" + dependent.name + "\" ";
  subject += what;
  return {code, subject + " \"" + provider.name + "\"", std::move(advice)};
}

std::vector<ObjectId> idsOf(const std::vector<Resource*>& resources) {
  std::vector<ObjectId> ids;
  for (const Resource* resource : resources) ids.push_back(resource->id);
  return ids;
}

bool exists(const Resource* resource) { return resource && !resource->creating; }

}  // namespace

bool closesCircle(const Resource& dependent, const Resource& provider) {
  std::deque<const Resource*> next{&provider};
  std::set<const Resource*> seen;
  while (!next.empty()) {
    const Resource* current = next.front();
    next.pop_front();
    if (current == &dependent) return true;
    if (!seen.insert(current).second) continue;
    next.insert(next.end(), current->providers.begin(), current->providers.end());
  }
  return false;
}

void Dependencies::enqueue(Change change) {
  waiting_.push_back(std::move(change));
  if (!busy_) next();
}

void Dependencies::next() {
  busy_ = !waiting_.empty();
  if (!busy_) return;
  const Change change = std::move(waiting_.front());
  waiting_.pop_front();
  change();
}

void Dependencies::finish(const Ask& ask, Error refusal) {
  answer(context_, ask, std::move(refusal));
  next();
}

void Dependencies::write(const Resource& dependent, std::vector<ObjectId> providers, const Ask& ask) {
  const std::string key = schema::resourceKey(dependent.id);
  database::Batch batch;
  batch.require(database::Command::Kind::ConditionKeyExists, key)
      .set(key, std::string(schema::kDependencies), database::Value::multiSz(std::move(providers)));
  proposals_.propose(std::move(batch), ask.cause, ask.id, [this, ask](const Result<std::uint64_t>& result) {
    answer(context_, ask, result);
    next();
  });
}

void Dependencies::add(const AddDependency& operation, const Ask& ask) {
  enqueue([this, operation, ask] { judgeAdd(operation, ask); });
}

void Dependencies::judgeAdd(const AddDependency& operation, const Ask& ask) {
  Resource* dependent = context_.registry.resource(operation.resource);
  Resource* provider = context_.registry.resource(operation.provider);
  if (!exists(dependent)) return finish(ask, noResource(operation.resource));
  if (!exists(provider)) return finish(ask, noResource(operation.provider));
  if (dependent->group != provider->group) {
    return finish(ask, sentence(status::kInvalidParameter, *dependent, "is in another group than", *provider,
                                "a dependency never leaves its group"));
  }
  if (closesCircle(*dependent, *provider)) {
    return finish(ask, sentence(status::kCircularDependency, *dependent, "is already needed by, or is itself,",
                                *provider, "a circle could never come online"));
  }
  if (std::ranges::find(dependent->providers, provider) != dependent->providers.end()) {
    return finish(ask, sentence(status::kDependencyAlreadyExists, *dependent, "already needs", *provider));
  }
  if (dependent->deleting || provider->deleting) {
    return finish(ask, beingDeleted(dependent->deleting ? dependent->name : provider->name));
  }
  if (std::holds_alternative<state::Online>(dependent->state) && !provider->ready) {
    return finish(ask, sentence(status::kResourceNotOnline, *dependent, "is Online, and not so", *provider,
                                "bring the provider online first"));
  }
  std::vector<ObjectId> providers = idsOf(dependent->providers);
  providers.push_back(provider->id);
  write(*dependent, std::move(providers), ask);
}

void Dependencies::remove(const RemoveDependency& operation, const Ask& ask) {
  enqueue([this, operation, ask] { judgeRemove(operation, ask); });
}

void Dependencies::judgeRemove(const RemoveDependency& operation, const Ask& ask) {
  Resource* dependent = context_.registry.resource(operation.resource);
  Resource* provider = context_.registry.resource(operation.provider);
  if (!exists(dependent)) return finish(ask, noResource(operation.resource));
  if (!exists(provider)) return finish(ask, noResource(operation.provider));
  std::vector<ObjectId> providers = idsOf(dependent->providers);
  if (std::erase(providers, provider->id) == 0) {
    return finish(ask, sentence(status::kDependencyNotFound, *dependent, "does not need", *provider));
  }
  write(*dependent, std::move(providers), ask);
}

}  // namespace holdfast::rcm
