#include "core/node_view.h"

#include <algorithm>

#include "core/database/schema.h"

namespace holdfast::core {
namespace {

template <class Info>
std::vector<Info> sortedByName(std::vector<Info> infos) {
  std::sort(infos.begin(), infos.end(),
            [](const Info& a, const Info& b) { return database::NameLess()(a.name, b.name); });
  return infos;
}

}  // namespace

ClusterInfo NodeView::cluster() const {
  const database::Key& root = tree_.root();
  return {root.text(database::schema::kClusterName), root.text(database::schema::kClusterInstanceId), gum_.active(),
          gum_.log().applied()};
}

NodeInfo NodeView::info(const database::NodeRecord& record) const {
  const bool here = record.id == std::to_string(self_);
  return {record.id, record.name, here && gum_.active() ? NodeState::Up : here ? NodeState::Joining : NodeState::Down};
}

GroupInfo NodeView::info(const database::GroupRecord& record) const {
  const auto& resources = indexes_.resourcesOfGroup(record.id);
  return {record.id, record.name, rcm_.groupState(record.id), record.owner, {resources.begin(), resources.end()}};
}

ResourceInfo NodeView::info(const database::ResourceRecord& record) const {
  const database::GroupRecord* group = indexes_.group(record.group);
  const auto& dependents = indexes_.dependentsOf(record.id);
  ResourceInfo info;
  info.id = record.id;
  info.name = record.name;
  info.group = record.group;
  info.type = record.type;
  info.state = rcm_.resourceState(record.id);
  info.owner = group ? group->owner : NodeId{0};
  info.providers = record.providers;
  info.dependents.assign(dependents.begin(), dependents.end());
  info.monitorPid = rcm_.monitorPid(record.id);
  info.lastStatus = rcm_.lastStatus(record.id);
  info.resourceSpecific = rcm_.resourceSpecific(record.id);
  return info;
}

std::vector<NodeInfo> NodeView::nodes() const {
  std::vector<NodeInfo> infos;
  for (const auto& [id, record] : indexes_.nodes()) infos.push_back(info(record));
  return sortedByName(std::move(infos));
}

std::vector<GroupInfo> NodeView::groups() const {
  std::vector<GroupInfo> infos;
  for (const auto& [id, record] : indexes_.groups()) infos.push_back(info(record));
  return sortedByName(std::move(infos));
}

std::vector<ResourceInfo> NodeView::resources() const {
  std::vector<ResourceInfo> infos;
  for (const auto& [id, record] : indexes_.resources()) {
    if (!record.creating) infos.push_back(info(record));
  }
  return sortedByName(std::move(infos));
}

std::vector<ResourceTypeInfo> NodeView::resourceTypes() const {
  std::vector<ResourceTypeInfo> infos;
  for (const auto& [name, record] : indexes_.types())
    infos.push_back({record.name, record.displayName, record.dllName});
  return sortedByName(std::move(infos));
}

std::optional<NodeInfo> NodeView::node(std::string_view idOrName) const {
  const auto* record = indexes_.node(idOrName);
  return record ? std::optional(info(*record)) : std::nullopt;
}

std::optional<GroupInfo> NodeView::group(std::string_view idOrName) const {
  const auto* record = indexes_.group(idOrName);
  return record ? std::optional(info(*record)) : std::nullopt;
}

std::optional<ResourceInfo> NodeView::resource(std::string_view idOrName) const {
  // One that is being created is found by id: its own DLL may ask for it from Open.
  const auto* record = indexes_.resource(idOrName);
  return record ? std::optional(info(*record)) : std::nullopt;
}

std::optional<ResourceTypeInfo> NodeView::resourceType(std::string_view name) const {
  const auto* record = indexes_.type(name);
  return record ? std::optional(ResourceTypeInfo{record->name, record->displayName, record->dllName}) : std::nullopt;
}

}  // namespace holdfast::core
