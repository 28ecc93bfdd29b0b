#include "core/rcm/model.h"

namespace holdfast::rcm {
namespace {

template <class T>
T& add(Registry::Table<T>& table, const ObjectId& id) {
  auto& slot = table[id];
  if (!slot) {
    slot = std::make_unique<T>();
    slot->id = id;
  }
  return *slot;
}

}  // namespace

const Resource* firstNotReady(const Resource& resource) {
  for (const Resource* provider : resource.providers) {
    if (!provider->ready) return provider;
  }
  return nullptr;
}

Resource& Registry::addResource(const ObjectId& id) { return add(resources_, id); }

Group& Registry::addGroup(const ObjectId& id) { return add(groups_, id); }

}  // namespace holdfast::rcm
