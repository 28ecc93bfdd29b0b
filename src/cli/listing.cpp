// list and show of every noun.
#include <clusapi.h>

#include "cli/commands.h"
#include "cli/property_list.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

using Colour = Output::Colour;

Colour colourOf(const std::string& state) {
  if (state == "Failed" || state == "Down" || state == "Unknown") return Colour::Bad;
  if (state == "Online" || state == "Up") return Colour::Good;
  if (state.ends_with("Pending") || state == "PartialOnline" || state == "Joining" || state == "Paused")
    return Colour::Busy;
  return Colour::None;
}

Cell stateCell(const Context& context, const std::string& state) {
  return context.output.coloured(colourOf(state), state);
}

/// A value of a property list by name, empty if it is not there.
std::string valueOf(const std::vector<Property>& properties, std::string_view name) {
  for (const auto& property : properties) {
    if (sameName(property.name, name)) return toText(property.value);
  }
  return {};
}

std::vector<Property> typeProperties(const Cluster& cluster, const std::string& name) {
  const std::string doing = "cannot read resource type \"" + name + "\"";
  std::vector<Property> properties;
  for (const DWORD code :
       {CLUSCTL_RESOURCE_TYPE_GET_RO_COMMON_PROPERTIES, CLUSCTL_RESOURCE_TYPE_GET_COMMON_PROPERTIES}) {
    auto part = parsePropertyList(cluster.typeControl(name, static_cast<DWORD>(code), {}, doing));
    if (!part) throw Failure{ERROR_INVALID_DATA, doing + ": its property list is malformed", kRefused};
    properties.insert(properties.end(), part->begin(), part->end());
  }
  return properties;
}

}  // namespace

void listNodes(Context& context) {
  const Cluster cluster;
  Table table{{"name", "state"}, {"NODE", "STATE"}, {}};
  for (const auto& node : cluster.nodes()) table.rows.push_back({node.name, stateCell(context, stateText(node.state))});
  context.output.table("nodes", table);
}

void showNode(Context& context, const std::string& name) {
  const Cluster cluster;
  const NodeHandle node = cluster.node(name);
  std::vector<std::string> groups;
  for (const auto& group : cluster.groups()) {
    if (sameName(group.owner, name)) groups.push_back(group.name);
  }
  context.output.record(
      "", {{"name", name}, {"state", std::string(stateText(GetClusterNodeState(node.get())))}, {"groups", groups}});
}

void listGroups(Context& context) {
  const Cluster cluster;
  Table table{{"name", "state", "owner", "resources"}, {"GROUP", "STATE", "OWNER", "RESOURCES"}, {}};
  for (const auto& group : cluster.groups()) {
    table.rows.push_back({group.name, stateCell(context, stateText(group.state)), group.owner, group.resources});
  }
  context.output.table("groups", table, table.rows.empty() ? "no groups yet: cluster group create NAME" : "");
}

void showGroup(Context& context, const std::string& name) {
  const Cluster cluster;
  const GroupRow group = cluster.groupRow(name);
  context.output.record("",
                        {{"name", group.name}, {"state", std::string(stateText(group.state))}, {"owner", group.owner}});
  Table table{{"name", "state", "type"}, {"RESOURCE", "STATE", "TYPE"}, {}};
  for (const auto& resource : group.resources) {
    const ResourceRow row = cluster.resourceRow(resource);
    table.rows.push_back({row.name, stateCell(context, stateText(row.state)), row.type});
  }
  context.output.table("resources", table);
}

void listResources(Context& context, const std::string& group) {
  const Cluster cluster;
  if (!group.empty()) cluster.group(group);  // an unknown name is refused, not shown as empty
  Table table{{"name", "state", "group", "type", "owner"}, {"RESOURCE", "STATE", "GROUP", "TYPE", "OWNER"}, {}};
  for (const auto& row : cluster.resources()) {
    if (!group.empty() && !sameName(row.group, group)) continue;
    table.rows.push_back({row.name, stateCell(context, stateText(row.state)), row.group, row.type, row.owner});
  }
  context.output.table("resources", table,
                       table.rows.empty() ? "no resources yet: cluster resource create NAME --group G --type T" : "");
}

void showResource(Context& context, const std::string& name) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name);
  const ResourceRow row = cluster.resourceRow(name);
  const Explained explained = explain(resource.get(), nullptr);
  context.output.record("", {{"name", row.name},
                             {"state", std::string(stateText(row.state))},
                             {"type", row.type},
                             {"group", row.group},
                             {"owner", row.owner},
                             {"needs", cluster.related(resource.get(), CLUSTER_RESOURCE_ENUM_DEPENDS)},
                             {"needed_by", cluster.related(resource.get(), CLUSTER_RESOURCE_ENUM_PROVIDES)},
                             {"now", explained.now},
                             {"next", explained.next}});
}

void listResourceTypes(Context& context) {
  const Cluster cluster;
  Table table{{"name", "dll"}, {"RESOURCE TYPE", "DLL"}, {}};
  for (const auto& name : cluster.names(CLUSTER_ENUM_RESTYPE)) {
    table.rows.push_back({name, valueOf(typeProperties(cluster, name), "DllName")});
  }
  context.output.table("resource_types", table,
                       table.rows.empty() ? "no resource types yet: cluster restype create NAME --dll FILE" : "");
}

void showResourceType(Context& context, const std::string& name) {
  const Cluster cluster;
  const auto properties = typeProperties(cluster, name);
  std::vector<std::string> users;
  for (const auto& row : cluster.resources()) {
    if (sameName(row.type, name)) users.push_back(row.name);
  }
  context.output.record("", {{"name", name},
                             {"display_name", valueOf(properties, "Name")},
                             {"dll", valueOf(properties, "DllName")},
                             {"resources", users}});
}

}  // namespace holdfast::cli
