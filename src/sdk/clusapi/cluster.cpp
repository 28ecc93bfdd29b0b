// Functions about the cluster as a whole.
#include <clusapi.h>

#include <unistd.h>

#include <cwchar>

#include "sdk/clusapi/host_channel.h"
#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/socket_channel.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

std::shared_ptr<Channel> localChannel() {
  if (auto host = HostChannel::attached()) return host;
  return std::make_shared<SocketChannel>(clusterSocketPath());
}

/// NULL, the cluster's or the node's name: this cluster. Others are reached over the network, which is not offered.
Outcome checkName(Channel& channel, LPCWSTR name) {
  if (!name || !*name) return {};
  const auto hello = channel.hello();
  for (const std::string& known : {hello.cluster_name(), hello.node_name(), std::string("localhost")}) {
    if (wcscasecmp(name, toWide(known).c_str()) == 0) return {};
  }
  return {RPC_S_SERVER_UNAVAILABLE, "this node is not a member of the cluster that was named",
          "log in on a member, or leave the name out"};
}

Outcome openCluster(LPCWSTR name, DWORD access, std::shared_ptr<Cluster>& cluster) {
  const auto channel = localChannel();
  Outcome outcome;
  const std::uint64_t epoch = channel->ready(outcome);
  if (epoch == 0) return outcome;
  outcome = checkName(*channel, name);
  if (!outcome.ok()) return outcome;
  cluster = std::make_shared<Cluster>(channel, access);
  // Opened now, so that a refusal is seen here.
  wire::HandleRequest request;
  wire::ClusterInformationAnswer information;
  return perform(*cluster, Call::ClusterInformation, request, &wire::HandleRequest::set_handle, information);
}

}  // namespace

DWORD WINAPI GetNodeClusterState(LPCWSTR lpszNodeName, DWORD* pdwClusterState) {
  if (!pdwClusterState) return finish(ERROR_INVALID_PARAMETER);
  Outcome outcome;
  const auto channel = localChannel();
  if (channel->ready(outcome) != 0) {
    outcome = checkName(*channel, lpszNodeName);
    if (outcome.ok()) *pdwClusterState = ClusterStateRunning;
    return finish(outcome);
  }
  // A service that ran here has left its socket or has its configuration.
  const bool configured =
      access(clusterSocketPath().c_str(), F_OK) == 0 || access("/etc/holdfast/clussvc.toml", F_OK) == 0;
  *pdwClusterState = configured ? ClusterStateNotRunning : ClusterStateNotConfigured;
  return ERROR_SUCCESS;
}

HCLUSTER WINAPI OpenCluster(LPCWSTR lpszClusterName) { return OpenClusterEx(lpszClusterName, GENERIC_ALL, nullptr); }

HCLUSTER WINAPI OpenClusterEx(LPCWSTR lpszClusterName, DWORD DesiredAccess, DWORD* GrantedAccess) {
  std::shared_ptr<Cluster> cluster;
  const Outcome outcome = openCluster(lpszClusterName, DesiredAccess, cluster);
  if (!outcome.ok()) return finishWith<HCLUSTER>(outcome, nullptr, nullptr);
  if (GrantedAccess) *GrantedAccess = cluster->granted();
  return static_cast<HCLUSTER>(HandleTable::instance().add(cluster));
}

BOOL WINAPI CloseCluster(HCLUSTER hCluster) { return closeRemote(hCluster, Object::Kind::Cluster); }

DWORD WINAPI GetClusterInformation(HCLUSTER hCluster, LPWSTR lpszClusterName, LPDWORD lpcchClusterName,
                                   LPCLUSTERVERSIONINFO lpClusterInfo) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster) return finish(outcome);
  if (lpClusterInfo && lpClusterInfo->dwVersionInfoSize != sizeof(CLUSTERVERSIONINFO) &&
      lpClusterInfo->dwVersionInfoSize != sizeof(CLUSTERVERSIONINFO_NT4)) {
    return finish(ERROR_INVALID_PARAMETER);
  }
  wire::HandleRequest request;
  wire::ClusterInformationAnswer answer;
  outcome = perform(*cluster, Call::ClusterInformation, request, &wire::HandleRequest::set_handle, answer);
  if (!outcome.ok()) return finish(outcome);
  if (lpClusterInfo) {
    lpClusterInfo->MajorVersion = HOLDFAST_VERSION_MAJOR;
    lpClusterInfo->MinorVersion = HOLDFAST_VERSION_MINOR;
    lpClusterInfo->BuildNumber = HOLDFAST_VERSION_PATCH;
    std::wcscpy(lpClusterInfo->szVendorId, L"Holdfast");
    lpClusterInfo->szCSDVersion[0] = 0;
    if (lpClusterInfo->dwVersionInfoSize == sizeof(CLUSTERVERSIONINFO)) {
      const DWORD version = HOLDFAST_VERSION_MAJOR << 16 | HOLDFAST_VERSION_MINOR;
      lpClusterInfo->dwClusterHighestVersion = version;
      lpClusterInfo->dwClusterLowestVersion = version;
      lpClusterInfo->dwFlags = 0;
      lpClusterInfo->dwReserved = 0;
    }
  }
  return finish(giveText(answer.name(), lpszClusterName, lpcchClusterName));
}
