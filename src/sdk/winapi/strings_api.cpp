// lstr…, comparison, what Windows programs take from their C library.
#include <wctype.h>
#include <windows.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <cwchar>
#include <string_view>

#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

using holdfast::winapi::fail;
using holdfast::winapi::foldCase;

namespace {

int signOf(bool less, bool greater) { return greater - less; }

/// Symbols come before digits, digits before letters.
int classOf(wchar_t folded) {
  if (folded >= L'0' && folded <= L'9') return 1;
  if ((folded >= L'a' && folded <= L'z') || folded >= 0xAA) return 2;
  return 0;
}

/// As words are ordered: letters decide without case, and only then case, lower before upper.
int compareWords(std::wstring_view left, std::wstring_view right, bool ignoreCase) {
  const std::size_t shorter = std::min(left.size(), right.size());
  int byCase = 0;
  for (std::size_t at = 0; at < shorter; ++at) {
    if (left[at] == right[at]) continue;
    const wchar_t a = foldCase(left[at]);
    const wchar_t b = foldCase(right[at]);
    if (a != b) {
      const int classA = classOf(a);
      const int classB = classOf(b);
      return classA != classB ? signOf(classA<classB, classA> classB) : signOf(a<b, a> b);
    }
    if (byCase == 0) byCase = left[at] == a ? -1 : 1;
  }
  if (left.size() != right.size()) return signOf(left.size() < right.size(), left.size() > right.size());
  return ignoreCase ? 0 : byCase;
}

int compareNullable(LPCWSTR first, LPCWSTR second, bool ignoreCase) {
  if (first == nullptr || second == nullptr)
    return signOf(first == nullptr && second != nullptr, first != nullptr && second == nullptr);
  return compareWords(first, second, ignoreCase);
}

std::wstring_view counted(LPCWSTR text, int count) {
  return count < 0 ? std::wstring_view(text) : std::wstring_view(text, static_cast<std::size_t>(count));
}

wchar_t* digits(ULONG magnitude, bool negative, wchar_t* buffer, int radix) {
  if (buffer == nullptr || radix < 2 || radix > 36) {
    if (buffer != nullptr) *buffer = 0;
    return fail<wchar_t*>(ERROR_INVALID_PARAMETER, buffer);
  }
  wchar_t* end = buffer;
  do {
    *end++ = L"0123456789abcdefghijklmnopqrstuvwxyz"[magnitude % static_cast<ULONG>(radix)];
    magnitude /= static_cast<ULONG>(radix);
  } while (magnitude != 0);
  if (negative) *end++ = L'-';
  *end = 0;
  std::reverse(buffer, end);
  return buffer;
}

int compareFolded(const wchar_t* first, const wchar_t* second, size_t count) {
  if (first == nullptr || second == nullptr) return fail(ERROR_INVALID_PARAMETER, INT_MAX);
  for (; count != 0; ++first, ++second, --count) {
    const wchar_t a = foldCase(*first);
    const wchar_t b = foldCase(*second);
    if (a != b) return a < b ? -1 : 1;
    if (a == 0) return 0;
  }
  return 0;
}

}  // namespace

int WINAPI lstrlenW(LPCWSTR lpString) { return lpString != nullptr ? static_cast<int>(std::wcslen(lpString)) : 0; }
int WINAPI lstrlenA(LPCSTR lpString) { return lpString != nullptr ? static_cast<int>(std::strlen(lpString)) : 0; }

LPWSTR WINAPI lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2) {
  return lpString1 != nullptr && lpString2 != nullptr ? std::wcscpy(lpString1, lpString2) : nullptr;
}

LPWSTR WINAPI lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength) {
  if (lpString1 == nullptr || lpString2 == nullptr) return nullptr;
  if (iMaxLength <= 0) return lpString1;
  const std::size_t length = wcsnlen(lpString2, static_cast<std::size_t>(iMaxLength) - 1);
  std::wmemmove(lpString1, lpString2, length);
  lpString1[length] = 0;
  return lpString1;
}

LPWSTR WINAPI lstrcatW(LPWSTR lpString1, LPCWSTR lpString2) {
  return lpString1 != nullptr && lpString2 != nullptr ? std::wcscat(lpString1, lpString2) : nullptr;
}

int WINAPI lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2) { return compareNullable(lpString1, lpString2, false); }
int WINAPI lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2) { return compareNullable(lpString1, lpString2, true); }

int WINAPI CompareStringW(LCID, DWORD dwCmpFlags, LPCWSTR lpString1, int cchCount1, LPCWSTR lpString2, int cchCount2) {
  constexpr DWORD known = NORM_IGNORECASE | NORM_IGNORENONSPACE | NORM_IGNORESYMBOLS | LINGUISTIC_IGNORECASE |
                          LINGUISTIC_IGNOREDIACRITIC | NORM_IGNOREKANATYPE | NORM_IGNOREWIDTH | NORM_LINGUISTIC_CASING |
                          SORT_STRINGSORT | SORT_DIGITSASNUMBERS;
  if (lpString1 == nullptr || lpString2 == nullptr) return fail(ERROR_INVALID_PARAMETER, 0);
  if ((dwCmpFlags & ~known) != 0) return fail(ERROR_INVALID_FLAGS, 0);
  const bool ignoreCase = (dwCmpFlags & (NORM_IGNORECASE | LINGUISTIC_IGNORECASE)) != 0;
  return CSTR_EQUAL + compareWords(counted(lpString1, cchCount1), counted(lpString2, cchCount2), ignoreCase);
}

int WINAPI CompareStringOrdinal(LPCWSTR lpString1, int cchCount1, LPCWSTR lpString2, int cchCount2, BOOL bIgnoreCase) {
  if (lpString1 == nullptr || lpString2 == nullptr) return fail(ERROR_INVALID_PARAMETER, 0);
  const std::wstring_view left = counted(lpString1, cchCount1);
  const std::wstring_view right = counted(lpString2, cchCount2);
  for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at) {
    const wchar_t a = bIgnoreCase != 0 ? foldCase(left[at]) : left[at];
    const wchar_t b = bIgnoreCase != 0 ? foldCase(right[at]) : right[at];
    if (a != b) return CSTR_EQUAL + signOf(a<b, a> b);
  }
  return CSTR_EQUAL + signOf(left.size() < right.size(), left.size() > right.size());
}

int _wcsicmp(const wchar_t* first, const wchar_t* second) { return compareFolded(first, second, SIZE_MAX); }
int _wcsnicmp(const wchar_t* first, const wchar_t* second, size_t count) { return compareFolded(first, second, count); }

wchar_t* _wcsdup(const wchar_t* text) { return text != nullptr ? wcsdup(text) : nullptr; }

wchar_t* _ultow(ULONG value, wchar_t* buffer, int radix) { return digits(value, false, buffer, radix); }
wchar_t* _ltow(LONG value, wchar_t* buffer, int radix) {
  const bool negative = value < 0 && radix == 10;
  return digits(negative ? 0u - static_cast<ULONG>(value) : static_cast<ULONG>(value), negative, buffer, radix);
}
wchar_t* _itow(int value, wchar_t* buffer, int radix) { return _ltow(value, buffer, radix); }
