#include "rhs/event_text.h"

#include <array>
#include <cstdint>
#include <cwchar>
#include <string_view>
#include <vector>

#include "rhs/limits.h"
#include "rhs/text.h"

namespace holdfast::rhs {

namespace {

constexpr int kMostInserts = 99;
constexpr std::size_t kWidest_chars = 8192;

/// What an insert's number is fetched as.
enum class Kind : std::uint8_t { None, Wide, Narrow, Int, Long };

struct Insert {
  int number = 0;
  std::wstring flags;  ///< flags, width and precision, with `*` as it stands
  int stars = 0;
  wchar_t conversion = L's';
  Kind kind = Kind::Wide;
};

struct Piece {
  std::wstring_view text;
  bool isInsert = false;
  Insert insert;
};

union Value {
  const wchar_t* wide;
  const char* narrow;
  int number;
  std::int64_t large;
};

bool isDigit(wchar_t c) { return c >= L'0' && c <= L'9'; }

// `spec`: what stands between the exclamation marks. False if it is none of ours.
bool parseSpec(std::wstring_view spec, Insert& insert) {
  std::size_t at = 0;
  while (at < spec.size() && std::wstring_view(L"-+ #0123456789.*").find(spec[at]) != std::wstring_view::npos) {
    if (spec[at] == L'*') ++insert.stars;
    insert.flags += spec[at++];
  }
  auto rest = spec.substr(at);
  bool large = false, half = false, wideMark = false;
  if (rest.starts_with(L"I64")) {
    large = true;
    rest.remove_prefix(3);
  } else if (rest.starts_with(L"ll")) {
    large = true;
    rest.remove_prefix(2);
  } else if (!rest.empty() && (rest[0] == L'h' || rest[0] == L'l' || rest[0] == L'w')) {
    half = rest[0] == L'h';
    wideMark = !half;
    rest.remove_prefix(1);
  }
  if (rest.size() != 1 || insert.flags.size() > 16 || insert.stars > 2) return false;
  insert.conversion = rest[0];
  switch (rest[0]) {
    case L's':
      insert.kind = half ? Kind::Narrow : Kind::Wide;
      return true;
    case L'S':
      insert.kind = wideMark ? Kind::Wide : Kind::Narrow;
      return true;
    case L'c':
    case L'C':
      insert.kind = Kind::Int;
      return true;
    case L'd':
    case L'i':
    case L'u':
    case L'x':
    case L'X':
    case L'o':
      insert.kind = large ? Kind::Long : Kind::Int;
      return true;
    case L'p':
      insert.kind = Kind::Long;
      return true;
    default:
      return false;
  }
}

// `format` begins behind a percent sign and with a digit that is not 0. Returns the characters used, 0 for none.
std::size_t parseInsert(std::wstring_view format, Insert& insert) {
  std::size_t at = 1;
  insert.number = static_cast<int>(format[0] - L'0');
  if (at < format.size() && isDigit(format[at])) insert.number = insert.number * 10 + (format[at++] - L'0');
  if (at >= format.size() || format[at] != L'!') return at;
  const auto end = format.find(L'!', at + 1);
  if (end == std::wstring_view::npos) return at;
  Insert specified;
  specified.number = insert.number;
  if (!parseSpec(format.substr(at + 1, end - at - 1), specified)) return 0;
  insert = std::move(specified);
  return end + 1;
}

std::vector<Piece> parse(std::wstring_view format) {
  std::vector<Piece> pieces;
  const auto literal = [&](std::wstring_view text) { pieces.push_back({text, false, {}}); };
  while (!format.empty()) {
    const auto percent = format.find(L'%');
    literal(format.substr(0, percent));
    if (percent == std::wstring_view::npos || percent + 1 >= format.size()) {
      if (percent != std::wstring_view::npos) literal(L"%");
      break;
    }
    format.remove_prefix(percent + 1);
    if (format[0] == L'0') break;  // ends the text, without a line end
    Piece piece;
    piece.isInsert = true;
    const auto used = isDigit(format[0]) ? parseInsert(format, piece.insert) : 0;
    if (used != 0 && piece.insert.number + piece.insert.stars <= kMostInserts) {
      pieces.push_back(std::move(piece));
      format.remove_prefix(used);
      continue;
    }
    switch (format[0]) {
      case L'n':
        literal(L"\n");
        break;
      case L'r':
        literal(L"\r");
        break;
      case L't':
        literal(L"\t");
        break;
      case L'b':
        literal(L" ");
        break;
      case L'%':
      case L'.':
      case L'!':
        literal(format.substr(0, 1));
        break;
      default:
        literal(L"%"), literal(format.substr(0, 1));
        break;
    }
    format.remove_prefix(1);
  }
  return pieces;
}

std::wstring formatOne(const Insert& insert, const std::array<Value, kMostInserts + 2>& values) {
  const auto& value = values[static_cast<std::size_t>(insert.number + insert.stars)];
  std::wstring spec = L"%";
  int star = 0;
  for (const auto c : insert.flags) {
    if (c == L'*') {
      spec += std::to_wstring(values[static_cast<std::size_t>(insert.number + star++)].number % 1000);
    } else {
      spec += c;
    }
  }
  std::array<wchar_t, kWidest_chars> out;
  int length = 0;
  switch (insert.kind) {
    case Kind::None:
      return L"";
    case Kind::Wide:
      length = std::swprintf(out.data(), out.size(), (spec + L"ls").c_str(), value.wide ? value.wide : L"(null)");
      break;
    case Kind::Narrow: {
      const auto text = wide(value.narrow ? value.narrow : "(null)");
      length = std::swprintf(out.data(), out.size(), (spec + L"ls").c_str(), text.c_str());
      break;
    }
    case Kind::Int:
      if (insert.conversion == L'c' || insert.conversion == L'C') return {1, static_cast<wchar_t>(value.number)};
      length = std::swprintf(out.data(), out.size(), (spec + insert.conversion).c_str(), value.number);
      break;
    case Kind::Long:
      length = insert.conversion == L'p'
                   ? std::swprintf(out.data(), out.size(), L"%016llX", static_cast<unsigned long long>(value.large))
                   : std::swprintf(out.data(), out.size(), (spec + L"ll" + insert.conversion).c_str(), value.large);
      break;
  }
  return length > 0 ? std::wstring(out.data(), static_cast<std::size_t>(length)) : L"";
}

}  // namespace

std::string eventText(const wchar_t* format, std::va_list arguments) {
  if (!format) return "";
  const auto pieces = parse(format);
  std::array<Kind, kMostInserts + 2> kinds{};
  for (const auto& piece : pieces) {
    if (!piece.isInsert) continue;
    for (int star = 0; star < piece.insert.stars; ++star) {
      kinds[static_cast<std::size_t>(piece.insert.number + star)] = Kind::Int;
    }
    kinds[static_cast<std::size_t>(piece.insert.number + piece.insert.stars)] = piece.insert.kind;
  }
  std::array<Value, kMostInserts + 2> values{};
  for (std::size_t number = 1; number < kinds.size(); ++number) {
    switch (kinds[number]) {
      case Kind::None:
        break;
      case Kind::Wide:
        values[number].wide = va_arg(arguments, const wchar_t*);
        break;
      case Kind::Narrow:
        values[number].narrow = va_arg(arguments, const char*);
        break;
      case Kind::Int:
        values[number].number = va_arg(arguments, int);
        break;
      case Kind::Long:
        values[number].large = va_arg(arguments, std::int64_t);
        break;
    }
  }
  std::wstring text;
  for (const auto& piece : pieces) {
    if (text.size() > kMaxLogText_chars) break;
    text += piece.isInsert ? formatOne(piece.insert, values) : std::wstring(piece.text);
  }
  if (text.size() > kMaxLogText_chars) text.resize(kMaxLogText_chars);
  if (text.ends_with(L'\n')) text.pop_back();
  if (text.ends_with(L'\r')) text.pop_back();
  return utf8(text);
}

}  // namespace holdfast::rhs
