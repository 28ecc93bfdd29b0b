#include "sdk/winapi/command_line.h"

#include <cstring>
#include <cwchar>

#include "sdk/winapi/unicode.h"

namespace holdfast::winapi {
namespace {

bool isBlank(wchar_t character) { return character == L' ' || character == L'\t'; }

std::size_t skipBlanks(std::wstring_view line, std::size_t at) {
  while (at < line.size() && isBlank(line[at])) ++at;
  return at;
}

/// The word that begins at `at`, which it moves behind it.
std::wstring nextWord(std::wstring_view line, std::size_t& at) {
  std::wstring word;
  bool quoted = false;
  while (at < line.size() && (quoted || !isBlank(line[at]))) {
    std::size_t backslashes = 0;
    while (at < line.size() && line[at] == L'\\') {
      ++backslashes;
      ++at;
    }
    const bool beforeQuote = at < line.size() && line[at] == L'"';
    word.append(beforeQuote ? backslashes / 2 : backslashes, L'\\');
    if (!beforeQuote) {
      if (at < line.size() && (quoted || !isBlank(line[at]))) word.push_back(line[at++]);
      continue;
    }
    ++at;
    if (backslashes % 2 == 1) {
      word.push_back(L'"');
    } else if (quoted && at < line.size() && line[at] == L'"') {
      word.push_back(L'"');
      ++at;
    } else {
      quoted = !quoted;
    }
  }
  return word;
}

std::vector<std::string> words(std::wstring_view line, std::size_t at) {
  std::vector<std::string> all;
  for (at = skipBlanks(line, at); at < line.size(); at = skipBlanks(line, at)) {
    all.push_back(toUtf8(nextWord(line, at)));
  }
  return all;
}

template <class Character, class Convert>
std::vector<std::string> environment(const Character* block, std::size_t (*length)(const Character*),
                                     Convert&& convert) {
  std::vector<std::string> all;
  while (*block != 0) {
    const std::size_t size = length(block);
    all.push_back(convert(std::basic_string_view<Character>(block, size)));
    block += size + 1;
  }
  return all;
}

}  // namespace

std::vector<std::string> splitCommandLine(std::wstring_view line) {
  const auto candidates = programCandidates(line);
  if (candidates.empty()) return {};
  std::vector<std::string> all{candidates.front().program};
  for (std::string& word : words(candidates.front().rest, 0)) all.push_back(std::move(word));
  return all;
}

std::vector<Candidate> programCandidates(std::wstring_view line) {
  std::vector<Candidate> all;
  std::size_t at = skipBlanks(line, 0);
  if (at == line.size()) return all;
  if (line[at] == L'"') {
    const std::size_t end = line.find(L'"', at + 1);
    const std::size_t size = end == std::wstring_view::npos ? line.size() - at - 1 : end - at - 1;
    const std::wstring_view rest = end == std::wstring_view::npos ? std::wstring_view{} : line.substr(end + 1);
    all.push_back({toUtf8(line.substr(at + 1, size)), rest});
    return all;
  }
  const std::size_t begin = at;
  while (at < line.size()) {
    while (at < line.size() && !isBlank(line[at])) ++at;
    all.push_back({toUtf8(line.substr(begin, at - begin)), line.substr(at)});
    at = skipBlanks(line, at);
  }
  return all;
}

std::vector<std::string> wideEnvironment(const wchar_t* block) {
  return environment<wchar_t>(block, std::wcslen, [](std::wstring_view text) { return toUtf8(text); });
}

std::vector<std::string> narrowEnvironment(const char* block) {
  return environment<char>(block, std::strlen, [](std::string_view text) { return std::string(text); });
}

}  // namespace holdfast::winapi
