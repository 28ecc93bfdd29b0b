// The resources that the cluster itself needs (PR §12).
#include <resapi.h>

#include <algorithm>
#include <optional>

#include "sdk/resutils/boundary.h"
#include "sdk/resutils/cluster_objects.h"
#include "sdk/resutils/value.h"

using namespace holdfast::resutils;

namespace {

using Access = std::optional<DWORD>;

Resource open(HCLUSTER cluster, const std::wstring& name, Access access) {
  DWORD granted = 0;
  return Resource(access ? OpenClusterResourceEx(cluster, name.c_str(), *access, &granted)
                         : OpenClusterResource(cluster, name.c_str()));
}

bool isCore(HRESOURCE resource) {
  DWORD flags = 0;
  DWORD size_bytes = 0;
  const DWORD status = ClusterResourceControl(resource, nullptr, CLUSCTL_RESOURCE_GET_FLAGS, nullptr, 0, &flags,
                                              sizeof flags, &size_bytes);
  return status == ERROR_SUCCESS && (flags & CLUS_FLAG_CORE);
}

// The Network Name resource that bears the cluster's own name. ERROR_RESOURCE_NOT_FOUND: the cluster has none.
DWORD nameResource(HCLUSTER cluster, Access access, Resource& found) {
  std::vector<std::wstring> names;
  if (const DWORD status = resourceNames(cluster, names)) return status;
  for (const std::wstring& name : names) {
    Resource resource = open(cluster, name, access);
    if (!resource || !isCore(resource.get())) continue;
    if (!ResUtilResourceTypesEqual(CLUS_RESTYPE_NAME_NETNAME, resource.get())) continue;
    found = std::move(resource);
    return ERROR_SUCCESS;
  }
  return ERROR_RESOURCE_NOT_FOUND;
}

// The witness. ERROR_RESOURCE_NOT_FOUND: node majority, or the resource is gone.
DWORD quorumResource(HCLUSTER cluster, Access access, Resource& found) {
  std::wstring name(256, L'\0');
  std::wstring device(512, L'\0');
  DWORD kind = 0;
  DWORD status = ERROR_MORE_DATA;
  for (int attempt = 0; status == ERROR_MORE_DATA && attempt < 3; ++attempt) {
    auto nameLength = static_cast<DWORD>(name.size());
    auto deviceLength = static_cast<DWORD>(device.size());
    status = GetClusterQuorumResource(cluster, name.data(), &nameLength, device.data(), &deviceLength, &kind);
    if (status == ERROR_MORE_DATA) {
      name.assign(std::max<std::size_t>(name.size(), nameLength + 1u), L'\0');
      device.assign(std::max<std::size_t>(device.size(), deviceLength + 1u), L'\0');
    }
  }
  if (status != ERROR_SUCCESS) return status;
  name = name.c_str();
  if (name.empty()) return ERROR_RESOURCE_NOT_FOUND;
  found = open(cluster, name, access);
  return found ? ERROR_SUCCESS : GetLastError();
}

// What is asked for is all found, or nothing is opened.
DWORD coreResources(HCLUSTER cluster, HRESOURCE* nameOut, HRESOURCE* quorumOut, Access access) {
  return guarded([&]() -> DWORD {
    if (!cluster) return ERROR_BAD_ARGUMENTS;
    if (access && *access == 0) return ERROR_INVALID_PARAMETER;
    Resource name;
    Resource quorum;
    if (const DWORD status = nameOut ? nameResource(cluster, access, name) : ERROR_SUCCESS) return status;
    if (const DWORD status = quorumOut ? quorumResource(cluster, access, quorum) : ERROR_SUCCESS) return status;
    if (nameOut) *nameOut = name.release();
    if (quorumOut) *quorumOut = quorum.release();
    return ERROR_SUCCESS;
  });
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilGetCoreClusterResources(HCLUSTER cluster, HRESOURCE* name, HRESOURCE* address, HRESOURCE* quorum) {
  const DWORD status = coreResources(cluster, name, quorum, {});
  if (status == ERROR_SUCCESS && address) *address = nullptr;  // documented as not used
  return status;
}

DWORD WINAPI ResUtilGetCoreClusterResourcesEx(HCLUSTER cluster, HRESOURCE* name, HRESOURCE* quorum, DWORD access) {
  return coreResources(cluster, name, quorum, access);
}

}  // extern "C"
