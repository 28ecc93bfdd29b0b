// A SQLite VFS over the system's that fails when a test says so, and knows what a power cut would leave behind.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::clussvc::store::testing {

/// What goes wrong, and when. Calls are counted over all files from the moment the plan is set.
struct FaultPlan {
  enum class Kind { None, WriteError, DiskFull, ShortWrite, SyncError };
  Kind kind = Kind::None;
  std::uint64_t at = 0;  ///< number of the write (or sync) that fails, from 1; it and all later ones fail
};

/// Registers the VFS under `kFaultVfs` (once) and forgets all faults and files.
inline constexpr const char* kFaultVfs = "holdfast-faults";
void resetFaultVfs(FaultPlan plan = {});
void setFaultPlan(FaultPlan plan);

/// Writes and syncs since the plan was set.
std::uint64_t writesSeen();
std::uint64_t syncsSeen();

/// What a power cut at this moment could leave: for every file what was synced, and of the writes since then each one,
/// none, or half of it, as `seed` decides. Keys are file names without folder.
std::map<std::string, std::string> imageAfterPowerCut(std::uint64_t seed);

}  // namespace holdfast::clussvc::store::testing
