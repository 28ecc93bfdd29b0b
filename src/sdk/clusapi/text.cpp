#include "sdk/clusapi/text.h"

#include <cstring>

namespace holdfast::clusapi {

std::optional<std::string> toUtf8(std::wstring_view text) {
  std::string utf8;
  utf8.reserve(text.size());
  for (const wchar_t character : text) {
    const auto point = static_cast<std::uint32_t>(character);
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return std::nullopt;
    if (point < 0x80) {
      utf8.push_back(static_cast<char>(point));
      continue;
    }
    const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    constexpr unsigned kLead[] = {0, 0xC0, 0xE0, 0xF0};
    utf8.push_back(static_cast<char>(kLead[more] | (point >> (6 * more))));
    for (int k = more - 1; k >= 0; --k) utf8.push_back(static_cast<char>(0x80 | ((point >> (6 * k)) & 0x3F)));
  }
  return utf8;
}

/// The session carries valid UTF-8 only (protobuf refuses other strings), so a first byte tells the length.
std::wstring toWide(std::string_view text) {
  std::wstring wide;
  wide.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? first : first & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    }
    wide.push_back(static_cast<wchar_t>(point));
    i += length;
  }
  return wide;
}

DWORD giveText(std::string_view text, LPWSTR buffer, LPDWORD cch) {
  if (!cch) return buffer ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
  const std::wstring wide = toWide(text);
  const DWORD capacity = *cch;
  *cch = static_cast<DWORD>(wide.size());
  if (!buffer) return ERROR_SUCCESS;
  if (capacity <= wide.size()) return ERROR_MORE_DATA;
  std::memcpy(buffer, wide.c_str(), (wide.size() + 1) * sizeof(wchar_t));
  return ERROR_SUCCESS;
}

DWORD giveBytes(std::string_view bytes, void* buffer, LPDWORD cb) {
  if (!cb) return buffer ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
  const DWORD capacity = *cb;
  *cb = static_cast<DWORD>(bytes.size());
  if (!buffer) return ERROR_SUCCESS;
  if (capacity < bytes.size()) return ERROR_MORE_DATA;
  if (!bytes.empty()) std::memcpy(buffer, bytes.data(), bytes.size());
  return ERROR_SUCCESS;
}

}  // namespace holdfast::clusapi
