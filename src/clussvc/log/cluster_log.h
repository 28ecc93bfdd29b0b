// The cluster log of this node: a file of bounded size for people, and its last lines in memory for those who ask over
// a session. Nobody reads the file back.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clussvc/service.h"

namespace spdlog {
class logger;
}

namespace holdfast::clussvc::log {

/// Lines kept in memory: what a screen or a report wants, about 1.5 MB.
inline constexpr std::size_t kTailLines = 10'000;
/// One line of text; what is longer is cut and says so.
inline constexpr std::size_t kMaxLine_bytes = 4096;
/// The log is this many files: the current one and older ones, numbered.
inline constexpr std::size_t kFiles = 3;

struct LogOptions {
  std::string path;                        ///< empty: memory only
  std::uint64_t size_bytes = 64ull << 20;  ///< of all files together
  Service::LogLevel level = Service::LogLevel::Information;
  bool toStderr = false;  ///< warnings and errors also there, for systemd's journal or the terminal
};

class ClusterLog {
 public:
  /// A file that cannot be opened or written costs its lines, never the service: said once on stderr.
  explicit ClusterLog(LogOptions options);
  ~ClusterLog();
  ClusterLog(const ClusterLog&) = delete;
  ClusterLog& operator=(const ClusterLog&) = delete;

  /// One line. Control characters of `text` are made visible, so that no text can forge a line of its own.
  void write(Service::LogLevel level, std::string_view room, std::string_view text);

  std::vector<std::string> tail(std::size_t lines) const;

  void setLevel(Service::LogLevel level) { options_.level = level; }

 private:
  LogOptions options_;
  std::shared_ptr<spdlog::logger> file_;
  std::deque<std::string> tail_;
};

/// `text` as one printable line.
std::string printable(std::string_view text);

}  // namespace holdfast::clussvc::log
