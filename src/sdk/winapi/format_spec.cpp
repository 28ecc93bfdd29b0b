#include "sdk/winapi/format_spec.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <cwchar>

#include "sdk/winapi/unicode.h"

namespace holdfast::winapi {
namespace {

constexpr int kMaximumNumber = 1'000'000;  // of a width or precision as written
constexpr std::uintptr_t kLowestAddress = 0x10000;

int parseNumber(std::wstring_view text, std::size_t& at) {
  int number = 0;
  for (; at < text.size() && text[at] >= L'0' && text[at] <= L'9'; ++at) {
    number = std::min(number * 10 + static_cast<int>(text[at] - L'0'), kMaximumNumber);
  }
  return number;
}

void parseFlags(std::wstring_view text, std::size_t& at, FormatSpec& spec) {
  for (; at < text.size(); ++at) {
    switch (text[at]) {
      case L'-':
        spec.left = true;
        break;
      case L'+':
        spec.plus = true;
        break;
      case L' ':
        spec.space = true;
        break;
      case L'#':
        spec.alternate = true;
        break;
      case L'0':
        spec.zero = true;
        break;
      default:
        return;
    }
  }
}

void parseSize(std::wstring_view text, std::size_t& at, FormatSpec& spec) {
  using Size = FormatSpec::Size;
  struct Prefix {
    std::wstring_view text;
    Size size;
  };
  // Longer ones first.
  static constexpr Prefix kPrefixes[] = {{L"I64", Size::LongLong}, {L"I32", Size::Long},   {L"hh", Size::Char},
                                         {L"ll", Size::LongLong},  {L"h", Size::Short},    {L"l", Size::Long},
                                         {L"w", Size::Long},       {L"I", Size::Pointer},  {L"z", Size::Pointer},
                                         {L"t", Size::Pointer},    {L"j", Size::LongLong}, {L"q", Size::LongLong},
                                         {L"L", Size::LongDouble}};
  for (const Prefix& prefix : kPrefixes) {
    if (!text.substr(at).starts_with(prefix.text)) continue;
    spec.size = prefix.size;
    spec.wide = prefix.size == Size::Long;
    at += prefix.text.size();
    return;
  }
}

void appendField(std::wstring& out, const FormatSpec& spec, std::wstring_view sign, std::wstring_view body,
                 bool zeros) {
  const std::size_t width = std::min(static_cast<std::size_t>(spec.width), kMaximumField);
  const std::size_t used = sign.size() + body.size();
  const std::size_t fill = width > used ? width - used : 0;
  if (!spec.left && !zeros) out.append(fill, L' ');
  out.append(sign);
  if (!spec.left && zeros) out.append(fill, L'0');
  out.append(body);
  if (spec.left) out.append(fill, L' ');
}

std::wstring digits(std::uint64_t value, unsigned radix, bool upper) {
  const wchar_t* letters = upper ? L"0123456789ABCDEF" : L"0123456789abcdef";
  std::wstring text;
  for (; value != 0; value /= radix) text.push_back(letters[value % radix]);
  std::ranges::reverse(text);
  return text;
}

std::uint64_t narrowed(const FormatSpec& spec, std::uint64_t value, bool isSigned) {
  using Size = FormatSpec::Size;
  if (spec.is64()) return value;
  if (spec.size == Size::Char) {
    return isSigned ? static_cast<std::uint64_t>(std::int64_t{static_cast<std::int8_t>(value)}) : value & 0xFF;
  }
  if (spec.size == Size::Short) {
    return isSigned ? static_cast<std::uint64_t>(std::int64_t{static_cast<std::int16_t>(value)}) : value & 0xFFFF;
  }
  return isSigned ? static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(value)}) : value & 0xFFFFFFFF;
}

void appendNumber(std::wstring& out, const FormatSpec& spec, std::uint64_t raw) {
  const bool isSigned = spec.conversion == L'd' || spec.conversion == L'i';
  std::uint64_t value = narrowed(spec, raw, isSigned);
  std::wstring_view sign;
  if (isSigned) {
    if (static_cast<std::int64_t>(value) < 0) {
      sign = L"-";
      value = 0 - value;
    } else if (spec.plus) {
      sign = L"+";
    } else if (spec.space) {
      sign = L" ";
    }
  }
  const bool upper = spec.conversion == L'X' || spec.conversion == L'p';
  const bool hex = upper || spec.conversion == L'x';
  std::wstring body = digits(value, hex ? 16 : spec.conversion == L'o' ? 8 : 10, upper);
  int precision = spec.conversion == L'p' ? 16 : spec.precision;
  if (spec.alternate && spec.conversion == L'o') precision = std::max(precision, static_cast<int>(body.size()) + 1);
  const auto least = std::min(static_cast<std::size_t>(precision < 0 ? 1 : precision), kMaximumField);
  if (body.size() < least) body.insert(0, least - body.size(), L'0');
  if (spec.alternate && hex && value != 0 && spec.conversion != L'p') sign = upper ? L"0X" : L"0x";
  appendField(out, spec, sign, body, spec.zero && spec.precision < 0);
}

}  // namespace

bool FormatSpec::isInteger() const { return conversion != 0 && std::wcschr(L"diuxXop", conversion) != nullptr; }
bool FormatSpec::isFloating() const { return conversion != 0 && std::wcschr(L"eEfFgGaA", conversion) != nullptr; }
bool FormatSpec::isWide() const {
  if (wide) return true;
  if (size == Size::Short) return false;
  return conversion == L's' || conversion == L'c';
}

void FormatSpec::setWidth(int value) {
  if (value < 0) left = true;
  // The most negative number has no positive twin.
  width = value < -kMaximumNumber ? kMaximumNumber : std::min(value < 0 ? -value : value, kMaximumNumber);
}

std::size_t parseSpec(std::wstring_view text, FormatSpec& spec) {
  spec = {};
  std::size_t at = 0;
  parseFlags(text, at, spec);
  if (at < text.size() && text[at] == L'*') {
    spec.starWidth = true;
    ++at;
  } else {
    spec.width = parseNumber(text, at);
  }
  if (at < text.size() && text[at] == L'.') {
    ++at;
    if (at < text.size() && text[at] == L'*') {
      spec.starPrecision = true;
      ++at;
    } else {
      spec.precision = parseNumber(text, at);
    }
  }
  parseSize(text, at, spec);
  if (at == text.size()) return 0;
  spec.conversion = text[at++];
  const bool known = spec.isInteger() || spec.isString() || spec.isCharacter() || spec.isFloating();
  return known ? at : 0;
}

void appendInteger(std::wstring& out, const FormatSpec& spec, std::uint64_t value) {
  if (!spec.isCharacter()) {
    appendNumber(out, spec, value);
    return;
  }
  const auto byte = static_cast<unsigned char>(value);
  const auto wide = static_cast<wchar_t>(value & 0x1FFFFF);
  const wchar_t character = spec.isWide() ? wide : static_cast<wchar_t>(byte);
  appendField(out, spec, {}, std::wstring_view(&character, 1), false);
}

void appendString(std::wstring& out, const FormatSpec& spec, const void* text, std::size_t limit) {
  if (spec.precision >= 0) limit = std::min(limit, static_cast<std::size_t>(spec.precision));
  const auto address = reinterpret_cast<std::uintptr_t>(text);
  if (address < kLowestAddress) {
    const std::wstring_view stead = address == 0 ? L"(null)" : L"(bad pointer)";
    appendField(out, spec, {}, stead.substr(0, limit), false);
  } else if (spec.isWide()) {
    const auto* wide = static_cast<const wchar_t*>(text);
    appendField(out, spec, {}, {wide, wcsnlen(wide, limit)}, false);
  } else {
    const auto* narrow = static_cast<const char*>(text);
    const std::wstring wide = toWide({narrow, strnlen(narrow, limit)});
    appendField(out, spec, {}, wide, false);
  }
}

void appendFloating(std::wstring& out, const FormatSpec& spec, double value) {
  std::string format = "%";
  if (spec.plus) format += '+';
  if (spec.space) format += ' ';
  if (spec.alternate) format += '#';
  format += ".*";
  format += static_cast<char>(spec.conversion);
  const bool shortest = spec.precision < 0 && (spec.conversion == L'a' || spec.conversion == L'A');
  if (shortest) format.erase(format.size() - 3, 2);
  std::array<char, 1024> text{};
  const int precision = std::min(spec.precision < 0 ? 6 : spec.precision, 512);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  if (shortest) {
    std::snprintf(text.data(), text.size(), format.c_str(), value);
  } else {
    std::snprintf(text.data(), text.size(), format.c_str(), precision, value);
  }
#pragma GCC diagnostic pop
  const std::wstring wide = toWide(text.data());
  const bool sign = !wide.empty() && std::wcschr(L"-+ ", wide[0]) != nullptr;
  const std::wstring_view body(wide);
  const bool finite = wide.find_first_of(L"nN") == std::wstring::npos;
  appendField(out, spec, body.substr(0, sign ? 1 : 0), body.substr(sign ? 1 : 0), spec.zero && finite);
}

}  // namespace holdfast::winapi
