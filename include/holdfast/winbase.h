/* Last error, memory, time, messages, names of the machine. */
#ifndef HOLDFAST_WINBASE_H
#define HOLDFAST_WINBASE_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---- last error: one code per thread ---- */
DWORD WINAPI GetLastError(void);
void WINAPI SetLastError(DWORD dwErrCode);

/* ---- memory ----
 * One heap for the program, its DLLs and the outputs of ResUtil functions. LMEM_ZEROINIT clears the block;
 * LMEM_MOVEABLE is as LMEM_FIXED: the handle is the address. ERROR_NOT_ENOUGH_MEMORY without memory; a block of 0 bytes
 * is valid. LocalFree returns NULL; NULL is fine. LocalReAlloc keeps the contents; new bytes are cleared with
 * LMEM_ZEROINIT. LocalSize: the bytes that can be used, at least those asked for; 0 for NULL. */
#define LMEM_FIXED 0x0000u
#define LMEM_MOVEABLE 0x0002u
#define LMEM_ZEROINIT 0x0040u
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define NONZEROLPTR LMEM_FIXED
HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes);
HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags);
SIZE_T WINAPI LocalSize(HLOCAL hMem);
HLOCAL WINAPI LocalFree(HLOCAL hMem);
/* The same heap by its other name; HEAP_ZERO_MEMORY clears. HeapAlloc returns NULL without memory. */
#define HEAP_ZERO_MEMORY 0x00000008u
HANDLE WINAPI GetProcessHeap(void);
LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes);
BOOL WINAPI HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem);

/* ---- time ----
 * Sleep: at least so many milliseconds; INFINITE for ever, 0 gives the processor away. SleepEx: the same, returns 0
 * (no completion routines exist that could end it early).
 * Ticks: milliseconds since the machine started, not counting sleep of the machine; GetTickCount starts again at 2^32.
 * QueryPerformanceCounter counts nanoseconds (QueryPerformanceFrequency: 10^9); NULL is ERROR_NOACCESS.
 * GetSystemTimeAsFileTime: UTC, in 100 ns since 1601. */
void WINAPI Sleep(DWORD dwMilliseconds);
DWORD WINAPI SleepEx(DWORD dwMilliseconds, BOOL bAlertable);
DWORD WINAPI GetTickCount(void);
ULONGLONG WINAPI GetTickCount64(void);
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* lpPerformanceCount);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* lpFrequency);
void WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime);

/* ---- messages ----
 * Formats a message with inserts %1 … %99, `%n!spec!` (default !s!, a wide string; integers, strings and characters, no
 * floating point), %%, %n, %r, %b, %t, %0 (ends the message), %. and %!. A malformed insert is copied literally.
 * FORMAT_MESSAGE_FROM_STRING: lpSource is the text. FORMAT_MESSAGE_FROM_SYSTEM: dwMessageId is a Win32 code (or
 * HRESULT_FROM_WIN32 of one); unknown ones are ERROR_MR_MID_NOT_FOUND. FORMAT_MESSAGE_FROM_HMODULE is not supported:
 * alone it is ERROR_RESOURCE_TYPE_NOT_FOUND (1813), with FROM_SYSTEM the system's text is taken. Arguments is a
 * va_list*, or with FORMAT_MESSAGE_ARGUMENT_ARRAY an array of DWORD_PTR; FORMAT_MESSAGE_IGNORE_INSERTS leaves inserts
 * as they are. FORMAT_MESSAGE_MAX_WIDTH_MASK (255) turns line breaks of the text into blanks. nSize counts characters.
 * Returns the characters written without the NUL; too small a buffer is ERROR_INSUFFICIENT_BUFFER. With
 * FORMAT_MESSAGE_ALLOCATE_BUFFER lpBuffer is the address of an LPWSTR, to be freed with LocalFree, and nSize its
 * smallest length. dwLanguageId is ignored. */
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100u
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200u
#define FORMAT_MESSAGE_FROM_STRING 0x00000400u
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800u
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000u
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000u
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000FFu
DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPWSTR lpBuffer,
                            DWORD nSize, va_list* Arguments);
#define FormatMessage FormatMessageW

/* ---- names of the machine ----
 * NetBIOS: the host name, upper case, at most 15 characters; DnsHostname: up to its first dot; DnsDomain: what follows,
 * may be empty; DnsFullyQualified: both. The variable _CLUSTER_NETWORK_NAME_ of the environment replaces the host name
 * in the first four; the Physical… forms ignore it.
 * *nSize: capacity with the NUL on entry, length without it on return. Too small: ERROR_MORE_DATA and the capacity. */
typedef enum _COMPUTER_NAME_FORMAT {
  ComputerNameNetBIOS,
  ComputerNameDnsHostname,
  ComputerNameDnsDomain,
  ComputerNameDnsFullyQualified,
  ComputerNamePhysicalNetBIOS,
  ComputerNamePhysicalDnsHostname,
  ComputerNamePhysicalDnsDomain,
  ComputerNamePhysicalDnsFullyQualified,
  ComputerNameMax
} COMPUTER_NAME_FORMAT;
BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT NameType, LPWSTR lpBuffer, LPDWORD nSize);
/* ComputerNameNetBIOS; too small a buffer is ERROR_BUFFER_OVERFLOW. */
BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize);
#define GetComputerNameEx GetComputerNameExW
#define GetComputerName GetComputerNameW

/* ---- environment of this process ----
 * GetEnvironmentVariableW returns the length without the NUL, or the capacity needed when too small;
 * ERROR_ENVVAR_NOT_FOUND. SetEnvironmentVariableW: a NULL value removes it; names are not empty and have no '='.
 * ExpandEnvironmentStringsW replaces %NAME% (unknown ones stay) and returns the characters with the NUL, written if they
 * fit into nSize. */
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize);
BOOL WINAPI SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue);
DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize);
#define GetEnvironmentVariable GetEnvironmentVariableW
#define SetEnvironmentVariable SetEnvironmentVariableW
#define ExpandEnvironmentStrings ExpandEnvironmentStringsW

/* Threads are not announced to DLLs anyway: TRUE. */
BOOL WINAPI DisableThreadLibraryCalls(HMODULE hLibModule);

#ifdef __cplusplus
}
#endif

#endif
