#include "sdk/winapi/command_line.h"

namespace holdfast::winapi {

std::vector<std::string> splitCommandLine(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool inWord = false, quoted = false;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == '\\') {
      std::size_t count = 0;
      while (i < line.size() && line[i] == '\\') ++count, ++i;
      const bool beforeQuote = i < line.size() && line[i] == '"';
      word.append(beforeQuote ? count / 2 : count, '\\');
      if (beforeQuote && count % 2 == 1) {
        word += '"';
        ++i;
      }
      inWord = true;
    } else if (line[i] == '"') {
      quoted = !quoted;
      inWord = true;
      ++i;
    } else if (!quoted && (line[i] == ' ' || line[i] == '\t')) {
      if (inWord) words.push_back(std::move(word));
      word.clear();
      inWord = false;
      ++i;
    } else {
      word += line[i++];
      inWord = true;
    }
  }
  if (inWord) words.push_back(std::move(word));
  return words;
}

}  // namespace holdfast::winapi
