/* Text in the width of the build, which is always WCHAR here. */
#ifndef _INC_TCHAR
#define _INC_TCHAR

#include <wchar.h>
#include <wctype.h>
#include <windows.h>

#define __T(quote) L##quote
#define _T(quote) __T(quote)
#define _TEXT(quote) __T(quote)
typedef wchar_t _TCHAR;
typedef wint_t _TINT;
#define _TEOF WEOF

#define _tcslen wcslen
#define _tcscpy wcscpy
#define _tcsncpy wcsncpy
#define _tcscat wcscat
#define _tcsncat wcsncat
#define _tcscmp wcscmp
#define _tcsncmp wcsncmp
#define _tcschr wcschr
#define _tcsrchr wcsrchr
#define _tcsstr wcsstr
#define _tcspbrk wcspbrk
#define _tcsspn wcsspn
#define _tcscspn wcscspn
#define _tcsdup wcsdup
#define _tcsicmp _wcsicmp
#define _tcsnicmp _wcsnicmp
#define _tcstol wcstol
#define _tcstoul wcstoul
#define _tcstod wcstod
#define _ltot _ltow
#define _ultot _ultow
#define _itot _itow
#define _totupper towupper
#define _totlower towlower
#define _istalpha iswalpha
#define _istdigit iswdigit
#define _istspace iswspace
#define _istalnum iswalnum
#define _istupper iswupper
#define _istlower iswlower
#define _tprintf wprintf
#define _ftprintf fwprintf
#define _tmain wmain

#endif
