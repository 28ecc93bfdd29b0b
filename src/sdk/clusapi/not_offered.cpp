// Functions of the Cluster API that this release does not offer yet: they exist, so that programs link and load, and
// say so.
#include <clusapi.h>

#include "sdk/clusapi/outcome.h"

namespace {

using namespace holdfast::clusapi;

const Outcome kLater{ERROR_CALL_NOT_IMPLEMENTED, "this function is not offered yet", {}};

}  // namespace

DWORD WINAPI SetClusterName(HCLUSTER, LPCWSTR) { return finish(kLater); }
DWORD WINAPI GetClusterQuorumResource(HCLUSTER, LPWSTR, LPDWORD, LPWSTR, LPDWORD, LPDWORD) { return finish(kLater); }
DWORD WINAPI SetClusterQuorumResource(HRESOURCE, LPCWSTR, DWORD) { return finish(kLater); }
HCLUSTER WINAPI CreateCluster(PCREATE_CLUSTER_CONFIG, PCLUSTER_SETUP_PROGRESS_CALLBACK, PVOID) {
  return finishWith<HCLUSTER>(kLater, nullptr, nullptr);
}
DWORD WINAPI DestroyCluster(HCLUSTER, PCLUSTER_SETUP_PROGRESS_CALLBACK, PVOID, BOOL) { return finish(kLater); }
HNODE WINAPI AddClusterNode(HCLUSTER, PCWSTR, PCLUSTER_SETUP_PROGRESS_CALLBACK, PVOID) {
  return finishWith<HNODE>(kLater, nullptr, nullptr);
}
DWORD WINAPI ClusterSetAccountAccess(HCLUSTER, LPCWSTR, DWORD, DWORD) { return finish(kLater); }
DWORD WINAPI ClusterNetworkControl(HNETWORK, HNODE, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD) {
  return finish(kLater);
}
DWORD WINAPI ClusterNetInterfaceControl(HNETINTERFACE, HNODE, DWORD, LPVOID, DWORD, LPVOID, DWORD, LPDWORD) {
  return finish(kLater);
}
HNETWORKENUM WINAPI ClusterNetworkOpenEnum(HNETWORK, DWORD) {
  return finishWith<HNETWORKENUM>(kLater, nullptr, nullptr);
}
DWORD WINAPI ClusterNetworkGetEnumCount(HNETWORKENUM) { return finish(kLater); }
DWORD WINAPI ClusterNetworkEnum(HNETWORKENUM, DWORD, LPDWORD, LPWSTR, LPDWORD) { return finish(kLater); }
DWORD WINAPI ClusterNetworkCloseEnum(HNETWORKENUM) { return finish(kLater); }
DWORD WINAPI PauseClusterNode(HNODE) { return finish(kLater); }
DWORD WINAPI PauseClusterNodeEx(HNODE, BOOL, DWORD, HNODE) { return finish(kLater); }
DWORD WINAPI ResumeClusterNode(HNODE) { return finish(kLater); }
DWORD WINAPI ResumeClusterNodeEx(HNODE, CLUSTER_NODE_RESUME_FAILBACK_TYPE, DWORD) { return finish(kLater); }
DWORD WINAPI EvictClusterNode(HNODE) { return finish(kLater); }
DWORD WINAPI EvictClusterNodeEx(HNODE, DWORD, HRESULT*) { return finish(kLater); }
HGROUP WINAPI CreateClusterGroupEx(HCLUSTER, LPCWSTR, PCLUSTER_CREATE_GROUP_INFO) {
  return finishWith<HGROUP>(kLater, nullptr, nullptr);
}
DWORD WINAPI SetClusterGroupNodeList(HGROUP, DWORD, HNODE[]) { return finish(kLater); }
DWORD WINAPI MoveClusterGroup(HGROUP, HNODE) { return finish(kLater); }
DWORD WINAPI MoveClusterGroupEx(HGROUP, HNODE, DWORD, PBYTE, DWORD) { return finish(kLater); }
DWORD WINAPI DestroyClusterGroup(HGROUP) { return finish(kLater); }
DWORD WINAPI ChangeClusterResourceGroup(HRESOURCE, HGROUP) { return finish(kLater); }
DWORD WINAPI AddClusterResourceNode(HRESOURCE, HNODE) { return finish(kLater); }
DWORD WINAPI RemoveClusterResourceNode(HRESOURCE, HNODE) { return finish(kLater); }
DWORD WINAPI SetClusterResourceDependencyExpression(HRESOURCE, LPCWSTR) { return finish(kLater); }
BOOL WINAPI GetClusterResourceNetworkName(HRESOURCE, LPWSTR, LPDWORD) { return finishWith(kLater, TRUE, FALSE); }
HNETWORK WINAPI OpenClusterNetwork(HCLUSTER, LPCWSTR) { return finishWith<HNETWORK>(kLater, nullptr, nullptr); }
HNETWORK WINAPI OpenClusterNetworkEx(HCLUSTER, LPCWSTR, DWORD, DWORD*) {
  return finishWith<HNETWORK>(kLater, nullptr, nullptr);
}
BOOL WINAPI CloseClusterNetwork(HNETWORK) { return finishWith(kLater, TRUE, FALSE); }
HCLUSTER WINAPI GetClusterFromNetwork(HNETWORK) { return finishWith<HCLUSTER>(kLater, nullptr, nullptr); }
CLUSTER_NETWORK_STATE WINAPI GetClusterNetworkState(HNETWORK) {
  return finishWith(kLater, ClusterNetworkStateUnknown, ClusterNetworkStateUnknown);
}
DWORD WINAPI SetClusterNetworkName(HNETWORK, LPCWSTR) { return finish(kLater); }
DWORD WINAPI GetClusterNetworkId(HNETWORK, LPWSTR, LPDWORD) { return finish(kLater); }
HNETINTERFACE WINAPI OpenClusterNetInterface(HCLUSTER, LPCWSTR) {
  return finishWith<HNETINTERFACE>(kLater, nullptr, nullptr);
}
HNETINTERFACE WINAPI OpenClusterNetInterfaceEx(HCLUSTER, LPCWSTR, DWORD, DWORD*) {
  return finishWith<HNETINTERFACE>(kLater, nullptr, nullptr);
}
BOOL WINAPI CloseClusterNetInterface(HNETINTERFACE) { return finishWith(kLater, TRUE, FALSE); }
HCLUSTER WINAPI GetClusterFromNetInterface(HNETINTERFACE) { return finishWith<HCLUSTER>(kLater, nullptr, nullptr); }
DWORD WINAPI GetClusterNetInterface(HCLUSTER, LPCWSTR, LPCWSTR, LPWSTR, LPDWORD) { return finish(kLater); }
CLUSTER_NETINTERFACE_STATE WINAPI GetClusterNetInterfaceState(HNETINTERFACE) {
  return finishWith(kLater, ClusterNetInterfaceStateUnknown, ClusterNetInterfaceStateUnknown);
}
HKEY WINAPI GetClusterNetworkKey(HNETWORK, REGSAM) { return finishWith<HKEY>(kLater, nullptr, nullptr); }
HKEY WINAPI GetClusterNetInterfaceKey(HNETINTERFACE, REGSAM) { return finishWith<HKEY>(kLater, nullptr, nullptr); }
