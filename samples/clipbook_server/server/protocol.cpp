#include "protocol.h"

#include <unistd.h>

#include <algorithm>

namespace clipbook {
namespace {

/// Everything that would be invisible or break a line: below blank (tab excepted) and DEL. Bytes above are UTF-8.
bool hasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char byte) { return (byte < 0x20 && byte != '\t') || byte == 0x7f; });
}

}  // namespace

void Conversation::feed(std::string_view bytes, std::string& output) {
  input_.append(bytes);
  while (!finished_ && output.size() < kOutputBytes) {
    std::size_t const end = input_.find('\n');
    if (std::min(end, input_.size()) > kLineBytes) {
      output += "ERROR line too long\n";
      finished_ = true;  // where the next command begins cannot be known
    } else if (end == std::string::npos) {
      return;
    } else {
      std::string line = input_.substr(0, end);
      input_.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') {
        line.pop_back();
      }
      answer(line, output);
    }
  }
}

void Conversation::answer(std::string_view line, std::string& output) {
  std::size_t const blank = std::min(line.find(' '), line.size());
  std::string_view const command = line.substr(0, blank);
  std::string_view const argument = line.substr(std::min(blank + 1, line.size()));
  if (command == "PUT") {
    put(argument, output);
  } else if (command == "PAGE") {
    if (History::isPageName(std::string(argument))) {
      page_ = argument;
      output += "OK\n";
    } else {
      output += "ERROR a page is named with a-z, 0-9 and -, at most 32\n";
    }
  } else if (command == "GET" && argument.empty()) {
    get(output);
  } else if (command == "LIST" && argument.empty()) {
    list(output);
  } else if (command == "PID" && argument.empty()) {
    output += "OK " + std::to_string(::getpid()) + '\n';
  } else if (command == "QUIT" && argument.empty()) {
    output += "BYE\n";
    finished_ = true;
  } else {
    output += "ERROR commands are PUT text, GET, LIST, PAGE name, PID, QUIT\n";
  }
}

void Conversation::put(std::string_view text, std::string& output) {
  std::string problem;
  if (text.empty() || text.size() > kClipBytes || hasControlCharacter(text)) {
    output += "ERROR a text has 1 to 4000 bytes and no control characters\n";
  } else if (std::uint64_t const number = history_->put(page_, std::string(text), problem)) {
    output += "OK " + std::to_string(number) + '\n';
  } else {
    output += "ERROR " + problem + '\n';
  }
}

void Conversation::get(std::string& output) const {
  std::deque<Clip> const* clips = history_->clips(page_);
  if (clips == nullptr) {
    output += "EMPTY\n";
  } else {
    output += "OK " + std::to_string(clips->back().number) + ' ' + clips->back().text + '\n';
  }
}

void Conversation::list(std::string& output) const {
  std::deque<Clip> const* clips = history_->clips(page_);
  output += "OK " + std::to_string(clips == nullptr ? 0 : clips->size()) + '\n';
  if (clips != nullptr) {
    for (Clip const& clip : *clips) {
      output += std::to_string(clip.number) + ' ' + clip.text + '\n';
    }
  }
}

}  // namespace clipbook
