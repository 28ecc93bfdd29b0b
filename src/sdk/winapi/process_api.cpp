// CreateProcessW and what is asked about processes.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "sdk/winapi/command_line.h"
#include "sdk/winapi/handle_table.h"
#include "sdk/winapi/process_object.h"
#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

extern char** environ;

namespace holdfast::winapi {
namespace {

struct Program {
  std::string path;
  std::vector<std::string> arguments;
};

/// posix_spawn's two descriptions, released with this.
class Spawn {
 public:
  Spawn() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

bool isProgram(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0;
}

/// The file of that name in PATH, or empty. A name with '/' is its own path.
std::string search(const std::string& name) {
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return isProgram(name) ? name : std::string();
  const char* variable = std::getenv("PATH");
  std::string_view folders = variable != nullptr ? variable : "/usr/local/bin:/usr/bin:/bin";
  while (true) {
    const std::size_t end = folders.find(':');
    const std::string folder(folders.substr(0, end));
    if (const std::string path = (folder.empty() ? "." : folder) + "/" + name; isProgram(path)) return path;
    if (end == std::string_view::npos) return {};
    folders.remove_prefix(end + 1);
  }
}

DWORD findProgram(const wchar_t* application, const wchar_t* commandLine, Program& program) {
  if (application != nullptr) {
    program.path = toUtf8(application);
    if (program.path.find('/') == std::string::npos) program.path.insert(0, "./");
    if (commandLine != nullptr) program.arguments = splitCommandLine(commandLine);
    if (program.arguments.empty()) program.arguments = {program.path};
    return ERROR_SUCCESS;
  }
  const auto candidates = programCandidates(commandLine);
  if (candidates.empty()) return ERROR_FILE_NOT_FOUND;
  for (const Candidate& candidate : candidates) {
    program.path = search(candidate.program);
    if (program.path.empty()) continue;
    program.arguments = splitCommandLine(L"x " + std::wstring(candidate.rest));
    program.arguments.front() = candidate.program;
    return ERROR_SUCCESS;
  }
  // The most likely meaning says why not: absent, or there and no program.
  struct stat status{};
  const std::string& first = candidates.front().program;
  const bool there = first.find('/') != std::string::npos && stat(first.c_str(), &status) == 0;
  return there ? ERROR_ACCESS_DENIED : ERROR_FILE_NOT_FOUND;
}

/// Standard descriptors that are not inherited, or that STARTF_USESTDHANDLES asks for: no file handles exist, so
/// /dev/null is all there is.
DWORD redirect(Spawn& spawn, const STARTUPINFOW& startup, bool inherit) {
  const bool asked = (startup.dwFlags & STARTF_USESTDHANDLES) != 0;
  if (inherit && !asked) return ERROR_SUCCESS;
  int descriptor = 0;
  for (HANDLE handle : {startup.hStdInput, startup.hStdOutput, startup.hStdError}) {
    if (asked && handle != nullptr && handle != INVALID_HANDLE_VALUE) return ERROR_INVALID_HANDLE;
    posix_spawn_file_actions_addopen(&spawn.actions, descriptor, "/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY, 0);
    ++descriptor;
  }
  return ERROR_SUCCESS;
}

/// The new program begins with no signal blocked or ignored, whatever the caller's thread has.
void setAttributes(Spawn& spawn, DWORD flags) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&spawn.attributes, &none);
  posix_spawnattr_setsigdefault(&spawn.attributes, &all);
  int set = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if ((flags & CREATE_NEW_PROCESS_GROUP) != 0) set |= POSIX_SPAWN_SETPGROUP;
  if ((flags & DETACHED_PROCESS) != 0) set |= POSIX_SPAWN_SETSID;
  posix_spawnattr_setflags(&spawn.attributes, static_cast<short>(set));
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> all;
  for (std::string& text : strings) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

DWORD enterFolder(Spawn& spawn, const wchar_t* folder) {
  if (folder == nullptr) return ERROR_SUCCESS;
  const std::string path = toUtf8(folder);
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || access(path.c_str(), X_OK) != 0) {
    return ERROR_DIRECTORY;
  }
  posix_spawn_file_actions_addchdir_np(&spawn.actions, path.c_str());
  return ERROR_SUCCESS;
}

/// The child changes its directory before it looks for the program, which the caller named from its own.
void makeAbsolute(std::string& path) {
  if (path.starts_with('/')) return;
  char* here = getcwd(nullptr, 0);
  if (here == nullptr) return;
  path = std::string(here) + "/" + path;
  std::free(here);
}

struct Request {
  bool inherit;
  DWORD flags;
  const void* environment;
  const wchar_t* folder;
  const STARTUPINFOW& startup;
};

DWORD start(Program& program, const Request& request, pid_t& process) {
  Spawn spawn;
  if (const DWORD error = redirect(spawn, request.startup, request.inherit); error != ERROR_SUCCESS) return error;
  if (const DWORD error = enterFolder(spawn, request.folder); error != ERROR_SUCCESS) return error;
  if (request.folder != nullptr) makeAbsolute(program.path);
  if (!request.inherit) posix_spawn_file_actions_addclosefrom_np(&spawn.actions, 3);
  setAttributes(spawn, request.flags);
  std::vector<std::string> strings;
  char** environment = environ;
  std::vector<char*> block;
  if (request.environment != nullptr) {
    strings = (request.flags & CREATE_UNICODE_ENVIRONMENT) != 0
                  ? wideEnvironment(static_cast<const wchar_t*>(request.environment))
                  : narrowEnvironment(static_cast<const char*>(request.environment));
    block = pointers(strings);
    environment = block.data();
  }
  std::vector<char*> arguments = pointers(program.arguments);
  const int status =
      posix_spawn(&process, program.path.c_str(), &spawn.actions, &spawn.attributes, arguments.data(), environment);
  return fromErrno(status);
}

}  // namespace
}  // namespace holdfast::winapi

using namespace holdfast::winapi;

BOOL WINAPI CreateProcessW(LPCWSTR lpApplicationName, LPWSTR lpCommandLine, LPSECURITY_ATTRIBUTES,
                           LPSECURITY_ATTRIBUTES, BOOL bInheritHandles, DWORD dwCreationFlags, LPVOID lpEnvironment,
                           LPCWSTR lpCurrentDirectory, LPSTARTUPINFOW lpStartupInfo,
                           LPPROCESS_INFORMATION lpProcessInformation) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    if ((lpApplicationName == nullptr && lpCommandLine == nullptr) || lpStartupInfo == nullptr ||
        lpProcessInformation == nullptr) {
      return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
    }
    if ((dwCreationFlags & (CREATE_SUSPENDED | DEBUG_PROCESS)) != 0) return fail<BOOL>(ERROR_NOT_SUPPORTED, FALSE);
    Program program;
    if (const DWORD error = findProgram(lpApplicationName, lpCommandLine, program); error != ERROR_SUCCESS) {
      return fail<BOOL>(error, FALSE);
    }
    pid_t process = 0;
    const Request request{bInheritHandles != 0, dwCreationFlags, lpEnvironment, lpCurrentDirectory, *lpStartupInfo};
    if (const DWORD error = start(program, request, process); error != ERROR_SUCCESS) return fail<BOOL>(error, FALSE);
    const auto id = static_cast<DWORD>(process);
    HANDLE handle = nullptr;
    try {
      const auto object = ProcessObject::adopt(id);
      handle = HandleTable::instance().add(object, PROCESS_ALL_ACCESS);
      HANDLE thread = HandleTable::instance().add(object, SYNCHRONIZE | THREAD_QUERY_INFORMATION);
      *lpProcessInformation = {handle, thread, id, id};
    } catch (...) {
      kill(process, SIGKILL);  // nobody could ever ask for it
      HandleTable::instance().remove(handle);
      throw;
    }
    return TRUE;
  });
}

HANDLE WINAPI OpenProcess(DWORD dwDesiredAccess, BOOL, DWORD dwProcessId) {
  return guarded<HANDLE>(nullptr, [&]() -> HANDLE {
    auto process = ProcessObject::open(dwProcessId);
    if (!process) return nullptr;
    return HandleTable::instance().add(std::move(process), grantedAccess(dwDesiredAccess, PROCESS_ALL_ACCESS));
  });
}

BOOL WINAPI TerminateProcess(HANDLE hProcess, UINT uExitCode) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    if (hProcess == GetCurrentProcess()) _exit(static_cast<int>(uExitCode));
    const auto process = objectOf<ProcessObject>(hProcess, PROCESS_TERMINATE);
    if (!process) return FALSE;
    return process->terminate(uExitCode) ? TRUE : fail<BOOL>(ERROR_ACCESS_DENIED, FALSE);
  });
}

BOOL WINAPI GetExitCodeProcess(HANDLE hProcess, LPDWORD lpExitCode) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    if (lpExitCode == nullptr) return fail<BOOL>(ERROR_NOACCESS, FALSE);
    if (hProcess == GetCurrentProcess()) {
      *lpExitCode = STILL_ACTIVE;
      return TRUE;
    }
    const auto process = objectOf<ProcessObject>(
        hProcess, PROCESS_QUERY_INFORMATION | PROCESS_QUERY_LIMITED_INFORMATION | THREAD_QUERY_INFORMATION);
    if (!process) return FALSE;
    const auto code = process->exitCode();
    if (!code) return fail<BOOL>(ERROR_NOT_SUPPORTED, FALSE);
    *lpExitCode = *code;
    return TRUE;
  });
}

DWORD WINAPI GetProcessId(HANDLE Process) {
  if (Process == GetCurrentProcess()) return GetCurrentProcessId();
  const auto process = objectOf<ProcessObject>(Process, 0);
  return process ? process->process() : 0;
}

DWORD WINAPI GetCurrentProcessId(void) { return static_cast<DWORD>(getpid()); }
HANDLE WINAPI GetCurrentProcess(void) { return INVALID_HANDLE_VALUE; }
