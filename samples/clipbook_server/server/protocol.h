// What one connection says and hears; the protocol is in ../README.md. No sockets here.
#pragma once

#include <string>
#include <string_view>

#include "history.h"

namespace clipbook {

constexpr std::size_t kLineBytes = 4096;  // of the protocol, without its end
constexpr char kFirstPage[] = "clipboard";

/// One per connection. `feed` takes bytes as they arrive; answers are appended to `output`.
class Conversation {
 public:
  explicit Conversation(History& history) : history_(&history) {}

  /// Answers every complete line. Stops early when output has reached kOutputBytes: feed nothing again when it has
  /// been sent (backpressure). After QUIT or a line that is too long, finished() is true.
  void feed(std::string_view bytes, std::string& output);

  bool finished() const { return finished_; }

  static constexpr std::size_t kOutputBytes = 65536;

 private:
  void answer(std::string_view line, std::string& output);
  void put(std::string_view text, std::string& output);
  void get(std::string& output) const;
  void list(std::string& output) const;

  History* history_;
  std::string page_ = kFirstPage;
  std::string input_;
  bool finished_ = false;
};

}  // namespace clipbook
