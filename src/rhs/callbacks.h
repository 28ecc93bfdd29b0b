// The functions that a DLL may call back (RA §2.5, §6): one set of addresses for the whole process (P-10).
#pragma once

#include <resapi.h>

#include <string>

#include "rhs/callback_side.h"

namespace holdfast::rhs {

/// Where callbacks lead. Implemented by the monitor; called on any thread, must not block.
class CallbackSink {
 public:
  virtual ~CallbackSink() = default;
  /// A report waits in the side.
  virtual void reportQueued(const std::shared_ptr<CallbackSide>& side) = 0;
  virtual void failureSignalled(monitor::InstanceId instance, std::uint32_t applicationError) = 0;
  /// `level` is a LOG_LEVEL. Type and resource are empty where they are not known.
  virtual void logLine(std::uint32_t level, std::string type, std::string resource, std::string text) = 0;
};

/// Before the first DLL is loaded, once.
void setCallbackSink(CallbackSink* sink);

PSET_RESOURCE_STATUS_ROUTINE setResourceStatusCallback();
PLOG_EVENT_ROUTINE logEventCallback();

/// 32 slots: the 17 documented ones, and in the rest a function that answers ERROR_CALL_NOT_IMPLEMENTED.
PCLRES_CALLBACK_FUNCTION_TABLE callbackTable();

}  // namespace holdfast::rhs
