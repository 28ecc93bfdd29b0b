// FormatMessageW.
#include <algorithm>
#include <cstring>
#include <cwchar>
#include <optional>
#include <string>

#include "calls/error_text.h"
#include "sdk/winapi/format_message.h"
#include "sdk/winapi/message_table.h"
#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

using namespace holdfast::winapi;

namespace {

constexpr DWORD kFacilityWin32 = 0x80070000;

/// The sentence of a code, or at least its name.
std::optional<std::wstring> systemText(DWORD code) {
  if ((code & 0xFFFF0000) == kFacilityWin32) code &= 0xFFFF;
  const std::string_view sentence = messageOf(code);
  if (!sentence.empty()) return toWide(sentence) + L"%n";
  const std::string_view name = holdfast::calls::errorName(code);
  if (!name.empty()) return toWide(name) + L".%n";
  return std::nullopt;
}

/// FORMAT_MESSAGE_MAX_WIDTH_MASK: breaks of the text itself are blanks, those of %n stay.
std::wstring withoutBreaks(std::wstring_view text) {
  std::wstring out;
  for (const wchar_t character : text) {
    if (character == L'\r') continue;
    out.push_back(character == L'\n' ? L' ' : character);
  }
  return out;
}

DWORD give(const std::wstring& text, DWORD flags, LPWSTR buffer, DWORD size) {
  const std::size_t needed = text.size() + 1;
  if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0) {
    const std::size_t capacity = std::max<std::size_t>(needed, size);
    auto* block = static_cast<LPWSTR>(LocalAlloc(LMEM_FIXED, capacity * sizeof(WCHAR)));
    if (block == nullptr) return 0;
    std::wmemcpy(block, text.c_str(), needed);
    std::memcpy(buffer, &block, sizeof block);  // the parameter is the address of a pointer, whatever its type says
    return static_cast<DWORD>(text.size());
  }
  if (size < needed) return fail<DWORD>(ERROR_INSUFFICIENT_BUFFER, 0);
  std::wmemcpy(buffer, text.c_str(), needed);
  return static_cast<DWORD>(text.size());
}

}  // namespace

DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD, LPWSTR lpBuffer, DWORD nSize,
                            va_list* Arguments) {
  if (lpBuffer == nullptr) return fail<DWORD>(ERROR_INVALID_PARAMETER, 0);
  if ((dwFlags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0) std::memset(static_cast<void*>(lpBuffer), 0, sizeof(void*));
  return guarded<DWORD>(0, [&]() -> DWORD {
    std::wstring format;
    if ((dwFlags & FORMAT_MESSAGE_FROM_STRING) != 0) {
      if (lpSource == nullptr) return fail<DWORD>(ERROR_INVALID_PARAMETER, 0);
      format = static_cast<LPCWSTR>(lpSource);
    } else if ((dwFlags & FORMAT_MESSAGE_FROM_SYSTEM) != 0) {
      auto text = systemText(dwMessageId);
      if (!text) return fail<DWORD>(ERROR_MR_MID_NOT_FOUND, 0);
      format = std::move(*text);
    } else {
      const bool module = (dwFlags & FORMAT_MESSAGE_FROM_HMODULE) != 0;
      return fail<DWORD>(module ? ERROR_RESOURCE_TYPE_NOT_FOUND : ERROR_INVALID_PARAMETER, 0);
    }
    const bool oneLine = (dwFlags & FORMAT_MESSAGE_MAX_WIDTH_MASK) == FORMAT_MESSAGE_MAX_WIDTH_MASK;
    MessageOptions options;
    options.ignoreInserts = (dwFlags & FORMAT_MESSAGE_IGNORE_INSERTS) != 0;
    options.lineBreak = oneLine && (dwFlags & FORMAT_MESSAGE_FROM_SYSTEM) != 0 ? L" " : L"\r\n";
    if (oneLine) format = withoutBreaks(format);
    const bool array = (dwFlags & FORMAT_MESSAGE_ARGUMENT_ARRAY) != 0;
    const Message message = array ? formatMessage(format, reinterpret_cast<const std::uint64_t*>(Arguments), options)
                                  : formatMessage(format, Arguments, options);
    if (message.cut) return fail<DWORD>(ERROR_BUFFER_OVERFLOW, 0);
    return give(message.text, dwFlags, lpBuffer, nSize);
  });
}
