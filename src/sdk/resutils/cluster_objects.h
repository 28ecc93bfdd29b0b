// Resources as the utility functions look at them: names, types, classes, providers.
#pragma once

#include <clusapi.h>

#include <string>
#include <utility>
#include <vector>

#include "sdk/resutils/boundary.h"

namespace holdfast::resutils {

/// An HRESOURCE closed with this object.
class Resource {
 public:
  Resource() = default;
  explicit Resource(HRESOURCE handle) : handle_(handle) {}
  Resource(Resource&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Resource& operator=(Resource&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Resource() {
    if (handle_) CloseClusterResource(handle_);
  }

  HRESOURCE get() const { return handle_; }
  HRESOURCE release() { return std::exchange(handle_, nullptr); }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  HRESOURCE handle_ = nullptr;
};

/// An HCLUSTER of this node's cluster, closed with this object. get() is NULL, and GetLastError set, if there is none.
class LocalCluster {
 public:
  LocalCluster() : handle_(OpenCluster(nullptr)) {}
  ~LocalCluster() {
    if (handle_) CloseCluster(handle_);
  }
  LocalCluster(const LocalCluster&) = delete;
  LocalCluster& operator=(const LocalCluster&) = delete;

  HCLUSTER get() const { return handle_; }

 private:
  HCLUSTER handle_;
};

/// Text that a control code answers (name, type). Win32 code on failure.
DWORD controlText(HRESOURCE resource, DWORD code, std::wstring& out);

DWORD resourceClass(HRESOURCE resource, CLUS_RESOURCE_CLASS_INFO& out);

/// Names of the resources that `resource` depends on directly.
DWORD providerNames(HRESOURCE resource, std::vector<std::wstring>& out);

/// Names of all resources of the cluster.
DWORD resourceNames(HCLUSTER cluster, std::vector<std::wstring>& out);

/// The list of private properties of a resource.
DWORD privateProperties(HRESOURCE resource, Bytes& out);

/// Text of a property of a list; empty where it is not there.
DWORD textProperty(const Bytes& list, LPCWSTR name, std::wstring& out);

/// The class, and the sub-class where `wanted` has one.
bool sameClass(const CLUS_RESOURCE_CLASS_INFO& wanted, const CLUS_RESOURCE_CLASS_INFO& found);

}  // namespace holdfast::resutils
