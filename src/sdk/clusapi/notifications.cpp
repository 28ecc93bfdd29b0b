// Functions of notification ports, of both versions (CL §6).
#include <clusapi.h>

#include "sdk/clusapi/notify_port.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

struct Filter {
  DWORD type;
  std::uint64_t flags;
};

std::shared_ptr<NotifyPort> portOf(HCHANGE handle, bool secondVersion, Outcome& outcome) {
  auto port = objectOf<NotifyPort>(handle, Object::Kind::Port, outcome);
  if (port && port->secondVersion() != secondVersion) {
    outcome = {ERROR_INVALID_PARAMETER, "the port was made by the other version's function", {}};
    return nullptr;
  }
  return port;
}

/// A new port for INVALID_HANDLE_VALUE, else the one that is there, with the filters added.
HCHANGE makePort(HCHANGE hChange, HCLUSTER hCluster, bool secondVersion, const std::vector<Filter>& filters,
                 DWORD_PTR key) {
  Outcome outcome;
  const bool fresh = hChange == static_cast<HANDLE>(INVALID_HANDLE_VALUE);
  const bool withoutCluster = hCluster == static_cast<HANDLE>(INVALID_HANDLE_VALUE);
  const auto port = fresh ? std::make_shared<NotifyPort>(secondVersion) : portOf(hChange, secondVersion, outcome);
  if (port && withoutCluster && !fresh) outcome = {ERROR_INVALID_PARAMETER, "there is nothing to watch", {}};
  const auto cluster = port && !withoutCluster ? clusterOf(hCluster, outcome) : nullptr;
  if (cluster && !fresh && filters.empty()) outcome = {ERROR_INVALID_PARAMETER, "there is no filter", {}};
  for (const Filter& filter : filters) {
    if (cluster && outcome.ok()) outcome = port->add(cluster, filter.type, filter.flags, key);
  }
  if (!outcome.ok()) return finishWith<HCHANGE>(outcome, nullptr, nullptr);
  return fresh ? static_cast<HCHANGE>(HandleTable::instance().add(port)) : hChange;
}

DWORD registerObject(HCHANGE hChange, bool secondVersion, Filter filter, HANDLE hObject, DWORD_PTR key) {
  Outcome outcome;
  const auto port = portOf(hChange, secondVersion, outcome);
  if (!port) return finish(outcome);
  auto object = HandleTable::instance().find<Remote>(hObject);
  if (!object) return finish(ERROR_INVALID_HANDLE);
  return finish(port->add(std::move(object), filter.type, filter.flags, key));
}

}  // namespace

HCHANGE WINAPI CreateClusterNotifyPort(HCHANGE hChange, HCLUSTER hCluster, DWORD dwFilter, DWORD_PTR dwNotifyKey) {
  std::vector<Filter> filters;
  if (dwFilter != 0) filters.push_back({CLUSTER_OBJECT_TYPE_NONE, dwFilter});
  return makePort(hChange, hCluster, false, filters, dwNotifyKey);
}

DWORD WINAPI RegisterClusterNotify(HCHANGE hChange, DWORD dwFilterType, HANDLE hObject, DWORD_PTR dwNotifyKey) {
  return registerObject(hChange, false, {CLUSTER_OBJECT_TYPE_NONE, dwFilterType}, hObject, dwNotifyKey);
}

DWORD WINAPI GetClusterNotify(HCHANGE hChange, DWORD_PTR* lpdwNotifyKey, LPDWORD lpdwFilterType, LPWSTR lpszName,
                              LPDWORD lpcchName, DWORD dwMilliseconds) {
  Outcome outcome;
  const auto port = portOf(hChange, false, outcome);
  if (!port) return finish(outcome);
  return finish(port->next(dwMilliseconds, [&](const NotifyPort::Event& event) -> DWORD {
    if (lpdwNotifyKey) *lpdwNotifyKey = event.key();
    if (lpdwFilterType) *lpdwFilterType = static_cast<DWORD>(event.flags());
    return giveText(event.name(), lpszName, lpcchName);
  }));
}

HCHANGE WINAPI CreateClusterNotifyPortV2(HCHANGE hChange, HCLUSTER hCluster, NOTIFY_FILTER_AND_TYPE* Filters,
                                         DWORD dwFilterCount, DWORD_PTR dwNotifyKey) {
  if (!Filters && dwFilterCount != 0) return finishWith<HCHANGE>({ERROR_INVALID_PARAMETER, {}, {}}, nullptr, nullptr);
  std::vector<Filter> filters;
  for (DWORD i = 0; i < dwFilterCount; ++i) {
    if (Filters[i].dwObjectType == CLUSTER_OBJECT_TYPE_NONE) {
      return finishWith<HCHANGE>({ERROR_INVALID_PARAMETER, "a filter names no type of object", {}}, nullptr, nullptr);
    }
    filters.push_back({Filters[i].dwObjectType, static_cast<std::uint64_t>(Filters[i].FilterFlags)});
  }
  return makePort(hChange, hCluster, true, filters, dwNotifyKey);
}

DWORD WINAPI RegisterClusterNotifyV2(HCHANGE hChange, NOTIFY_FILTER_AND_TYPE Filter, HANDLE hObject,
                                     DWORD_PTR dwNotifyKey) {
  if (Filter.dwObjectType == CLUSTER_OBJECT_TYPE_NONE) return finish(ERROR_INVALID_PARAMETER);
  return registerObject(hChange, true, {Filter.dwObjectType, static_cast<std::uint64_t>(Filter.FilterFlags)}, hObject,
                        dwNotifyKey);
}

DWORD WINAPI GetClusterNotifyV2(HCHANGE hChange, DWORD_PTR* lpdwNotifyKey, PNOTIFY_FILTER_AND_TYPE pFilterAndType,
                                BYTE* buffer, LPDWORD lpbBufferSize, LPWSTR lpszObjectId, LPDWORD lpcchObjectId,
                                LPWSTR lpszParentId, LPDWORD lpcchParentId, LPWSTR lpszName, LPDWORD lpcchName,
                                LPWSTR lpszType, LPDWORD lpcchType, DWORD dwMilliseconds) {
  Outcome outcome;
  const auto port = portOf(hChange, true, outcome);
  if (!port) return finish(outcome);
  return finish(port->next(dwMilliseconds, [&](const NotifyPort::Event& event) -> DWORD {
    if (lpdwNotifyKey) *lpdwNotifyKey = event.key();
    if (pFilterAndType) {
      pFilterAndType->dwObjectType = event.object_type();
      pFilterAndType->FilterFlags = static_cast<LONGLONG>(event.flags());
    }
    // Every length is told, whichever buffer is short.
    DWORD code = ERROR_SUCCESS;
    for (const DWORD given :
         {giveBytes(event.payload(), buffer, lpbBufferSize), giveText(event.id(), lpszObjectId, lpcchObjectId),
          giveText(event.parent_id(), lpszParentId, lpcchParentId), giveText(event.name(), lpszName, lpcchName),
          giveText(event.type(), lpszType, lpcchType)}) {
      if (given != ERROR_SUCCESS) code = given;
    }
    return code;
  }));
}

BOOL WINAPI CloseClusterNotifyPort(HCHANGE hChange) {
  Outcome outcome;
  const auto port = objectOf<NotifyPort>(hChange, Object::Kind::Port, outcome);
  if (!port) return finishWith(outcome, TRUE, FALSE);
  HandleTable::instance().remove(hChange);
  port->shut();
  return TRUE;
}
