#include "rhs/world.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "calls/environment.h"

namespace holdfast::rhs_test {

std::string contentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

namespace {

bool isZombie(const std::string& process) {
  const auto stat = contentOf("/proc/" + process + "/stat");
  const auto state = stat.rfind(')');
  return state == std::string::npos || stat.size() < state + 3 || stat[state + 2] == 'Z' || stat[state + 2] == 'X';
}

}  // namespace

World::World() {
  char name[] = "/tmp/hfXXXXXX";
  folder_ = ::mkdtemp(name);
  ::mkdir(runDir().c_str(), 0700);
}

World::~World() {
  for (const auto process : processes()) ::kill(process, SIGKILL);
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

// Replaced in one step: the fixture may read it at any time.
void World::script(const std::string& name, const std::string& lines) const {
  std::ofstream(folder_ + "/new") << lines;
  std::filesystem::rename(folder_ + "/new", folder_ + "/" + name);
}

std::vector<std::string> World::calls() const {
  std::vector<std::string> lines;
  std::ifstream file(folder_ + "/calls");
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::size_t World::count(const std::string& line) const {
  const auto lines = calls();
  return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
}

pid_t World::startGuard(unsigned monitor, const std::vector<std::string>& more,
                        const std::vector<std::string>& environment) const {
  std::vector<std::string> words{HOLDFAST_LIBEXEC_DIR "/rhs-guard",
                                 "--monitor",
                                 std::to_string(monitor),
                                 "--run-dir",
                                 runDir(),
                                 "--name",
                                 "default",
                                 "--rhs",
                                 HOLDFAST_LIBEXEC_DIR "/rhs"};
  words.insert(words.end(), more.begin(), more.end());
  const pid_t guard = ::fork();
  if (guard != 0) return guard;
  ::setenv("FIXTURE_DIR", folder_.c_str(), 1);
  ::setenv(calls::kTokenVariable, "secret", 1);
  ::setenv(calls::kResourcePathVariable, HOLDFAST_FIXTURE_DIR, 1);
  // Fatal signals are part of the tests; what a monitor holds at its end is nobody's loss.
  ::setenv("ASAN_OPTIONS", "handle_segv=0:handle_abort=0:detect_leaks=0:use_sigaltstack=0", 1);
  for (const auto& one : environment) ::putenv(const_cast<char*>(one.c_str()));
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

std::vector<pid_t> World::processes() const {
  std::vector<pid_t> found;
  DIR* proc = ::opendir("/proc");
  while (const auto* entry = ::readdir(proc)) {
    const auto pid = std::atoi(entry->d_name);
    if (pid <= 0 || pid == ::getpid() || isZombie(entry->d_name)) continue;
    const auto environment = contentOf(std::string("/proc/") + entry->d_name + "/environ");
    if (environment.find("FIXTURE_DIR=" + folder_ + '\0') != std::string::npos ||
        environment.find("FIXTURE_DIR=" + folder_) != std::string::npos) {
      found.push_back(pid);
    }
  }
  ::closedir(proc);
  return found;
}

}  // namespace holdfast::rhs_test
