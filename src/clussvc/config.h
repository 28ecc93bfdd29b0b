// Where clussvc keeps what, and how it is called: the command line and the configuration file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clussvc/service.h"

namespace holdfast::clussvc {

struct Config {
  std::string database = "/var/lib/holdfast/cluster.db";
  std::string runFolder = "/run/holdfast";
  std::string logFile = "/var/log/holdfast/cluster.log";
  std::string resourcePath;  ///< ResourceDllPath
  std::string programs;      ///< folder of rhs and rhs-guard
  std::string socketGroup;   ///< members have full access; empty: the owner alone
  std::string clusterName = "Holdfast";
  std::string nodeName;
  Service::LogLevel logLevel = Service::LogLevel::Information;
  std::uint64_t logSize_bytes = 64ull << 20;

  std::string clusterSocket() const { return runFolder + "/cluster.sock"; }
  std::string objectsFolder() const { return runFolder + "/objects"; }
};

struct CommandLine {
  enum class What { Run, Help, Version };
  What what = What::Run;
  Config config;
};

/// Reads the arguments (without argv[0]) and the file they name. Relative paths are taken from the present folder;
/// `programFolder` is where this program lies: rhs and resource DLLs are looked for from there.
/// Refuses what it does not know, wrong values, and run folders too deep for a socket's path.
Result<CommandLine> readCommandLine(const std::vector<std::string>& arguments, const std::string& programFolder);

/// Sets what the TOML file says. `mustExist`: a missing file is an error.
Result<void> readConfigFile(const std::string& path, bool mustExist, Config& config);

std::string usage();

}  // namespace holdfast::clussvc
