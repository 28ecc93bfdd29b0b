// Control codes: private properties. What is declined here gets its default processing from the cluster.
#include "generic_application.h"

namespace generic_application {
namespace {

struct Block : Properties {  // a parameter block that frees itself
  Block() = default;
  ~Block() { ResUtilFreeParameterBlock(bytes(), nullptr, kPropertyTable); }
  Block(Block const&) = delete;
  Block& operator=(Block const&) = delete;
  LPBYTE bytes() { return reinterpret_cast<LPBYTE>(static_cast<Properties*>(this)); }
};

/// Checks a list against the stored properties: `wanted` becomes what would be stored.
DWORD check(Instance& instance, PVOID list, DWORD listBytes, Block& wanted) {
  DWORD status =
      ResUtilGetPropertiesToParameterBlock(instance.parameters, kPropertyTable, wanted.bytes(), FALSE, nullptr);
  if (status == ERROR_SUCCESS) {
    // A name that is not in the table is refused: it is a typing error far more often than a wish.
    status = ResUtilVerifyPropertyTable(kPropertyTable, nullptr, FALSE, list, listBytes, wanted.bytes());
  }
  return status == ERROR_SUCCESS ? validate(wanted) : status;
}

DWORD setProperties(Instance& instance, PVOID list, DWORD listBytes) {
  Block wanted;
  DWORD status = check(instance, list, listBytes, wanted);
  if (status == ERROR_SUCCESS) {
    status = ResUtilSetPropertyParameterBlock(instance.parameters, kPropertyTable, nullptr, wanted.bytes(), list,
                                              listBytes, nullptr);
  }
  std::lock_guard const lock(instance.mutex);
  // A running program keeps the command line that it was started with.
  return status == ERROR_SUCCESS && instance.process != nullptr ? ERROR_RESOURCE_PROPERTIES_STORED : status;
}

DWORD giveEmptyList(PVOID out, DWORD outBytes, LPDWORD returned) {
  *returned = sizeof(DWORD);
  if (outBytes < sizeof(DWORD)) {
    return ERROR_MORE_DATA;
  }
  ZeroMemory(out, sizeof(DWORD));  // a list of no properties
  return ERROR_SUCCESS;
}

}  // namespace

DWORD resourceControl(Instance& instance, DWORD code, PVOID in, DWORD inBytes, PVOID out, DWORD outBytes,
                      LPDWORD returned) {
  DWORD ignored = 0;
  DWORD& bytes = returned == nullptr ? ignored : *returned;
  DWORD required = 0;
  DWORD status = ERROR_SUCCESS;
  bytes = 0;
  switch (code) {
    case CLUSCTL_RESOURCE_UNKNOWN:
      return ERROR_SUCCESS;
    case CLUSCTL_RESOURCE_ENUM_PRIVATE_PROPERTIES:
      status = ResUtilEnumProperties(kPropertyTable, static_cast<LPWSTR>(out), outBytes, &bytes, &required);
      break;
    case CLUSCTL_RESOURCE_GET_RO_PRIVATE_PROPERTIES:
      return giveEmptyList(out, outBytes, &bytes);
    case CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES:
      status = ResUtilGetAllProperties(instance.parameters, kPropertyTable, out, outBytes, &bytes, &required);
      break;
    case CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTY_FMTS:
      status = ResUtilGetPropertyFormats(kPropertyTable, out, outBytes, &bytes, &required);
      break;
    case CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES: {
      Block wanted;
      return check(instance, in, inBytes, wanted);
    }
    case CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES:
      return setProperties(instance, in, inBytes);
    default:
      return ERROR_INVALID_FUNCTION;
  }
  if (status == ERROR_MORE_DATA) {
    bytes = required;
  }
  return status;
}

DWORD WINAPI TypeControl(LPCWSTR, DWORD code, PVOID, DWORD, PVOID out, DWORD outBytes, LPDWORD returned) {
  DWORD ignored = 0;
  DWORD& bytes = returned == nullptr ? ignored : *returned;
  bytes = 0;
  if (code == CLUSCTL_RESOURCE_TYPE_UNKNOWN) {
    return ERROR_SUCCESS;
  }
  if (code != CLUSCTL_RESOURCE_TYPE_GET_PRIVATE_RESOURCE_PROPERTY_FMTS) {
    return ERROR_INVALID_FUNCTION;
  }
  DWORD required = 0;
  DWORD const status = ResUtilGetPropertyFormats(kPropertyTable, out, outBytes, &bytes, &required);
  if (status == ERROR_MORE_DATA) {
    bytes = required;
  }
  return status;
}

}  // namespace generic_application
