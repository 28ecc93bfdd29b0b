// Online, offline, fail.
#include <clusapi.h>

#include "cli/commands.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

void accept(DWORD status, const std::string& doing) {
  if (status != ERROR_SUCCESS && status != ERROR_IO_PENDING) refuse(status, doing);
}

void ended(Context& context, const std::string& what, const char* name, const char* state) {
  context.output.line(what + " \"" + name + "\" is " + (context.wait.wait ? state : "on its way (not waited for)"));
  context.output.member("state", std::string(context.wait.wait ? state : "Pending"));
}

}  // namespace

void onlineGroup(Context& context, const std::string& name) {
  const Cluster cluster;
  accept(OnlineClusterGroup(cluster.group(name).get(), nullptr), "cannot bring group \"" + name + "\" online");
  waitForGroup(cluster, context.wait, context.output, name, ClusterGroupOnline);
  ended(context, "group", name.c_str(), "Online");
}

void offlineGroup(Context& context, const std::string& name) {
  const Cluster cluster;
  accept(OfflineClusterGroup(cluster.group(name).get()), "cannot take group \"" + name + "\" offline");
  waitForGroup(cluster, context.wait, context.output, name, ClusterGroupOffline);
  ended(context, "group", name.c_str(), "Offline");
}

void onlineResource(Context& context, const std::string& name) {
  const Cluster cluster;
  accept(OnlineClusterResource(cluster.resource(name).get()), "cannot bring resource \"" + name + "\" online");
  waitForResource(cluster, context.wait, context.output, name, ClusterResourceOnline);
  ended(context, "resource", name.c_str(), "Online");
}

void offlineResource(Context& context, const std::string& name) {
  const Cluster cluster;
  accept(OfflineClusterResource(cluster.resource(name).get()), "cannot take resource \"" + name + "\" offline");
  waitForResource(cluster, context.wait, context.output, name, ClusterResourceOffline);
  ended(context, "resource", name.c_str(), "Offline");
}

void failResource(Context& context, const std::string& name) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name);
  accept(FailClusterResource(resource.get()), "cannot fail resource \"" + name + "\"");
  const Explained explained = explain(resource.get(), nullptr);
  context.output.line("resource \"" + name + "\" was failed as a test: " + explained.now);
  if (!explained.next.empty()) context.output.line("next: " + explained.next);
  context.output.member("now", explained.now);
  context.output.member("next", explained.next);
}

}  // namespace holdfast::cli
