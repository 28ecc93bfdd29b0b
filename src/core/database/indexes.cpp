#include "core/database/indexes.h"

#include <algorithm>

#include "core/database/schema.h"

namespace holdfast::database {
namespace {

const Indexes::Ids kNone;

const Indexes::Ids& idsAt(const std::map<std::string, Indexes::Ids, NameLess>& index, std::string_view key) {
  const auto found = index.find(key);
  return found == index.end() ? kNone : found->second;
}

void take(std::map<std::string, Indexes::Ids, NameLess>& index, std::string_view key, const ObjectId& id) {
  const auto found = index.find(key);
  if (found == index.end()) return;
  found->second.erase(id);
  if (found->second.empty()) index.erase(found);
}

/// The name index says who has a name now; an entry that meanwhile belongs to another object stays.
void takeName(std::map<std::string, ObjectId, NameLess>& names, const std::string& name, std::string_view id) {
  const auto found = names.find(name);
  if (found != names.end() && sameName(found->second, id)) names.erase(found);
}

template <class Record>
const Record* byIdOrName(const Indexes::Table<Record>& table, const std::map<std::string, ObjectId, NameLess>& names,
                         std::string_view idOrName) {
  auto found = table.find(idOrName);
  if (found == table.end()) {
    const auto name = names.find(idOrName);
    if (name != names.end()) found = table.find(name->second);
  }
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace

void Indexes::update(const Tree& tree, const Batch& batch) {
  std::set<std::string, NameLess> groups, resources, types, nodes;
  for (const auto& command : batch.commands) {
    const auto path = splitPath(command.key);
    if (path.empty()) continue;
    if (path.size() == 1) {
      // A whole branch came or went.
      if (command.kind == Command::Kind::DeleteKey) {
        rebuild(tree);
        return;
      }
      continue;
    }
    // Parameters are no object's common values.
    if (path.size() > 2) continue;
    if (sameName(path[0], schema::kGroups)) groups.emplace(path[1]);
    if (sameName(path[0], schema::kResources)) resources.emplace(path[1]);
    if (sameName(path[0], schema::kResourceTypes)) types.emplace(path[1]);
    if (sameName(path[0], schema::kNodes)) nodes.emplace(path[1]);
  }
  // First all that is gone or renamed, so that a name given on within one batch ends with its new holder.
  for (const auto& id : groups) forgetGroup(id);
  for (const auto& id : resources) forgetResource(id);
  for (const auto& id : groups) readGroup(tree, id);
  for (const auto& id : resources) readResource(tree, id);
  for (const auto& name : types) readType(tree, name);
  for (const auto& id : nodes) readNode(tree, id);
}

void Indexes::rebuild(const Tree& tree) {
  *this = Indexes();
  const auto each = [&](std::string_view top, auto&& read) {
    const Key* key = tree.find(top);
    if (!key) return;
    for (const auto& [name, child] : key->keys()) read(child->name());
  };
  each(schema::kGroups, [&](const std::string& id) { readGroup(tree, id); });
  each(schema::kResources, [&](const std::string& id) { readResource(tree, id); });
  each(schema::kResourceTypes, [&](const std::string& name) { readType(tree, name); });
  each(schema::kNodes, [&](const std::string& id) { readNode(tree, id); });
}

void Indexes::readGroup(const Tree& tree, std::string_view id) {
  const Key* key = tree.find(schema::groupKey(id));
  if (!key) return;
  const GroupRecord record{key->name(), key->text(schema::kName),
                           static_cast<NodeId>(key->dword(schema::kOwner).value_or(0))};
  groupNames_[record.name] = record.id;
  byOwner_[record.owner].insert(record.id);
  groups_[record.id] = record;
}

void Indexes::forgetGroup(std::string_view id) {
  const auto found = groups_.find(id);
  if (found == groups_.end()) return;
  takeName(groupNames_, found->second.name, id);
  auto& owned = byOwner_[found->second.owner];
  owned.erase(found->second.id);
  if (owned.empty()) byOwner_.erase(found->second.owner);
  groups_.erase(found);
}

void Indexes::readResource(const Tree& tree, std::string_view id) {
  const Key* key = tree.find(schema::resourceKey(id));
  if (!key) return;
  ResourceRecord record{key->name(),
                        key->text(schema::kName),
                        key->text(schema::kGroup),
                        key->text(schema::kType),
                        key->strings(schema::kDependencies),
                        key->dword(schema::kCreating).value_or(0) != 0};
  if (!record.creating) resourceNames_[record.name] = record.id;
  if (!record.creating) byGroup_[record.group].insert(record.id);
  byType_[record.type].insert(record.id);
  for (const auto& provider : record.providers) byProvider_[provider].insert(record.id);
  resources_[record.id] = std::move(record);
}

void Indexes::forgetResource(std::string_view id) {
  const auto found = resources_.find(id);
  if (found == resources_.end()) return;
  const ResourceRecord record = found->second;
  takeName(resourceNames_, record.name, id);
  take(byGroup_, record.group, record.id);
  take(byType_, record.type, record.id);
  for (const auto& provider : record.providers) take(byProvider_, provider, record.id);
  resources_.erase(found);
}

void Indexes::readType(const Tree& tree, std::string_view name) {
  const Key* key = tree.find(schema::resourceTypeKey(name));
  const auto found = types_.find(name);
  if (found != types_.end()) types_.erase(found);
  if (!key) return;
  types_[key->name()] = {key->name(), key->text(schema::kName), key->text(schema::kDllName)};
}

void Indexes::readNode(const Tree& tree, std::string_view id) {
  const auto found = nodes_.find(id);
  if (found != nodes_.end()) {
    takeName(nodeNames_, found->second.name, id);
    nodes_.erase(found);
  }
  const Key* key = tree.find(schema::join(schema::kNodes, id));
  if (!key) return;
  const NodeRecord record{key->name(), key->text("NodeName")};
  nodeNames_[record.name] = record.id;
  nodes_[record.id] = record;
}

const GroupRecord* Indexes::group(std::string_view idOrName) const {
  return byIdOrName(groups_, groupNames_, idOrName);
}
const ResourceRecord* Indexes::resource(std::string_view idOrName) const {
  return byIdOrName(resources_, resourceNames_, idOrName);
}
const NodeRecord* Indexes::node(std::string_view idOrName) const { return byIdOrName(nodes_, nodeNames_, idOrName); }
const TypeRecord* Indexes::type(std::string_view name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

const Indexes::Ids& Indexes::resourcesOfGroup(std::string_view group) const { return idsAt(byGroup_, group); }
const Indexes::Ids& Indexes::dependentsOf(std::string_view resource) const { return idsAt(byProvider_, resource); }
const Indexes::Ids& Indexes::resourcesOfType(std::string_view type) const { return idsAt(byType_, type); }
const Indexes::Ids& Indexes::groupsOfOwner(NodeId node) const {
  const auto found = byOwner_.find(node);
  return found == byOwner_.end() ? kNone : found->second;
}

bool Indexes::operator==(const Indexes& other) const {
  const auto sameTable = [](const auto& a, const auto& b, auto&& sameRecord) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) {
             return sameRecord(x.second, y.second);
           });
  };
  return sameTable(
             groups_, other.groups_,
             [](const auto& x, const auto& y) { return x.id == y.id && x.name == y.name && x.owner == y.owner; }) &&
         sameTable(resources_, other.resources_,
                   [](const auto& x, const auto& y) {
                     return x.id == y.id && x.name == y.name && x.group == y.group && x.type == y.type &&
                            x.providers == y.providers && x.creating == y.creating;
                   }) &&
         sameTable(types_, other.types_,
                   [](const auto& x, const auto& y) {
                     return x.name == y.name && x.displayName == y.displayName && x.dllName == y.dllName;
                   }) &&
         sameTable(nodes_, other.nodes_,
                   [](const auto& x, const auto& y) { return x.id == y.id && x.name == y.name; }) &&
         groupNames_ == other.groupNames_ && resourceNames_ == other.resourceNames_ && nodeNames_ == other.nodeNames_ &&
         byGroup_ == other.byGroup_ && byProvider_ == other.byProvider_ && byType_ == other.byType_ &&
         byOwner_ == other.byOwner_;
}

}  // namespace holdfast::database
