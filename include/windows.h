/* The subset of the Windows platform that resource DLLs and cluster clients use: exact-width types, macros, and what
 * libwinapi implements. WCHAR is the native wchar_t (32 bits). DWORD and LONG have 32 bits, handles have 64. */
#ifndef _WINDOWS_
#define _WINDOWS_

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <holdfast/wintypes.h>

#include <winerror.h>

#include <holdfast/winbase.h>

#endif
