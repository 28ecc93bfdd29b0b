#include "rhs/loader.h"

#include <dlfcn.h>
#include <link.h>

#include <initializer_list>

#include "rhs/call_scope.h"
#include "rhs/callbacks.h"
#include "rhs/status_codes.h"
#include "rhs/text.h"

namespace holdfast::rhs {

namespace {

constexpr DWORD kProcessAttach = 1;

using DllMainRoutine = BOOL (*)(HINSTANCE, DWORD, LPVOID);

// The export of this very library: dlsym looks into those that it links, too.
void* exportOf(void* library, const char* name) {
  void* address = ::dlsym(library, name);
  if (!address) return nullptr;
  Dl_info info{};
  link_map* owner = nullptr;
  link_map* own = nullptr;
  if (::dladdr1(address, &info, reinterpret_cast<void**>(&owner), RTLD_DL_LINKMAP) == 0) return nullptr;
  if (::dlinfo(library, RTLD_DI_LINKMAP, &own) != 0) return nullptr;
  return owner == own ? address : nullptr;
}

// P-32: DllMain is not declared in the SDK, so C++ source exports it under its C++ name.
bool attach(void* library) {
  for (const auto* name : {"DllMain", "_Z7DllMainP11HINSTANCE__jPv", "_Z7DllMainPvjS_"}) {
    const auto main = reinterpret_cast<DllMainRoutine>(exportOf(library, name));
    // The low byte: a DllMain declared as bool or BOOLEAN leaves the rest as it was.
    if (main)
      return (static_cast<unsigned>(main(static_cast<HINSTANCE>(library), kProcessAttach, nullptr)) & 0xFF) != 0;
  }
  return true;
}

std::uint32_t load(LoadedDll& dll, std::vector<std::string>& notes) noexcept {
  void* library = ::dlopen(dll.path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* why = ::dlerror();
    notes.push_back(std::string("cannot be loaded: ") + (why ? why : dll.path));
    return kModuleNotFound;
  }
  if (!attach(library)) {
    notes.push_back("its DllMain refused to be loaded");
    ::dlclose(library);
    return kModuleNotFound;
  }
  dll.startupEx = reinterpret_cast<PSTARTUP_EX_ROUTINE>(exportOf(library, STARTUP_EX_ROUTINE));
  dll.startup = reinterpret_cast<PSTARTUP_ROUTINE>(exportOf(library, STARTUP_ROUTINE));
  dll.library = library;
  return 0;
}

DWORD callStartup(const LoadedDll& dll, const std::wstring& type, PCLRES_FUNCTION_TABLE* table) noexcept {
  // P-02: StartupEx where it is exported, never both.
  if (dll.startupEx) return dll.startupEx(type.c_str(), kLowestVersion, kHighestVersion, callbackTable(), table);
  return dll.startup(type.c_str(), kLowestVersion, kHighestVersion, setResourceStatusCallback(), logEventCallback(),
                     table);
}

}  // namespace

Started startType(LoadedDll& dll, const monitor::TypeInfo& type, const CallLabel& label, const char* lane,
                  monitor::InstanceId instance) {
  Started started;
  if (!dll.library) {
    const CallScope scope({instance, monitor::EntryPoint::Initializing, lane}, label, type.deadlock_ms);
    started.status = load(dll, started.notes);
    if (started.status != 0) return started;
  }
  if (!dll.startupEx && !dll.startup) {
    started.notes.emplace_back("exports neither Startup nor StartupEx");
    started.status = kProcedureNotFound;
    return started;
  }
  PCLRES_FUNCTION_TABLE table = nullptr;
  {
    const CallScope scope({instance, monitor::EntryPoint::Startup, lane}, label, type.deadlock_ms);
    started.status = callStartup(dll, wide(type.name), &table);
  }
  if (started.status != 0) {
    started.notes.push_back("its Startup returned error " + std::to_string(started.status));
    return started;
  }
  std::string why;
  started.status = started.table.accept(table, why);
  if (!why.empty()) started.notes.push_back(std::move(why));
  return started;
}

}  // namespace holdfast::rhs
