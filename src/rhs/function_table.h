// The function table that a DLL returned from Startup: checked, copied, and called by one form for all versions
// (RA §2.4, §3.3, §5.18).
#pragma once

#include <resapi.h>

#include <cstdint>
#include <string>

namespace holdfast::rhs {

/// What we offer to Startup.
inline constexpr DWORD kLowestVersion = CLRES_VERSION_V1_00;
inline constexpr DWORD kHighestVersion = CLRES_VERSION_V4_00;

/// A copy: changes that the DLL makes later have no effect (P-08).
class FunctionTable {
 public:
  /// Checks and copies. Returns 0, ERROR_INVALID_PARAMETER or ERROR_REVISION_MISMATCH, with the reason in `why`.
  std::uint32_t accept(const CLRES_FUNCTION_TABLE* table, std::string& why);

  DWORD version() const { return version_; }
  bool quorumCapable() const { return arbitrate_ && release_; }
  bool canCancel() const { return cancel_ != nullptr; }
  /// V3 and V4 have Begin… forms in the places of the control slots.
  bool hasBeginControls() const { return version_ >= CLRES_VERSION_V3_00; }

  RESID open(LPCWSTR name, HKEY key, RESOURCE_HANDLE handle) const;
  void close(RESID resource) const { close_(resource); }
  DWORD online(RESID resource, LPHANDLE eventHandle) const;
  DWORD offline(RESID resource) const;
  void terminate(RESID resource) const { terminate_(resource); }
  BOOL looksAlive(RESID resource) const { return looksAlive_(resource); }
  BOOL isAlive(RESID resource) const { return isAlive_(resource); }
  DWORD cancel(RESID resource) const { return cancel_ ? cancel_(resource, 0) : ERROR_INVALID_FUNCTION; }

  /// Null where the DLL leaves all codes to the monitor (P-09), or has a Begin form.
  PRESOURCE_CONTROL_ROUTINE resourceControl() const { return resourceControl_; }
  PRESOURCE_TYPE_CONTROL_ROUTINE resourceTypeControl() const { return resourceTypeControl_; }

 private:
  template <class Arm>
  bool copyCommon(const Arm& arm, std::string& why);
  std::uint32_t copyArm(const CLRES_FUNCTION_TABLE& table, std::string& why);

  DWORD version_ = 0;
  POPEN_ROUTINE open_ = nullptr;
  POPEN_V2_ROUTINE openV2_ = nullptr;
  PCLOSE_ROUTINE close_ = nullptr;
  PONLINE_ROUTINE online_ = nullptr;
  PONLINE_V2_ROUTINE onlineV2_ = nullptr;
  POFFLINE_ROUTINE offline_ = nullptr;
  POFFLINE_V2_ROUTINE offlineV2_ = nullptr;
  PTERMINATE_ROUTINE terminate_ = nullptr;
  PLOOKS_ALIVE_ROUTINE looksAlive_ = nullptr;
  PIS_ALIVE_ROUTINE isAlive_ = nullptr;
  PARBITRATE_ROUTINE arbitrate_ = nullptr;
  PRELEASE_ROUTINE release_ = nullptr;
  PRESOURCE_CONTROL_ROUTINE resourceControl_ = nullptr;
  PRESOURCE_TYPE_CONTROL_ROUTINE resourceTypeControl_ = nullptr;
  PCANCEL_ROUTINE cancel_ = nullptr;
};

}  // namespace holdfast::rhs
