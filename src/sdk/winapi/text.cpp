// Strings: comparison, UTF-8, environment, names.
#include <unistd.h>
#include <wctype.h>

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <mutex>

#include "sdk/winapi/objects.h"

namespace holdfast::winapi {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

wchar_t lower(wchar_t c) { return static_cast<wchar_t>(towlower(static_cast<wint_t>(c))); }

int compareText(const wchar_t* a, std::size_t a_chars, const wchar_t* b, std::size_t b_chars, bool ignoreCase) {
  for (std::size_t i = 0; i < a_chars && i < b_chars; ++i) {
    const wchar_t x = ignoreCase ? lower(a[i]) : a[i], y = ignoreCase ? lower(b[i]) : b[i];
    if (x != y) return x < y ? -1 : 1;
  }
  return a_chars == b_chars ? 0 : a_chars < b_chars ? -1 : 1;
}

int compareTerminated(LPCWSTR a, LPCWSTR b, bool ignoreCase) {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  return compareText(a, wcslen(a), b, wcslen(b), ignoreCase);
}

void appendUtf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
  const auto push = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) return push(c);
  if (c < 0x800) {
    push(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    push(0xE0 | (c >> 12));
    push(0x80 | ((c >> 6) & 0x3F));
  } else {
    push(0xF0 | (c >> 18));
    push(0x80 | ((c >> 12) & 0x3F));
    push(0x80 | ((c >> 6) & 0x3F));
  }
  push(0x80 | (c & 0x3F));
}

/// False if something was malformed (and replaced).
bool decode(const char* from, std::size_t bytes, std::wstring& out) {
  bool good = true;
  for (std::size_t i = 0; i < bytes;) {
    const auto lead = static_cast<unsigned char>(from[i]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    char32_t c = length <= 1 ? lead : lead & (0xFFu >> (length + 1));
    bool whole = length != 0 && i + length <= bytes;
    for (std::size_t k = 1; whole && k < length; ++k) {
      const auto next = static_cast<unsigned char>(from[i + k]);
      whole = (next & 0xC0) == 0x80;
      c = (c << 6) | (next & 0x3F);
    }
    whole = whole && c <= 0x10FFFF && !(c >= 0xD800 && c < 0xE000) && (length != 3 || c >= 0x800) &&
            (length != 4 || c >= 0x10000);
    out += static_cast<wchar_t>(whole ? c : kReplacement);
    good = good && whole;
    i += whole ? length : 1;
  }
  return good;
}

std::mutex& environmentLock() {
  static std::mutex* lock = new std::mutex;
  return *lock;
}

/// Copies with terminator if it fits; returns the characters needed with it.
DWORD give(const std::wstring& text, LPWSTR to, DWORD to_chars) {
  if (to && to_chars > text.size()) wmemcpy(to, text.c_str(), text.size() + 1);
  return static_cast<DWORD>(text.size() + 1);
}

}  // namespace

std::string toUtf8(LPCWSTR text) {
  std::string out;
  for (; text && *text; ++text) appendUtf8(out, static_cast<char32_t>(*text));
  return out;
}

std::wstring toWide(const std::string& text) {
  std::wstring out;
  decode(text.data(), text.size(), out);
  return out;
}

}  // namespace holdfast::winapi

using namespace holdfast::winapi;

extern "C" {

int lstrlenW(LPCWSTR text) { return text ? static_cast<int>(wcslen(text)) : 0; }
LPWSTR lstrcpyW(LPWSTR to, LPCWSTR from) { return to ? wcscpy(to, from ? from : L"") : nullptr; }
LPWSTR lstrcatW(LPWSTR to, LPCWSTR from) { return to ? wcscat(to, from ? from : L"") : nullptr; }
int lstrcmpW(LPCWSTR a, LPCWSTR b) { return compareTerminated(a, b, false); }
int lstrcmpiW(LPCWSTR a, LPCWSTR b) { return compareTerminated(a, b, true); }

int CompareStringW(LCID, DWORD flags, LPCWSTR a, int a_chars, LPCWSTR b, int b_chars) {
  if (!a || !b) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  const std::size_t aLength = a_chars < 0 ? wcslen(a) : static_cast<std::size_t>(a_chars),
                    bLength = b_chars < 0 ? wcslen(b) : static_cast<std::size_t>(b_chars);
  return 2 + compareText(a, aLength, b, bLength, (flags & NORM_IGNORECASE) != 0);
}

int MultiByteToWideChar(UINT, DWORD flags, LPCSTR from, int from_bytes, LPWSTR to, int to_chars) {
  if (!from || from_bytes == 0 || to_chars < 0 || (to_chars > 0 && !to)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  std::wstring wide;
  const std::size_t bytes = from_bytes < 0 ? strlen(from) + 1 : static_cast<std::size_t>(from_bytes);
  if (!decode(from, bytes, wide) && (flags & MB_ERR_INVALID_CHARS)) {
    SetLastError(ERROR_NO_UNICODE_TRANSLATION);
    return 0;
  }
  if (to_chars == 0) return static_cast<int>(wide.size());
  if (wide.size() > static_cast<std::size_t>(to_chars)) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return 0;
  }
  wmemcpy(to, wide.data(), wide.size());
  return static_cast<int>(wide.size());
}

int WideCharToMultiByte(UINT, DWORD, LPCWSTR from, int from_chars, LPSTR to, int to_bytes, LPCSTR,
                        LPBOOL used_default) {
  if (!from || from_chars == 0 || to_bytes < 0 || (to_bytes > 0 && !to)) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  if (used_default) *used_default = FALSE;
  std::string bytes;
  const std::size_t chars = from_chars < 0 ? wcslen(from) + 1 : static_cast<std::size_t>(from_chars);
  for (std::size_t i = 0; i < chars; ++i) appendUtf8(bytes, static_cast<char32_t>(from[i]));
  if (to_bytes == 0) return static_cast<int>(bytes.size());
  if (bytes.size() > static_cast<std::size_t>(to_bytes)) {
    SetLastError(ERROR_INSUFFICIENT_BUFFER);
    return 0;
  }
  memcpy(to, bytes.data(), bytes.size());
  return static_cast<int>(bytes.size());
}

int _wcsicmp(const wchar_t* a, const wchar_t* b) { return compareTerminated(a, b, true); }
int _wcsnicmp(const wchar_t* a, const wchar_t* b, size_t count) {
  return compareText(a, wcsnlen(a, count), b, wcsnlen(b, count), true);
}
wchar_t* _wcsdup(const wchar_t* text) { return text ? wcsdup(text) : nullptr; }
wchar_t* _ltow(long value, wchar_t* to, int radix) {
  if (radix < 2 || radix > 36) {
    *to = L'\0';
    return to;
  }
  // Negative numbers have a sign in base 10 only, as on Windows, where long has 32 bits.
  const auto number = static_cast<std::int32_t>(value);
  const bool negative = number < 0 && radix == 10;
  std::uint32_t rest = negative ? 0u - static_cast<std::uint32_t>(number) : static_cast<std::uint32_t>(number);
  wchar_t* end = to;
  do {
    *end++ = L"0123456789abcdefghijklmnopqrstuvwxyz"[rest % static_cast<std::uint32_t>(radix)];
    rest /= static_cast<std::uint32_t>(radix);
  } while (rest != 0);
  if (negative) *end++ = L'-';
  *end = L'\0';
  std::reverse(to, end);
  return to;
}

DWORD GetEnvironmentVariableW(LPCWSTR name, LPWSTR value, DWORD value_chars) {
  const std::lock_guard lock(environmentLock());
  const char* found = name ? getenv(toUtf8(name).c_str()) : nullptr;
  if (!found) {
    SetLastError(ERROR_ENVVAR_NOT_FOUND);
    return 0;
  }
  const DWORD needed = give(toWide(found), value, value_chars);
  return needed <= value_chars ? needed - 1 : needed;
}

BOOL SetEnvironmentVariableW(LPCWSTR name, LPCWSTR value) {
  const std::string key = toUtf8(name);
  if (key.empty() || key.find('=') != std::string::npos) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  const std::lock_guard lock(environmentLock());
  return (value ? setenv(key.c_str(), toUtf8(value).c_str(), 1) : unsetenv(key.c_str())) == 0;
}

DWORD ExpandEnvironmentStringsW(LPCWSTR from, LPWSTR to, DWORD to_chars) {
  if (!from) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return 0;
  }
  const std::wstring text = from;
  std::wstring out;
  const std::lock_guard lock(environmentLock());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == L'%' ? text.find(L'%', at + 1) : std::wstring::npos;
    if (end == std::wstring::npos) {
      out += text[at++];
      continue;
    }
    const char* value = getenv(toUtf8(text.substr(at + 1, end - at - 1).c_str()).c_str());
    out += value ? toWide(value) : text.substr(at, end - at + 1);
    at = end + 1;
  }
  return give(out, to, to_chars);
}

BOOL GetComputerNameExW(COMPUTER_NAME_FORMAT format, LPWSTR name, LPDWORD chars) {
  if (!chars || format < 0 || format >= ComputerNameMax) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  std::string full = host;
  const std::size_t dot = full.find('.');
  std::string text = full;
  const bool domain = format == ComputerNameDnsDomain || format == ComputerNamePhysicalDnsDomain;
  const bool qualified = format == ComputerNameDnsFullyQualified || format == ComputerNamePhysicalDnsFullyQualified;
  if (domain) text = dot == std::string::npos ? "" : full.substr(dot + 1);
  if (!domain && !qualified) text = full.substr(0, dot);
  const std::wstring wide = toWide(text);
  if (!name || *chars < wide.size() + 1) {
    *chars = static_cast<DWORD>(wide.size() + 1);
    SetLastError(ERROR_MORE_DATA);
    return FALSE;
  }
  wmemcpy(name, wide.c_str(), wide.size() + 1);
  *chars = static_cast<DWORD>(wide.size());
  return TRUE;
}

}  // extern "C"
