#include "core/properties/payloads.h"

#include <algorithm>
#include <array>

#include "core/properties/property_list.h"
#include "core/properties/status.h"
#include "core/properties/value_list.h"

namespace holdfast::properties {
namespace {

using enum Payload;
using enum Handler;

constexpr ControlCode resource(std::uint32_t word, std::string_view name, Handler handler, Payload input,
                               Payload output) {
  return {word, name, ObjectKind::Resource, handler, input, output};
}
constexpr ControlCode type(std::uint32_t word, std::string_view name, Handler handler, Payload input, Payload output) {
  return {word, name, ObjectKind::ResourceType, handler, input, output};
}

// CC §8, without codes that mean nothing outside Windows: those are unknown, and answer 1 like them.
constexpr std::array kResourceCodes{
    resource(0x01000000, "RESOURCE_UNKNOWN", Dll, None, None),
    resource(0x01000005, "RESOURCE_GET_CHARACTERISTICS", DllThenDefault, None, Dword),
    resource(0x01000009, "RESOURCE_GET_FLAGS", DllThenDefault, None, Dword),
    resource(0x0100000D, "RESOURCE_GET_CLASS_INFO", DllThenDefault, None, Structure),
    resource(0x01000011, "RESOURCE_GET_REQUIRED_DEPENDENCIES", Dll, None, ValueList),
    resource(0x01000019, "RESOURCE_GET_FAILURE_INFO", Service, None, Dword),
    resource(0x01000029, "RESOURCE_GET_NAME", Service, None, Sz),
    resource(0x0100002D, "RESOURCE_GET_RESOURCE_TYPE", Service, None, Sz),
    resource(0x01000039, "RESOURCE_GET_ID", Service, None, Sz),
    resource(0x01000051, "RESOURCE_ENUM_COMMON_PROPERTIES", DllThenDefault, None, MultiSz),
    resource(0x01000055, "RESOURCE_GET_RO_COMMON_PROPERTIES", DllThenDefault, None, Properties),
    resource(0x01000059, "RESOURCE_GET_COMMON_PROPERTIES", DllThenDefault, None, Properties),
    resource(0x0140005E, "RESOURCE_SET_COMMON_PROPERTIES", DllThenDefault, Properties, None),
    resource(0x01000061, "RESOURCE_VALIDATE_COMMON_PROPERTIES", DllThenDefault, Properties, None),
    resource(0x01000065, "RESOURCE_GET_COMMON_PROPERTY_FMTS", DllThenDefault, None, Formats),
    resource(0x01000079, "RESOURCE_ENUM_PRIVATE_PROPERTIES", DllThenDefault, None, MultiSz),
    resource(0x0100007D, "RESOURCE_GET_RO_PRIVATE_PROPERTIES", DllThenDefault, None, Properties),
    resource(0x01000081, "RESOURCE_GET_PRIVATE_PROPERTIES", DllThenDefault, None, Properties),
    resource(0x01400086, "RESOURCE_SET_PRIVATE_PROPERTIES", DllThenDefault, Properties, None),
    resource(0x01000089, "RESOURCE_VALIDATE_PRIVATE_PROPERTIES", DllThenDefault, Properties, None),
    resource(0x0100008D, "RESOURCE_GET_PRIVATE_PROPERTY_FMTS", Dll, None, Formats),
    resource(0x010000C9, "RESOURCE_GET_LOADBAL_PROCESS_LIST", Unsupported, None, Opaque),
    resource(0x010001B9, "RESOURCE_QUERY_DELETE", Unsupported, None, None),
    resource(0x01000169, "RESOURCE_GET_NETWORK_NAME", Dll, None, Sz),
    resource(0x01000175, "RESOURCE_GET_DNS_NAME", Dll, None, Sz),
    resource(0x01000172, "RESOURCE_NETNAME_REGISTER_DNS_RECORDS", Dll, None, None),
    resource(0x01000191, "RESOURCE_STORAGE_GET_DISK_INFO", Dll, None, ValueList),
    resource(0x010001F1, "RESOURCE_STORAGE_GET_DISK_INFO_EX", Dll, None, Opaque),
    resource(0x010001F9, "RESOURCE_STORAGE_GET_DISK_INFO_EX2", Dll, None, Opaque),
    resource(0x01000199, "RESOURCE_STORAGE_IS_PATH_VALID", Dll, Sz, None),
    resource(0x01000211, "RESOURCE_STORAGE_GET_MOUNTPOINTS", Dll, Dword, MultiSz),
    resource(0x010001E1, "RESOURCE_QUERY_MAINTENANCE_MODE", Dll, None, Structure),
    resource(0x014001E6, "RESOURCE_SET_MAINTENANCE_MODE", Dll, Structure, None),
    resource(0x014001BE, "RESOURCE_IPADDRESS_RENEW_LEASE", Dll, None, None),
    resource(0x014001C2, "RESOURCE_IPADDRESS_RELEASE_LEASE", Dll, None, None),
    resource(0x014002AE, "RESOURCE_RW_MODIFY_NOOP", Service, None, None),
    // Sent by the service itself (CC §11.1).
    resource(0x01500006, "RESOURCE_DELETE", Dll, None, None),
    resource(0x0150000A, "RESOURCE_INSTALL_NODE", Dll, Sz, None),
    resource(0x0150000E, "RESOURCE_EVICT_NODE", Dll, Sz, None),
    resource(0x01500012, "RESOURCE_ADD_DEPENDENCY", Dll, Sz, None),
    resource(0x01500016, "RESOURCE_REMOVE_DEPENDENCY", Dll, Sz, None),
    resource(0x0150001A, "RESOURCE_ADD_OWNER", Dll, Sz, None),
    resource(0x0150001E, "RESOURCE_REMOVE_OWNER", Dll, Sz, None),
    resource(0x01500026, "RESOURCE_SET_NAME", Dll, Sz, None),
    resource(0x0150004E, "RESOURCE_STATE_CHANGE_REASON", Dll, Structure, None),
    resource(0x01500056, "RESOURCE_LEAVING_GROUP", Dll, Sz, None),
    resource(0x0150005A, "RESOURCE_JOINING_GROUP", Dll, Sz, None),
};

// CC §9.
constexpr std::array kTypeCodes{
    type(0x02000000, "RESOURCE_TYPE_UNKNOWN", DllThenDefault, None, None),
    type(0x02000005, "RESOURCE_TYPE_GET_CHARACTERISTICS", DllThenDefault, None, Dword),
    type(0x02000009, "RESOURCE_TYPE_GET_FLAGS", DllThenDefault, None, Dword),
    type(0x0200000D, "RESOURCE_TYPE_GET_CLASS_INFO", DllThenDefault, None, Structure),
    type(0x02000011, "RESOURCE_TYPE_GET_REQUIRED_DEPENDENCIES", Dll, None, ValueList),
    type(0x02000015, "RESOURCE_TYPE_GET_ARB_TIMEOUT", Dll, None, Dword),
    type(0x02000051, "RESOURCE_TYPE_ENUM_COMMON_PROPERTIES", DllThenDefault, None, MultiSz),
    type(0x02000055, "RESOURCE_TYPE_GET_RO_COMMON_PROPERTIES", DllThenDefault, None, Properties),
    type(0x02000059, "RESOURCE_TYPE_GET_COMMON_PROPERTIES", DllThenDefault, None, Properties),
    type(0x0240005E, "RESOURCE_TYPE_SET_COMMON_PROPERTIES", DllThenDefault, Properties, None),
    type(0x02000061, "RESOURCE_TYPE_VALIDATE_COMMON_PROPERTIES", DllThenDefault, Properties, None),
    type(0x02000065, "RESOURCE_TYPE_GET_COMMON_PROPERTY_FMTS", Unsupported, None, Formats),
    type(0x02000069, "RESOURCE_TYPE_GET_COMMON_RESOURCE_PROPERTY_FMTS", DllThenDefault, None, Formats),
    type(0x02000079, "RESOURCE_TYPE_ENUM_PRIVATE_PROPERTIES", DllThenDefault, None, MultiSz),
    type(0x0200007D, "RESOURCE_TYPE_GET_RO_PRIVATE_PROPERTIES", Dll, None, Properties),
    type(0x02000081, "RESOURCE_TYPE_GET_PRIVATE_PROPERTIES", DllThenDefault, None, Properties),
    type(0x02400086, "RESOURCE_TYPE_SET_PRIVATE_PROPERTIES", DllThenDefault, Properties, None),
    type(0x02000089, "RESOURCE_TYPE_VALIDATE_PRIVATE_PROPERTIES", DllThenDefault, Properties, None),
    type(0x0200008D, "RESOURCE_TYPE_GET_PRIVATE_PROPERTY_FMTS", Dll, None, Formats),
    type(0x02000091, "RESOURCE_TYPE_GET_PRIVATE_RESOURCE_PROPERTY_FMTS", Dll, None, Formats),
    type(0x02000195, "RESOURCE_TYPE_STORAGE_GET_AVAILABLE_DISKS", Dll, None, ValueList),
    type(0x0200022D, "RESOURCE_TYPE_STORAGE_GET_RESOURCEID", Dll, Sz, Sz),
    type(0x02000231, "RESOURCE_TYPE_GEN_APP_VALIDATE_PATH", Dll, Sz, None),
    type(0x02000235, "RESOURCE_TYPE_NETNAME_VALIDATE_NETNAME", Dll, Sz, None),
    type(0x02000239, "RESOURCE_TYPE_GEN_APP_VALIDATE_DIRECTORY", Dll, Sz, None),
    // Sent by the service itself (CC §11.2).
    type(0x0250000A, "RESOURCE_TYPE_INSTALL_NODE", Dll, Sz, None),
    type(0x0250000E, "RESOURCE_TYPE_EVICT_NODE", Dll, Sz, None),
    type(0x02500036, "RESOURCE_TYPE_STARTING_PHASE1", Dll, Structure, None),
    type(0x0250003A, "RESOURCE_TYPE_STARTING_PHASE2", Dll, Structure, None),
};

struct SharedCode {
  std::uint32_t operation = 0;
  std::string_view name;
  Payload input = None;
  Payload output = None;
  bool cluster = true;  // M10: the cluster has no name, id, flags or characteristics
};

// CC §10.1: the same operations for groups, nodes and the cluster, all answered by the service.
constexpr std::array kSharedCodes{
    SharedCode{code::kUnknown, "UNKNOWN", None, None},
    SharedCode{code::kGetCharacteristics, "GET_CHARACTERISTICS", None, Dword, false},
    SharedCode{code::kGetFlags, "GET_FLAGS", None, Dword, false},
    SharedCode{code::kGetName, "GET_NAME", None, Sz, false},
    SharedCode{code::kGetId, "GET_ID", None, Sz, false},
    SharedCode{code::kEnumCommonProperties, "ENUM_COMMON_PROPERTIES", None, MultiSz},
    SharedCode{code::kGetRoCommonProperties, "GET_RO_COMMON_PROPERTIES", None, Properties},
    SharedCode{code::kGetCommonProperties, "GET_COMMON_PROPERTIES", None, Properties},
    SharedCode{code::kSetCommonProperties, "SET_COMMON_PROPERTIES", Properties, None},
    SharedCode{code::kValidateCommonProperties, "VALIDATE_COMMON_PROPERTIES", Properties, None},
    SharedCode{code::kGetCommonPropertyFormats, "GET_COMMON_PROPERTY_FMTS", None, Formats},
    SharedCode{code::kEnumPrivateProperties, "ENUM_PRIVATE_PROPERTIES", None, MultiSz},
    SharedCode{code::kGetRoPrivateProperties, "GET_RO_PRIVATE_PROPERTIES", None, Properties},
    SharedCode{code::kGetPrivateProperties, "GET_PRIVATE_PROPERTIES", None, Properties},
    SharedCode{code::kSetPrivateProperties, "SET_PRIVATE_PROPERTIES", Properties, None},
    SharedCode{code::kValidatePrivateProperties, "VALIDATE_PRIVATE_PROPERTIES", Properties, None},
    SharedCode{code::kGetPrivatePropertyFormats, "GET_PRIVATE_PROPERTY_FMTS", None, Formats},
};

std::optional<ControlCode> findShared(ObjectKind object, std::uint32_t word) {
  if ((word >> 24) != objectNumber(object)) return std::nullopt;
  for (const SharedCode& shared : kSharedCodes) {
    if (shared.operation != (word & code::kFunctionMask)) continue;
    if (object == ObjectKind::Cluster && !shared.cluster) return std::nullopt;
    return ControlCode{word, shared.name, object, Service, shared.input, shared.output};
  }
  return std::nullopt;
}

template <class Table>
std::optional<ControlCode> findIn(const Table& table, std::uint32_t word) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const ControlCode& c) { return c.code == word; });
  if (found == table.end()) return std::nullopt;
  return *found;
}

constexpr std::uint32_t kGlobalBit = 1u << 23;
constexpr std::uint32_t kModifyBit = 1u << 22;
constexpr std::uint32_t kUserBit = 1u << 21;
constexpr std::uint32_t kInternalBit = 1u << 20;

}  // namespace

std::uint32_t objectNumber(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Resource:
      return 1;
    case ObjectKind::ResourceType:
      return 2;
    case ObjectKind::Group:
      return 3;
    case ObjectKind::Node:
      return 4;
    case ObjectKind::Cluster:
      return 7;
  }
  return 0;
}

std::optional<ControlCode> findControl(ObjectKind object, std::uint32_t controlCode) {
  switch (object) {
    case ObjectKind::Resource:
      return findIn(kResourceCodes, controlCode);
    case ObjectKind::ResourceType:
      return findIn(kTypeCodes, controlCode);
    case ObjectKind::Group:
    case ObjectKind::Node:
    case ObjectKind::Cluster:
      return findShared(object, controlCode);
  }
  return std::nullopt;
}

bool isUserCode(std::uint32_t controlCode) {
  const bool documentedGlobal = controlCode == 0x01C0018A || controlCode == 0x01C00212;
  return (controlCode >> 24) >= 128 || (controlCode & kUserBit) != 0 ||
         ((controlCode & kGlobalBit) != 0 && !documentedGlobal);
}

bool isInternalCode(std::uint32_t controlCode) { return !isUserCode(controlCode) && (controlCode & kInternalBit) != 0; }

bool isModifyingCode(std::uint32_t controlCode) { return (controlCode & kModifyBit) != 0; }

bool takesPropertyList(std::uint32_t controlCode) {
  if (isUserCode(controlCode)) return false;
  switch (controlCode & code::kFunctionMask) {
    case code::kSetCommonProperties:
    case code::kValidateCommonProperties:
    case code::kSetPrivateProperties:
    case code::kValidatePrivateProperties:
      return true;
    default:
      return false;
  }
}

std::expected<Bytes, std::uint32_t> convertPayload(Payload payload, std::span<const std::uint8_t> bytes, Width from,
                                                   Width to) {
  const Bytes same(bytes.begin(), bytes.end());
  if (from == to || bytes.empty()) return same;
  switch (payload) {
    case Payload::Properties:
    case Formats: {
      const auto list = readPropertyList(bytes, from);
      if (!list) return std::unexpected(list.error());
      return writePropertyList(*list, to);
    }
    case ValueList:
      return convertValueList(bytes, from, to);
    case Sz:
    case MultiSz: {
      if (bytes.size() % bytesPerCharacter(from) != 0) return std::unexpected(status::kInvalidData);
      Bytes out;
      appendText(out, readText(bytes, from), to);
      return out;
    }
    case None:
    case Dword:
    case Structure:
    case Opaque:
      return same;
  }
  return same;
}

}  // namespace holdfast::properties
