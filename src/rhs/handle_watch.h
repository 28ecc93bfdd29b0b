// Waits for the event handles of online instances (RA §10). The handles belong to the DLLs: they are watched, never
// reset, signalled or closed. One handle may serve many instances.
#pragma once

#include <windows.h>

#include <functional>
#include <map>
#include <set>

#include "core/monitor/messages.h"
#include "rhs/loop.h"

namespace holdfast::rhs {

class HandleWatch {
 public:
  /// `signalled` is called once per arm(), on the loop's thread.
  HandleWatch(Loop& loop, std::function<void(monitor::InstanceId)> signalled);

  enum class Armed { Waiting, Signalled, Invalid };
  /// Signalled: it is so already, and `signalled` is not called.
  Armed arm(HANDLE handle, monitor::InstanceId instance);
  void disarm(HANDLE handle, monitor::InstanceId instance);

 private:
  struct Watched {
    int file = -1;  ///< a copy: the number stays ours when the DLL closes its handle
    std::set<monitor::InstanceId> instances;
  };
  void ready(HANDLE handle);
  void end(std::map<HANDLE, Watched>::iterator watched);

  Loop& loop_;
  const std::function<void(monitor::InstanceId)> signalled_;
  std::map<HANDLE, Watched> watched_;
};

}  // namespace holdfast::rhs
