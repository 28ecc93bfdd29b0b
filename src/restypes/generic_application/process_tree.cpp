#include "process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>

namespace generic_application {
namespace {

struct Status {
  char state;
  pid_t parent;
  pid_t group;
  unsigned long long startTime;
};

std::string readFile(pid_t pid, char const* name) {
  std::string const path = "/proc/" + std::to_string(pid) + '/' + name;
  std::string text;
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    return text;
  }
  char block[4096];
  ssize_t n = 0;
  while ((n = ::read(file, block, sizeof block)) > 0) {
    text.append(block, static_cast<std::size_t>(n));
  }
  ::close(file);
  return text;
}

std::optional<Status> statusOf(pid_t pid) {
  std::string const text = readFile(pid, "stat");
  std::size_t const name = text.rfind(')');  // the program's name may contain anything, blanks and parentheses too
  if (name == std::string::npos) {
    return std::nullopt;
  }
  Status status{};
  // NOLINTNEXTLINE(cert-err34-c): the kernel writes numbers
  int const found = std::sscanf(text.c_str() + name + 1,
                                " %c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
                                &status.state, &status.parent, &status.group, &status.startTime);
  return found == 4 ? std::optional(status) : std::nullopt;
}

bool hasMark(pid_t pid, std::string const& mark) {
  std::string const environment = '\0' + readFile(pid, "environ");
  return environment.find('\0' + mark + '\0') != std::string::npos;
}

std::map<pid_t, Status> livingProcesses() {
  std::map<pid_t, Status> processes;
  DIR* const folder = ::opendir("/proc");
  if (folder == nullptr) {
    return processes;
  }
  while (dirent const* const entry = ::readdir(folder)) {
    pid_t const pid = std::atoi(entry->d_name);
    if (pid <= 0 || pid == ::getpid()) {
      continue;
    }
    std::optional<Status> const status = statusOf(pid);
    if (status && status->state != 'Z' && status->state != 'X') {
      processes.emplace(pid, *status);
    }
  }
  ::closedir(folder);
  return processes;
}

}  // namespace

ProcessTree::ProcessTree(pid_t leader, std::string mark) : leader_(leader), mark_(std::move(mark)) {
  if (std::optional<Status> const status = statusOf(leader)) {
    leaderStart_ = status->startTime;
  }
}

std::vector<ProcessTree::Member> ProcessTree::members() const {
  std::vector<Member> found;
  if (leader_ <= 0) {
    return found;
  }
  std::map<pid_t, Status> processes = livingProcesses();
  auto const leader = processes.find(leader_);
  // The number of a group is free again once the group is empty: then it is somebody else's.
  bool const groupIsOurs = leader == processes.end() || leader->second.startTime == leaderStart_;
  auto const take = [&](auto const& belongs) {
    for (auto process = processes.begin(); process != processes.end();) {
      if (belongs(process->first, process->second)) {
        found.push_back({process->first, process->second.startTime});
        process = processes.erase(process);
      } else {
        ++process;
      }
    }
  };
  take(
      [&](pid_t pid, Status const& status) { return (groupIsOurs && status.group == leader_) || hasMark(pid, mark_); });
  for (std::size_t before = 0; before != found.size();) {
    before = found.size();
    take([&](pid_t, Status const& status) {
      for (Member const& member : found) {
        if (member.pid == status.parent) {
          return true;
        }
      }
      return false;
    });
  }
  return found;
}

void ProcessTree::send(Member const& member, int number) {
  // The descriptor pins the process: what is checked is what is signalled.
  int const process = static_cast<int>(::syscall(SYS_pidfd_open, member.pid, 0));
  if (process < 0) {
    return;
  }
  std::optional<Status> const status = statusOf(member.pid);
  if (status && status->startTime == member.startTime) {
    ::syscall(SYS_pidfd_send_signal, process, number, nullptr, 0);
  }
  ::close(process);
}

void ProcessTree::signal(int number) const {
  for (Member const& member : members()) {
    send(member, number);
  }
}

bool ProcessTree::kill(std::chrono::milliseconds limit) const {
  auto const deadline = std::chrono::steady_clock::now() + limit;
  for (;;) {
    std::vector<Member> const alive = members();
    if (alive.empty()) {
      return true;
    }
    if (std::chrono::steady_clock::now() >= deadline) {
      return false;
    }
    for (Member const& member : alive) {
      send(member, SIGKILL);
    }
    timespec const pause{0, 2'000'000};
    ::nanosleep(&pause, nullptr);
  }
}

}  // namespace generic_application
