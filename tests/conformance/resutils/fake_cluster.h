// A cluster of a few resources behind the functions of the Cluster API that libresutils calls.
#pragma once

#include <clusapi.h>

#include <map>
#include <string>
#include <vector>

namespace holdfast::testing {

struct FakeResource {
  std::wstring type;
  CLUS_RESOURCE_CLASS_INFO classInfo = {};
  std::vector<std::wstring> providers;
  std::wstring networkName;  // GET_NETWORK_NAME; empty: ERROR_INVALID_FUNCTION
  std::vector<BYTE> privateProperties = std::vector<BYTE>(4);
  DWORD flags = 0;
};

struct FakeCluster {
  std::map<std::wstring, FakeResource> resources;
  std::wstring quorumResource;
  int openHandles = 0;
  DWORD lastDesiredAccess = 0;
};

FakeCluster& cluster();

}  // namespace holdfast::testing
