#include "clussvc/monitors/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

namespace holdfast::clussvc::monitors {
namespace {

std::string readAll(const std::string& path) {
  std::string content;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return content;
  char buffer[4096];
  for (ssize_t count; (count = ::read(descriptor, buffer, sizeof buffer)) > 0;)
    content.append(buffer, static_cast<std::size_t>(count));
  ::close(descriptor);
  return content;
}

struct Stat {
  char state = 0;
  pid_t parent = 0;
  std::uint64_t startTime = 0;
};

/// Fields 3, 4 and 22 of /proc/<pid>/stat. The name in field 2 may hold anything, so count from its closing bracket.
std::optional<Stat> statOf(pid_t pid) {
  const std::string text = readAll("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t bracket = text.rfind(')');
  if (bracket == std::string::npos) return std::nullopt;
  Stat stat;
  int field = 2;
  std::string_view rest = std::string_view(text).substr(bracket + 1);
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    ++field;
    if (field == 3 && !word.empty()) stat.state = word[0];
    if (field == 4) std::from_chars(word.data(), word.data() + word.size(), stat.parent);
    if (field == 22) {
      std::from_chars(word.data(), word.data() + word.size(), stat.startTime);
      return stat;
    }
  }
  return std::nullopt;
}

bool hasEnded(const Stat& stat) { return stat.state == 'Z' || stat.state == 'X'; }

std::vector<pid_t> allPids() {
  std::vector<pid_t> pids;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc"), ::closedir);
  if (!folder) return pids;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (error == std::errc() && end == name.data() + name.size()) pids.push_back(pid);
  }
  return pids;
}

/// What follows `prefix` in the first entry of the environment that begins with it.
std::optional<std::string> markOf(pid_t pid, const std::string& prefix) {
  const std::string environment = readAll("/proc/" + std::to_string(pid) + "/environ");
  for (std::size_t at = environment.find(prefix); at != std::string::npos; at = environment.find(prefix, at + 1))
    if (at == 0 || environment[at - 1] == '\0') return std::string(environment.c_str() + at + prefix.size());
  return std::nullopt;
}

}  // namespace

std::optional<ProcessIdentity> identityOf(pid_t pid) {
  const auto stat = statOf(pid);
  if (!stat || hasEnded(*stat)) return std::nullopt;
  return ProcessIdentity{pid, stat->startTime};
}

bool isAlive(const ProcessIdentity& process) { return process && identityOf(process.pid) == process; }

bool isStopped(const ProcessIdentity& process) {
  const auto stat = statOf(process.pid);
  return stat && stat->startTime == process.startTime && stat->state == 'T';
}

int openPidfd(const ProcessIdentity& process) {
  if (!process) return -1;
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0));
  if (descriptor < 0) return -1;
  // The descriptor names one process for good; is it the one that was meant?
  if (isAlive(process)) return descriptor;
  ::close(descriptor);
  return -1;
}

bool signalProcess(const ProcessIdentity& process, int signal) {
  const int descriptor = openPidfd(process);
  if (descriptor < 0) return false;
  const bool sent = ::syscall(SYS_pidfd_send_signal, descriptor, signal, nullptr, 0) == 0;
  ::close(descriptor);
  return sent;
}

std::multimap<std::string, ProcessIdentity> processesMarked(const std::string& prefix) {
  std::map<pid_t, Stat> present;
  std::multimap<pid_t, pid_t> children;
  std::vector<std::pair<pid_t, std::string>> found;
  for (const pid_t pid : allPids()) {
    const auto stat = statOf(pid);
    if (!stat || hasEnded(*stat) || pid == ::getpid()) continue;
    present[pid] = *stat;
    children.emplace(stat->parent, pid);
    if (auto mark = markOf(pid, prefix)) found.emplace_back(pid, std::move(*mark));
  }
  std::multimap<std::string, ProcessIdentity> result;
  std::set<pid_t> seen;
  while (!found.empty()) {
    const auto [pid, mark] = found.back();
    found.pop_back();
    if (!seen.insert(pid).second) continue;
    result.emplace(mark, ProcessIdentity{pid, present[pid].startTime});
    const auto [first, last] = children.equal_range(pid);
    for (auto child = first; child != last; ++child) found.emplace_back(child->second, mark);
  }
  return result;
}

}  // namespace holdfast::clussvc::monitors
