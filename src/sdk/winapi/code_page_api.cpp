// MultiByteToWideChar and WideCharToMultiByte.
#include <windows.h>

#include <algorithm>
#include <cstring>
#include <cwchar>
#include <string>

#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

using namespace holdfast::winapi;

namespace {

bool knownPage(UINT page) { return page == CP_UTF8 || page == CP_ACP || page == CP_OEMCP || page == CP_THREAD_ACP; }

/// Gives the text out, or its size for a destination length of 0.
template <class Character>
int giveOut(const std::basic_string<Character>& text, Character* destination, int size) {
  const auto length = static_cast<int>(text.size());
  if (size == 0) return length;
  std::copy_n(text.data(), std::min(length, size), destination);
  return length <= size ? length : fail(ERROR_INSUFFICIENT_BUFFER, 0);
}

}  // namespace

int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr, int cbMultiByte,
                               LPWSTR lpWideCharStr, int cchWideChar) {
  if (!knownPage(CodePage) || lpMultiByteStr == nullptr || cbMultiByte == 0 || cbMultiByte < -1 || cchWideChar < 0 ||
      (cchWideChar != 0 && lpWideCharStr == nullptr)) {
    return fail(ERROR_INVALID_PARAMETER, 0);
  }
  if ((dwFlags & ~(MB_PRECOMPOSED | MB_ERR_INVALID_CHARS)) != 0) return fail(ERROR_INVALID_FLAGS, 0);
  return guarded(0, [&] {
    const std::size_t size = cbMultiByte < 0 ? std::strlen(lpMultiByteStr) + 1 : static_cast<std::size_t>(cbMultiByte);
    Converted converted;
    const std::wstring text = toWide({lpMultiByteStr, size}, &converted);
    if (!converted.valid && (dwFlags & MB_ERR_INVALID_CHARS) != 0) return fail(ERROR_NO_UNICODE_TRANSLATION, 0);
    return giveOut(text, lpWideCharStr, cchWideChar);
  });
}

int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWSTR lpWideCharStr, int cchWideChar,
                               LPSTR lpMultiByteStr, int cbMultiByte, LPCSTR lpDefaultChar, LPBOOL lpUsedDefaultChar) {
  if (!knownPage(CodePage) || lpWideCharStr == nullptr || cchWideChar == 0 || cchWideChar < -1 || cbMultiByte < 0 ||
      (cbMultiByte != 0 && lpMultiByteStr == nullptr) ||
      (CodePage == CP_UTF8 && (lpDefaultChar != nullptr || lpUsedDefaultChar != nullptr))) {
    return fail(ERROR_INVALID_PARAMETER, 0);
  }
  if ((dwFlags & ~(WC_NO_BEST_FIT_CHARS | WC_ERR_INVALID_CHARS)) != 0) return fail(ERROR_INVALID_FLAGS, 0);
  return guarded(0, [&] {
    const std::size_t size = cchWideChar < 0 ? std::wcslen(lpWideCharStr) + 1 : static_cast<std::size_t>(cchWideChar);
    Converted converted;
    const std::string text = toUtf8({lpWideCharStr, size}, &converted);
    if (!converted.valid && (dwFlags & WC_ERR_INVALID_CHARS) != 0) return fail(ERROR_NO_UNICODE_TRANSLATION, 0);
    if (lpUsedDefaultChar != nullptr) *lpUsedDefaultChar = converted.valid ? FALSE : TRUE;
    return giveOut(text, lpMultiByteStr, cbMultiByte);
  });
}
