// The configuration file, in TOML.
#include <toml++/toml.h>
#include <filesystem>
#include <map>
#include <sstream>

#include "clussvc/config.h"
#include "clussvc/error_codes.h"

namespace holdfast::clussvc {
namespace {

Error wrong(const std::string& path, const std::string& what, const std::string& advice) {
  return {code::kInvalidParameter, path + ": " + what, advice};
}

Result<void> setLogLevel(const std::string& path, const std::string& word, Config& config) {
  static const std::map<std::string, Service::LogLevel> kLevels = {{"debug", Service::LogLevel::Debug},
                                                                   {"information", Service::LogLevel::Information},
                                                                   {"warning", Service::LogLevel::Warning},
                                                                   {"error", Service::LogLevel::Error}};
  const auto level = kLevels.find(word);
  if (level == kLevels.end())
    return std::unexpected(
        wrong(path, "log_level \"" + word + "\" is unknown", "use debug, information, warning or error"));
  config.logLevel = level->second;
  return {};
}

Result<void> setLogSize(const std::string& path, std::int64_t size_MB, Config& config) {
  // As ClusterLogSize (CM §4).
  if (size_MB < 8 || size_MB > 2048)
    return std::unexpected(wrong(path, "log_size is out of range", "use 8 to 2048 megabytes"));
  config.logSize_bytes = static_cast<std::uint64_t>(size_MB) << 20;
  return {};
}

}  // namespace

Result<void> readConfigFile(const std::string& path, bool mustExist, Config& config) {
  if (!std::filesystem::exists(path)) {
    if (!mustExist) return {};
    return fail(code::kFileNotFound, "configuration file " + path + " does not exist", "name another with --config");
  }
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    std::ostringstream where;
    where << error.description() << " (line " << error.source().begin.line << ")";
    return std::unexpected(wrong(path, where.str(), "correct the line"));
  }
  const std::map<std::string_view, std::string*> texts = {
      {"database", &config.database},          {"run_folder", &config.runFolder}, {"log_file", &config.logFile},
      {"resource_path", &config.resourcePath}, {"programs", &config.programs},    {"socket_group", &config.socketGroup},
      {"cluster_name", &config.clusterName},   {"node_name", &config.nodeName},
  };
  for (const auto& [key, value] : table) {
    const auto text = texts.find(key.str());
    Result<void> set;
    if (text != texts.end() && value.is_string()) {
      *text->second = **value.as_string();
    } else if (key.str() == "log_level" && value.is_string()) {
      set = setLogLevel(path, **value.as_string(), config);
    } else if (key.str() == "log_size" && value.is_integer()) {
      set = setLogSize(path, **value.as_integer(), config);
    } else {
      set = std::unexpected(wrong(path, "\"" + std::string(key.str()) + "\" is unknown or of the wrong kind",
                                  "see docs/reference for the settings"));
    }
    if (!set) return set;
  }
  return {};
}

}  // namespace holdfast::clussvc
