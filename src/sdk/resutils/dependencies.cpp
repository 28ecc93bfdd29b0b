// Finding the provider of a kind, directly or further down (PR §12).
#include <resapi.h>

#include <functional>
#include <optional>

#include "sdk/resutils/boundary.h"
#include "sdk/resutils/cluster_objects.h"
#include "sdk/resutils/value.h"

using namespace holdfast::resutils;

namespace {

using Matches = std::function<bool(HRESOURCE)>;

Matches ofType(LPCWSTR type) {
  return [type](HRESOURCE resource) {
    std::wstring found;
    return controlText(resource, CLUSCTL_RESOURCE_GET_RESOURCE_TYPE, found) == ERROR_SUCCESS && sameName(found, type);
  };
}

Matches ofClass(const CLUS_RESOURCE_CLASS_INFO& wanted) {
  return [&wanted](HRESOURCE resource) {
    CLUS_RESOURCE_CLASS_INFO found{};
    return resourceClass(resource, found) == ERROR_SUCCESS && sameClass(wanted, found);
  };
}

class Search {
 public:
  Search(HCLUSTER cluster, Matches matches, bool recurse, std::optional<DWORD> access)
      : cluster_(cluster), matches_(std::move(matches)), recurse_(recurse), access_(access) {}

  // Depth first, each resource once. ERROR_NO_MORE_ITEMS: no provider matches.
  DWORD below(HRESOURCE dependent, Resource& found) {
    std::vector<std::wstring> names;
    if (const DWORD status = providerNames(dependent, names)) return status;
    for (const std::wstring& name : names) {
      if (seen(name)) continue;
      Resource provider = open(name);
      if (!provider) {
        if (GetLastError() == ERROR_RESOURCE_NOT_FOUND) continue;  // deleted since the names were read
        return GetLastError();
      }
      if (matches_(provider.get())) {
        found = std::move(provider);
        return ERROR_SUCCESS;
      }
      if (!recurse_) continue;
      const DWORD status = below(provider.get(), found);
      if (status != ERROR_NO_MORE_ITEMS) return status;
    }
    return ERROR_NO_MORE_ITEMS;
  }

 private:
  bool seen(const std::wstring& name) {
    for (const std::wstring& known : seen_) {
      if (sameName(known, name)) return true;
    }
    seen_.push_back(name);
    return false;
  }

  Resource open(const std::wstring& name) const {
    if (!access_) return Resource(OpenClusterResource(cluster_, name.c_str()));
    DWORD granted = 0;
    return Resource(OpenClusterResourceEx(cluster_, name.c_str(), *access_, &granted));
  }

  HCLUSTER cluster_;
  Matches matches_;
  bool recurse_;
  std::optional<DWORD> access_;
  std::vector<std::wstring> seen_;
};

// NULL, and GetLastError set, if there is none.
HRESOURCE search(HCLUSTER cluster, HANDLE self, Matches matches, bool recurse, std::optional<DWORD> access) {
  Resource found;
  const DWORD status = guarded([&]() -> DWORD {
    if (access && *access == 0) return ERROR_INVALID_PARAMETER;
    return Search(cluster, std::move(matches), recurse, access).below(static_cast<HRESOURCE>(self), found);
  });
  if (status != ERROR_SUCCESS) SetLastError(status);
  return found.release();
}

HRESOURCE refused() {
  SetLastError(ERROR_BAD_ARGUMENTS);
  return nullptr;
}

HRESOURCE byName(HCLUSTER cluster, HANDLE self, LPCWSTR type, BOOL recurse, std::optional<DWORD> access) {
  if (!cluster || !self || !type) return refused();
  return search(cluster, self, ofType(type), recurse != FALSE, access);
}

HRESOURCE byClass(HCLUSTER cluster, HANDLE self, PCLUS_RESOURCE_CLASS_INFO wanted, BOOL recurse,
                  std::optional<DWORD> access) {
  if (!cluster || !self || !wanted) return refused();
  return search(cluster, self, ofClass(*wanted), recurse != FALSE, access);
}

HRESOURCE ofLocalCluster(HANDLE self, LPCWSTR type, std::optional<DWORD> access) {
  if (!self || !type) return refused();
  const LocalCluster cluster;
  return cluster.get() ? byName(cluster.get(), self, type, FALSE, access) : nullptr;
}

HRESOURCE ofNamed(LPCWSTR name, LPCWSTR type, std::optional<DWORD> access) {
  if (!name || !type) return refused();
  const LocalCluster cluster;
  if (!cluster.get()) return nullptr;
  const Resource self(OpenClusterResource(cluster.get(), name));
  return self ? byName(cluster.get(), self.get(), type, FALSE, access) : nullptr;
}

}  // namespace

extern "C" {

HRESOURCE WINAPI ResUtilGetResourceDependency(HANDLE self, LPCWSTR type) { return ofLocalCluster(self, type, {}); }

HRESOURCE WINAPI ResUtilGetResourceDependencyEx(HANDLE self, LPCWSTR type, DWORD access) {
  return ofLocalCluster(self, type, access);
}

HRESOURCE WINAPI ResUtilGetResourceDependencyByName(HCLUSTER cluster, HANDLE self, LPCWSTR type, BOOL recurse) {
  return byName(cluster, self, type, recurse, {});
}

HRESOURCE WINAPI ResUtilGetResourceDependencyByNameEx(HCLUSTER cluster, HANDLE self, LPCWSTR type, BOOL recurse,
                                                      DWORD access) {
  return byName(cluster, self, type, recurse, access);
}

HRESOURCE WINAPI ResUtilGetResourceDependencyByClass(HCLUSTER cluster, HANDLE self, PCLUS_RESOURCE_CLASS_INFO wanted,
                                                     BOOL recurse) {
  return byClass(cluster, self, wanted, recurse, {});
}

HRESOURCE WINAPI ResUtilGetResourceDependencyByClassEx(HCLUSTER cluster, HANDLE self, PCLUS_RESOURCE_CLASS_INFO wanted,
                                                       BOOL recurse, DWORD access) {
  return byClass(cluster, self, wanted, recurse, access);
}

HRESOURCE WINAPI ResUtilGetResourceNameDependency(LPCWSTR name, LPCWSTR type) { return ofNamed(name, type, {}); }

HRESOURCE WINAPI ResUtilGetResourceNameDependencyEx(LPCWSTR name, LPCWSTR type, DWORD access) {
  return ofNamed(name, type, access);
}

}  // extern "C"
