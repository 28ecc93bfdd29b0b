#include "cli/cluster.h"

#include <holdfast/cluster.h>
#include <windows.h>

#include <algorithm>

#include "cli/text.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t kNameChars = 260;

/// Calls `get(buffer, &length)` until the name fits.
template <class Get>
std::wstring growingName(Get&& get, DWORD& status) {
  std::wstring buffer(kNameChars, L'\0');
  for (;;) {
    auto length = static_cast<DWORD>(buffer.size());
    status = get(buffer.data(), &length);
    if (status == ERROR_MORE_DATA) {
      buffer.resize(std::max<std::size_t>(buffer.size() * 2, std::size_t{length} + 1));
      continue;
    }
    buffer.resize(status == ERROR_SUCCESS ? std::min<std::size_t>(length, buffer.size()) : 0);
    return buffer;
  }
}

/// All items of an enumeration of any object: `next(index, &type, buffer, &length)`.
template <class Next>
std::vector<std::string> enumerate(Next&& next, std::string_view doing) {
  std::vector<std::string> names;
  for (DWORD index = 0;; ++index) {
    DWORD status = 0, type = 0;
    const std::wstring name =
        growingName([&](wchar_t* buffer, DWORD* length) { return next(index, &type, buffer, length); }, status);
    if (status == ERROR_NO_MORE_ITEMS) break;
    if (status != ERROR_SUCCESS) refuse(status, doing);
    names.push_back(narrow(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

template <class Call>
Cluster::Bytes control(Call&& call, std::string_view doing) {
  Cluster::Bytes output(4096);
  for (;;) {
    DWORD returned = 0;
    const DWORD status = call(output.data(), static_cast<DWORD>(output.size()), &returned);
    if (status == ERROR_MORE_DATA && returned > output.size()) {
      output.resize(returned);
      continue;
    }
    if (status != ERROR_SUCCESS && status != ERROR_RESOURCE_PROPERTIES_STORED) refuse(status, doing);
    output.resize(std::min<std::size_t>(returned, output.size()));
    return output;
  }
}

void* in(const Cluster::Bytes& bytes) { return bytes.empty() ? nullptr : const_cast<std::uint8_t*>(bytes.data()); }
DWORD size(const Cluster::Bytes& bytes) { return static_cast<DWORD>(bytes.size()); }

}  // namespace

void refuse(DWORD code, std::string_view doing) {
  const int exitCode = code == RPC_S_SERVER_UNAVAILABLE || code == EPT_S_NOT_REGISTERED ? kNoService : kRefused;
  std::string text(doing);
  char sentence[1024];
  if (HoldfastErrorText(code, sentence, sizeof sentence) == ERROR_SUCCESS) text += std::string(": ") + sentence;
  throw Failure{code, text, exitCode};
}

const char* stateText(CLUSTER_RESOURCE_STATE state) {
  switch (state) {
    case ClusterResourceInherited:
      return "Inherited";
    case ClusterResourceInitializing:
      return "Initializing";
    case ClusterResourceOnline:
      return "Online";
    case ClusterResourceOffline:
      return "Offline";
    case ClusterResourceFailed:
      return "Failed";
    case ClusterResourcePending:
      return "Pending";
    case ClusterResourceOnlinePending:
      return "OnlinePending";
    case ClusterResourceOfflinePending:
      return "OfflinePending";
    case ClusterResourceStateUnknown:
      break;
  }
  return "Unknown";
}

const char* stateText(CLUSTER_GROUP_STATE state) {
  switch (state) {
    case ClusterGroupOnline:
      return "Online";
    case ClusterGroupOffline:
      return "Offline";
    case ClusterGroupFailed:
      return "Failed";
    case ClusterGroupPartialOnline:
      return "PartialOnline";
    case ClusterGroupPending:
      return "Pending";
    case ClusterGroupStateUnknown:
      break;
  }
  return "Unknown";
}

const char* stateText(CLUSTER_NODE_STATE state) {
  switch (state) {
    case ClusterNodeUp:
      return "Up";
    case ClusterNodeDown:
      return "Down";
    case ClusterNodePaused:
      return "Paused";
    case ClusterNodeJoining:
      return "Joining";
    case ClusterNodeStateUnknown:
      break;
  }
  return "Unknown";
}

Cluster::Cluster() : cluster_(OpenCluster(nullptr)) {
  if (!cluster_.get()) refuse(GetLastError(), "cannot reach the Cluster service");
}

std::string Cluster::name() const {
  DWORD status = 0;
  const std::wstring name = growingName(
      [&](wchar_t* buffer, DWORD* length) { return GetClusterInformation(handle(), buffer, length, nullptr); }, status);
  if (status != ERROR_SUCCESS) refuse(status, "cannot read the cluster's name");
  return narrow(name);
}

GroupHandle Cluster::group(std::string_view name) const {
  GroupHandle group(OpenClusterGroup(handle(), widen(name).c_str()));
  if (!group.get()) refuse(GetLastError(), quoted("cannot open group", name));
  return group;
}

ResourceHandle Cluster::resource(std::string_view name) const {
  ResourceHandle resource(OpenClusterResource(handle(), widen(name).c_str()));
  if (!resource.get()) refuse(GetLastError(), quoted("cannot open resource", name));
  return resource;
}

NodeHandle Cluster::node(std::string_view name) const {
  NodeHandle node(OpenClusterNode(handle(), widen(name).c_str()));
  if (!node.get()) refuse(GetLastError(), quoted("cannot open node", name));
  return node;
}

std::vector<std::string> Cluster::names(DWORD kind) const {
  const HCLUSENUM enumeration = ClusterOpenEnum(handle(), kind);
  if (!enumeration) refuse(GetLastError(), "cannot list");
  const std::shared_ptr<void> closer(nullptr, [&](void*) { ClusterCloseEnum(enumeration); });
  return enumerate([&](DWORD index, DWORD* type, wchar_t* buffer,
                       DWORD* length) { return ClusterEnum(enumeration, index, type, buffer, length); },
                   "cannot list");
}

std::vector<std::string> Cluster::resourcesOf(HGROUP group) const {
  const HGROUPENUM enumeration = ClusterGroupOpenEnum(group, CLUSTER_GROUP_ENUM_CONTAINS);
  if (!enumeration) refuse(GetLastError(), "cannot list the resources of the group");
  const std::shared_ptr<void> closer(nullptr, [&](void*) { ClusterGroupCloseEnum(enumeration); });
  return enumerate([&](DWORD index, DWORD* type, wchar_t* buffer,
                       DWORD* length) { return ClusterGroupEnum(enumeration, index, type, buffer, length); },
                   "cannot list the resources of the group");
}

std::vector<std::string> Cluster::related(HRESOURCE resource, DWORD kind) const {
  const HRESENUM enumeration = ClusterResourceOpenEnum(resource, kind);
  if (!enumeration) refuse(GetLastError(), "cannot list the dependencies");
  const std::shared_ptr<void> closer(nullptr, [&](void*) { ClusterResourceCloseEnum(enumeration); });
  return enumerate([&](DWORD index, DWORD* type, wchar_t* buffer,
                       DWORD* length) { return ClusterResourceEnum(enumeration, index, type, buffer, length); },
                   "cannot list the dependencies");
}

GroupRow Cluster::groupRow(const std::string& name) const {
  const GroupHandle opened = group(name);
  GroupRow row{name, ClusterGroupStateUnknown, {}, {}};
  wchar_t owner[kNameChars];
  DWORD length = kNameChars;
  row.state = GetClusterGroupState(opened.get(), owner, &length);
  if (row.state != ClusterGroupStateUnknown) row.owner = narrow(owner);
  row.resources = resourcesOf(opened.get());
  return row;
}

ResourceRow Cluster::resourceRow(const std::string& name) const {
  const ResourceHandle opened = resource(name);
  ResourceRow row{name, {}, {}, {}, ClusterResourceStateUnknown};
  wchar_t owner[kNameChars], groupName[kNameChars];
  DWORD ownerLength = kNameChars, groupLength = kNameChars;
  row.state = GetClusterResourceState(opened.get(), owner, &ownerLength, groupName, &groupLength);
  if (row.state != ClusterResourceStateUnknown) {
    row.owner = narrow(owner);
    row.group = narrow(groupName);
  }
  const Bytes type =
      resourceControl(opened.get(), CLUSCTL_RESOURCE_GET_RESOURCE_TYPE, {}, quoted("cannot read the type of", name));
  if (type.size() >= sizeof(wchar_t)) {
    row.type =
        narrow(std::wstring_view(reinterpret_cast<const wchar_t*>(type.data()), type.size() / sizeof(wchar_t) - 1));
  }
  return row;
}

namespace {
/// Objects may vanish between the enumeration and the look at each: those are left out.
template <class Row, class Read>
std::vector<Row> rows(const std::vector<std::string>& names, Read&& read) {
  std::vector<Row> result;
  for (const auto& name : names) {
    try {
      result.push_back(read(name));
    } catch (const Failure& failure) {
      if (failure.code != ERROR_RESOURCE_NOT_FOUND && failure.code != ERROR_GROUP_NOT_FOUND &&
          failure.code != ERROR_RESOURCE_NOT_AVAILABLE && failure.code != ERROR_GROUP_NOT_AVAILABLE) {
        throw;
      }
    }
  }
  return result;
}
}  // namespace

std::vector<GroupRow> Cluster::groups() const {
  return rows<GroupRow>(names(CLUSTER_ENUM_GROUP), [&](const std::string& name) { return groupRow(name); });
}

std::vector<ResourceRow> Cluster::resources() const {
  return rows<ResourceRow>(names(CLUSTER_ENUM_RESOURCE), [&](const std::string& name) { return resourceRow(name); });
}

std::vector<NodeRow> Cluster::nodes() const {
  return rows<NodeRow>(names(CLUSTER_ENUM_NODE),
                       [&](const std::string& name) { return NodeRow{name, GetClusterNodeState(node(name).get())}; });
}

Cluster::Bytes Cluster::groupControl(HGROUP group, DWORD code, const Bytes& input, std::string_view doing) const {
  return control(
      [&](void* out, DWORD capacity, DWORD* returned) {
        return ClusterGroupControl(group, nullptr, code, in(input), size(input), out, capacity, returned);
      },
      doing);
}
Cluster::Bytes Cluster::resourceControl(HRESOURCE resource, DWORD code, const Bytes& input,
                                        std::string_view doing) const {
  return control(
      [&](void* out, DWORD capacity, DWORD* returned) {
        return ClusterResourceControl(resource, nullptr, code, in(input), size(input), out, capacity, returned);
      },
      doing);
}
Cluster::Bytes Cluster::typeControl(std::string_view type, DWORD code, const Bytes& input,
                                    std::string_view doing) const {
  const std::wstring name = widen(type);
  return control(
      [&](void* out, DWORD capacity, DWORD* returned) {
        return ClusterResourceTypeControl(handle(), name.c_str(), nullptr, code, in(input), size(input), out, capacity,
                                          returned);
      },
      doing);
}
Cluster::Bytes Cluster::nodeControl(HNODE node, DWORD code, const Bytes& input, std::string_view doing) const {
  return control(
      [&](void* out, DWORD capacity, DWORD* returned) {
        return ClusterNodeControl(node, nullptr, code, in(input), size(input), out, capacity, returned);
      },
      doing);
}
Cluster::Bytes Cluster::clusterControl(DWORD code, const Bytes& input, std::string_view doing) const {
  return control(
      [&](void* out, DWORD capacity, DWORD* returned) {
        return ClusterControl(handle(), nullptr, code, in(input), size(input), out, capacity, returned);
      },
      doing);
}

}  // namespace holdfast::cli
