#include "clussvc/config.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "clussvc/error_codes.h"
#include "clussvc/monitors/unix_listener.h"

namespace holdfast::clussvc {
namespace {

constexpr const char* kDefaultFile = "/etc/holdfast/clussvc.toml";
constexpr const char* kPackagedPrograms = "/usr/lib/holdfast";

std::string absolute(const std::string& path) {
  std::string result = std::filesystem::absolute(path).lexically_normal();
  while (result.size() > 1 && result.back() == '/') result.pop_back();
  return result;
}

std::string hostName() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  const std::string full = name.data();
  return full.substr(0, full.find('.'));
}

/// Built trees and installations have the same layout: bin beside lib/holdfast.
std::string firstFolderWith(const std::string& file, const std::vector<std::string>& folders) {
  for (const std::string& folder : folders)
    if (std::filesystem::exists(folder + "/" + file)) return absolute(folder);
  return folders.back();
}

/// The options that take a value.
struct Options {
  std::string folder, file, resourcePath;
};

Result<CommandLine::What> readOptions(const std::vector<std::string>& arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "--help" || name == "-h") return CommandLine::What::Help;
    if (name == "--version") return CommandLine::What::Version;
    if (name == "--foreground") continue;  // it always is: systemd and scripts both want it so
    std::string* value = nullptr;
    const std::size_t equals = name.find('=');
    const std::string bare = name.substr(0, equals);
    if (bare == "--dir") value = &options.folder;
    if (bare == "--config") value = &options.file;
    if (bare == "--resource-path") value = &options.resourcePath;
    if (value == nullptr) return fail(code::kInvalidParameter, "unknown argument " + name, "see clussvc --help");
    if (equals != std::string::npos)
      *value = name.substr(equals + 1);
    else if (++i < arguments.size())
      *value = arguments[i];
    if (value->empty()) return fail(code::kInvalidParameter, bare + " needs a value", "see clussvc --help");
  }
  if (!options.folder.empty() && !options.file.empty())
    return fail(code::kInvalidParameter, "--dir and --config exclude each other",
                "put a clussvc.toml into the folder of --dir");
  return CommandLine::What::Run;
}

Result<void> checkSocketPaths(const Config& config) {
  const std::string longest = config.runFolder + "/monitors.sock";
  if (longest.size() <= monitors::kMaxSocketPath_bytes) return {};
  return fail(code::kFilenameTooLong,
              "run folder " + config.runFolder + " is too deep: the socket " + longest + " would have " +
                  std::to_string(longest.size()) + " bytes, and Linux allows 107",
              "choose a folder with a shorter path");
}

}  // namespace

Result<CommandLine> readCommandLine(const std::vector<std::string>& arguments, const std::string& programFolder) {
  Options options;
  CommandLine line;
  const auto what = readOptions(arguments, options);
  if (!what) return std::unexpected(what.error());
  line.what = *what;
  if (line.what != CommandLine::What::Run) return line;

  Config& config = line.config;
  config.nodeName = hostName();
  config.programs =
      firstFolderWith("rhs-guard", {programFolder + "/../lib/holdfast", programFolder, kPackagedPrograms});
  config.resourcePath =
      firstFolderWith("resources", {programFolder + "/../lib/holdfast", kPackagedPrograms}) + "/resources";
  Result<void> read;
  if (!options.folder.empty()) {
    const std::string folder = absolute(options.folder);
    config.database = folder + "/cluster.db";
    config.runFolder = folder + "/run";
    config.logFile = folder + "/cluster.log";
    read = readConfigFile(folder + "/clussvc.toml", false, config);
  } else {
    read = readConfigFile(options.file.empty() ? kDefaultFile : options.file, !options.file.empty(), config);
  }
  if (!read) return std::unexpected(read.error());
  if (!options.resourcePath.empty()) config.resourcePath = options.resourcePath;
  config.runFolder = absolute(config.runFolder);
  config.database = absolute(config.database);
  if (!config.logFile.empty()) config.logFile = absolute(config.logFile);
  if (auto checked = checkSocketPaths(config); !checked) return std::unexpected(checked.error());
  return line;
}

std::string usage() {
  return R"(usage: clussvc --dir DIR | --config FILE

The Cluster service of this node. Runs in the foreground until SIGTERM.

  --dir DIR             keep everything below DIR: DIR/cluster.db, DIR/cluster.log,
                        DIR/run; settings from DIR/clussvc.toml if it is there
  --config FILE         read FILE (default /etc/holdfast/clussvc.toml)
  --resource-path PATH  folders with resource DLLs, separated by ':'
  --foreground          accepted; it always does
  --version, --help

exit codes:
  0  stopped cleanly            4  database of another program or a later version
  1  failed                     5  another clussvc runs here, or the database is locked
  2  wrong usage or settings    6  a file or folder cannot be written, or the disk is full
  3  database damaged
)";
}

}  // namespace holdfast::clussvc
