// Functions about resources and resource types.
#include <clusapi.h>

#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

std::shared_ptr<Member> resourceOf(HRESOURCE handle, Outcome& outcome) {
  return memberOf(handle, Object::Kind::Resource, outcome);
}

DWORD simple(HRESOURCE handle, Call call, Repeat repeat = Repeat::IfItReads) {
  Outcome outcome;
  const auto resource = resourceOf(handle, outcome);
  return finish(resource ? performSimple(*resource, call, repeat) : outcome);
}

}  // namespace

HRESOURCE WINAPI CreateClusterResource(HGROUP hGroup, LPCWSTR lpszResourceName, LPCWSTR lpszResourceType,
                                       DWORD dwFlags) {
  Outcome outcome;
  const auto group = memberOf(hGroup, Object::Kind::Group, outcome);
  wire::CreateResourceRequest request;
  request.set_flags(dwFlags);
  if (!group || !takeText(lpszResourceName, *request.mutable_name(), outcome) ||
      !takeText(lpszResourceType, *request.mutable_type(), outcome)) {
    return finishWith<HRESOURCE>(outcome, nullptr, nullptr);
  }
  std::uint64_t createdOn = 0;
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0;
    createdOn = epoch;
    Outcome filled = group->handleOn(epoch, handle);
    request.set_group(handle);
    return filled;
  };
  wire::ServerFrame frame;
  wire::CreatedAnswer created;
  outcome = perform(group->channel(), Call::CreateResource, request, fill, frame);
  if (outcome.ok() && !created.ParseFromString(frame.body())) outcome = {RPC_X_BAD_STUB_DATA, {}, {}};
  if (!outcome.ok()) return finishWith<HRESOURCE>(outcome, nullptr, nullptr);
  return static_cast<HRESOURCE>(adoptMember(group->cluster(), Object::Kind::Resource, created, createdOn));
}

HRESOURCE WINAPI OpenClusterResource(HCLUSTER hCluster, LPCWSTR lpszResourceName) {
  return OpenClusterResourceEx(hCluster, lpszResourceName, GENERIC_ALL, nullptr);
}

HRESOURCE WINAPI OpenClusterResourceEx(HCLUSTER hCluster, LPCWSTR lpszResourceName, DWORD dwDesiredAccess,
                                       DWORD* lpdwGrantedAccess) {
  return static_cast<HRESOURCE>(
      openMember(hCluster, lpszResourceName, dwDesiredAccess, lpdwGrantedAccess, Object::Kind::Resource));
}

BOOL WINAPI CloseClusterResource(HRESOURCE hResource) { return closeRemote(hResource, Object::Kind::Resource); }

HCLUSTER WINAPI GetClusterFromResource(HRESOURCE hResource) {
  return static_cast<HCLUSTER>(clusterFrom(hResource, Object::Kind::Resource));
}

DWORD WINAPI DeleteClusterResource(HRESOURCE hResource) { return simple(hResource, Call::DeleteResource); }

CLUSTER_RESOURCE_STATE WINAPI GetClusterResourceState(HRESOURCE hResource, LPWSTR lpszNodeName, LPDWORD lpcchNodeName,
                                                      LPWSTR lpszGroupName, LPDWORD lpcchGroupName) {
  Outcome outcome;
  wire::HandleRequest request;
  wire::StateAnswer answer;
  if (const auto resource = resourceOf(hResource, outcome)) {
    outcome = perform(*resource, Call::GetState, request, &wire::HandleRequest::set_handle, answer);
  }
  if (outcome.ok()) {
    // Both lengths are told, whichever buffer is short.
    const DWORD node = giveText(answer.node(), lpszNodeName, lpcchNodeName);
    const DWORD group = giveText(answer.group(), lpszGroupName, lpcchGroupName);
    outcome.code = node != ERROR_SUCCESS ? node : group;
  }
  return finishWith(outcome, static_cast<CLUSTER_RESOURCE_STATE>(answer.state()), ClusterResourceStateUnknown);
}

DWORD WINAPI SetClusterResourceName(HRESOURCE hResource, LPCWSTR lpszResourceName) {
  Outcome outcome;
  const auto resource = resourceOf(hResource, outcome);
  wire::RenameRequest request;
  wire::Empty answer;
  if (!resource || !takeText(lpszResourceName, *request.mutable_name(), outcome)) return finish(outcome);
  return finish(perform(*resource, Call::RenameResource, request, &wire::RenameRequest::set_handle, answer));
}

DWORD WINAPI FailClusterResource(HRESOURCE hResource) { return simple(hResource, Call::FailResource); }

DWORD WINAPI OnlineClusterResource(HRESOURCE hResource) {
  return simple(hResource, Call::OnlineResource, Repeat::Always);
}

DWORD WINAPI OnlineClusterResourceEx(HRESOURCE hResource, DWORD dwOnlineFlags, PBYTE, DWORD) {
  return dwOnlineFlags == 0 ? OnlineClusterResource(hResource) : finish(ERROR_CALL_NOT_IMPLEMENTED);
}

DWORD WINAPI OfflineClusterResource(HRESOURCE hResource) {
  return simple(hResource, Call::OfflineResource, Repeat::Always);
}

DWORD WINAPI OfflineClusterResourceEx(HRESOURCE hResource, DWORD dwOfflineFlags, PBYTE, DWORD) {
  return dwOfflineFlags == 0 ? OfflineClusterResource(hResource) : finish(ERROR_CALL_NOT_IMPLEMENTED);
}

DWORD WINAPI CreateClusterResourceType(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, LPCWSTR lpszDisplayName,
                                       LPCWSTR lpszResourceTypeDll, DWORD dwLooksAlivePollInterval,
                                       DWORD dwIsAlivePollInterval) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  wire::CreateResourceTypeRequest request;
  wire::Empty answer;
  if (!cluster || !takeText(lpszResourceTypeName, *request.mutable_name(), outcome) ||
      !takeText(lpszDisplayName ? lpszDisplayName : lpszResourceTypeName, *request.mutable_display_name(), outcome) ||
      !takeText(lpszResourceTypeDll, *request.mutable_dll_name(), outcome)) {
    return finish(outcome);
  }
  request.set_looks_alive_ms(dwLooksAlivePollInterval);
  request.set_is_alive_ms(dwIsAlivePollInterval);
  return finish(
      perform(*cluster, Call::CreateResourceType, request, &wire::CreateResourceTypeRequest::set_cluster, answer));
}

DWORD WINAPI DeleteClusterResourceType(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  wire::DeleteResourceTypeRequest request;
  wire::Empty answer;
  if (!cluster || !takeText(lpszResourceTypeName, *request.mutable_name(), outcome)) return finish(outcome);
  return finish(
      perform(*cluster, Call::DeleteResourceType, request, &wire::DeleteResourceTypeRequest::set_cluster, answer));
}
