#include "rhs/callbacks.h"

#include <cstdarg>
#include <utility>

#include "rhs/event_text.h"
#include "rhs/text.h"

namespace holdfast::rhs {

namespace {

constexpr std::size_t kSlots = 32;

CallbackSink* sink = nullptr;

DWORD reportStatus(RESOURCE_HANDLE handle, const CallbackSide::Report& report) {
  const auto side = CallbackSide::find(handle);
  if (!side) return ResourceExitStateTerminate;  // RA-38
  bool queued = false;
  const auto answer = side->report(report, queued);
  if (queued) sink->reportQueued(side);
  return answer;
}

CallbackSide::Report makeReport(CLUSTER_RESOURCE_STATE state, DWORD checkPoint, HANDLE eventHandle, DWORD error) {
  CallbackSide::Report report;
  report.status.state = static_cast<std::int32_t>(state);
  report.status.checkPoint = checkPoint;
  report.status.handle = eventHandle != nullptr;
  report.status.resourceSpecific = error;
  report.eventHandle = eventHandle;
  return report;
}

DWORD setResourceStatus(RESOURCE_HANDLE handle, PRESOURCE_STATUS status) {
  if (!status) return ResourceExitStateTerminate;
  return reportStatus(handle, makeReport(status->ResourceState, status->CheckPoint, status->EventHandle, 0));
}

// P-06: the first 24 bytes only.
DWORD setResourceStatusEx(RESOURCE_HANDLE handle, PRESOURCE_STATUS_EX status) {
  if (!status) return ResourceExitStateTerminate;
  return reportStatus(handle, makeReport(status->ResourceState, status->CheckPoint, status->EventHandle,
                                         status->ApplicationSpecificErrorCode));
}

void logEvent(RESOURCE_HANDLE handle, LOG_LEVEL level, LPCWSTR format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  auto text = eventText(format, arguments);
  va_end(arguments);
  const auto side = CallbackSide::find(handle);
  sink->logLine(static_cast<std::uint32_t>(level), side ? side->typeName() : "(unknown)", side ? side->name() : "",
                std::move(text));
}

bool known(RESOURCE_HANDLE handle) { return CallbackSide::find(handle) != nullptr; }

DWORD signalFailure(RESOURCE_HANDLE handle, FAILURE_TYPE type, DWORD applicationError) {
  const auto side = CallbackSide::find(handle);
  if (!side) return ERROR_RESOURCE_NOT_FOUND;
  if (static_cast<int>(type) == 0) {
    sink->failureSignalled(side->instance(), applicationError);
  } else {
    sink->logLine(LOG_WARNING, side->typeName(), side->name(),
                  "signalled a failure of type " + std::to_string(static_cast<int>(type)) + ", code " +
                      std::to_string(applicationError) + "; the resource stays Online");
  }
  return ERROR_SUCCESS;
}

// Features of the service that no frame of the channel carries: the DLL learns that, instead of believing it.
DWORD setLockedMode(RESOURCE_HANDLE handle, BOOL, DWORD) {
  return known(handle) ? ERROR_CALL_NOT_IMPLEMENTED : ERROR_RESOURCE_NOT_FOUND;
}
DWORD setLockedModeEx(RESOURCE_HANDLE handle, BOOL, DWORD, DWORD) {
  return known(handle) ? ERROR_CALL_NOT_IMPLEMENTED : ERROR_RESOURCE_NOT_FOUND;
}
DWORD setInMemoryProperties(RESOURCE_HANDLE handle, UCHAR*, DWORD) {
  return known(handle) ? ERROR_CALL_NOT_IMPLEMENTED : ERROR_RESOURCE_NOT_FOUND;
}
DWORD setInternalState(RESOURCE_HANDLE handle, CLUSTER_RESOURCE_APPLICATION_STATE, BOOL) {
  return known(handle) ? ERROR_CALL_NOT_IMPLEMENTED : ERROR_RESOURCE_NOT_FOUND;
}
DWORD raiseNotification(LPCWSTR, const BYTE*, DWORD) { return ERROR_CALL_NOT_IMPLEMENTED; }

// No asynchronous control call is ever begun, so no context is one.
DWORD endCall(INT64, DWORD) { return ERROR_INVALID_PARAMETER; }
DWORD extendCall(INT64, DWORD) { return ERROR_INVALID_PARAMETER; }

// Hints for diagnostics: there is nothing to fail.
DWORD resourceProcessForDumps(RESOURCE_HANDLE handle, LPCWSTR, DWORD, BOOL) {
  return known(handle) ? ERROR_SUCCESS : ERROR_RESOURCE_NOT_FOUND;
}
DWORD typeProcessForDumps(LPCWSTR, LPCWSTR, DWORD, BOOL) { return ERROR_SUCCESS; }
DWORD requestDump(RESOURCE_HANDLE handle, BOOL, DWORD) {
  return known(handle) ? ERROR_SUCCESS : ERROR_RESOURCE_NOT_FOUND;
}
DWORD traceHint(RESOURCE_HANDLE handle, const std::string& text) {
  const auto side = CallbackSide::find(handle);
  if (!side) return ERROR_RESOURCE_NOT_FOUND;
  sink->logLine(LOG_INFORMATION, side->typeName(), side->name(), text);
  return ERROR_SUCCESS;
}
DWORD setTracePolicy(RESOURCE_HANDLE handle, DWORD flags) {
  return traceHint(handle, "set trace recording flags " + std::to_string(flags) + " (noted only)");
}
DWORD armTraceWatchdog(RESOURCE_HANDLE handle, UINT64 timeout_ms) {
  return traceHint(handle, "armed a trace watchdog of " + std::to_string(timeout_ms) + " ms (noted only)");
}

DWORD notDocumented() { return ERROR_CALL_NOT_IMPLEMENTED; }

struct Table {
  union {
    CLRES_CALLBACK_FUNCTION_TABLE known;
    DWORD (*slots[kSlots])();
  };
};

Table makeTable() {
  Table table;
  for (auto& slot : table.slots) slot = notDocumented;
  table.known = {logEvent,
                 setResourceStatusEx,
                 setLockedMode,
                 signalFailure,
                 setInMemoryProperties,
                 endCall,
                 endCall,
                 extendCall,
                 extendCall,
                 raiseNotification,
                 resourceProcessForDumps,
                 typeProcessForDumps,
                 setInternalState,
                 setLockedModeEx,
                 requestDump,
                 setTracePolicy,
                 armTraceWatchdog};
  return table;
}

}  // namespace

void setCallbackSink(CallbackSink* to) { sink = to; }

PSET_RESOURCE_STATUS_ROUTINE setResourceStatusCallback() { return setResourceStatus; }
PLOG_EVENT_ROUTINE logEventCallback() { return logEvent; }

PCLRES_CALLBACK_FUNCTION_TABLE callbackTable() {
  static Table table = makeTable();
  return &table.known;
}

}  // namespace holdfast::rhs
