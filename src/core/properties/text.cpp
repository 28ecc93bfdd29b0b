#include "core/properties/text.h"

#include <algorithm>

namespace holdfast::properties {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool isSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

/// Next code point of `text` from `position`, which moves behind it.
char32_t nextOfUtf8(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(position++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 && first < 0xF5   ? 3
                           : first >= 0xE0 && first < 0xF0 ? 2
                           : first >= 0xC2                 ? 1
                                                           : 0;
  if (more == 0 || first >= 0xF5 || position + more > text.size()) return kReplacement;
  char32_t code = first & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(position + i) & 0xC0) != 0x80) return kReplacement;
    code = (code << 6) | (byte(position + i) & 0x3Fu);
  }
  const char32_t smallest = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  if (code < smallest || code > 0x10FFFF || isSurrogate(code)) return kReplacement;
  position += more;
  return code;
}

void appendUtf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

void appendUnit(Bytes& out, char32_t unit, Width width) {
  for (std::size_t i = 0; i < bytesPerCharacter(width); ++i) out.push_back(static_cast<std::uint8_t>(unit >> (8 * i)));
}

char32_t unitAt(std::span<const std::uint8_t> bytes, std::size_t index, Width width) {
  const std::size_t size = bytesPerCharacter(width);
  char32_t unit = 0;
  for (std::size_t i = 0; i < size; ++i) unit |= static_cast<char32_t>(bytes[index * size + i]) << (8 * i);
  return unit;
}

}  // namespace

void appendText(Bytes& out, std::string_view text, Width width) {
  for (std::size_t position = 0; position < text.size();) {
    const char32_t c = nextOfUtf8(text, position);
    if (width == Width::Canonical && c >= 0x10000) {
      appendUnit(out, 0xD800 + ((c - 0x10000) >> 10), width);
      appendUnit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), width);
    } else {
      appendUnit(out, c, width);
    }
  }
}

void appendSz(Bytes& out, std::string_view text, Width width) {
  appendText(out, text, width);
  appendUnit(out, 0, width);
}

void appendMultiSz(Bytes& out, const std::vector<std::string>& strings, Width width) {
  for (const std::string& text : strings) appendSz(out, text, width);
  if (strings.empty()) appendUnit(out, 0, width);
  appendUnit(out, 0, width);
}

std::string readText(std::span<const std::uint8_t> bytes, Width width) {
  std::string text;
  const std::size_t units = bytes.size() / bytesPerCharacter(width);
  for (std::size_t i = 0; i < units; ++i) {
    char32_t c = unitAt(bytes, i, width);
    if (width == Width::Canonical && c >= 0xD800 && c <= 0xDBFF && i + 1 < units) {
      const char32_t low = unitAt(bytes, i + 1, width);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        ++i;
      }
    }
    appendUtf8(text, c > 0x10FFFF || isSurrogate(c) ? kReplacement : c);
  }
  return text;
}

std::string readSz(std::span<const std::uint8_t> bytes, Width width) {
  std::string text = readText(bytes, width);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

std::vector<std::string> readMultiSz(std::span<const std::uint8_t> bytes, Width width) {
  std::vector<std::string> strings;
  const std::string text = readText(bytes, width);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\0', start), text.size());
    if (end == start) break;
    strings.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return strings;
}

bool isTerminated(std::span<const std::uint8_t> bytes, Width width) {
  const std::size_t size = bytesPerCharacter(width);
  if (bytes.empty() || bytes.size() % size != 0) return false;
  return unitAt(bytes, bytes.size() / size - 1, width) == 0;
}

std::string foldName(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

bool equalNames(std::string_view a, std::string_view b) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return fold(x) == fold(y); });
}

}  // namespace holdfast::properties
