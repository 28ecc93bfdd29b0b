// Enumerations: read whole when they are opened, from then on local.
#include <clusapi.h>

#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

/// Which function opened it: an enumeration of nodes is no enumeration of groups.
enum class Of { Cluster, Node, Group, Resource, ResourceType };

class Enumeration : public Object {
 public:
  Enumeration(Of whose, std::vector<wire::EnumItem> all)
      : Object(Kind::Enumeration), of(whose), items(std::move(all)) {}
  const Of of;
  const std::vector<wire::EnumItem> items;
};

/// The pages after the first, on the connection that has the snapshot.
Outcome readPages(Channel& channel, std::uint64_t epoch, wire::EnumAnswer first, std::vector<wire::EnumItem>& items) {
  const std::uint64_t snapshot = first.enumeration();
  const std::uint32_t count = first.count();
  Outcome outcome;
  for (wire::EnumAnswer page = std::move(first);;) {
    for (auto& item : *page.mutable_items()) items.push_back(std::move(item));
    if (snapshot == 0 || items.size() >= count) break;
    wire::EnumPageRequest request;
    request.set_enumeration(snapshot);
    request.set_first(static_cast<std::uint32_t>(items.size()));
    outcome = callOn(channel, epoch, Call::EnumeratePage, request, page);
    if (!outcome.ok()) break;
  }
  if (snapshot != 0) {
    wire::HandleRequest done;
    done.set_handle(snapshot);
    channel.post(epoch, Call::Close, done);
  }
  return outcome;
}

void* openEnumeration(Remote* object, Of of, DWORD mask, const std::string& type, Outcome outcome) {
  if (!object) return finishWith<void*>(outcome, nullptr, nullptr);
  wire::EnumRequest request;
  request.set_mask(mask);
  request.set_resource_type(type);
  for (;;) {
    std::uint64_t askedOn = 0;
    const Fill fill = [&](std::uint64_t epoch) {
      std::uint64_t handle = 0;
      askedOn = epoch;
      Outcome filled = object->handleOn(epoch, handle);
      request.set_handle(handle);
      return filled;
    };
    wire::ServerFrame frame;
    wire::EnumAnswer answer;
    outcome = perform(object->channel(), Call::Enumerate, request, fill, frame);
    if (!outcome.ok()) break;
    if (!answer.ParseFromString(frame.body())) {
      outcome = {RPC_X_BAD_STUB_DATA, "the service's answer is garbled", {}};
      break;
    }
    std::vector<wire::EnumItem> items;
    outcome = readPages(object->channel(), askedOn, std::move(answer), items);
    if (outcome.ok()) return HandleTable::instance().add(std::make_shared<Enumeration>(of, std::move(items)));
    if (outcome.code != kAgain) break;
    if (!object->channel().reopens()) {
      outcome = {RPC_S_SERVER_UNAVAILABLE, "the connection to the Cluster service ended", {}};
      break;
    }
  }
  return finishWith<void*>(outcome, nullptr, nullptr);
}

void* openOfMember(void* handle, Object::Kind kind, Of of, DWORD mask) {
  Outcome outcome;
  const auto member = memberOf(handle, kind, outcome);
  return openEnumeration(member.get(), of, mask, {}, outcome);
}

std::shared_ptr<Enumeration> enumerationOf(void* handle, Of of) {
  auto found = HandleTable::instance().find<Enumeration>(handle);
  return found && found->of == of ? found : nullptr;
}

/// The API has no code for a wrong handle here: 0 items, and the code in GetLastError.
DWORD countOf(void* handle, Of of) {
  const auto enumeration = enumerationOf(handle, of);
  if (!enumeration) return finishWith<DWORD>({ERROR_INVALID_HANDLE, {}, {}}, 0, 0);
  return static_cast<DWORD>(enumeration->items.size());
}

DWORD itemOf(void* handle, Of of, DWORD index, LPDWORD type, LPWSTR name, LPDWORD cch) {
  const auto enumeration = enumerationOf(handle, of);
  if (!enumeration) return finish(ERROR_INVALID_HANDLE);
  if (index >= enumeration->items.size()) return finish(ERROR_NO_MORE_ITEMS);
  const auto& item = enumeration->items[index];
  if (type) *type = item.type();
  return finish(giveText(item.name(), name, cch));
}

DWORD closeEnumeration(void* handle, Of of) {
  if (!enumerationOf(handle, of)) return finish(ERROR_INVALID_HANDLE);
  HandleTable::instance().remove(handle);
  return ERROR_SUCCESS;
}

}  // namespace

HCLUSENUM WINAPI ClusterOpenEnum(HCLUSTER hCluster, DWORD dwType) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  return static_cast<HCLUSENUM>(openEnumeration(cluster.get(), Of::Cluster, dwType, {}, outcome));
}
DWORD WINAPI ClusterGetEnumCount(HCLUSENUM hEnum) { return countOf(hEnum, Of::Cluster); }
DWORD WINAPI ClusterEnum(HCLUSENUM hEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName, LPDWORD lpcchName) {
  return itemOf(hEnum, Of::Cluster, dwIndex, lpdwType, lpszName, lpcchName);
}
DWORD WINAPI ClusterCloseEnum(HCLUSENUM hEnum) { return closeEnumeration(hEnum, Of::Cluster); }

HNODEENUM WINAPI ClusterNodeOpenEnum(HNODE hNode, DWORD dwType) {
  return static_cast<HNODEENUM>(openOfMember(hNode, Object::Kind::Node, Of::Node, dwType));
}
DWORD WINAPI ClusterNodeGetEnumCount(HNODEENUM hNodeEnum) { return countOf(hNodeEnum, Of::Node); }
DWORD WINAPI ClusterNodeEnum(HNODEENUM hNodeEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName, LPDWORD lpcchName) {
  return itemOf(hNodeEnum, Of::Node, dwIndex, lpdwType, lpszName, lpcchName);
}
DWORD WINAPI ClusterNodeCloseEnum(HNODEENUM hNodeEnum) { return closeEnumeration(hNodeEnum, Of::Node); }

HGROUPENUM WINAPI ClusterGroupOpenEnum(HGROUP hGroup, DWORD dwType) {
  return static_cast<HGROUPENUM>(openOfMember(hGroup, Object::Kind::Group, Of::Group, dwType));
}
DWORD WINAPI ClusterGroupGetEnumCount(HGROUPENUM hGroupEnum) { return countOf(hGroupEnum, Of::Group); }
DWORD WINAPI ClusterGroupEnum(HGROUPENUM hGroupEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszResourceName,
                              LPDWORD lpcchName) {
  return itemOf(hGroupEnum, Of::Group, dwIndex, lpdwType, lpszResourceName, lpcchName);
}
DWORD WINAPI ClusterGroupCloseEnum(HGROUPENUM hGroupEnum) { return closeEnumeration(hGroupEnum, Of::Group); }

HRESENUM WINAPI ClusterResourceOpenEnum(HRESOURCE hResource, DWORD dwType) {
  return static_cast<HRESENUM>(openOfMember(hResource, Object::Kind::Resource, Of::Resource, dwType));
}
DWORD WINAPI ClusterResourceGetEnumCount(HRESENUM hResEnum) { return countOf(hResEnum, Of::Resource); }
DWORD WINAPI ClusterResourceEnum(HRESENUM hResEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName,
                                 LPDWORD lpcchName) {
  return itemOf(hResEnum, Of::Resource, dwIndex, lpdwType, lpszName, lpcchName);
}
DWORD WINAPI ClusterResourceCloseEnum(HRESENUM hResEnum) { return closeEnumeration(hResEnum, Of::Resource); }

HRESTYPEENUM WINAPI ClusterResourceTypeOpenEnum(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, DWORD dwType) {
  Outcome outcome;
  std::string type;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster || !takeText(lpszResourceTypeName, type, outcome)) {
    return finishWith<HRESTYPEENUM>(outcome, nullptr, nullptr);
  }
  if (type.empty()) return finishWith<HRESTYPEENUM>({ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND, {}, {}}, nullptr, nullptr);
  return static_cast<HRESTYPEENUM>(openEnumeration(cluster.get(), Of::ResourceType, dwType, type, outcome));
}
DWORD WINAPI ClusterResourceTypeGetEnumCount(HRESTYPEENUM hResTypeEnum) {
  return countOf(hResTypeEnum, Of::ResourceType);
}
DWORD WINAPI ClusterResourceTypeEnum(HRESTYPEENUM hResTypeEnum, DWORD dwIndex, LPDWORD lpdwType, LPWSTR lpszName,
                                     LPDWORD lpcchName) {
  return itemOf(hResTypeEnum, Of::ResourceType, dwIndex, lpdwType, lpszName, lpcchName);
}
DWORD WINAPI ClusterResourceTypeCloseEnum(HRESTYPEENUM hResTypeEnum) {
  return closeEnumeration(hResTypeEnum, Of::ResourceType);
}
