// The surroundings of one test: a folder with sockets and scripts, and the processes that belong to it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace holdfast::rhs_test {

/// Empty if there is no such file.
std::string contentOf(const std::string& path);

/// A short folder below /tmp; at its end every process that still has it in its environment is killed.
class World {
 public:
  World();
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  std::string runDir() const { return folder_ + "/run"; }
  const std::string& folder() const { return folder_; }

  /// Lines `entry=what` of a resource or type, for fixture_script.
  void script(const std::string& name, const std::string& lines) const;
  /// What fixture_script recorded: lines `entry name begin|end`.
  std::vector<std::string> calls() const;
  std::size_t count(const std::string& line) const;

  /// Starts rhs-guard; a child of the test. `environment`: NAME=VALUE.
  pid_t startGuard(unsigned monitor, const std::vector<std::string>& more = {},
                   const std::vector<std::string>& environment = {}) const;

  /// Processes of this world that are alive, zombies excepted.
  std::vector<pid_t> processes() const;

 private:
  std::string folder_;
};

}  // namespace holdfast::rhs_test
