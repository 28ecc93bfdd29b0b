#include "clussvc/log/cluster_log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace holdfast::clussvc::log {
namespace {

using Level = Service::LogLevel;

const char* word(Level level) {
  switch (level) {
    case Level::Debug:
      return "DBG ";
    case Level::Information:
      return "INFO";
    case Level::Warning:
      return "WARN";
    case Level::Error:
      return "ERR ";
  }
  return "INFO";
}

/// Priority for systemd's journal (sd-daemon(3)); stripped there, harmless elsewhere only if it is not shown: so it is
/// written only when the journal reads.
const char* journalPriority(Level level) { return level == Level::Error ? "<3>" : "<4>"; }

std::string timestamp() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  std::tm parts{};
  ::localtime_r(&now.tv_sec, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec / 1'000'000);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string line;
  line.reserve(std::min(text.size(), kMaxLine_bytes));
  for (const char c : text.substr(0, kMaxLine_bytes)) {
    if (c == '\n')
      line += "\\n";
    else if (c == '\t' || static_cast<unsigned char>(c) >= 0x20)
      line += c == '\x7f' ? '?' : c;
    else
      line += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  if (text.size() > kMaxLine_bytes) line += fmt::format(" … ({} bytes more)", text.size() - kMaxLine_bytes);
  return line;
}

ClusterLog::ClusterLog(LogOptions options) : options_(std::move(options)) {
  if (options_.path.empty()) return;
  try {
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_st>(
        options_.path, std::max<std::uint64_t>(options_.size_bytes / kFiles, 64 << 10), kFiles - 1);
    file_ = std::make_shared<spdlog::logger>("cluster", std::move(sink));
    file_->set_pattern("%v");
    file_->flush_on(spdlog::level::trace);
    file_->set_error_handler([said = false](const std::string& problem) mutable {
      if (!said) std::fprintf(stderr, "clussvc: cluster log: %s\n", problem.c_str());
      said = true;
    });
  } catch (const spdlog::spdlog_ex& problem) {
    std::fprintf(stderr, "clussvc: cluster log: %s\n", problem.what());
  }
}

ClusterLog::~ClusterLog() = default;

void ClusterLog::write(Level level, std::string_view room, std::string_view text) {
  if (level < options_.level) return;
  std::string line = fmt::format("{} {} [{}] {}", timestamp(), word(level), room, printable(text));
  if (file_) file_->log(spdlog::level::info, "{}", line);
  if (options_.toStderr && level >= Level::Warning) {
    static const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
    std::fprintf(stderr, "%s%s\n", journal ? journalPriority(level) : "clussvc: ", line.c_str());
  }
  tail_.push_back(std::move(line));
  if (tail_.size() > kTailLines) tail_.pop_front();
}

std::vector<std::string> ClusterLog::tail(std::size_t lines) const {
  const std::size_t count = std::min(lines, tail_.size());
  return {tail_.end() - static_cast<std::ptrdiff_t>(count), tail_.end()};
}

}  // namespace holdfast::clussvc::log
