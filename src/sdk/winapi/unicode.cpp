#include "sdk/winapi/unicode.h"

#include <locale.h>
#include <wctype.h>

#include <cstdint>

namespace holdfast::winapi {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool isSurrogate(char32_t point) { return point >= 0xD800 && point <= 0xDFFF; }

void appendUtf8(std::string& out, char32_t point) {
  const auto byte = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | point >> 6);
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | point >> 12);
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | point >> 18);
    byte(0x80 | (point >> 12 & 0x3F));
    byte(0x80 | (point >> 6 & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

/// Reads one character at `at`, which it moves on; kReplacement and false in `valid` for bytes that are none.
char32_t nextOfUtf8(std::string_view text, std::size_t& at, bool& valid) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 && lead < 0xF5   ? 3
                   : lead >= 0xE0 && lead < 0xF0 ? 2
                   : lead >= 0xC2 && lead < 0xE0 ? 1
                                                 : 0;
  constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  char32_t point = lead & (0x3Fu >> more);
  for (int step = 0; step < more; ++step) {
    if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
      valid = false;
      return kReplacement;
    }
    point = point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  }
  if (more == 0 || point < kLeast[more] || point > 0x10FFFF || isSurrogate(point)) {
    valid = false;
    return kReplacement;
  }
  return point;
}

}  // namespace

std::string toUtf8(std::wstring_view text, Converted* converted) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto point = static_cast<char32_t>(text[at]);
    if (point >= 0xD800 && point < 0xDC00 && at + 1 < text.size()) {
      const auto low = static_cast<char32_t>(text[at + 1]);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        ++at;
      }
    }
    if (point > 0x10FFFF || isSurrogate(point)) {
      if (converted != nullptr) converted->valid = false;
      point = kReplacement;
    }
    appendUtf8(out, point);
  }
  return out;
}

std::wstring toWide(std::string_view text, Converted* converted) {
  std::wstring out;
  out.reserve(text.size());
  bool valid = true;
  for (std::size_t at = 0; at < text.size();) out.push_back(static_cast<wchar_t>(nextOfUtf8(text, at, valid)));
  if (!valid && converted != nullptr) converted->valid = false;
  return out;
}

std::optional<std::string> toUtf8Strict(std::wstring_view text) {
  Converted converted;
  std::string out = toUtf8(text, &converted);
  if (!converted.valid) return std::nullopt;
  return out;
}

wchar_t foldCase(wchar_t character) {
  if (character < 0x80) return character >= L'A' && character <= L'Z' ? character + (L'a' - L'A') : character;
  // The program's own locale is often "C", which knows no letters beyond ASCII.
  static const locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (unicode == nullptr) return character;
  return static_cast<wchar_t>(towlower_l(static_cast<wint_t>(character), unicode));
}

}  // namespace holdfast::winapi
