/* Text: the lstr functions, comparison, UTF-8, and what Windows programs take from their C library. */
#ifndef HOLDFAST_WINSTRING_H
#define HOLDFAST_WINSTRING_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---- lstr: NULL is no crash ----
 * lstrlenW of NULL is 0. Copies return the destination, NULL if either is NULL (lstrcpynW: at most iMaxLength
 * characters with the NUL). Comparisons order as words are (symbols, digits, letters; case decides last), negative, 0,
 * positive; NULL comes before everything. lstrcmpiW ignores case. */
int WINAPI lstrlenW(LPCWSTR lpString);
int WINAPI lstrlenA(LPCSTR lpString);
LPWSTR WINAPI lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2);
LPWSTR WINAPI lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength);
LPWSTR WINAPI lstrcatW(LPWSTR lpString1, LPCWSTR lpString2);
int WINAPI lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2);
int WINAPI lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2);
#define lstrlen lstrlenW
#define lstrcpy lstrcpyW
#define lstrcpyn lstrcpynW
#define lstrcat lstrcatW
#define lstrcmp lstrcmpW
#define lstrcmpi lstrcmpiW

/* ---- comparison: CSTR_LESS_THAN, CSTR_EQUAL, CSTR_GREATER_THAN, 0 on error ----
 * A count of -1 (any negative one) means up to the NUL. A NULL string is ERROR_INVALID_PARAMETER, an unknown flag
 * ERROR_INVALID_FLAGS. CompareStringW orders as lstrcmpW does, whatever the locale; NORM_IGNORECASE and
 * LINGUISTIC_IGNORECASE ignore case, the other flags change nothing. CompareStringOrdinal compares character numbers.
 */
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3
#define NORM_IGNORECASE 0x00000001u
#define NORM_IGNORENONSPACE 0x00000002u
#define NORM_IGNORESYMBOLS 0x00000004u
#define LINGUISTIC_IGNORECASE 0x00000010u
#define LINGUISTIC_IGNOREDIACRITIC 0x00000020u
#define NORM_IGNOREKANATYPE 0x00010000u
#define NORM_IGNOREWIDTH 0x00020000u
#define NORM_LINGUISTIC_CASING 0x08000000u
#define SORT_STRINGSORT 0x00001000u
#define SORT_DIGITSASNUMBERS 0x00000008u
int WINAPI CompareStringW(LCID Locale, DWORD dwCmpFlags, LPCWSTR lpString1, int cchCount1, LPCWSTR lpString2,
                          int cchCount2);
int WINAPI CompareStringOrdinal(LPCWSTR lpString1, int cchCount1, LPCWSTR lpString2, int cchCount2, BOOL bIgnoreCase);
#define CompareString CompareStringW

/* ---- WCHAR ↔ UTF-8 ----
 * Every code page that is accepted is UTF-8: CP_UTF8, and CP_ACP, CP_OEMCP, CP_THREAD_ACP as what the machine uses.
 * A length of -1 includes the NUL. A destination length of 0 asks for the size. Returns the characters (bytes) written;
 * ERROR_INSUFFICIENT_BUFFER when too small. What is no Unicode becomes U+FFFD, or with MB_ERR_INVALID_CHARS
 * (WC_ERR_INVALID_CHARS) ERROR_NO_UNICODE_TRANSLATION. With CP_UTF8 the last two parameters must be NULL. */
#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001
#define MB_PRECOMPOSED 0x00000001u
#define MB_ERR_INVALID_CHARS 0x00000008u
#define WC_NO_BEST_FIT_CHARS 0x00000400u
#define WC_ERR_INVALID_CHARS 0x00000080u
int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr, int cbMultiByte,
                               LPWSTR lpWideCharStr, int cchWideChar);
int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWSTR lpWideCharStr, int cchWideChar,
                               LPSTR lpMultiByteStr, int cbMultiByte, LPCSTR lpDefaultChar, LPBOOL lpUsedDefaultChar);

/* ---- of the C library ----
 * _wcsicmp, _wcsnicmp: case ignored, by character number after that; INT_MAX and ERROR_INVALID_PARAMETER for NULL.
 * _ltow, _itow, _ultow: digits of `value` in radix 2 … 36 (only radix 10 has a sign) to `buffer`, which they return.
 * _wcsdup: a copy for free(); NULL of NULL. */
int _wcsicmp(const wchar_t* first, const wchar_t* second);
int _wcsnicmp(const wchar_t* first, const wchar_t* second, size_t count);
wchar_t* _wcsdup(const wchar_t* text);
wchar_t* _ltow(LONG value, wchar_t* buffer, int radix);
wchar_t* _ultow(ULONG value, wchar_t* buffer, int radix);
wchar_t* _itow(int value, wchar_t* buffer, int radix);

#ifdef __cplusplus
}
#endif

#endif
