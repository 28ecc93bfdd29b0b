#include "fake_cluster.h"

#include <cstring>
#include <cwchar>

namespace holdfast::testing {
namespace {

FakeCluster theCluster;

struct Names {
  std::vector<std::wstring> all;
};

struct Handle {
  std::wstring resource;  // empty: of the cluster
};

template <class Public>
Public opened(std::wstring resource) {
  ++theCluster.openHandles;
  return reinterpret_cast<Public>(new Handle{std::move(resource)});
}

template <class Public>
BOOL closed(Public handle) {
  --theCluster.openHandles;
  delete reinterpret_cast<Handle*>(handle);
  return TRUE;
}

template <class Public>
Public openedNames(std::vector<std::wstring> all) {
  ++theCluster.openHandles;
  return reinterpret_cast<Public>(new Names{std::move(all)});
}

DWORD nameAt(void* handle, DWORD index, LPWSTR name, LPDWORD length) {
  const auto& all = static_cast<Names*>(handle)->all;
  if (index >= all.size()) return ERROR_NO_MORE_ITEMS;
  const auto needed = static_cast<DWORD>(all[index].size());
  const bool isShort = *length < needed + 1;
  *length = needed;
  if (isShort) return ERROR_MORE_DATA;
  std::wcscpy(name, all[index].c_str());
  return ERROR_SUCCESS;
}

DWORD give(const void* data, std::size_t size_bytes, LPVOID out, DWORD outSize_bytes, LPDWORD returned_bytes) {
  *returned_bytes = static_cast<DWORD>(size_bytes);
  if (outSize_bytes < size_bytes) return ERROR_MORE_DATA;
  std::memcpy(out, data, size_bytes);
  return ERROR_SUCCESS;
}

DWORD giveText(const std::wstring& text, LPVOID out, DWORD outSize_bytes, LPDWORD returned_bytes) {
  return give(text.c_str(), (text.size() + 1) * sizeof(WCHAR), out, outSize_bytes, returned_bytes);
}

}  // namespace

FakeCluster& cluster() { return theCluster; }

}  // namespace holdfast::testing

using namespace holdfast::testing;

extern "C" {

HCLUSTER WINAPI OpenCluster(LPCWSTR) { return opened<HCLUSTER>({}); }
BOOL WINAPI CloseCluster(HCLUSTER handle) { return closed(handle); }

HRESOURCE WINAPI OpenClusterResource(HCLUSTER, LPCWSTR name) {
  if (!cluster().resources.contains(name)) {
    SetLastError(ERROR_RESOURCE_NOT_FOUND);
    return nullptr;
  }
  return opened<HRESOURCE>(name);
}

HRESOURCE WINAPI OpenClusterResourceEx(HCLUSTER handle, LPCWSTR name, DWORD access, DWORD* granted) {
  cluster().lastDesiredAccess = access;
  *granted = access;
  return OpenClusterResource(handle, name);
}

BOOL WINAPI CloseClusterResource(HRESOURCE handle) { return closed(handle); }

HRESENUM WINAPI ClusterResourceOpenEnum(HRESOURCE handle, DWORD) {
  return openedNames<HRESENUM>(cluster().resources.at(reinterpret_cast<Handle*>(handle)->resource).providers);
}
DWORD WINAPI ClusterResourceEnum(HRESENUM handle, DWORD index, LPDWORD kind, LPWSTR name, LPDWORD length) {
  *kind = CLUSTER_RESOURCE_ENUM_DEPENDS;
  return nameAt(handle, index, name, length);
}
DWORD WINAPI ClusterResourceCloseEnum(HRESENUM handle) {
  --cluster().openHandles;
  delete reinterpret_cast<Names*>(handle);
  return ERROR_SUCCESS;
}

HCLUSENUM WINAPI ClusterOpenEnum(HCLUSTER, DWORD) {
  std::vector<std::wstring> all;
  for (const auto& [name, resource] : cluster().resources) all.push_back(name);
  return openedNames<HCLUSENUM>(std::move(all));
}
DWORD WINAPI ClusterEnum(HCLUSENUM handle, DWORD index, LPDWORD kind, LPWSTR name, LPDWORD length) {
  *kind = CLUSTER_ENUM_RESOURCE;
  return nameAt(handle, index, name, length);
}
DWORD WINAPI ClusterCloseEnum(HCLUSENUM handle) {
  --cluster().openHandles;
  delete reinterpret_cast<Names*>(handle);
  return ERROR_SUCCESS;
}

DWORD WINAPI GetClusterQuorumResource(HCLUSTER, LPWSTR name, LPDWORD nameLength, LPWSTR device, LPDWORD deviceLength,
                                      LPDWORD kind) {
  *kind = 0;
  *deviceLength = 0;
  *device = L'\0';
  const auto needed = static_cast<DWORD>(cluster().quorumResource.size());
  const bool isShort = *nameLength < needed + 1;
  *nameLength = needed;
  if (isShort) return ERROR_MORE_DATA;
  std::wcscpy(name, cluster().quorumResource.c_str());
  return ERROR_SUCCESS;
}

DWORD WINAPI ClusterResourceControl(HRESOURCE handle, HNODE, DWORD code, LPVOID, DWORD, LPVOID out, DWORD outSize_bytes,
                                    LPDWORD returned_bytes) {
  const std::wstring& name = reinterpret_cast<Handle*>(handle)->resource;
  const FakeResource& resource = cluster().resources.at(name);
  switch (code) {
    case CLUSCTL_RESOURCE_GET_NAME:
      return giveText(name, out, outSize_bytes, returned_bytes);
    case CLUSCTL_RESOURCE_GET_RESOURCE_TYPE:
      return giveText(resource.type, out, outSize_bytes, returned_bytes);
    case CLUSCTL_RESOURCE_GET_FLAGS:
      return give(&resource.flags, sizeof resource.flags, out, outSize_bytes, returned_bytes);
    case CLUSCTL_RESOURCE_GET_CLASS_INFO:
      return give(&resource.classInfo, sizeof resource.classInfo, out, outSize_bytes, returned_bytes);
    case CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES:
      return give(resource.privateProperties.data(), resource.privateProperties.size(), out, outSize_bytes,
                  returned_bytes);
    case CLUSCTL_RESOURCE_GET_NETWORK_NAME:
      if (resource.networkName.empty()) return ERROR_INVALID_FUNCTION;
      return giveText(resource.networkName, out, outSize_bytes, returned_bytes);
    default:
      return ERROR_INVALID_FUNCTION;
  }
}

}  // extern "C"
