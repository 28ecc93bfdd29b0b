// Entry points of the type: from Open to Close.
#include <signal.h>

#include <atomic>
#include <memory>

#include "generic_application.h"

namespace generic_application {

PLOG_EVENT_ROUTINE logEvent = nullptr;
PSET_RESOURCE_STATUS_ROUTINE setResourceStatus = nullptr;

Instance* instanceOf(RESID resource) {
  auto* const instance = static_cast<Instance*>(resource);
  if (instance == nullptr || instance->self != resource) {
    logEvent(nullptr, LOG_ERROR, L"Generic Application: no such instance.\n");
    return nullptr;
  }
  return instance;
}

namespace {

std::wstring makeMark() {
  static std::atomic<unsigned> count{0};
  return L"HOLDFAST_APPLICATION=" + std::to_wstring(GetCurrentProcessId()) + L"-" + std::to_wstring(GetTickCount64()) +
         L"-" + std::to_wstring(++count);
}

/// The name of the Network Name resource that this one depends on. Worker only (RA §19).
DWORD findNetworkName(Instance const& instance, std::wstring& name) {
  constexpr wchar_t kVariable[] = L"_CLUSTER_NETWORK_NAME_=";
  DWORD status = ERROR_DEPENDENCY_NOT_FOUND;
  HCLUSTER const cluster = OpenCluster(nullptr);
  HRESOURCE const resource = cluster == nullptr ? nullptr : OpenClusterResource(cluster, instance.name.c_str());
  if (auto const* variable =
          static_cast<LPCWSTR>(resource == nullptr ? nullptr : ResUtilGetEnvironmentWithNetName(resource))) {
    LPVOID const block = const_cast<LPWSTR>(variable);
    for (; *variable != L'\0'; variable += std::wcslen(variable) + 1) {
      if (std::wcsncmp(variable, kVariable, std::size(kVariable) - 1) == 0) {
        name = variable + std::size(kVariable) - 1;
        status = ERROR_SUCCESS;
      }
    }
    ResUtilFreeEnvironment(block);
  }
  if (resource != nullptr) {
    CloseClusterResource(resource);
  }
  if (cluster != nullptr) {
    CloseCluster(cluster);
  }
  return status;
}

/// Ends whatever is left, at once. Requires: the instance's mutex is held.
void killTree(Instance& instance) {
  if (instance.process == nullptr) {
    return;
  }
  if (!instance.tree.kill(std::chrono::milliseconds{kKillLimit_ms})) {
    logEvent(instance.monitor, LOG_SEVERE, L"Processes remain after SIGKILL; is a disk or a mount hanging?\n");
  }
  CloseHandle(instance.process);
  instance.process = nullptr;
  instance.tree = ProcessTree();
}

/// Requires: the instance's mutex is held. Starts the program in a process group of its own.
DWORD launch(Instance& instance, Properties const& properties, std::wstring const& networkName) {
  killTree(instance);  // of an earlier Online: nothing runs twice
  std::wstring const mark = makeMark();
  std::wstring environment = makeEnvironment(mark, networkName);
  std::wstring commandLine = properties.commandLine;  // CreateProcessW may write to it
  std::wstring const directory = properties.currentDirectory;
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION information{};
  if (!CreateProcessW(nullptr, commandLine.data(), nullptr, nullptr, FALSE,
                      CREATE_NEW_PROCESS_GROUP | CREATE_UNICODE_ENVIRONMENT, environment.data(),
                      directory == L"." ? nullptr : directory.c_str(), &startup, &information)) {
    DWORD const status = GetLastError();
    logEvent(instance.monitor, LOG_ERROR, L"The program was not started, status %1!u!: %2!s!\n", status,
             properties.commandLine);
    return status == ERROR_SUCCESS ? ERROR_GEN_FAILURE : status;
  }
  CloseHandle(information.hThread);
  instance.process = information.hProcess;
  instance.tree = ProcessTree(static_cast<pid_t>(information.dwProcessId), std::string(mark.begin(), mark.end()));
  logEvent(instance.monitor, LOG_INFORMATION, L"Process %1!u! started.\n", information.dwProcessId);
  return ERROR_SUCCESS;
}

DWORD report(Instance const& instance, RESOURCE_STATUS& status, CLUSTER_RESOURCE_STATE state) {
  status.ResourceState = state;
  ++status.CheckPoint;
  return setResourceStatus(instance.monitor, &status);
}

struct OnlineRequest {
  Instance* instance;
  Properties properties;
  ~OnlineRequest() { ResUtilFreeParameterBlock(reinterpret_cast<LPBYTE>(&properties), nullptr, kPropertyTable); }
};

/// Reads and checks the properties. ERROR_FILE_NOT_FOUND: a required one is missing (RA-198).
DWORD readProperties(Instance const& instance, Properties& properties) {
  LPWSTR wrong = nullptr;
  DWORD const status = ResUtilGetPropertiesToParameterBlock(instance.parameters, kPropertyTable,
                                                            reinterpret_cast<LPBYTE>(&properties), TRUE, &wrong);
  if (status != ERROR_SUCCESS) {
    logEvent(instance.monitor, LOG_ERROR, L"Property %1!s! cannot be used, status %2!u!; set it.\n",
             wrong == nullptr ? L"(unknown)" : wrong, status);
    return status;
  }
  if (*properties.commandLine == L'\0' || *properties.currentDirectory == L'\0') {
    logEvent(instance.monitor, LOG_ERROR, L"CommandLine and CurrentDirectory may not be empty; set them.\n");
    return ERROR_FILE_NOT_FOUND;
  }
  return validate(properties);
}

DWORD WINAPI onlineWorker(PCLUS_WORKER worker, LPVOID parameter) {
  std::unique_ptr<OnlineRequest> const request(static_cast<OnlineRequest*>(parameter));
  Instance& instance = *request->instance;
  RESOURCE_STATUS status;
  ResUtilInitializeResourceStatus(&status);
  std::wstring networkName;
  DWORD result = findNetworkName(instance, networkName);
  if (result != ERROR_SUCCESS) {
    logEvent(instance.monitor, LOG_ERROR,
             L"UseNetworkName is set, but there is no Network Name that this resource depends on, status %1!u!.\n",
             result);
  } else {
    std::lock_guard const lock(instance.mutex);
    result =
        ClusWorkerCheckTerminate(worker) ? ERROR_OPERATION_ABORTED : launch(instance, request->properties, networkName);
    status.EventHandle = instance.process;
  }
  bool const isOnline = result == ERROR_SUCCESS;
  if (report(instance, status, isOnline ? ClusterResourceOnline : ClusterResourceFailed) != ResourceExitStateContinue) {
    std::lock_guard const lock(instance.mutex);
    killTree(instance);  // the operation was given up meanwhile
  }
  return result;
}

DWORD WINAPI offlineWorker(PCLUS_WORKER worker, LPVOID parameter) {
  Instance& instance = *static_cast<Instance*>(parameter);
  RESOURCE_STATUS status;
  ResUtilInitializeResourceStatus(&status);
  ProcessTree tree;
  {
    std::lock_guard const lock(instance.mutex);
    tree = instance.tree;
  }
  tree.signal(SIGTERM);
  constexpr DWORD kStep_ms = 20;
  bool isWanted = true;
  for (DWORD waited_ms = 0; isWanted && waited_ms < kGrace_ms && !tree.isEmpty(); waited_ms += kStep_ms) {
    if (waited_ms % kReport_ms == 0) {
      isWanted = report(instance, status, ClusterResourceOfflinePending) == ResourceExitStateContinue;
    }
    if (ClusWorkerCheckTerminate(worker)) {
      return ERROR_OPERATION_ABORTED;  // Terminate ends the tree
    }
    Sleep(kStep_ms);
  }
  {
    std::lock_guard const lock(instance.mutex);
    killTree(instance);
  }
  report(instance, status, ClusterResourceOffline);
  return ERROR_SUCCESS;
}

/// Starts the worker unless Terminate has been there since `terminations` was read.
DWORD startWorker(Instance& instance, DWORD terminations, PWORKER_START_ROUTINE routine, LPVOID parameter) {
  std::lock_guard const lock(instance.mutex);
  return instance.terminations != terminations ? ERROR_OPERATION_ABORTED
                                               : ClusWorkerCreate(&instance.worker, routine, parameter);
}

DWORD countTerminations(Instance& instance) {
  std::lock_guard const lock(instance.mutex);
  return instance.terminations;
}

RESID WINAPI Open(LPCWSTR name, HKEY key, RESOURCE_HANDLE monitor) {
  auto instance = std::make_unique<Instance>();
  instance->monitor = monitor;
  instance->name = name;
  DWORD const status =
      static_cast<DWORD>(ClusterRegOpenKey(key, CLUSREG_KEYNAME_PARAMETERS, KEY_ALL_ACCESS, &instance->parameters));
  if (status != ERROR_SUCCESS) {
    logEvent(monitor, LOG_ERROR, L"The key of the parameters cannot be opened, status %1!u!.\n", status);
    SetLastError(status);
    return nullptr;
  }
  instance->self = instance.get();
  return instance.release();
}

void WINAPI Terminate(RESID resource) {
  Instance* const instance = instanceOf(resource);
  if (instance == nullptr) {
    return;
  }
  {
    std::lock_guard const lock(instance->mutex);
    ++instance->terminations;
  }
  ClusWorkerTerminate(&instance->worker);
  std::lock_guard const lock(instance->mutex);
  killTree(*instance);
}

void WINAPI Close(RESID resource) {
  std::unique_ptr<Instance> const instance(instanceOf(resource));
  if (instance) {
    Terminate(resource);
    ClusterRegCloseKey(instance->parameters);
    instance->self = nullptr;
  }
}

DWORD WINAPI Online(RESID resource, LPHANDLE eventHandle) {
  Instance* const instance = instanceOf(resource);
  if (instance == nullptr) {
    return ERROR_RESOURCE_NOT_FOUND;
  }
  DWORD const terminations = countTerminations(*instance);
  ClusWorkerTerminate(&instance->worker);
  auto request = std::make_unique<OnlineRequest>(OnlineRequest{instance, {}});
  DWORD status = readProperties(*instance, request->properties);
  if (status != ERROR_SUCCESS) {
    return status;
  }
  if (request->properties.interactWithDesktop != 0) {
    logEvent(instance->monitor, LOG_WARNING, L"InteractWithDesktop has no effect.\n");
  }
  if (request->properties.useNetworkName != 0) {
    status = startWorker(*instance, terminations, onlineWorker, request.get());
    if (status == ERROR_SUCCESS) {
      static_cast<void>(request.release());  // the worker's now
      status = ERROR_IO_PENDING;
    }
    return status;
  }
  std::lock_guard const lock(instance->mutex);
  if (instance->terminations != terminations) {
    return ERROR_OPERATION_ABORTED;
  }
  status = launch(*instance, request->properties, {});
  // The handle of the process is signalled when it ends: the monitor then asks IsAlive at once (RA-111).
  *eventHandle = instance->process;
  return status;
}

DWORD WINAPI Offline(RESID resource) {
  Instance* const instance = instanceOf(resource);
  if (instance == nullptr) {
    return ERROR_RESOURCE_NOT_FOUND;
  }
  DWORD const terminations = countTerminations(*instance);
  ClusWorkerTerminate(&instance->worker);
  {
    std::lock_guard const lock(instance->mutex);
    if (instance->process == nullptr) {
      return ERROR_SUCCESS;
    }
  }
  DWORD const status = startWorker(*instance, terminations, offlineWorker, instance);
  return status == ERROR_SUCCESS ? ERROR_IO_PENDING : status;
}

BOOL WINAPI IsAlive(RESID resource) {
  Instance* const instance = instanceOf(resource);
  if (instance == nullptr) {
    return FALSE;
  }
  std::lock_guard const lock(instance->mutex);
  if (instance->process != nullptr && WaitForSingleObject(instance->process, 0) == WAIT_TIMEOUT) {
    return TRUE;
  }
  DWORD code = 0;
  if (instance->process != nullptr && GetExitCodeProcess(instance->process, &code)) {
    logEvent(instance->monitor, LOG_ERROR, L"The program has ended, exit code %1!u! (%1!08x!).\n", code);
  }
  return FALSE;
}

DWORD WINAPI ResourceControl(RESID resource, DWORD code, PVOID in, DWORD inBytes, PVOID out, DWORD outBytes,
                             LPDWORD returned) {
  Instance* const instance = instanceOf(resource);
  return instance == nullptr ? ERROR_RESOURCE_NOT_FOUND
                             : resourceControl(*instance, code, in, inBytes, out, outBytes, returned);
}

// LooksAlive is not called while the monitor watches the event handle; where it is, it sees what IsAlive sees.
CLRES_FUNCTION_TABLE table = {
    CLRES_V1_FUNCTION_SIZE,
    CLRES_VERSION_V1_00,
    {{Open, Close, Online, Offline, Terminate, IsAlive, IsAlive, nullptr, nullptr, ResourceControl, TypeControl}}};

}  // namespace

CLRES_FUNCTION_TABLE* start(PSET_RESOURCE_STATUS_ROUTINE setStatus, PLOG_EVENT_ROUTINE log) {
  setResourceStatus = setStatus;
  logEvent = log;
  return &table;
}

}  // namespace generic_application
