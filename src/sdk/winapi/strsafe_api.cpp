// StringCch… and StringCb….
#include <strsafe.h>

#include <algorithm>
#include <cwchar>
#include <new>

#include "sdk/winapi/wide_printf.h"

namespace {

bool usable(LPWSTR destination, size_t size) { return destination != nullptr && size != 0 && size <= STRSAFE_MAX_CCH; }

/// At most `limit` characters of `source` to a destination of `size`, from `at` on.
HRESULT append(LPWSTR destination, size_t at, size_t size, LPCWSTR source, size_t limit) {
  // Not beyond what fits: the source may have no NUL where the caller's limit ends.
  const size_t room = size - at - 1;
  const size_t length = wcsnlen(source, std::min(limit, room + 1));
  std::wmemmove(destination + at, source, std::min(length, room));
  destination[at + std::min(length, room)] = 0;
  return length <= room ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

}  // namespace

HRESULT WINAPI StringCchCopyNW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszSrc, size_t cchToCopy) {
  if (!usable(pszDest, cchDest)) return STRSAFE_E_INVALID_PARAMETER;
  if (pszSrc == nullptr) {
    *pszDest = 0;
    return STRSAFE_E_INVALID_PARAMETER;
  }
  return append(pszDest, 0, cchDest, pszSrc, cchToCopy);
}

HRESULT WINAPI StringCchCopyW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszSrc) {
  return StringCchCopyNW(pszDest, cchDest, pszSrc, STRSAFE_MAX_CCH);
}

HRESULT WINAPI StringCchCatNW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszSrc, size_t cchToAppend) {
  if (!usable(pszDest, cchDest) || pszSrc == nullptr) return STRSAFE_E_INVALID_PARAMETER;
  const size_t at = wcsnlen(pszDest, cchDest);
  if (at == cchDest) return STRSAFE_E_INVALID_PARAMETER;
  return append(pszDest, at, cchDest, pszSrc, cchToAppend);
}

HRESULT WINAPI StringCchCatW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszSrc) {
  return StringCchCatNW(pszDest, cchDest, pszSrc, STRSAFE_MAX_CCH);
}

HRESULT WINAPI StringCchVPrintfW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszFormat, va_list argList) {
  if (!usable(pszDest, cchDest)) return STRSAFE_E_INVALID_PARAMETER;
  *pszDest = 0;
  if (pszFormat == nullptr) return STRSAFE_E_INVALID_PARAMETER;
  va_list arguments;
  va_copy(arguments, argList);
  HRESULT result = E_OUTOFMEMORY;
  try {
    const std::wstring text = holdfast::winapi::widePrintf(pszFormat, &arguments, cchDest);
    const size_t length = std::min(text.size(), cchDest - 1);
    std::wmemcpy(pszDest, text.data(), length);
    pszDest[length] = 0;
    result = length == text.size() ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
  } catch (const std::bad_alloc&) {
  }
  va_end(arguments);
  return result;
}

HRESULT WINAPI StringCchPrintfW(LPWSTR pszDest, size_t cchDest, LPCWSTR pszFormat, ...) {
  va_list arguments;
  va_start(arguments, pszFormat);
  const HRESULT result = StringCchVPrintfW(pszDest, cchDest, pszFormat, arguments);
  va_end(arguments);
  return result;
}

HRESULT WINAPI StringCchLengthW(LPCWSTR psz, size_t cchMax, size_t* pcchLength) {
  if (pcchLength != nullptr) *pcchLength = 0;
  if (psz == nullptr || cchMax == 0 || cchMax > STRSAFE_MAX_CCH) return STRSAFE_E_INVALID_PARAMETER;
  const size_t length = wcsnlen(psz, cchMax);
  if (length == cchMax) return STRSAFE_E_INVALID_PARAMETER;
  if (pcchLength != nullptr) *pcchLength = length;
  return S_OK;
}

HRESULT WINAPI StringCbCopyW(LPWSTR pszDest, size_t cbDest, LPCWSTR pszSrc) {
  return StringCchCopyW(pszDest, cbDest / sizeof(WCHAR), pszSrc);
}

HRESULT WINAPI StringCbCatW(LPWSTR pszDest, size_t cbDest, LPCWSTR pszSrc) {
  return StringCchCatW(pszDest, cbDest / sizeof(WCHAR), pszSrc);
}

HRESULT WINAPI StringCbVPrintfW(LPWSTR pszDest, size_t cbDest, LPCWSTR pszFormat, va_list argList) {
  return StringCchVPrintfW(pszDest, cbDest / sizeof(WCHAR), pszFormat, argList);
}

HRESULT WINAPI StringCbPrintfW(LPWSTR pszDest, size_t cbDest, LPCWSTR pszFormat, ...) {
  va_list arguments;
  va_start(arguments, pszFormat);
  const HRESULT result = StringCchVPrintfW(pszDest, cbDest / sizeof(WCHAR), pszFormat, arguments);
  va_end(arguments);
  return result;
}

HRESULT WINAPI StringCbLengthW(LPCWSTR psz, size_t cbMax, size_t* pcbLength) {
  const HRESULT result = StringCchLengthW(psz, cbMax / sizeof(WCHAR), pcbLength);
  if (SUCCEEDED(result) && pcbLength != nullptr) *pcbLength *= sizeof(WCHAR);
  return result;
}
