// `cluster` alone: one screen, worst thing first.
#include <clusapi.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

using Colour = Output::Colour;

/// Smaller is worse.
int rank(CLUSTER_RESOURCE_STATE state) {
  switch (state) {
    case ClusterResourceFailed:
      return 0;
    case ClusterResourceStateUnknown:
      return 1;
    case ClusterResourceOnline:
      return 9;
    case ClusterResourceOffline:
      return 8;
    default:
      return 2;
  }
}

Colour colourOf(CLUSTER_RESOURCE_STATE state) {
  return rank(state) <= 1                 ? Colour::Bad
         : rank(state) == 2               ? Colour::Busy
         : state == ClusterResourceOnline ? Colour::Good
                                          : Colour::None;
}

Colour colourOf(CLUSTER_GROUP_STATE state) {
  if (state == ClusterGroupFailed || state == ClusterGroupStateUnknown) return Colour::Bad;
  if (state == ClusterGroupOnline) return Colour::Good;
  return state == ClusterGroupOffline ? Colour::None : Colour::Busy;
}

/// What needs somebody's eye: failed and waiting resources, each with its reason and what comes next.
Table troubles(Context& context, const Cluster& cluster, const std::vector<ResourceRow>& resources) {
  Table table{{"resource", "state", "now", "next"}, {"RESOURCE", "STATE", "WHY", "NEXT"}, {}};
  for (const auto& row : resources) {
    if (rank(row.state) >= 8) continue;
    const Explained explained = explain(cluster.resource(row.name).get(), nullptr);
    std::string next = explained.next;
    if (explained.nextIn && !context.output.json()) next += " (in " + durationText(explained.nextIn->count()) + ")";
    table.rows.push_back(
        {row.name, context.output.coloured(colourOf(row.state), stateText(row.state)), explained.now, next});
  }
  return table;
}

}  // namespace

void showStatus(Context& context) {
  const Cluster cluster;
  Output& output = context.output;
  auto resources = cluster.resources();
  std::stable_sort(resources.begin(), resources.end(),
                   [](const auto& a, const auto& b) { return rank(a.state) < rank(b.state); });
  const auto groups = cluster.groups();
  const auto nodes = cluster.nodes();

  std::string nodeText;
  Table nodeTable{{"name", "state"}, {}, {}};
  for (const auto& node : nodes) {
    nodeText += (nodeText.empty() ? "" : ", ") + node.name + " " +
                output.coloured(node.state == ClusterNodeUp ? Colour::Good : Colour::Bad, stateText(node.state));
    nodeTable.rows.push_back({node.name, std::string(stateText(node.state))});
  }
  output.line("cluster " + cluster.name() + "   " + nodeText);
  output.member("cluster", cluster.name());
  if (output.json()) output.table("nodes", nodeTable);

  const Table bad = troubles(context, cluster, resources);
  if (!bad.rows.empty() || output.json()) output.table("attention", bad, "\nneeds attention");

  Table table{{"name", "state", "owner", "resources"}, {"GROUP", "STATE", "OWNER", "RESOURCES"}, {}};
  for (const auto& group : groups) {
    std::vector<std::string> members;
    for (const auto& row : resources) {
      if (sameName(row.group, group.name))
        members.push_back(row.name + " " + output.coloured(colourOf(row.state), stateText(row.state)));
    }
    table.rows.push_back(
        {group.name, output.coloured(colourOf(group.state), stateText(group.state)), group.owner, members});
  }
  if (!table.rows.empty() || output.json()) output.table("groups", table, "\ngroups");

  if (groups.empty()) {
    output.line("\nnothing to keep online yet. To begin:");
    output.line("  cluster restype list                       what this cluster can keep online");
    output.line("  cluster group create NAME                  a group: the unit that is online together");
    output.line("  cluster resource create NAME --group G --type T");
  } else if (bad.rows.empty()) {
    output.line("\nall is well. `cluster --help` names the commands, `cluster events` tells what happened.");
  } else {
    output.line("\n`cluster explain NAME` tells why and what comes next.");
  }
}

}  // namespace holdfast::cli
