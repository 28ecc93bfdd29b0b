// Processes: started without a shell, waited for by their pidfd.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "sdk/winapi/command_line.h"
#include "sdk/winapi/objects.h"

namespace holdfast::winapi {
namespace {

class Process : public Object {
 public:
  Process(pid_t pid, int pidfd, bool child) : Object(Kind::Process), pid_(pid), pidfd_(pidfd), child_(child) {}
  ~Process() override { close(pidfd_); }
  bool signalled(DWORD) const override { return ended_; }
  DWORD take(DWORD) override { return 0; }

  pid_t pid() const { return pid_; }
  int pidfd() const { return pidfd_; }
  bool ended() const { return ended_; }
  DWORD code() const { return ended_ ? code_ : STILL_ACTIVE; }
  void setTerminateCode(DWORD code) {
    code_ = code;
    terminated_ = true;
  }
  /// The pidfd became readable.
  void reap() {
    if (ended_) return;
    siginfo_t info{};
    if (child_ && waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd_), &info, WEXITED | WNOHANG) == 0 &&
        !terminated_) {
      code_ = info.si_code == CLD_EXITED ? static_cast<DWORD>(info.si_status)
                                         : 0xC0000000u + static_cast<DWORD>(info.si_status);
    }
    ended_ = true;
    changed();
  }

 private:
  pid_t pid_;
  int pidfd_;
  bool child_;
  bool ended_ = false;
  bool terminated_ = false;
  DWORD code_ = 0;
};

/// One thread watches all pidfds. A child is kept until it is reaped, also when its handle was closed before.
class Watcher {
 public:
  void add(std::shared_ptr<Process> process) {  // gate held
    processes_.push_back(std::move(process));
    if (wake_ < 0) {
      wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
      std::thread([this] { run(); }).detach();
    }
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t done = write(wake_, &one, sizeof one);
  }

 private:
  void run() {
    for (;;) {
      std::vector<std::shared_ptr<Process>> watched;
      std::vector<pollfd> descriptors;
      {
        const std::lock_guard lock(gate());
        std::erase_if(processes_, [](const auto& process) { return process->ended(); });
        watched = processes_;
      }
      descriptors.push_back({wake_, POLLIN, 0});
      for (const auto& process : watched) descriptors.push_back({process->pidfd(), POLLIN, 0});
      poll(descriptors.data(), descriptors.size(), -1);
      std::uint64_t count = 0;
      [[maybe_unused]] const ssize_t done = read(wake_, &count, sizeof count);
      const std::lock_guard lock(gate());
      for (std::size_t i = 0; i < watched.size(); ++i) {
        if (descriptors[i + 1].revents != 0) watched[i]->reap();
      }
    }
  }

  std::vector<std::shared_ptr<Process>> processes_;
  int wake_ = -1;
};

Watcher& watcher() {
  static Watcher* instance = new Watcher;
  return *instance;
}

int pidfdOpen(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

DWORD win32Error(int error) {
  switch (error) {
    case ENOENT:
      return ERROR_FILE_NOT_FOUND;
    case ENOTDIR:
      return ERROR_PATH_NOT_FOUND;
    case EACCES:
    case EPERM:
      return ERROR_ACCESS_DENIED;
    case ENOEXEC:
      return ERROR_BAD_EXE_FORMAT;
    case ENOMEM:
    case EAGAIN:
      return ERROR_NOT_ENOUGH_MEMORY;
    default:
      return ERROR_GEN_FAILURE;
  }
}

struct Launch {
  std::string program;
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  bool ownEnvironment = false;
  std::string directory;
  bool processGroup = false;
};

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (auto& text : strings) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// What the child could not do, sent over a pipe that exec closes.
struct Failed {
  int error;
  bool directory;
};

/// In the child, between fork and exec: async-signal-safe calls only.
[[noreturn]] void becomeProgram(const Launch& launch, char* const* arguments, char* const* environment, int report) {
  const auto fail = [report](bool directory) {
    const Failed failed{errno, directory};
    [[maybe_unused]] const ssize_t done = write(report, &failed, sizeof failed);
    _exit(127);
  };
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  if (launch.processGroup) setpgid(0, 0);
  const int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd <= 2 && null >= 0; ++fd) dup2(null, fd);
  // Nothing of this process is the program's: sockets and shared memory of a monitor least of all.
  fcntl(report, F_SETFD, FD_CLOEXEC);
  syscall(SYS_close_range, 3u, static_cast<unsigned>(report - 1), 0);
  syscall(SYS_close_range, static_cast<unsigned>(report + 1), ~0u, 0);
  if (!launch.directory.empty() && chdir(launch.directory.c_str()) != 0) fail(true);
  execvpe(launch.program.c_str(), arguments, environment);
  fail(false);
  _exit(127);
}

/// -1 and GetLastError() if it could not be started.
pid_t startProgram(Launch& launch) {
  const std::vector<char*> arguments = pointers(launch.arguments), own = pointers(launch.environment);
  char* const* environment = launch.ownEnvironment ? own.data() : environ;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return -1;
  }
  const int report = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);  // above the standard ones, which the child replaces
  close(ends[1]);
  const pid_t pid = fork();
  if (pid == 0) becomeProgram(launch, arguments.data(), environment, report);
  close(report);
  Failed failed{pid < 0 ? errno : 0, false};
  const bool bad = pid < 0 || read(ends[0], &failed, sizeof failed) == static_cast<ssize_t>(sizeof failed);
  close(ends[0]);
  if (!bad) return pid;
  if (pid > 0) waitpid(pid, nullptr, 0);
  SetLastError(failed.directory ? static_cast<DWORD>(ERROR_DIRECTORY) : win32Error(failed.error));
  return -1;
}

std::vector<std::string> environmentBlock(LPVOID block, bool wide) {
  std::vector<std::string> strings;
  if (wide) {
    for (auto* at = static_cast<const wchar_t*>(block); *at; at += wcslen(at) + 1) strings.push_back(toUtf8(at));
  } else {
    for (auto* at = static_cast<const char*>(block); *at; at += strlen(at) + 1) strings.emplace_back(at);
  }
  return strings;
}

}  // namespace
}  // namespace holdfast::winapi

using namespace holdfast::winapi;

extern "C" {

BOOL CreateProcessW(LPCWSTR application, LPWSTR command_line, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL,
                    DWORD flags, LPVOID environment, LPCWSTR current_directory, LPSTARTUPINFOW,
                    LPPROCESS_INFORMATION information) {
  Launch launch;
  launch.arguments = splitCommandLine(command_line ? toUtf8(command_line) : toUtf8(application));
  if (!information || (!application && launch.arguments.empty())) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  launch.program = application ? toUtf8(application) : launch.arguments.front();
  if (launch.arguments.empty()) launch.arguments.push_back(launch.program);
  launch.ownEnvironment = environment != nullptr;
  if (environment) launch.environment = environmentBlock(environment, (flags & CREATE_UNICODE_ENVIRONMENT) != 0);
  if (current_directory) launch.directory = toUtf8(current_directory);
  launch.processGroup = (flags & CREATE_NEW_PROCESS_GROUP) != 0;
  const pid_t pid = startProgram(launch);
  if (pid < 0) return FALSE;
  const int pidfd = pidfdOpen(pid);
  if (pidfd < 0) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    SetLastError(ERROR_TOO_MANY_OPEN_FILES);
    return FALSE;
  }
  const std::lock_guard lock(gate());
  const auto process = std::make_shared<Process>(pid, pidfd, true);
  watcher().add(process);
  information->hProcess = insertHandle(process);
  information->hThread = insertHandle(process);
  information->dwProcessId = information->dwThreadId = static_cast<DWORD>(pid);
  return TRUE;
}

HANDLE OpenProcess(DWORD, BOOL, DWORD process_id) {
  const int pidfd = process_id == 0 ? -1 : pidfdOpen(static_cast<pid_t>(process_id));
  if (pidfd < 0) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  const std::lock_guard lock(gate());
  const auto process = std::make_shared<Process>(static_cast<pid_t>(process_id), pidfd, false);
  watcher().add(process);
  return insertHandle(process);
}

BOOL TerminateProcess(HANDLE process, UINT exit_code) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Process>(process, Kind::Process);
  if (!object) return FALSE;
  if (object->ended() || syscall(SYS_pidfd_send_signal, object->pidfd(), SIGKILL, nullptr, 0) != 0) {
    SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
  }
  object->setTerminateCode(exit_code);
  return TRUE;
}

BOOL GetExitCodeProcess(HANDLE process, LPDWORD exit_code) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Process>(process, Kind::Process);
  if (!object || !exit_code) {
    if (object) SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  *exit_code = object->code();
  return TRUE;
}

DWORD GetProcessId(HANDLE process) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Process>(process, Kind::Process);
  return object ? static_cast<DWORD>(object->pid()) : 0;
}

}  // extern "C"
