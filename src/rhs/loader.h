// Loading a resource DLL and asking it for the table of a type (RA §3). Runs on a worker, with K held exclusively.
#pragma once

#include <resapi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/monitor/messages.h"
#include "rhs/function_table.h"
#include "rhs/shared_block.h"

namespace holdfast::rhs {

/// A DLL in this process. Stays loaded until the end: its threads may linger (P-14).
struct LoadedDll {
  std::string path;
  void* library = nullptr;
  PSTARTUP_ROUTINE startup = nullptr;
  PSTARTUP_EX_ROUTINE startupEx = nullptr;
};

struct Started {
  std::uint32_t status = 0;
  FunctionTable table;
  std::vector<std::string> notes;  ///< for the cluster log
};

/// Loads `dll` if it is not loaded, then Startup(Ex) of the type. Returns what creation of a resource answers (P-15).
/// `lane`: name of the lane held. `instance`: on whose account, 0 for the type's own.
Started startType(LoadedDll& dll, const monitor::TypeInfo& type, const CallLabel& label, const char* lane,
                  monitor::InstanceId instance);

}  // namespace holdfast::rhs
