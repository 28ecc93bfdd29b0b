// Create, delete, rename, dependencies.
#include <clusapi.h>

#include "cli/commands.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

void require(DWORD status, const std::string& doing) {
  if (status != ERROR_SUCCESS) refuse(status, doing);
}

void done(Context& context, const std::string& what) {
  context.output.line(what);
  context.output.member("done", true);
}

}  // namespace

void createGroup(Context& context, const std::string& name) {
  const Cluster cluster;
  const GroupHandle group(CreateClusterGroup(cluster.handle(), widen(name).c_str()));
  if (!group.get()) refuse(GetLastError(), quoted("cannot create group", name));
  done(context, quoted("created group", name));
}

void deleteGroup(Context& context, const std::string& name) {
  const Cluster cluster;
  const GroupHandle group = cluster.group(name);
  require(DeleteClusterGroup(group.get()), quoted("cannot delete group", name));
  done(context, quoted("deleted group", name));
}

void renameGroup(Context& context, const std::string& name, const std::string& newName) {
  const Cluster cluster;
  const GroupHandle group = cluster.group(name);
  require(SetClusterGroupName(group.get(), widen(newName).c_str()), quoted("cannot rename group", name));
  done(context, quoted("renamed group", name) + quoted(" to", newName));
}

void createResource(Context& context, const NewResource& wanted) {
  const Cluster cluster;
  const GroupHandle group = cluster.group(wanted.group);
  const ResourceHandle resource(CreateClusterResource(
      group.get(), widen(wanted.name).c_str(), widen(wanted.type).c_str(),
      wanted.separateMonitor ? CLUSTER_RESOURCE_SEPARATE_MONITOR : CLUSTER_RESOURCE_DEFAULT_MONITOR));
  if (!resource.get()) refuse(GetLastError(), quoted("cannot create resource", wanted.name));
  try {
    if (!wanted.privateProperties.empty())
      setProperties(context, Noun::Resource, wanted.name, true, wanted.privateProperties);
    for (const auto& provider : wanted.providers) {
      const ResourceHandle opened = cluster.resource(provider);
      require(AddClusterResourceDependency(resource.get(), opened.get()), quoted("cannot make it depend on", provider));
    }
  } catch (const Failure&) {
    // Refused whole: a resource half made is not what was asked for.
    DeleteClusterResource(resource.get());
    throw;
  }
  done(context, quoted("created resource", wanted.name) + quoted(" in group", wanted.group));
}

void deleteResource(Context& context, const std::string& name) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name);
  require(DeleteClusterResource(resource.get()), quoted("cannot delete resource", name));
  done(context, quoted("deleted resource", name));
}

void renameResource(Context& context, const std::string& name, const std::string& newName) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name);
  require(SetClusterResourceName(resource.get(), widen(newName).c_str()), quoted("cannot rename resource", name));
  done(context, quoted("renamed resource", name) + quoted(" to", newName));
}

void addDependency(Context& context, const std::string& name, const std::string& provider) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name), opened = cluster.resource(provider);
  require(AddClusterResourceDependency(resource.get(), opened.get()),
          quoted("cannot make", name) + quoted(" depend on", provider));
  done(context, quoted("resource", name) + quoted(" now needs", provider));
}

void removeDependency(Context& context, const std::string& name, const std::string& provider) {
  const Cluster cluster;
  const ResourceHandle resource = cluster.resource(name), opened = cluster.resource(provider);
  require(RemoveClusterResourceDependency(resource.get(), opened.get()),
          quoted("cannot free", name) + quoted(" from", provider));
  done(context, quoted("resource", name) + quoted(" no longer needs", provider));
}

void createResourceType(Context& context, const NewResourceType& type) {
  const Cluster cluster;
  require(CreateClusterResourceType(cluster.handle(), widen(type.name).c_str(),
                                    widen(type.displayName.empty() ? type.name : type.displayName).c_str(),
                                    widen(type.dll).c_str(), type.looksAlive_ms, type.isAlive_ms),
          quoted("cannot register resource type", type.name));
  done(context, quoted("registered resource type", type.name));
}

void deleteResourceType(Context& context, const std::string& name) {
  const Cluster cluster;
  require(DeleteClusterResourceType(cluster.handle(), widen(name).c_str()),
          quoted("cannot delete resource type", name));
  done(context, quoted("deleted resource type", name));
}

}  // namespace holdfast::cli
