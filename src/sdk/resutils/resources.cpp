// Comparing, naming and enumerating resources (PR §12).
#include <resapi.h>

#include <cstring>
#include <functional>
#include <optional>

#include "sdk/resutils/boundary.h"
#include "sdk/resutils/cluster_objects.h"
#include "sdk/resutils/value.h"

using namespace holdfast::resutils;

namespace {

BOOL truthOf(DWORD status, bool equal) {
  if (status != ERROR_SUCCESS) SetLastError(status);
  return status == ERROR_SUCCESS && equal;
}

using Visit = std::function<DWORD(HRESOURCE)>;

// Calls back for each resource of the type (NULL: any) but `self`, with a handle that lives as long as the call.
DWORD visitResources(HCLUSTER cluster, HRESOURCE self, LPCWSTR type, std::optional<DWORD> access, const Visit& visit) {
  if (access && *access == 0) return ERROR_INVALID_PARAMETER;
  std::wstring own;
  if (self) {
    if (const DWORD status = controlText(self, CLUSCTL_RESOURCE_GET_NAME, own)) return status;
  }
  std::vector<std::wstring> names;
  if (const DWORD status = resourceNames(cluster, names)) return status;
  for (const std::wstring& name : names) {
    if (self && sameName(name, own)) continue;
    DWORD granted = 0;
    const Resource resource(access ? OpenClusterResourceEx(cluster, name.c_str(), *access, &granted)
                                   : OpenClusterResource(cluster, name.c_str()));
    if (!resource) {
      if (GetLastError() == ERROR_RESOURCE_NOT_FOUND) continue;  // deleted since the names were read
      return GetLastError();
    }
    if (type && !ResUtilResourceTypesEqual(type, resource.get())) continue;
    const DWORD answer = visit(resource.get());
    if (answer == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
    if (answer != ERROR_SUCCESS) return answer;
  }
  return ERROR_SUCCESS;
}

DWORD enumEx(HCLUSTER cluster, HRESOURCE self, LPCWSTR type, LPRESOURCE_CALLBACK_EX callback, PVOID parameter,
             std::optional<DWORD> access) {
  return guarded([&]() -> DWORD {
    if (!cluster || !callback) return ERROR_BAD_ARGUMENTS;
    return visitResources(cluster, self, type, access,
                          [&](HRESOURCE resource) { return callback(cluster, self, resource, parameter); });
  });
}

// Text into a buffer of *size characters (with NUL); *size becomes the length, or what is needed with its NUL.
DWORD giveText(const std::wstring& text, LPWSTR out, DWORD* size_characters) {
  const auto needed = static_cast<DWORD>(text.size() + 1);
  if (!out || *size_characters < needed) {
    *size_characters = needed;
    return ERROR_MORE_DATA;
  }
  std::memcpy(out, text.c_str(), needed * sizeof(WCHAR));
  *size_characters = needed - 1;
  return ERROR_SUCCESS;
}

struct AddressProperty {
  LPCWSTR name;
  LPWSTR out;
  DWORD* size_characters;
};

// The three are given together or, when one buffer is short, none is lost: each size says what it needs.
DWORD giveAddress(const Bytes& list, const AddressProperty (&wanted)[3]) {
  DWORD result = ERROR_SUCCESS;
  for (const AddressProperty& property : wanted) {
    std::wstring text;
    if (const DWORD status = textProperty(list, property.name, text)) return status;
    if (const DWORD status = giveText(text, property.out, property.size_characters)) result = status;
  }
  return result;
}

}  // namespace

extern "C" {

BOOL WINAPI ResUtilResourcesEqual(HRESOURCE self, HRESOURCE resource) {
  bool equal = false;
  const DWORD status = guarded([&]() -> DWORD {
    if (!self || !resource) return ERROR_BAD_ARGUMENTS;
    std::wstring one;
    std::wstring other;
    if (const DWORD failed = controlText(self, CLUSCTL_RESOURCE_GET_NAME, one)) return failed;
    if (const DWORD failed = controlText(resource, CLUSCTL_RESOURCE_GET_NAME, other)) return failed;
    equal = sameName(one, other);
    return ERROR_SUCCESS;
  });
  return truthOf(status, equal);
}

BOOL WINAPI ResUtilResourceTypesEqual(LPCWSTR type, HRESOURCE resource) {
  bool equal = false;
  const DWORD status = guarded([&]() -> DWORD {
    if (!type || !resource) return ERROR_BAD_ARGUMENTS;
    std::wstring found;
    if (const DWORD failed = controlText(resource, CLUSCTL_RESOURCE_GET_RESOURCE_TYPE, found)) return failed;
    equal = sameName(found, type);
    return ERROR_SUCCESS;
  });
  return truthOf(status, equal);
}

BOOL WINAPI ResUtilIsResourceClassEqual(PCLUS_RESOURCE_CLASS_INFO wanted, HRESOURCE resource) {
  bool equal = false;
  const DWORD status = guarded([&]() -> DWORD {
    if (!wanted || !resource) return ERROR_BAD_ARGUMENTS;
    CLUS_RESOURCE_CLASS_INFO found{};
    if (const DWORD failed = resourceClass(resource, found)) return failed;
    equal = sameClass(*wanted, found);
    return ERROR_SUCCESS;
  });
  return truthOf(status, equal);
}

DWORD WINAPI ResUtilEnumResources(HRESOURCE self, LPCWSTR type, LPRESOURCE_CALLBACK callback, PVOID parameter) {
  return guarded([&]() -> DWORD {
    if (!callback) return ERROR_BAD_ARGUMENTS;
    const LocalCluster cluster;
    if (!cluster.get()) return GetLastError();
    return visitResources(cluster.get(), self, type, {},
                          [&](HRESOURCE resource) { return callback(self, resource, parameter); });
  });
}

DWORD WINAPI ResUtilEnumResourcesEx(HCLUSTER cluster, HRESOURCE self, LPCWSTR type, LPRESOURCE_CALLBACK_EX callback,
                                    PVOID parameter) {
  return enumEx(cluster, self, type, callback, parameter, {});
}

DWORD WINAPI ResUtilEnumResourcesEx2(HCLUSTER cluster, HRESOURCE self, LPCWSTR type, LPRESOURCE_CALLBACK_EX callback,
                                     PVOID parameter, DWORD access) {
  return enumEx(cluster, self, type, callback, parameter, access);
}

DWORD WINAPI ResUtilGetResourceName(HRESOURCE resource, PWSTR out, DWORD* size_characters) {
  return guarded([&]() -> DWORD {
    if (!resource || !size_characters) return ERROR_BAD_ARGUMENTS;
    std::wstring name;
    if (const DWORD status = controlText(resource, CLUSCTL_RESOURCE_GET_NAME, name)) return status;
    return giveText(name, out, size_characters);
  });
}

DWORD WINAPI ResUtilGetResourceDependentIPAddressProps(HRESOURCE resource, LPWSTR address, DWORD* address_characters,
                                                       LPWSTR mask, DWORD* mask_characters, LPWSTR network,
                                                       DWORD* network_characters) {
  return guarded([&]() -> DWORD {
    if (!resource || !address_characters || !mask_characters || !network_characters) return ERROR_BAD_ARGUMENTS;
    const Resource provider(ResUtilGetResourceDependency(resource, CLUS_RESTYPE_NAME_IPADDR));
    if (!provider) return GetLastError();
    Bytes list;
    if (const DWORD status = privateProperties(provider.get(), list)) return status;
    return giveAddress(list, {{L"Address", address, address_characters},
                              {L"SubnetMask", mask, mask_characters},
                              {L"Network", network, network_characters}});
  });
}

}  // extern "C"
