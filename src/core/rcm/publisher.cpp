#include "core/rcm/publisher.h"

#include <utility>

#include "core/database/schema.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Value;

/// Sets what differs from the volatile tree. Values on their way are set once more, which is harmless.
void setIfNew(database::Batch& batch, const database::Key* key, const std::string& path, const char* name,
              std::uint32_t value) {
  if (key && key->dword(name) == value) return;
  batch.set(path, name, Value::dword(value));
}

}  // namespace

void Publisher::emit(database::Batch batch) {
  context_.effects->volatileChanges.push_back({std::move(batch), policy("state of a resource or group")});
}

void Publisher::resourceChanged(Resource& resource, std::uint32_t monitorPid) {
  const ResourceState now = shown(resource.state);
  const bool stateChanged = now != resource.counted;
  if (resource.group && (stateChanged || resource.topLevel() != resource.countedTop)) {
    resource.group->counts.remove(resource.counted, resource.countedTop);
    resource.counted = now;
    resource.countedTop = resource.topLevel();
    resource.group->counts.add(resource.counted, resource.countedTop);
  }
  if (resource.creating) return;
  const std::string path = schema::resourceKey(resource.id);
  const database::Key* key = context_.volatileTree.find(path);
  database::Batch batch;
  if (!key) batch.createKey(path);
  if (stateChanged || !key) {
    batch.set(path, std::string(schema::kState), Value::dword(static_cast<std::uint32_t>(now)));
  }
  setIfNew(batch, key, path, volatileValue::kMonitorProcessId, monitorPid);
  setIfNew(batch, key, path, volatileValue::kLastOperationStatusCode, resource.lastStatus);
  setIfNew(batch, key, path, volatileValue::kResourceSpecificData1, resource.resourceSpecific);
  if (!batch.commands.empty()) emit(std::move(batch));
  if (resource.group) groupChanged(*resource.group);
}

void Publisher::joined(Resource& resource) {
  resource.counted = shown(resource.state);
  resource.countedTop = resource.topLevel();
  resource.group->counts.add(resource.counted, resource.countedTop);
  groupChanged(*resource.group);
}

void Publisher::left(Resource& resource) {
  resource.group->counts.remove(resource.counted, resource.countedTop);
  groupChanged(*resource.group);
}

void Publisher::groupChanged(Group& group) {
  const GroupState now = group.counts.state();
  if (now == group.published) return;
  group.published = now;
  const std::string path = schema::groupKey(group.id);
  database::Batch batch;
  batch.createKey(path)
      .set(path, std::string(schema::kState), Value::dword(static_cast<std::uint32_t>(now)))
      .set(path, volatileValue::kStateSequence, Value::qword(++stateSequence_));
  emit(std::move(batch));
}

void Publisher::forgetResource(const ObjectId& id) {
  if (context_.volatileTree.find(schema::resourceKey(id))) emit(database::Batch{}.deleteKey(schema::resourceKey(id)));
}

void Publisher::forgetGroup(const ObjectId& id) {
  if (context_.volatileTree.find(schema::groupKey(id))) emit(database::Batch{}.deleteKey(schema::groupKey(id)));
}

}  // namespace holdfast::rcm
