#include "host.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace holdfast::testing {
namespace {

DWORD WINAPI onStatus(RESOURCE_HANDLE handle, PRESOURCE_STATUS status) {
  return static_cast<Resource*>(handle)->report(*status);
}

void WINAPI onLog(RESOURCE_HANDLE, LOG_LEVEL, LPCWSTR format, ...) { ASSERT_NE(nullptr, format); }

bool isEnd(CLUSTER_RESOURCE_STATE state) {
  return state == ClusterResourceOnline || state == ClusterResourceOffline || state == ClusterResourceFailed;
}

std::string contents(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

DWORD startup(std::string const& dll, LPCWSTR type, CLRES_V1_FUNCTIONS& functions, DWORD minVersion, DWORD maxVersion) {
  void* const module = ::dlopen((std::string(RESOURCE_DLLS "/") + dll).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) {
    ADD_FAILURE() << ::dlerror();
    return ERROR_MOD_NOT_FOUND;
  }
  static std::set<std::string> attached;
  using Main = BOOL(WINAPI*)(HINSTANCE, DWORD, LPVOID);
  auto const dllMain = reinterpret_cast<Main>(::dlsym(module, "DllMain"));
  if (attached.insert(dll).second && dllMain != nullptr) {
    EXPECT_TRUE(dllMain(static_cast<HINSTANCE>(module), DLL_PROCESS_ATTACH, nullptr));
  }
  auto const start = reinterpret_cast<PSTARTUP_ROUTINE>(::dlsym(module, STARTUP_ROUTINE));
  if (start == nullptr) {
    return ERROR_PROC_NOT_FOUND;
  }
  PCLRES_FUNCTION_TABLE table = nullptr;
  DWORD const status = start(type, minVersion, maxVersion, onStatus, onLog, &table);
  if (status == ERROR_SUCCESS) {
    EXPECT_EQ(DWORD{CLRES_VERSION_V1_00}, table->Version);
    EXPECT_GE(table->TableSize, CLRES_V1_FUNCTION_SIZE);
    functions = table->V1Functions;
  }
  return status;
}

Resource::Resource(CLRES_V1_FUNCTIONS const& functions, std::wstring const& name) : functions_(functions) {
  CloseHandle(nullptr);
  ClusterRegCloseKey(registry().open(L"Parameters"));
  key_ = registry().open();
  id_ = functions_.Open(name.c_str(), key_, this);
  EXPECT_NE(nullptr, id_) << GetLastError();
}

Resource::~Resource() {
  if (id_ != nullptr) {
    functions_.Close(id_);
  }
  ClusterRegCloseKey(key_);
}

DWORD Resource::report(RESOURCE_STATUS const& status) {
  std::lock_guard const lock(mutex_);
  reports_.push_back(status);
  changed_.notify_all();
  return givenUp_ ? ResourceExitStateTerminate : ResourceExitStateContinue;
}

DWORD Resource::waitForEnd(DWORD code) {
  if (code == ERROR_IO_PENDING) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds{40},
                                  [this] { return !reports_.empty() && isEnd(reports_.back().ResourceState); }));
  }
  return code;
}

DWORD Resource::online() {
  forgetReports();
  event_ = nullptr;
  DWORD const code = waitForEnd(functions_.Online(id_, &event_));
  if (code == ERROR_IO_PENDING && state() == ClusterResourceOnline) {
    event_ = reports().back().EventHandle;
  }
  return code;
}

DWORD Resource::offline() {
  forgetReports();
  return waitForEnd(functions_.Offline(id_));
}

CLUSTER_RESOURCE_STATE Resource::state() const {
  std::lock_guard const lock(mutex_);
  return reports_.empty() ? ClusterResourceStateUnknown : reports_.back().ResourceState;
}

std::vector<RESOURCE_STATUS> Resource::reports() const {
  std::lock_guard const lock(mutex_);
  return reports_;
}

void Resource::giveUp() {
  std::lock_guard const lock(mutex_);
  givenUp_ = true;
}

void Resource::forgetReports() {
  std::lock_guard const lock(mutex_);
  reports_.clear();
}

DWORD Resource::control(DWORD code, Bytes const& in) {
  Bytes out;
  return control(code, in, out, 0);
}

DWORD Resource::control(DWORD code, Bytes const& in, Bytes& out, DWORD capacity) {
  out.assign(capacity, 0xEE);
  Bytes copy = in;
  DWORD returned = 0;
  DWORD const status =
      functions_.ResourceControl(id_, code, copy.empty() ? nullptr : copy.data(), static_cast<DWORD>(copy.size()),
                                 capacity == 0 ? nullptr : out.data(), capacity, &returned);
  out.resize(returned);
  return status;
}

std::set<int> processesWith(std::string const& text) {
  std::set<int> found;
  for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
    int const pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0 || pid == ::getpid()) {
      continue;
    }
    std::error_code gone;
    std::string const folder = std::filesystem::read_symlink(entry.path() / "cwd", gone).string();
    std::string const words = contents(entry.path() / "cmdline") + contents(entry.path() / "environ");
    if ((folder + words).find(text) != std::string::npos) {
      found.insert(pid);
    }
  }
  return found;
}

int openDescriptors() {
  auto const folder = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<int>(std::distance(begin(folder), end(folder)));
}

int threads() {
  auto const folder = std::filesystem::directory_iterator("/proc/self/task");
  return static_cast<int>(std::distance(begin(folder), end(folder)));
}

void race(Resource& resource, void (*call)(Resource&), int rounds) {
  for (int round = 0; round < rounds; ++round) {
    std::atomic<bool> started{false};
    std::thread other([&] {
      started = true;
      call(resource);
    });
    while (!started) {
      std::this_thread::yield();
    }
    Sleep(static_cast<DWORD>(round % 7));  // Terminate comes earlier or later within the call
    resource.dll().Terminate(resource.id());
    other.join();
    // What the monitor does when an Online or Offline ends as pending after a Terminate.
    resource.dll().Terminate(resource.id());
  }
}

}  // namespace holdfast::testing
