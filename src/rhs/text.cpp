#include "rhs/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace holdfast::rhs {

namespace {

constexpr wchar_t kReplacement = 0xFFFD;

bool isCharacter(std::uint32_t value) { return value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF); }

bool isContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Reads one character at `at` and moves behind it.
wchar_t take(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return static_cast<wchar_t>(lead);
  const std::size_t more = lead >= 0xF0 && lead < 0xF8 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (more == 0 || lead >= 0xF8 || at + more > text.size()) return kReplacement;
  std::uint32_t value = lead & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if (!isContinuation(text[at + i])) return kReplacement;
    value = value << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[more] || !isCharacter(value)) return kReplacement;
  at += more;
  return static_cast<wchar_t>(value);
}

void append(std::string& out, std::uint32_t value) {
  if (!isCharacter(value)) value = static_cast<std::uint32_t>(kReplacement);
  if (value < 0x80) {
    out += static_cast<char>(value);
    return;
  }
  const int more = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
  constexpr std::uint32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[more] | value >> (6 * more));
  for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) out += static_cast<char>(0x80 | (value >> shift & 0x3F));
}

}  // namespace

std::wstring wide(std::string_view utf8) {
  std::wstring out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) out += take(utf8, at);
  return out;
}

std::string utf8(std::wstring_view text) {
  std::string out;
  out.reserve(text.size());
  for (const auto character : text) append(out, static_cast<std::uint32_t>(character));
  return out;
}

void copyCut(std::string_view utf8, char* field, std::size_t size_bytes) {
  auto length = std::min(utf8.size(), size_bytes - 1);
  while (length > 0 && length < utf8.size() && isContinuation(utf8[length])) --length;
  std::memcpy(field, utf8.data(), length);
  field[length] = '\0';
}

}  // namespace holdfast::rhs
