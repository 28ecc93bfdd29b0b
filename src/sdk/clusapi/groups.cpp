// Functions about groups.
#include <clusapi.h>

#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

std::shared_ptr<Member> groupOf(HGROUP handle, Outcome& outcome) {
  return memberOf(handle, Object::Kind::Group, outcome);
}

Outcome stateOf(Member& group, wire::StateAnswer& answer) {
  wire::HandleRequest request;
  return perform(group, Call::GetState, request, &wire::HandleRequest::set_handle, answer);
}

/// Bringing online elsewhere is a move, which needs a second node.
Outcome checkDestination(Member& group, HNODE destination) {
  Outcome outcome;
  if (!destination) return outcome;
  const auto node = memberOf(destination, Object::Kind::Node, outcome);
  if (!node) return outcome;
  wire::StateAnswer state, ofNode;
  outcome = stateOf(group, state);
  if (!outcome.ok()) return outcome;
  wire::HandleRequest request;
  outcome = perform(*node, Call::GetState, request, &wire::HandleRequest::set_handle, ofNode);
  if (!outcome.ok() || state.node() == ofNode.node()) return outcome;
  return {ERROR_CALL_NOT_IMPLEMENTED, "the group is owned by node \"" + state.node() + "\" and is not moved yet",
          "leave the node out"};
}

DWORD simple(HGROUP handle, Call call, Repeat repeat = Repeat::IfItReads) {
  Outcome outcome;
  const auto group = groupOf(handle, outcome);
  return finish(group ? performSimple(*group, call, repeat) : outcome);
}

}  // namespace

HGROUP WINAPI CreateClusterGroup(HCLUSTER hCluster, LPCWSTR lpszGroupName) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  wire::CreateGroupRequest request;
  if (!cluster || !takeText(lpszGroupName, *request.mutable_name(), outcome)) {
    return finishWith<HGROUP>(outcome, nullptr, nullptr);
  }
  std::uint64_t createdOn = 0;
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0;
    createdOn = epoch;
    Outcome filled = cluster->handleOn(epoch, handle);
    request.set_cluster(handle);
    return filled;
  };
  wire::ServerFrame frame;
  wire::CreatedAnswer created;
  outcome = perform(cluster->channel(), Call::CreateGroup, request, fill, frame);
  if (outcome.ok() && !created.ParseFromString(frame.body())) outcome = {RPC_X_BAD_STUB_DATA, {}, {}};
  if (!outcome.ok()) return finishWith<HGROUP>(outcome, nullptr, nullptr);
  return static_cast<HGROUP>(adoptMember(cluster, Object::Kind::Group, created, createdOn));
}

HGROUP WINAPI OpenClusterGroup(HCLUSTER hCluster, LPCWSTR lpszGroupName) {
  return OpenClusterGroupEx(hCluster, lpszGroupName, GENERIC_ALL, nullptr);
}

HGROUP WINAPI OpenClusterGroupEx(HCLUSTER hCluster, LPCWSTR lpszGroupName, DWORD dwDesiredAccess,
                                 DWORD* lpdwGrantedAccess) {
  return static_cast<HGROUP>(
      openMember(hCluster, lpszGroupName, dwDesiredAccess, lpdwGrantedAccess, Object::Kind::Group));
}

BOOL WINAPI CloseClusterGroup(HGROUP hGroup) { return closeRemote(hGroup, Object::Kind::Group); }

HCLUSTER WINAPI GetClusterFromGroup(HGROUP hGroup) {
  return static_cast<HCLUSTER>(clusterFrom(hGroup, Object::Kind::Group));
}

CLUSTER_GROUP_STATE WINAPI GetClusterGroupState(HGROUP hGroup, LPWSTR lpszNodeName, LPDWORD lpcchNodeName) {
  Outcome outcome;
  wire::StateAnswer answer;
  if (const auto group = groupOf(hGroup, outcome)) outcome = stateOf(*group, answer);
  if (outcome.ok()) outcome.code = giveText(answer.node(), lpszNodeName, lpcchNodeName);
  return finishWith(outcome, static_cast<CLUSTER_GROUP_STATE>(answer.state()), ClusterGroupStateUnknown);
}

DWORD WINAPI SetClusterGroupName(HGROUP hGroup, LPCWSTR lpszGroupName) {
  Outcome outcome;
  const auto group = groupOf(hGroup, outcome);
  wire::RenameRequest request;
  wire::Empty answer;
  if (!group || !takeText(lpszGroupName, *request.mutable_name(), outcome)) return finish(outcome);
  return finish(perform(*group, Call::RenameGroup, request, &wire::RenameRequest::set_handle, answer));
}

DWORD WINAPI DeleteClusterGroup(HGROUP hGroup) { return simple(hGroup, Call::DeleteGroup); }

DWORD WINAPI OnlineClusterGroup(HGROUP hGroup, HNODE hDestinationNode) {
  Outcome outcome;
  const auto group = groupOf(hGroup, outcome);
  if (!group) return finish(outcome);
  outcome = checkDestination(*group, hDestinationNode);
  return finish(outcome.ok() ? performSimple(*group, Call::OnlineGroup, Repeat::Always) : outcome);
}

DWORD WINAPI OnlineClusterGroupEx(HGROUP hGroup, HNODE hDestinationNode, DWORD dwOnlineFlags, PBYTE, DWORD) {
  return dwOnlineFlags == 0 ? OnlineClusterGroup(hGroup, hDestinationNode) : finish(ERROR_CALL_NOT_IMPLEMENTED);
}

DWORD WINAPI OfflineClusterGroup(HGROUP hGroup) { return simple(hGroup, Call::OfflineGroup, Repeat::Always); }

DWORD WINAPI OfflineClusterGroupEx(HGROUP hGroup, DWORD dwOfflineFlags, PBYTE, DWORD) {
  return dwOfflineFlags == 0 ? OfflineClusterGroup(hGroup) : finish(ERROR_CALL_NOT_IMPLEMENTED);
}
