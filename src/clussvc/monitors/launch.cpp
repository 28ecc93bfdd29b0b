#include "clussvc/monitors/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "clussvc/error_codes.h"

extern char** environ;

namespace holdfast::clussvc::monitors {
namespace {

Error systemError(const std::string& what) {
  return {code::kFileNotFound, what + ": " + std::error_code(errno, std::generic_category()).message(),
          "repair the installation of Holdfast"};
}

std::vector<char*> pointers(const std::vector<std::string>& texts, const std::string* first) {
  std::vector<char*> result;
  if (first != nullptr) result.push_back(const_cast<char*>(first->c_str()));
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

/// In the new process. Only calls that are safe between fork and exec of a program with threads.
[[noreturn]] void become(const char* path, char* const* arguments, char* const* environment) {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  ::umask(077);
  if (::chdir("/") != 0) ::_exit(127);
  const int null = ::open("/dev/null", O_RDWR);
  ::dup2(null, 0);
  ::dup2(null, 1);
  ::dup2(null, 2);
  ::close_range(3, ~0u, 0);
  ::execve(path, arguments, environment);
  ::_exit(127);
}

}  // namespace

Result<pid_t> launchDetached(const Program& program) {
  if (::access(program.path.c_str(), X_OK) != 0) return std::unexpected(systemError(program.path));
  const std::vector<char*> arguments = pointers(program.arguments, &program.path);
  const std::vector<char*> environment = pointers(program.environment, nullptr);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return std::unexpected(systemError("pipe"));
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    const pid_t program_pid = ::fork();
    if (program_pid == 0) become(arguments[0], arguments.data(), environment.data());
    const bool told = ::write(pipe[1], &program_pid, sizeof program_pid) == sizeof program_pid;
    ::_exit(told ? 0 : 1);
  }
  const Error error = systemError("fork");
  ::close(pipe[1]);
  pid_t pid = -1;
  if (child > 0) {
    // The child lives for one fork: this does not wait for the program.
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (::read(pipe[0], &pid, sizeof pid) != sizeof pid) pid = -1;
  }
  ::close(pipe[0]);
  if (pid < 0) return std::unexpected(error);
  return pid;
}

std::vector<std::string> inheritedEnvironment() {
  std::vector<std::string> result = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (name == "LANG" || name == "TZ" || name.starts_with("LC_") || name == "LD_LIBRARY_PATH" || name == "TMPDIR" ||
        name.ends_with("SAN_OPTIONS"))
      result.emplace_back(text);
  }
  return result;
}

}  // namespace holdfast::clussvc::monitors
