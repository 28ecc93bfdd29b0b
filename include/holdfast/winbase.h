/* Errors, memory, strings, waiting, threads, processes: what libwinapi implements of kernel32.
 *
 * Conventions: a BOOL function returns non-zero for success; a HANDLE function returns NULL for failure
 * (OpenProcess and the Create... functions too); the reason is in GetLastError(), kept per thread. Text is WCHAR (wchar_t,
 * 32 bits); lengths count characters unless a name says bytes. Each function follows the page of its name. */
#ifndef HOLDFAST_WINBASE_H
#define HOLDFAST_WINBASE_H

#include <holdfast/wintypes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* --- errors and memory ---------------------------------------------------------------------------------------------- */

DWORD WINAPI GetLastError(void);
void WINAPI SetLastError(DWORD code);

#define LMEM_FIXED 0x0000
#define LMEM_ZEROINIT 0x0040
#define LPTR 0x0040
/* size_bytes of memory, zeroed with LMEM_ZEROINIT; NULL and ERROR_NOT_ENOUGH_MEMORY if there is none. The outputs of ResUtil
 * functions come from the same heap. */
HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T size_bytes);
HLOCAL WINAPI LocalReAlloc(HLOCAL memory, SIZE_T size_bytes, UINT flags);
/* NULL is fine. Returns NULL. */
HLOCAL WINAPI LocalFree(HLOCAL memory);
SIZE_T WINAPI LocalSize(HLOCAL memory);
HANDLE WINAPI GetProcessHeap(void);
#define HEAP_ZERO_MEMORY 0x00000008
LPVOID WINAPI HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size_bytes);
BOOL WINAPI HeapFree(HANDLE heap, DWORD flags, LPVOID memory);

/* --- strings --------------------------------------------------------------------------------------------------------- */

/* NULL counts as empty for lstrlenW. */
int WINAPI lstrlenW(LPCWSTR text);
LPWSTR WINAPI lstrcpyW(LPWSTR to, LPCWSTR from);
LPWSTR WINAPI lstrcatW(LPWSTR to, LPCWSTR from);
int WINAPI lstrcmpW(LPCWSTR a, LPCWSTR b);
int WINAPI lstrcmpiW(LPCWSTR a, LPCWSTR b);

#define LOCALE_INVARIANT 0x007f
#define LOCALE_SYSTEM_DEFAULT 0x0800
#define LOCALE_USER_DEFAULT 0x0400
#define NORM_IGNORECASE 0x00000001
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3
/* CSTR_LESS_THAN, CSTR_EQUAL (2!) or CSTR_GREATER_THAN; 0 for bad arguments. A length of -1 means terminated. */
int WINAPI CompareStringW(LCID locale, DWORD flags, LPCWSTR a, int a_chars, LPCWSTR b, int b_chars);

#define CP_ACP 0
#define CP_UTF8 65001
#define MB_ERR_INVALID_CHARS 0x00000008
/* Returns characters (bytes) written, or needed if the output size is 0; 0 on failure: ERROR_INSUFFICIENT_BUFFER,
 * ERROR_NO_UNICODE_TRANSLATION (with MB_ERR_INVALID_CHARS), ERROR_INVALID_PARAMETER. CP_ACP is UTF-8. */
int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR from, int from_bytes, LPWSTR to, int to_chars);
int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR from, int from_chars, LPSTR to, int to_bytes, LPCSTR default_char, LPBOOL used_default);

int _wcsicmp(const wchar_t* a, const wchar_t* b);
int _wcsnicmp(const wchar_t* a, const wchar_t* b, size_t count);
wchar_t* _wcsdup(const wchar_t* text);
wchar_t* _ltow(long value, wchar_t* to, int radix);

/* Characters needed with the terminator, copied if they fit into `to_chars`. %NAME% of an unknown variable stays as it is. */
DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR from, LPWSTR to, DWORD to_chars);
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR name, LPWSTR value, DWORD value_chars);
BOOL WINAPI SetEnvironmentVariableW(LPCWSTR name, LPCWSTR value);

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
/* *chars: in the room with terminator, out the length without it; ERROR_MORE_DATA and the room needed if too small. */
BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT format, LPWSTR name, LPDWORD chars);

/* --- time ------------------------------------------------------------------------------------------------------------- */

void WINAPI Sleep(DWORD milliseconds);
DWORD WINAPI SleepEx(DWORD milliseconds, BOOL alertable);
DWORD WINAPI GetTickCount(void);
ULONGLONG WINAPI GetTickCount64(void);
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* count);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* per_second);
void WINAPI GetSystemTimeAsFileTime(LPFILETIME time);

/* --- dispatcher objects ------------------------------------------------------------------------------------------------
 * Handles are entries of a table: a stale or wrong one gives ERROR_INVALID_HANDLE, never a crash. On creation of a named object
 * GetLastError() is 0, or ERROR_ALREADY_EXISTS when one of that name was opened instead. */

#define WAIT_OBJECT_0 0
#define WAIT_ABANDONED 0x00000080
#define WAIT_ABANDONED_0 0x00000080
#define WAIT_FAILED 0xFFFFFFFFu
#define MAXIMUM_WAIT_OBJECTS 64
#define EVENT_MODIFY_STATE 0x0002
#define EVENT_ALL_ACCESS 0x1F0003
#define SEMAPHORE_ALL_ACCESS 0x1F0003
#define MUTEX_ALL_ACCESS 0x1F0001
#define PROCESS_TERMINATE 0x0001
#define PROCESS_QUERY_INFORMATION 0x0400
#define PROCESS_ALL_ACCESS 0x1FFFFF

HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial_state, LPCWSTR name);
HANDLE WINAPI OpenEventW(DWORD access, BOOL inherit, LPCWSTR name);
BOOL WINAPI SetEvent(HANDLE event);
BOOL WINAPI ResetEvent(HANDLE event);
HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES security, LONG initial_count, LONG maximum_count, LPCWSTR name);
HANDLE WINAPI OpenSemaphoreW(DWORD access, BOOL inherit, LPCWSTR name);
/* ERROR_TOO_MANY_POSTS, and nothing changes, if the maximum would be exceeded. */
BOOL WINAPI ReleaseSemaphore(HANDLE semaphore, LONG count, LPLONG previous);
HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES security, BOOL initial_owner, LPCWSTR name);
HANDLE WINAPI OpenMutexW(DWORD access, BOOL inherit, LPCWSTR name);
/* ERROR_NOT_OWNER if the calling thread does not hold it. */
BOOL WINAPI ReleaseMutex(HANDLE mutex);
BOOL WINAPI CloseHandle(HANDLE handle);
BOOL WINAPI DuplicateHandle(HANDLE from_process, HANDLE from, HANDLE to_process, LPHANDLE to, DWORD access, BOOL inherit, DWORD options);
#define DUPLICATE_CLOSE_SOURCE 0x00000001
#define DUPLICATE_SAME_ACCESS 0x00000002

/* WAIT_OBJECT_0, WAIT_ABANDONED, WAIT_TIMEOUT or WAIT_FAILED. */
DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD milliseconds);
DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL alertable);
/* At most MAXIMUM_WAIT_OBJECTS, no handle twice when all are waited for (ERROR_INVALID_PARAMETER). Waiting for all takes
 * them all at once, or none. */
DWORD WINAPI WaitForMultipleObjects(DWORD count, const HANDLE* handles, BOOL wait_all, DWORD milliseconds);

/* --- threads ------------------------------------------------------------------------------------------------------------ */

typedef DWORD(WINAPI* LPTHREAD_START_ROUTINE)(LPVOID parameter);
/* A thread of the process; its handle is signalled when it has ended. stack_bytes 0 = default. */
HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack_bytes, LPTHREAD_START_ROUTINE start, LPVOID parameter, DWORD flags, LPDWORD thread_id);
BOOL WINAPI GetExitCodeThread(HANDLE thread, LPDWORD exit_code);
DWORD WINAPI GetCurrentThreadId(void);
DWORD WINAPI GetCurrentProcessId(void);
#define STILL_ACTIVE 259
BOOL WINAPI DisableThreadLibraryCalls(HMODULE module);

typedef struct _RTL_CRITICAL_SECTION {
  void* state; /* made by InitializeCriticalSection */
} CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;
void WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD spins);
void WINAPI EnterCriticalSection(LPCRITICAL_SECTION section);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section);
void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section);
void WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section);

#define InterlockedIncrement(p) __atomic_add_fetch((p), 1, __ATOMIC_SEQ_CST)
#define InterlockedDecrement(p) __atomic_sub_fetch((p), 1, __ATOMIC_SEQ_CST)
#define InterlockedExchange(p, v) __atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)
#define InterlockedExchangePointer(p, v) __atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)
#define InterlockedExchangeAdd(p, v) __atomic_fetch_add((p), (v), __ATOMIC_SEQ_CST)
#define InterlockedCompareExchange(p, v, expected) __sync_val_compare_and_swap((p), (expected), (v))
#define InterlockedCompareExchangePointer(p, v, expected) __sync_val_compare_and_swap((p), (expected), (v))

/* --- processes ------------------------------------------------------------------------------------------------------------ */

typedef struct _PROCESS_INFORMATION {
  HANDLE hProcess;
  HANDLE hThread;
  DWORD dwProcessId;
  DWORD dwThreadId;
} PROCESS_INFORMATION, *PPROCESS_INFORMATION, *LPPROCESS_INFORMATION;

typedef struct _STARTUPINFOW {
  DWORD cb;
  LPWSTR lpReserved;
  LPWSTR lpDesktop;
  LPWSTR lpTitle;
  DWORD dwX;
  DWORD dwY;
  DWORD dwXSize;
  DWORD dwYSize;
  DWORD dwXCountChars;
  DWORD dwYCountChars;
  DWORD dwFillAttribute;
  DWORD dwFlags;
  WORD wShowWindow;
  WORD cbReserved2;
  LPBYTE lpReserved2;
  HANDLE hStdInput;
  HANDLE hStdOutput;
  HANDLE hStdError;
} STARTUPINFOW, *LPSTARTUPINFOW;

#define CREATE_NEW_PROCESS_GROUP 0x00000200
#define CREATE_UNICODE_ENVIRONMENT 0x00000400
#define CREATE_NO_WINDOW 0x08000000
#define DETACHED_PROCESS 0x00000008

/* Starts a program, without a shell. `application` is its path, or NULL: then it is the first word of `command_line` (looked up in
 * PATH if it has no slash). Words are split as Windows programs split them: blanks, double quotes, backslashes before quotes.
 * `environment`: NAME=VALUE strings, each terminated, and an empty one (UNICODE with CREATE_UNICODE_ENVIRONMENT), or NULL for the
 * caller's. Standard handles are /dev/null. With CREATE_NEW_PROCESS_GROUP it leads a process group of its own. ERROR_FILE_NOT_FOUND, ERROR_DIRECTORY (current_directory),
 * ERROR_ACCESS_DENIED, ERROR_BAD_EXE_FORMAT. Both handles of `information` are to be closed. */
BOOL WINAPI CreateProcessW(LPCWSTR application, LPWSTR command_line, LPSECURITY_ATTRIBUTES process_security, LPSECURITY_ATTRIBUTES thread_security, BOOL inherit_handles,
                           DWORD flags, LPVOID environment, LPCWSTR current_directory, LPSTARTUPINFOW startup, LPPROCESS_INFORMATION information);
/* A process by its id: ERROR_INVALID_PARAMETER if there is none. Its handle is signalled when it has ended. */
HANDLE WINAPI OpenProcess(DWORD access, BOOL inherit, DWORD process_id);
/* SIGKILL. The exit code is what GetExitCodeProcess gives afterwards to this handle. */
BOOL WINAPI TerminateProcess(HANDLE process, UINT exit_code);
/* STILL_ACTIVE while it runs; then its exit status, or 0xC0000000 + signal if a signal ended it. */
BOOL WINAPI GetExitCodeProcess(HANDLE process, LPDWORD exit_code);
DWORD WINAPI GetProcessId(HANDLE process);

#ifdef __cplusplus
}
#endif

/* --- macros ----------------------------------------------------------------------------------------------------------------- */

#define lstrlen lstrlenW
#define lstrcpy lstrcpyW
#define lstrcat lstrcatW
#define lstrcmp lstrcmpW
#define lstrcmpi lstrcmpiW
#define CompareString CompareStringW
#define CreateEvent CreateEventW
#define OpenEvent OpenEventW
#define CreateSemaphore CreateSemaphoreW
#define OpenSemaphore OpenSemaphoreW
#define CreateMutex CreateMutexW
#define OpenMutex OpenMutexW
#define CreateProcess CreateProcessW
#define STARTUPINFO STARTUPINFOW
#define LPSTARTUPINFO LPSTARTUPINFOW
#define ExpandEnvironmentStrings ExpandEnvironmentStringsW
#define GetComputerNameEx GetComputerNameExW

#define ZeroMemory(to, size_bytes) memset((to), 0, (size_bytes))
#define CopyMemory(to, from, size_bytes) memcpy((to), (from), (size_bytes))
#define MoveMemory(to, from, size_bytes) memmove((to), (from), (size_bytes))
#define FillMemory(to, size_bytes, value) memset((to), (value), (size_bytes))
#define FIELD_OFFSET(type, field) ((DWORD)offsetof(type, field))
#define RTL_NUMBER_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ARRAYSIZE(array) RTL_NUMBER_OF(array)
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define LOWORD(value) ((WORD)((DWORD_PTR)(value)&0xFFFF))
#define HIWORD(value) ((WORD)(((DWORD_PTR)(value) >> 16) & 0xFFFF))

#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

#endif
