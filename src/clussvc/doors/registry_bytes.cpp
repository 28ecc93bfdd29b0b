#include "clussvc/doors/registry_bytes.h"

#include <cstring>

#include "clussvc/doors/codes.h"

namespace holdfast::clussvc::doors {

namespace {

using database::Value;
using database::ValueType;

constexpr std::size_t kWide_bytes = 4;

void appendNumber(std::string& bytes, std::uint64_t number, std::size_t size_bytes) {
  for (std::size_t i = 0; i < size_bytes; ++i) bytes.push_back(static_cast<char>((number >> (8 * i)) & 0xFF));
}

std::uint64_t numberAt(std::string_view bytes, std::size_t size_bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size_bytes; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return number;
}

/// The database holds valid UTF-8 only, so a byte tells how long its character is.
void appendWide(std::string& bytes, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    appendNumber(bytes, point, kWide_bytes);
    i += length;
  }
  appendNumber(bytes, 0, kWide_bytes);
}

bool appendUtf8(std::string& text, std::uint32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return false;
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
    return true;
  }
  const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
  text.push_back(static_cast<char>(kLead[more] | (point >> (6 * more))));
  for (int k = more - 1; k >= 0; --k) text.push_back(static_cast<char>(0x80 | ((point >> (6 * k)) & 0x3F)));
  return true;
}

/// Strings of the bytes, each up to its terminator; what follows the last terminator counts as a string if there is
/// any.
Result<std::vector<std::string>> stringsOf(std::string_view bytes) {
  if (bytes.size() % kWide_bytes != 0) {
    return fail(kInvalidData, "text of " + std::to_string(bytes.size()) + " bytes is not whole characters",
                "give its size in bytes, sizeof(WCHAR) for each character");
  }
  std::vector<std::string> strings;
  std::string current;
  bool open = false;
  for (std::size_t i = 0; i < bytes.size(); i += kWide_bytes) {
    const auto point = static_cast<std::uint32_t>(numberAt(bytes.substr(i), kWide_bytes));
    if (point == 0) {
      strings.push_back(std::move(current));
      current.clear();
      open = false;
      continue;
    }
    open = true;
    if (!appendUtf8(current, point)) return fail(kNoUnicodeTranslation, "text holds a number that is no character");
  }
  if (open) strings.push_back(std::move(current));
  return strings;
}

}  // namespace

std::string toNativeBytes(const Value& value) {
  std::string bytes;
  switch (value.type) {
    case ValueType::Sz:
    case ValueType::ExpandSz:
      appendWide(bytes, std::get<std::string>(value.data));
      break;
    case ValueType::Dword:
      appendNumber(bytes, std::get<std::uint32_t>(value.data), 4);
      break;
    case ValueType::Qword:
      appendNumber(bytes, std::get<std::uint64_t>(value.data), 8);
      break;
    case ValueType::Binary: {
      const auto& raw = std::get<Bytes>(value.data);
      bytes.assign(raw.begin(), raw.end());
      break;
    }
    case ValueType::MultiSz: {
      const auto& strings = std::get<std::vector<std::string>>(value.data);
      for (const std::string& text : strings) appendWide(bytes, text);
      appendNumber(bytes, 0, strings.empty() ? 2 * kWide_bytes : kWide_bytes);
      break;
    }
  }
  return bytes;
}

Result<Value> fromNativeBytes(std::uint32_t type, std::string_view bytes) {
  switch (static_cast<ValueType>(type)) {
    case ValueType::Sz:
    case ValueType::ExpandSz: {
      auto strings = stringsOf(bytes);
      if (!strings) return std::unexpected(strings.error());
      return Value{static_cast<ValueType>(type), strings->empty() ? std::string{} : std::move(strings->front())};
    }
    case ValueType::MultiSz: {
      auto strings = stringsOf(bytes);
      if (!strings) return std::unexpected(strings.error());
      // The list ends at its first empty string.
      std::erase_if(*strings, [ended = false](const std::string& text) mutable { return ended |= text.empty(); });
      return Value::multiSz(std::move(*strings));
    }
    case ValueType::Binary:
      return Value::binary(Bytes(bytes.begin(), bytes.end()));
    case ValueType::Dword:
      if (bytes.size() != 4) return fail(kInvalidData, "a REG_DWORD has 4 bytes, not " + std::to_string(bytes.size()));
      return Value::dword(static_cast<std::uint32_t>(numberAt(bytes, 4)));
    case ValueType::Qword:
      if (bytes.size() != 8) return fail(kInvalidData, "a REG_QWORD has 8 bytes, not " + std::to_string(bytes.size()));
      return Value::qword(numberAt(bytes, 8));
  }
  return fail(kInvalidParameter, "the cluster database keeps no values of type " + std::to_string(type),
              "use REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ or REG_QWORD");
}

}  // namespace holdfast::clussvc::doors
