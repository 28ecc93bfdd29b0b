#include "clussvc/service_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "clussvc/clock.h"
#include "clussvc/error_codes.h"
#include "clussvc/monitors/process.h"

namespace holdfast::clussvc {
namespace {

using monitors::ProcessIdentity;

/// How long a killed holder, or one that is between two processes, may keep the lock.
constexpr std::chrono::seconds kReleaseTimeout{10};
constexpr int kPoll_ms = 10;

/// What the holder writes: who it is, and when it last showed life.
struct Sign {
  ProcessIdentity holder;
  std::int64_t beat_ns = 0;
  bool operator==(const Sign&) const = default;
};

Sign read(int descriptor) {
  std::array<char, 128> text{};
  Sign sign;
  if (::pread(descriptor, text.data(), text.size() - 1, 0) <= 0) return sign;
  unsigned long long start = 0;
  long long beat = 0;
  if (std::sscanf(text.data(), "%d %llu %lld", &sign.holder.pid, &start, &beat) != 3) return {};
  sign.holder.startTime = start;
  sign.beat_ns = beat;
  return sign;
}

bool tryLock(int descriptor) { return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0; }

/// True once the lock is ours; false when `limit` has passed, or `giveUp` holds.
template <class GiveUp>
bool waitForLock(int descriptor, std::chrono::milliseconds limit, GiveUp giveUp) {
  const Time end = bootTime() + limit;
  while (!tryLock(descriptor)) {
    if (bootTime() >= end || giveUp()) return false;
    ::poll(nullptr, 0, kPoll_ms);
  }
  return true;
}

Error running(const Sign& sign) {
  return {code::kServiceAlreadyRunning, fmt::format("clussvc (pid {}) runs with this folder already", sign.holder.pid),
          "stop it first, or choose another folder"};
}

}  // namespace

Result<ServiceLock> ServiceLock::take(const std::string& path, std::chrono::milliseconds grace) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(code::kAccessDenied, path + ": " + std::error_code(errno, std::generic_category()).message(),
                "let the user of clussvc write the run folder");
  ServiceLock lock(descriptor);
  const Sign first = read(descriptor);
  bool alive = false;
  const auto showsLife = [&] { return alive = read(descriptor) != first; };
  if (!waitForLock(descriptor, grace, showsLife)) {
    const Sign now = read(descriptor);
    if (alive) return std::unexpected(running(now));
    std::fprintf(stderr, "clussvc: pid %d holds the service's lock and shows no life: it is killed\n", now.holder.pid);
    monitors::signalProcess(now.holder, SIGKILL);
    if (!waitForLock(descriptor, kReleaseTimeout, [] { return false; })) return std::unexpected(running(now));
  }
  lock.beat();
  return lock;
}

ServiceLock::ServiceLock(ServiceLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

ServiceLock::~ServiceLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ServiceLock::beat() {
  const auto self = monitors::identityOf(::getpid()).value_or(ProcessIdentity{});
  const std::string text =
      fmt::format("{} {} {:<24}\n", self.pid, self.startTime, bootTime().time_since_epoch().count());
  // A sign that cannot be written (run folder full) is missed by a second service only.
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, text.data(), text.size(), 0);
}

}  // namespace holdfast::clussvc
