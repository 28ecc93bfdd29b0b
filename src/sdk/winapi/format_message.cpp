#include "sdk/winapi/format_message.h"

#include <array>

#include "sdk/winapi/format_spec.h"

namespace holdfast::winapi {
namespace {

constexpr std::size_t kMaximumInsert = 99;
constexpr std::size_t kStars = 2;  // arguments that one insert can take beside its own

struct Insert {
  std::size_t number = 0;  ///< of its first argument, from 1
  FormatSpec spec;
  std::size_t arguments() const { return 1u + (spec.starWidth ? 1 : 0) + (spec.starPrecision ? 1 : 0); }
};

bool isDigit(wchar_t character) { return character >= L'0' && character <= L'9'; }

/// Reads an insert at `text`, which begins with a digit from 1 to 9. Returns its length; 0 if it is malformed.
std::size_t parseInsert(std::wstring_view text, Insert& insert) {
  std::size_t at = 1;
  insert.number = static_cast<std::size_t>(text[0] - L'0');
  if (at < text.size() && isDigit(text[at]))
    insert.number = insert.number * 10 + static_cast<std::size_t>(text[at++] - L'0');
  parseSpec(L"s", insert.spec);
  if (at == text.size() || text[at] != L'!') return at;
  const std::size_t end = text.find(L'!', at + 1);
  if (end == std::wstring_view::npos) return 0;
  const std::wstring_view written = text.substr(at + 1, end - at - 1);
  const std::size_t length = parseSpec(written, insert.spec);
  if (length == 0 || length != written.size() || insert.spec.isFloating()) return 0;
  return end + 1;
}

/// The highest argument that the text names.
std::size_t argumentsNamed(std::wstring_view format) {
  std::size_t highest = 0;
  for (std::size_t at = 0; at + 1 < format.size();) {
    if (format[at] != L'%') {
      ++at;
      continue;
    }
    const wchar_t next = format[at + 1];
    if (next == L'0') break;
    Insert insert;
    const std::size_t length = isDigit(next) ? parseInsert(format.substr(at + 1), insert) : 0;
    if (length != 0) highest = std::max(highest, insert.number + insert.arguments() - 1);
    at += 1 + std::max<std::size_t>(length, 1);
  }
  return highest;
}

void appendInsert(std::wstring& out, Insert insert, const std::uint64_t* arguments) {
  std::size_t at = insert.number - 1;
  if (insert.spec.starWidth) insert.spec.setWidth(static_cast<int>(arguments[at++]));
  if (insert.spec.starPrecision) insert.spec.setPrecision(static_cast<int>(arguments[at++]));
  if (insert.spec.isString()) {
    appendString(out, insert.spec, reinterpret_cast<const void*>(static_cast<std::uintptr_t>(arguments[at])));
  } else {
    appendInteger(out, insert.spec, arguments[at]);
  }
}

/// What follows a percent sign that begins no insert. True for the end of the message.
bool appendEscape(std::wstring& out, wchar_t letter, const MessageOptions& options) {
  switch (letter) {
    case L'0':
      return true;
    case L'n':
      out.append(options.lineBreak);
      return false;
    case L'r':
      out.push_back(L'\r');
      return false;
    case L't':
      out.push_back(L'\t');
      return false;
    case L'b':
      out.push_back(L' ');
      return false;
    default:  // %%, %., %! and any other character stand for themselves
      out.push_back(letter);
      return false;
  }
}

}  // namespace

Message formatMessage(std::wstring_view format, const std::uint64_t* arguments, const MessageOptions& options) {
  Message message;
  for (std::size_t at = 0; at < format.size() && !message.ended && message.text.size() <= options.limit;) {
    if (format[at] != L'%' || at + 1 == format.size()) {
      message.text.push_back(format[at++]);
      continue;
    }
    const wchar_t next = format[at + 1];
    if (next < L'1' || next > L'9') {
      message.ended = appendEscape(message.text, next, options);
      at += 2;
      continue;
    }
    Insert insert;
    const std::size_t length = parseInsert(format.substr(at + 1), insert);
    if (length == 0 || options.ignoreInserts || arguments == nullptr) {
      message.text.append(format.substr(at, 1 + std::max<std::size_t>(length, 1)));
    } else {
      appendInsert(message.text, insert, arguments);
    }
    at += 1 + std::max<std::size_t>(length, 1);
  }
  message.cut = message.text.size() > options.limit;
  if (message.cut) message.text.resize(options.limit);
  return message;
}

Message formatMessage(std::wstring_view format, va_list* arguments, const MessageOptions& options) {
  std::array<std::uint64_t, kMaximumInsert + kStars> fetched{};
  if (arguments == nullptr || options.ignoreInserts) {
    return formatMessage(format, static_cast<const std::uint64_t*>(nullptr), options);
  }
  const std::size_t count = argumentsNamed(format);
  for (std::size_t at = 0; at < count; ++at) fetched[at] = va_arg(*arguments, std::uint64_t);
  return formatMessage(format, fetched.data(), options);
}

}  // namespace holdfast::winapi
