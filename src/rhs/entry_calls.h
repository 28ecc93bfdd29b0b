// The calls into a DLL, as a worker makes them. An exception that leaves one ends the process (RA §12.4).
#pragma once

#include <resapi.h>

#include <cstdint>
#include <memory>

#include "core/monitor/instance.h"
#include "rhs/callback_side.h"
#include "rhs/function_table.h"
#include "rhs/pool.h"
#include "rhs/shared_block.h"

namespace holdfast::rhs {

/// What workers need of an open instance; does not change while it is open, except by a new copy.
struct Live {
  FunctionTable table;
  RESID resid = nullptr;
  std::shared_ptr<CallbackSide> side;
  CallLabel label{};
  std::shared_ptr<Lane> lane;
  std::shared_ptr<LockGroup> group;
};

struct OpenResult {
  RESID resid = nullptr;
  std::uint32_t status = 0;  ///< 0, or why it is not opened
  Time entered{}, left{};
};
OpenResult callOpen(const Live& live, HKEY key, std::uint32_t deadlock_ms);

struct EntryResult {
  monitor::Returned returned;
  HANDLE eventHandle = nullptr;
  std::uint32_t lastError = 0;  ///< Close
  Time left{};
};
/// Close, Online, Offline, Terminate, LooksAlive, IsAlive, Cancel.
EntryResult callEntry(const Live& live, monitor::EntryPoint entry, std::uint64_t serial, std::uint32_t deadlock_ms);

/// ResourceControl. `input` may be written to by the DLL. Codes that only read are repeated once where the buffer was
/// too small (design §4).
monitor::ControlDone callResourceControl(const Live& live, monitor::ResourceControl& control,
                                         std::uint32_t deadlock_ms);

/// ResourceTypeControl.
monitor::ControlDone callTypeControl(const FunctionTable& table, const CallLabel& label, const char* lane,
                                     monitor::ResourceTypeControl& control);

/// True for codes that change nothing: neither the modify bit nor a mark of user codes (RA §14.1).
bool onlyReads(std::uint32_t code);

}  // namespace holdfast::rhs
