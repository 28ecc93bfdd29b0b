/* The subset of the Windows platform that resource DLLs and cluster clients use: exact-width types, macros, and what
 * libwinapi implements. WCHAR is the native wchar_t (32 bits). DWORD and LONG have 32 bits, handles have 64.
 *
 * The parts: wintypes.h (types), winmacros.h (macros), winbase.h (last error, memory, time, messages, names),
 * winstring.h (text), winsync.h (events, semaphores, mutexes, timers, waits, critical sections), winprocess.h (threads
 * and processes), wininterlocked.h (atomic operations).
 *
 * Unless a comment says otherwise a function that fails returns FALSE, NULL or 0 and sets the code that GetLastError
 * gives; one that succeeds leaves that code alone. A stale or wrong handle is ERROR_INVALID_HANDLE, never a crash.
 * SECURITY_ATTRIBUTES are accepted and ignored. Behaviour follows the page of the same name in the Windows SDK. */
#ifndef _WINDOWS_
#define _WINDOWS_

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <holdfast/wintypes.h>

#include <holdfast/winmacros.h>
#include <winerror.h>

#pragma GCC visibility push(default)
#include <holdfast/winbase.h>
#include <holdfast/winprocess.h>
#include <holdfast/winstring.h>
#include <holdfast/winsync.h>
#pragma GCC visibility pop
#include <holdfast/wininterlocked.h>

#endif
