// What the callbacks of a DLL see of an instance: they come on any thread, at any time, also after Close. They take one
// short lock, never a lane, and never wait (RA §6.3).
#pragma once

#include <resapi.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "core/monitor/instance.h"

namespace holdfast::rhs {

class CallbackSide {
 public:
  CallbackSide(monitor::InstanceId instance, std::string typeName, std::string name);

  monitor::InstanceId instance() const { return instance_; }
  /// What Open gets; never given again.
  RESOURCE_HANDLE handle() const { return handle_; }
  const std::string& typeName() const { return typeName_; }
  std::string name() const;
  void rename(std::string name);

  /// Online or Offline with this serial is about to be entered: its reports count, unless it was closed before.
  void openGate(std::uint64_t serial);
  /// Operations up to this serial take no reports any more.
  void closeGate(std::uint64_t serial);

  struct Report {
    monitor::StatusReport status;
    HANDLE eventHandle = nullptr;
  };
  /// SetResourceStatus(Ex): returns the exit state. `queued` is true if the loop is to fetch it with takeReport();
  /// several reports of progress are fetched as one, the newest.
  DWORD report(const Report& report, bool& queued);
  /// The oldest report that waits.
  Report takeReport();

  // --- the directory -------------------------------------------------------------------------------------------------

  /// From before Open to after Close a handle is found; a wrong or old one is not.
  static void enlist(std::shared_ptr<CallbackSide> side);
  static void strike(RESOURCE_HANDLE handle);
  static std::shared_ptr<CallbackSide> find(RESOURCE_HANDLE handle);

 private:
  const monitor::InstanceId instance_;
  const RESOURCE_HANDLE handle_;
  const std::string typeName_;
  mutable std::mutex mutex_;
  std::string name_;
  std::uint64_t openSerial_ = 0;
  std::uint64_t closedSerial_ = 0;
  bool progressWaits_ = false;
  Report progress_;
  bool endWaits_ = false;
  Report end_;
};

}  // namespace holdfast::rhs
