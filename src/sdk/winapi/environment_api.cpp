// GetEnvironmentVariableW, SetEnvironmentVariableW, ExpandEnvironmentStringsW.
#include <windows.h>

#include <cstdlib>
#include <cwchar>
#include <mutex>
#include <optional>
#include <string>

#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

using namespace holdfast::winapi;

namespace {

/// Keeps these functions from each other: the C library's are not safe against a change.
std::mutex& environmentLock() {
  static std::mutex& lock = *new std::mutex;
  return lock;
}

std::optional<std::wstring> valueOf(std::wstring_view name) {
  const std::lock_guard lock(environmentLock());
  const char* value = std::getenv(toUtf8(name).c_str());
  if (value == nullptr) return std::nullopt;
  return toWide(value);
}

/// Returns the characters with the NUL, written if they fit.
DWORD give(const std::wstring& text, LPWSTR buffer, DWORD size) {
  const auto needed = static_cast<DWORD>(text.size() + 1);
  if (buffer != nullptr && needed <= size) std::wmemcpy(buffer, text.c_str(), needed);
  return needed;
}

}  // namespace

DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize) {
  return guarded<DWORD>(0, [&]() -> DWORD {
    const auto value = lpName != nullptr ? valueOf(lpName) : std::nullopt;
    if (!value) return fail<DWORD>(ERROR_ENVVAR_NOT_FOUND, 0);
    const DWORD needed = give(*value, lpBuffer, nSize);
    return lpBuffer != nullptr && needed <= nSize ? needed - 1 : needed;
  });
}

BOOL WINAPI SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const std::string name = lpName != nullptr ? toUtf8(lpName) : std::string();
    if (name.empty() || name.find('=') != std::string::npos) return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
    const std::lock_guard lock(environmentLock());
    const int status = lpValue != nullptr ? setenv(name.c_str(), toUtf8(lpValue).c_str(), 1) : unsetenv(name.c_str());
    return status == 0 ? TRUE : fail<BOOL>(ERROR_NOT_ENOUGH_MEMORY, FALSE);
  });
}

DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize) {
  if (lpSrc == nullptr) return fail<DWORD>(ERROR_INVALID_PARAMETER, 0);
  return guarded<DWORD>(0, [&]() -> DWORD {
    const std::wstring_view text(lpSrc);
    std::wstring out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text[at] == L'%' ? text.find(L'%', at + 1) : std::wstring_view::npos;
      const auto value = end != std::wstring_view::npos ? valueOf(text.substr(at + 1, end - at - 1)) : std::nullopt;
      out += value ? *value : std::wstring(1, text[at]);
      at = value ? end + 1 : at + 1;
    }
    return give(out, lpDst, nSize);
  });
}
