// Typed views over the cluster database, kept up to date from each applied batch: the work is that of the objects
// touched.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/types.h"
#include "core/database/tree.h"
#include "core/database/value.h"

namespace holdfast::database {

struct GroupRecord {
  ObjectId id;
  std::string name;
  NodeId owner = 0;
};
struct ResourceRecord {
  ObjectId id;
  std::string name;
  ObjectId group;
  std::string type;
  std::vector<ObjectId> providers;
  bool creating = false;  ///< its first Open still runs: not shown to anybody yet
};
struct TypeRecord {
  std::string name;
  std::string displayName;
  std::string dllName;
};
struct NodeRecord {
  ObjectId id;
  std::string name;
};

class Indexes {
 public:
  using Ids = std::set<ObjectId>;
  template <class Record>
  using Table = std::map<ObjectId, Record, NameLess>;

  /// After `batch` (keys from the root) was applied to `tree`.
  void update(const Tree& tree, const Batch& batch);
  /// From nothing.
  void rebuild(const Tree& tree);

  const Table<GroupRecord>& groups() const { return groups_; }
  const Table<ResourceRecord>& resources() const { return resources_; }
  const Table<TypeRecord>& types() const { return types_; }
  const Table<NodeRecord>& nodes() const { return nodes_; }

  /// By id or by name; nullptr if there is none. Resources that are being created are found by id only.
  const GroupRecord* group(std::string_view idOrName) const;
  const ResourceRecord* resource(std::string_view idOrName) const;
  const TypeRecord* type(std::string_view name) const;
  const NodeRecord* node(std::string_view idOrName) const;

  const Ids& resourcesOfGroup(std::string_view group) const;
  const Ids& dependentsOf(std::string_view resource) const;
  const Ids& resourcesOfType(std::string_view type) const;
  const Ids& groupsOfOwner(NodeId node) const;

  bool operator==(const Indexes& other) const;

 private:
  void readGroup(const Tree& tree, std::string_view id);
  void readResource(const Tree& tree, std::string_view id);
  void readType(const Tree& tree, std::string_view name);
  void readNode(const Tree& tree, std::string_view id);
  void forgetGroup(std::string_view id);
  void forgetResource(std::string_view id);

  Table<GroupRecord> groups_;
  Table<ResourceRecord> resources_;
  Table<TypeRecord> types_;
  Table<NodeRecord> nodes_;
  std::map<std::string, ObjectId, NameLess> groupNames_, resourceNames_, nodeNames_;
  std::map<std::string, Ids, NameLess> byGroup_, byProvider_, byType_;
  std::map<NodeId, Ids> byOwner_;
};

}  // namespace holdfast::database
