// Functions about nodes.
#include <clusapi.h>

#include "sdk/clusapi/host_channel.h"
#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/socket_channel.h"
#include "sdk/clusapi/text.h"

using namespace holdfast::clusapi;

HNODE WINAPI OpenClusterNode(HCLUSTER hCluster, LPCWSTR lpszNodeName) {
  return OpenClusterNodeEx(hCluster, lpszNodeName, GENERIC_ALL, nullptr);
}

HNODE WINAPI OpenClusterNodeEx(HCLUSTER hCluster, LPCWSTR lpszNodeName, DWORD dwDesiredAccess,
                               DWORD* lpdwGrantedAccess) {
  return static_cast<HNODE>(openMember(hCluster, lpszNodeName, dwDesiredAccess, lpdwGrantedAccess, Object::Kind::Node));
}

HNODE WINAPI OpenClusterNodeById(HCLUSTER hCluster, DWORD nodeId) {
  return OpenClusterNode(hCluster, std::to_wstring(nodeId).c_str());
}

BOOL WINAPI CloseClusterNode(HNODE hNode) { return closeRemote(hNode, Object::Kind::Node); }

HCLUSTER WINAPI GetClusterFromNode(HNODE hNode) {
  return static_cast<HCLUSTER>(clusterFrom(hNode, Object::Kind::Node));
}

CLUSTER_NODE_STATE WINAPI GetClusterNodeState(HNODE hNode) {
  Outcome outcome;
  wire::HandleRequest request;
  wire::StateAnswer answer;
  if (const auto node = memberOf(hNode, Object::Kind::Node, outcome)) {
    outcome = perform(*node, Call::GetState, request, &wire::HandleRequest::set_handle, answer);
  }
  return finishWith(outcome, static_cast<CLUSTER_NODE_STATE>(answer.state()), ClusterNodeStateUnknown);
}

DWORD WINAPI GetClusterNodeId(HNODE hNode, LPWSTR lpszNodeId, LPDWORD lpcchName) {
  Outcome outcome;
  if (hNode) {
    const auto node = memberOf(hNode, Object::Kind::Node, outcome);
    return node ? finish(giveText(node->id(), lpszNodeId, lpcchName)) : finish(outcome);
  }
  std::shared_ptr<Channel> channel = HostChannel::attached();
  if (!channel) channel = std::make_shared<SocketChannel>(clusterSocketPath());
  if (channel->ready(outcome) == 0) return finish(outcome);
  return finish(giveText(std::to_string(channel->hello().node()), lpszNodeId, lpcchName));
}
