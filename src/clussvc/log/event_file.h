// The events of this node in a file, so that their numbers, and the ledger of outages, go on in the next life of the
// service. One JSON object a line, appended. What is written survives `kill -9` of the service; a power cut may cost
// the last ones. The file and the one before it together stay within their size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/event_log.h"
#include "core/base/types.h"

namespace holdfast::clussvc::log {

/// Of both files together: more than core keeps, at the few hundred bytes that an event has.
inline constexpr std::uint64_t kEventFiles_bytes = 16u << 20;
/// Of a text in it; what is longer is cut.
inline constexpr std::size_t kMaxEventText_bytes = 4096;

class EventFile {
 public:
  /// `complain` gets a sentence for each kind of trouble. A file that cannot be used costs its events, never the
  /// service.
  EventFile(std::string path, std::function<void(std::string_view)> complain,
            std::uint64_t size_bytes = kEventFiles_bytes);
  ~EventFile();
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  struct Recorded {
    ClusterEvent event;  ///< without its time, which no other boot of the machine would understand
    WallTime when{};
  };
  /// What is there, oldest first, with rising numbers. A torn last line is cut off; what is no event is left out and
  /// complained of.
  std::vector<Recorded> read();

  void append(const ClusterEvent& event, WallTime when);

 private:
  bool open();
  void close();
  void makeRoom(std::size_t line_bytes);

  std::string path_;
  std::function<void(std::string_view)> complain_;
  std::uint64_t fileSize_bytes_;  ///< of one file
  int descriptor_ = -1;
  std::uint64_t size_bytes_ = 0;
  bool failing_ = false;  ///< said already
};

/// One line, with its end.
std::string toLine(const ClusterEvent& event, WallTime when);

}  // namespace holdfast::clussvc::log
