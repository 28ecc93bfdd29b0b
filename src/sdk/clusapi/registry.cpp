// The cluster database as keys and values (CL §7).
#include <clusapi.h>

#include <algorithm>

#include "sdk/clusapi/key.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

LONG code(const Outcome& outcome) { return static_cast<LONG>(finish(outcome)); }
LONG code(DWORD status) { return static_cast<LONG>(finish(status)); }

/// Get…Key of an object: its key is opened by the object's handle and has the path `path`.
HKEY objectKey(Remote* object, const std::shared_ptr<Cluster>& cluster, const std::string& subkey, std::string path,
               REGSAM sam, Outcome outcome) {
  std::shared_ptr<Key> key;
  DWORD disposition = 0;
  if (object) outcome = openKeyOf(*object, cluster, subkey, std::move(path), sam, false, key, disposition);
  if (!outcome.ok()) return finishWith<HKEY>(outcome, nullptr, nullptr);
  return static_cast<HKEY>(HandleTable::instance().add(key));
}

HKEY memberKey(void* handle, Object::Kind kind, const char* top, REGSAM sam) {
  Outcome outcome;
  const auto member = memberOf(handle, kind, outcome);
  return objectKey(member.get(), member ? member->cluster() : nullptr, {},
                   member ? std::string(top) + "\\" + member->id() : std::string{}, sam, outcome);
}

std::string below(const std::string& parent, const std::string& subkey) {
  if (parent.empty()) return subkey;
  return subkey.empty() ? parent : parent + "\\" + subkey;
}

Outcome openSubkey(HKEY hKey, LPCWSTR name, REGSAM sam, bool create, PHKEY result, DWORD& disposition) {
  Outcome outcome;
  std::string subkey;
  const auto parent = keyOf(hKey, outcome);
  if (!parent || !takeOptionalText(name, subkey, outcome)) return outcome;
  if (!result) return {ERROR_INVALID_PARAMETER, "there is no place for the key", {}};
  std::shared_ptr<Key> key;
  outcome = openKeyOf(*parent, parent->cluster(), subkey, below(parent->path(), subkey), sam, create, key, disposition);
  if (outcome.ok()) *result = static_cast<HKEY>(HandleTable::instance().add(key));
  return outcome;
}

/// One command as a batch of its own, perhaps after a condition. Setting twice what is set harms nobody, so it is
/// repeated when its answer was lost.
Outcome writeOne(Key& key, wire::BatchRequest& request) {
  wire::BatchAnswer answer;
  return perform(key, Call::Batch, request, &wire::BatchRequest::set_key, answer, Repeat::Always);
}

/// Type and data of a value; the data by the size protocol.
DWORD giveValue(const wire::RegistryValue& value, LPDWORD type, LPBYTE data, LPDWORD size) {
  if (type) *type = value.type();
  return giveBytes(value.data(), data, size);
}

}  // namespace

HKEY WINAPI GetClusterKey(HCLUSTER hCluster, REGSAM samDesired) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  return objectKey(cluster.get(), cluster, {}, {}, samDesired, outcome);
}

HKEY WINAPI GetClusterNodeKey(HNODE hNode, REGSAM samDesired) {
  return memberKey(hNode, Object::Kind::Node, "Nodes", samDesired);
}

HKEY WINAPI GetClusterGroupKey(HGROUP hGroup, REGSAM samDesired) {
  return memberKey(hGroup, Object::Kind::Group, "Groups", samDesired);
}

HKEY WINAPI GetClusterResourceKey(HRESOURCE hResource, REGSAM samDesired) {
  return memberKey(hResource, Object::Kind::Resource, "Resources", samDesired);
}

HKEY WINAPI GetClusterResourceTypeKey(HCLUSTER hCluster, LPCWSTR lpszTypeName, REGSAM samDesired) {
  Outcome outcome;
  std::string type;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster || !takeText(lpszTypeName, type, outcome)) return finishWith<HKEY>(outcome, nullptr, nullptr);
  const std::string path = "ResourceTypes\\" + type;
  std::shared_ptr<Key> key;
  DWORD disposition = 0;
  outcome = openKeyOf(*cluster, cluster, path, path, samDesired, false, key, disposition);
  if (outcome.code == ERROR_FILE_NOT_FOUND) outcome.code = ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND;
  if (!outcome.ok()) return finishWith<HKEY>(outcome, nullptr, nullptr);
  return static_cast<HKEY>(HandleTable::instance().add(key));
}

LONG WINAPI ClusterRegCreateKey(HKEY hKey, LPCWSTR lpszSubKey, DWORD dwOptions, REGSAM samDesired,
                                LPSECURITY_ATTRIBUTES, PHKEY phkResult, LPDWORD lpdwDisposition) {
  if (dwOptions != REG_OPTION_NON_VOLATILE) return code(ERROR_INVALID_PARAMETER);
  if (!lpszSubKey || !*lpszSubKey) return code(ERROR_INVALID_PARAMETER);
  DWORD disposition = 0;
  const Outcome outcome = openSubkey(hKey, lpszSubKey, samDesired, true, phkResult, disposition);
  if (outcome.ok() && lpdwDisposition) *lpdwDisposition = disposition;
  return code(outcome);
}

LONG WINAPI ClusterRegOpenKey(HKEY hKey, LPCWSTR lpszSubKey, REGSAM samDesired, PHKEY phkResult) {
  DWORD disposition = 0;
  return code(openSubkey(hKey, lpszSubKey, samDesired, false, phkResult, disposition));
}

LONG WINAPI ClusterRegDeleteKey(HKEY hKey, LPCWSTR lpszSubKey) {
  Outcome outcome;
  wire::DeleteKeyRequest request;
  wire::Empty answer;
  const auto key = keyOf(hKey, outcome);
  if (!key || !takeText(lpszSubKey, *request.mutable_subkey(), outcome)) return code(outcome);
  return code(perform(*key, Call::DeleteKey, request, &wire::DeleteKeyRequest::set_key, answer));
}

LONG WINAPI ClusterRegCloseKey(HKEY hKey) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return code(outcome);
  // The key that Open was given is rhs's: a DLL that closes it does no harm to itself.
  if (key->ofHost()) return ERROR_SUCCESS;
  HandleTable::instance().remove(hKey);
  key->close();
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegEnumKey(HKEY hKey, DWORD dwIndex, LPWSTR lpszName, LPDWORD lpcchName,
                              PFILETIME lpftLastWriteTime) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return code(outcome);
  wire::EnumKeyRequest request;
  request.set_index(dwIndex);
  wire::EnumKeyAnswer answer;
  outcome = perform(*key, Call::EnumKey, request, &wire::EnumKeyRequest::set_key, answer);
  if (!outcome.ok()) return code(outcome);
  if (lpftLastWriteTime) {
    lpftLastWriteTime->dwLowDateTime = static_cast<DWORD>(answer.last_write());
    lpftLastWriteTime->dwHighDateTime = static_cast<DWORD>(answer.last_write() >> 32);
  }
  return code(giveText(answer.name(), lpszName, lpcchName));
}

DWORD WINAPI ClusterRegSetValue(HKEY hKey, LPCWSTR lpszValueName, DWORD dwType, const BYTE* lpData, DWORD cbData) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return finish(outcome);
  if (!lpData && cbData != 0) return finish(ERROR_INVALID_PARAMETER);
  wire::BatchRequest request;
  auto& command = *request.add_commands();
  command.set_command(CLUSREG_SET_VALUE);
  command.set_options(dwType);
  if (lpData) command.set_data(lpData, cbData);
  if (!takeOptionalText(lpszValueName, *command.mutable_name(), outcome)) return finish(outcome);
  return finish(writeOne(*key, request));
}

DWORD WINAPI ClusterRegDeleteValue(HKEY hKey, LPCWSTR lpszValueName) {
  Outcome outcome;
  std::string name;
  const auto key = keyOf(hKey, outcome);
  if (!key || !takeOptionalText(lpszValueName, name, outcome)) return finish(outcome);
  wire::BatchRequest request;
  for (const auto command : {CLUSREG_CONDITION_EXISTS, CLUSREG_DELETE_VALUE}) {
    auto& added = *request.add_commands();
    added.set_command(command);
    added.set_name(name);
  }
  wire::BatchAnswer answer;
  outcome = perform(*key, Call::Batch, request, &wire::BatchRequest::set_key, answer);
  if (outcome.code == ERROR_CLUSTER_DATABASE_UPDATE_CONDITION_FAILED) {
    outcome = {ERROR_FILE_NOT_FOUND, "the key has no value \"" + name + "\"", {}};
  }
  return finish(outcome);
}

LONG WINAPI ClusterRegQueryValue(HKEY hKey, LPCWSTR lpszValueName, LPDWORD lpdwValueType, LPBYTE lpData,
                                 LPDWORD lpcbData) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  wire::QueryValueRequest request;
  wire::RegistryValue value;
  if (!key || !takeOptionalText(lpszValueName, *request.mutable_name(), outcome)) return code(outcome);
  outcome = perform(*key, Call::QueryValue, request, &wire::QueryValueRequest::set_key, value);
  return outcome.ok() ? code(giveValue(value, lpdwValueType, lpData, lpcbData)) : code(outcome);
}

DWORD WINAPI ClusterRegEnumValue(HKEY hKey, DWORD dwIndex, LPWSTR lpszValueName, LPDWORD lpcchValueName,
                                 LPDWORD lpdwType, LPBYTE lpData, LPDWORD lpcbData) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return finish(outcome);
  wire::EnumValueRequest request;
  request.set_index(dwIndex);
  wire::RegistryValue value;
  outcome = perform(*key, Call::EnumValue, request, &wire::EnumValueRequest::set_key, value);
  if (!outcome.ok()) return finish(outcome);
  // Both lengths are told, whichever buffer is short.
  const DWORD name = giveText(value.name(), lpszValueName, lpcchValueName);
  const DWORD data = giveValue(value, lpdwType, lpData, lpcbData);
  return finish(name != ERROR_SUCCESS ? name : data);
}

LONG WINAPI ClusterRegQueryInfoKey(HKEY hKey, LPDWORD lpcSubKeys, LPDWORD lpcchMaxSubKeyLen, LPDWORD lpcValues,
                                   LPDWORD lpcchMaxValueNameLen, LPDWORD lpcbMaxValueLen,
                                   LPDWORD lpcbSecurityDescriptor, PFILETIME lpftLastWriteTime) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return code(outcome);
  wire::HandleRequest request;
  wire::KeyInfoAnswer answer;
  outcome = perform(*key, Call::KeyInfo, request, &wire::HandleRequest::set_handle, answer);
  if (!outcome.ok()) return code(outcome);
  const auto give = [](LPDWORD place, DWORD number) {
    if (place) *place = number;
  };
  give(lpcSubKeys, answer.subkeys());
  give(lpcchMaxSubKeyLen, answer.max_subkey_chars());
  give(lpcValues, answer.values());
  give(lpcchMaxValueNameLen, answer.max_value_name_chars());
  give(lpcbMaxValueLen, answer.max_value_bytes());
  give(lpcbSecurityDescriptor, 0);
  if (lpftLastWriteTime) {
    lpftLastWriteTime->dwLowDateTime = static_cast<DWORD>(answer.last_write());
    lpftLastWriteTime->dwHighDateTime = static_cast<DWORD>(answer.last_write() >> 32);
  }
  return ERROR_SUCCESS;
}
