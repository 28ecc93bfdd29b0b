// The Cluster API for commands: handles that close themselves, refusals as exceptions, text in UTF-8.
#pragma once

#include <clusapi.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/failure.h"

namespace holdfast::cli {

/// Throws Failure with the sentence that the cluster gave for the last refusal on this thread; `doing` begins it:
/// "cannot create group \"Shop\"".
[[noreturn]] void refuse(DWORD code, std::string_view doing);

/// A handle of one kind, closed when it goes.
template <class Handle, BOOL (*CloseFunction)(Handle)>
class Owned {
 public:
  explicit Owned(Handle handle) : handle_(handle) {}
  ~Owned() {
    if (handle_) CloseFunction(handle_);
  }
  Owned(Owned&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Owned& operator=(Owned&&) = delete;
  Handle get() const { return handle_; }

 private:
  Handle handle_;
};
using ClusterHandle = Owned<HCLUSTER, CloseCluster>;
using GroupHandle = Owned<HGROUP, CloseClusterGroup>;
using ResourceHandle = Owned<HRESOURCE, CloseClusterResource>;
using NodeHandle = Owned<HNODE, CloseClusterNode>;

struct GroupRow {
  std::string name;
  CLUSTER_GROUP_STATE state = ClusterGroupStateUnknown;
  std::string owner;
  std::vector<std::string> resources;
};
struct ResourceRow {
  std::string name;
  std::string type;
  std::string group;
  std::string owner;
  CLUSTER_RESOURCE_STATE state = ClusterResourceStateUnknown;
};
struct NodeRow {
  std::string name;
  CLUSTER_NODE_STATE state = ClusterNodeStateUnknown;
};

const char* stateText(CLUSTER_RESOURCE_STATE state);
const char* stateText(CLUSTER_GROUP_STATE state);
const char* stateText(CLUSTER_NODE_STATE state);

/// One connection to the Cluster service. Every method throws Failure when the cluster refuses.
class Cluster {
 public:
  /// Throws Failure{kNoService} if none answers.
  Cluster();

  HCLUSTER handle() const { return cluster_.get(); }
  std::string name() const;

  GroupHandle group(std::string_view name) const;
  ResourceHandle resource(std::string_view name) const;
  NodeHandle node(std::string_view name) const;

  /// Names of all objects of one kind (CLUSTER_ENUM_*), sorted.
  std::vector<std::string> names(DWORD kind) const;
  std::vector<std::string> resourcesOf(HGROUP group) const;
  /// CLUSTER_RESOURCE_ENUM_DEPENDS (providers) or CLUSTER_RESOURCE_ENUM_PROVIDES (dependents).
  std::vector<std::string> related(HRESOURCE resource, DWORD kind) const;

  GroupRow groupRow(const std::string& name) const;
  ResourceRow resourceRow(const std::string& name) const;
  std::vector<GroupRow> groups() const;
  std::vector<ResourceRow> resources() const;
  std::vector<NodeRow> nodes() const;

  using Bytes = std::vector<std::uint8_t>;
  Bytes groupControl(HGROUP group, DWORD code, const Bytes& input, std::string_view doing) const;
  Bytes resourceControl(HRESOURCE resource, DWORD code, const Bytes& input, std::string_view doing) const;
  Bytes typeControl(std::string_view type, DWORD code, const Bytes& input, std::string_view doing) const;
  Bytes nodeControl(HNODE node, DWORD code, const Bytes& input, std::string_view doing) const;
  Bytes clusterControl(DWORD code, const Bytes& input, std::string_view doing) const;

  static constexpr DWORD kDeclined = ERROR_INVALID_FUNCTION;

 private:
  ClusterHandle cluster_;
};

}  // namespace holdfast::cli
