#include "sdk/winapi/process_identity.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace holdfast::winapi {
namespace {

/// The 22nd field of /proc/PID/stat; the second, the program's name, may hold anything, so counting begins at its end.
std::uint64_t startOf(std::uint32_t process) {
  const std::string path = "/proc/" + std::to_string(process) + "/stat";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  std::array<char, 1024> text{};
  const ssize_t size = read(file, text.data(), text.size() - 1);
  close(file);
  const char* at = size > 0 ? std::strrchr(text.data(), ')') : nullptr;
  for (int field = 2; at != nullptr && field < 22; ++field) {
    at = std::strchr(at + 1, ' ');
  }
  return at != nullptr ? std::strtoull(at, nullptr, 10) : 0;
}

ProcessIdentity identify() {
  const auto process = static_cast<std::uint32_t>(getpid());
  return {process, startOf(process)};
}

ProcessIdentity& identity() {
  static ProcessIdentity own = [] {
    pthread_atfork(nullptr, nullptr, [] { identity() = identify(); });
    return identify();
  }();
  return own;
}

}  // namespace

const ProcessIdentity& ownProcess() { return identity(); }

int openProcess(std::uint32_t process) {
  return static_cast<int>(syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0));
}

bool hasEnded(int descriptor) {
  pollfd item{descriptor, POLLIN, 0};
  return poll(&item, 1, 0) > 0;
}

bool processLives(std::uint32_t process, std::uint64_t start) {
  const int descriptor = openProcess(process);
  if (descriptor < 0) return errno != ESRCH && errno != EINVAL;
  const bool ended = hasEnded(descriptor);
  close(descriptor);
  if (ended) return false;
  const std::uint64_t now = startOf(process);
  return start == 0 || now == 0 || now == start;
}

}  // namespace holdfast::winapi
