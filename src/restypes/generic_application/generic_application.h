// The type "Generic Application": any program that runs until it is ended (RA §18). Public SDK only, as a vendor's DLL.
#pragma once

#include <resapi.h>

#include <cstdint>
#include <mutex>
#include <string>

#include "process_tree.h"

namespace generic_application {

constexpr wchar_t kTypeName[] = L"Generic Application";
constexpr DWORD kGrace_ms = 20'000;     // from SIGTERM to SIGKILL in Offline
constexpr DWORD kReport_ms = 500;       // between two reports of progress
constexpr DWORD kKillLimit_ms = 5'000;  // for a killed tree to be gone; longer only in uninterruptible sleep

/// Private properties. Memory belongs to the ResUtil functions.
struct Properties {
  LPWSTR commandLine = nullptr;
  LPWSTR currentDirectory = nullptr;
  DWORD interactWithDesktop = 0;
  DWORD useNetworkName = 0;
};
extern RESUTIL_PROPERTY_ITEM kPropertyTable[];

/// Checks what the table cannot. ERROR_INVALID_PARAMETER: the directory is neither absolute nor ".".
DWORD validate(Properties const& properties);

struct Instance {
  RESID self = nullptr;  // points to this instance while it is open
  RESOURCE_HANDLE monitor = nullptr;
  std::wstring name;
  HKEY parameters = nullptr;
  CLUS_WORKER worker{};

  std::mutex mutex;          // guards what follows against Terminate and the worker
  DWORD terminations = 0;    // an Online or Offline that sees it change gives up
  HANDLE process = nullptr;  // of the first process; the event handle too
  ProcessTree tree;
};

/// The instance of a RESID, or nullptr with a line in the cluster log.
Instance* instanceOf(RESID resource);

/// Environment of a new process: the monitor's, the mark of the tree, and the network name where there is one.
std::wstring makeEnvironment(std::wstring const& mark, std::wstring const& networkName);

DWORD resourceControl(Instance& instance, DWORD code, PVOID in, DWORD inBytes, PVOID out, DWORD outBytes,
                      LPDWORD returned);
DWORD WINAPI TypeControl(LPCWSTR type, DWORD code, PVOID in, DWORD inBytes, PVOID out, DWORD outBytes,
                         LPDWORD returned);

/// For Startup: keeps the callbacks and gives the table.
CLRES_FUNCTION_TABLE* start(PSET_RESOURCE_STATUS_ROUTINE setResourceStatus, PLOG_EVENT_ROUTINE logEvent);

extern PLOG_EVENT_ROUTINE logEvent;
extern PSET_RESOURCE_STATUS_ROUTINE setResourceStatus;

}  // namespace generic_application
