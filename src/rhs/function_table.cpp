#include "rhs/function_table.h"

namespace holdfast::rhs {

namespace {

std::size_t functionsSize(DWORD version) {
  switch (version) {
    case CLRES_VERSION_V1_00:
      return sizeof(CLRES_V1_FUNCTIONS);
    case CLRES_VERSION_V2_00:
      return sizeof(CLRES_V2_FUNCTIONS);
    case CLRES_VERSION_V3_00:
      return sizeof(CLRES_V3_FUNCTIONS);
    case CLRES_VERSION_V4_00:
      return sizeof(CLRES_V4_FUNCTIONS);
    default:
      return 0;
  }
}

}  // namespace

template <class Arm>
bool FunctionTable::copyCommon(const Arm& arm, std::string& why) {
  // RA-18: only these may not be missing.
  if (!arm.Open || !arm.Close || !arm.Online || !arm.Offline || !arm.Terminate || !arm.LooksAlive || !arm.IsAlive) {
    why = "its function table lacks one of Open, Close, Online, Offline, Terminate, LooksAlive, IsAlive";
    return false;
  }
  close_ = arm.Close;
  terminate_ = arm.Terminate;
  looksAlive_ = arm.LooksAlive;
  isAlive_ = arm.IsAlive;
  arbitrate_ = arm.Arbitrate;
  release_ = arm.Release;
  if (!arbitrate_ != !release_) why = "it has only one of Arbitrate and Release: the type is not quorum capable";
  return true;
}

std::uint32_t FunctionTable::copyArm(const CLRES_FUNCTION_TABLE& table, std::string& why) {
  if (version_ == CLRES_VERSION_V1_00) {
    const auto& arm = table.V1Functions;
    if (!copyCommon(arm, why)) return ERROR_INVALID_PARAMETER;
    open_ = arm.Open;
    online_ = arm.Online;
    offline_ = arm.Offline;
    resourceControl_ = arm.ResourceControl;
    resourceTypeControl_ = arm.ResourceTypeControl;
    return 0;
  }
  // The slots before the controls, and Cancel, have one place in V2, V3 and V4.
  const auto& arm = table.V2Functions;
  if (!copyCommon(arm, why)) return ERROR_INVALID_PARAMETER;
  openV2_ = arm.Open;
  onlineV2_ = arm.Online;
  offlineV2_ = arm.Offline;
  cancel_ = arm.Cancel;
  if (version_ == CLRES_VERSION_V2_00) {
    resourceControl_ = arm.ResourceControl;
    resourceTypeControl_ = arm.ResourceTypeControl;
  }
  return 0;
}

std::uint32_t FunctionTable::accept(const CLRES_FUNCTION_TABLE* table, std::string& why) {
  if (!table) {
    why = "it returned no function table";
    return ERROR_INVALID_PARAMETER;
  }
  version_ = table->Version;
  const auto size = functionsSize(version_);
  if (size == 0) {
    why = "its function table has version " + std::to_string(version_ >> 8) + ", not 1 to 4";
    return ERROR_REVISION_MISMATCH;
  }
  if (table->TableSize < size) {  // P-08: of the functions, or of the whole structure
    why = "its function table is too short: " + std::to_string(table->TableSize) + " bytes";
    return ERROR_INVALID_PARAMETER;
  }
  return copyArm(*table, why);
}

RESID FunctionTable::open(LPCWSTR name, HKEY key, RESOURCE_HANDLE handle) const {
  return open_ ? open_(name, key, handle) : openV2_(name, key, handle, 0);
}

DWORD FunctionTable::online(RESID resource, LPHANDLE eventHandle) const {
  return online_ ? online_(resource, eventHandle) : onlineV2_(resource, eventHandle, 0, nullptr, 0, 0);
}

DWORD FunctionTable::offline(RESID resource) const {
  return offline_ ? offline_(resource) : offlineV2_(resource, nullptr, 0, nullptr, 0, 0);
}

}  // namespace holdfast::rhs
