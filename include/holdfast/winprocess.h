/* Threads and processes. */
#ifndef HOLDFAST_WINPROCESS_H
#define HOLDFAST_WINPROCESS_H

#ifdef __cplusplus
extern "C" {
#endif

#define STILL_ACTIVE 259u
#define CREATE_SUSPENDED 0x00000004u
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x00010000u

/* ---- threads ----
 * The handle is signalled when the thread ends. lpThreadId (may be NULL) is the number that GetCurrentThreadId gives in
 * it. dwStackSize in bytes, 0 for the default. CREATE_SUSPENDED: starts with ResumeThread, which returns the count
 * before (1, or 0 for a thread that runs). GetExitCodeThread: STILL_ACTIVE while it runs. Mutexes that an ending thread
 * owns are abandoned. ERROR_NOT_ENOUGH_MEMORY when the system gives no thread. */
typedef DWORD(WINAPI* PTHREAD_START_ROUTINE)(LPVOID lpThreadParameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;
HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES lpThreadAttributes, SIZE_T dwStackSize,
                           LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter, DWORD dwCreationFlags,
                           LPDWORD lpThreadId);
DWORD WINAPI ResumeThread(HANDLE hThread);
/* Ends a thread that CreateThread made (C++ destructors of its frames run). */
__attribute__((noreturn)) VOID WINAPI ExitThread(DWORD dwExitCode);
BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode);
DWORD WINAPI GetThreadId(HANDLE hThread);
DWORD WINAPI GetCurrentThreadId(void);
/* Pseudo handles: valid everywhere without being opened, need no closing. */
HANDLE WINAPI GetCurrentThread(void);
HANDLE WINAPI GetCurrentProcess(void);
DWORD WINAPI GetCurrentProcessId(void);

/* ---- processes ---- */
#define PROCESS_TERMINATE 0x0001u
#define PROCESS_SET_INFORMATION 0x0200u
#define PROCESS_QUERY_INFORMATION 0x0400u
#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000u
#define PROCESS_ALL_ACCESS 0x1FFFFFu
#define THREAD_TERMINATE 0x0001u
#define THREAD_SUSPEND_RESUME 0x0002u
#define THREAD_QUERY_INFORMATION 0x0040u
#define THREAD_QUERY_LIMITED_INFORMATION 0x0800u
#define THREAD_ALL_ACCESS 0x1FFFFFu

#define DEBUG_PROCESS 0x00000001u
#define DETACHED_PROCESS 0x00000008u
#define CREATE_NEW_CONSOLE 0x00000010u
#define NORMAL_PRIORITY_CLASS 0x00000020u
#define CREATE_NEW_PROCESS_GROUP 0x00000200u
#define CREATE_UNICODE_ENVIRONMENT 0x00000400u
#define CREATE_DEFAULT_ERROR_MODE 0x04000000u
#define CREATE_NO_WINDOW 0x08000000u
#define STARTF_USESHOWWINDOW 0x00000001u
#define STARTF_USESTDHANDLES 0x00000100u
#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_SHOW 5

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
typedef STARTUPINFOW STARTUPINFO, *LPSTARTUPINFO;

typedef struct _PROCESS_INFORMATION {
  HANDLE hProcess;
  HANDLE hThread;
  DWORD dwProcessId;
  DWORD dwThreadId;
} PROCESS_INFORMATION, *PPROCESS_INFORMATION, *LPPROCESS_INFORMATION;

/* Starts a program, without a shell.
 * lpApplicationName: its path (relative to the caller's directory, PATH is not searched), or NULL: then it is the first
 * word of lpCommandLine, searched in PATH when it has no '/'. If that word is not quoted and names no program, the text
 * up to the next blank is tried, and so on. lpCommandLine is cut into arguments as Windows programs do it: blanks
 * separate, "…" keeps together, \" is a quote, backslashes before a quote halve; it is never written to. lpEnvironment:
 * `A=B` strings, each with NUL, one more NUL at the end, WCHAR with CREATE_UNICODE_ENVIRONMENT and UTF-8 otherwise;
 * NULL inherits. lpCurrentDirectory NULL inherits; one that is not there is ERROR_DIRECTORY. bInheritHandles FALSE:
 * the program has no descriptor of the caller, its standard ones are /dev/null. STARTF_USESTDHANDLES: NULL or INVALID_HANDLE_VALUE is
 * /dev/null, others are ERROR_INVALID_HANDLE. CREATE_NEW_PROCESS_GROUP makes one, DETACHED_PROCESS a session;
 * CREATE_SUSPENDED and DEBUG_PROCESS are ERROR_NOT_SUPPORTED; other flags change nothing. Both handles in
 * *lpProcessInformation are the caller's to close; dwProcessId is the number that the system shows.
 * ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_ACCESS_DENIED, ERROR_BAD_EXE_FORMAT, ERROR_NOT_ENOUGH_MEMORY. */
BOOL WINAPI CreateProcessW(LPCWSTR lpApplicationName, LPWSTR lpCommandLine, LPSECURITY_ATTRIBUTES lpProcessAttributes,
                           LPSECURITY_ATTRIBUTES lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags,
                           LPVOID lpEnvironment, LPCWSTR lpCurrentDirectory, LPSTARTUPINFOW lpStartupInfo,
                           LPPROCESS_INFORMATION lpProcessInformation);
/* ERROR_INVALID_PARAMETER when there is no such process. */
HANDLE WINAPI OpenProcess(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwProcessId);
/* Kills it at once; its exit code is uExitCode for who asks through this process's handles. Needs PROCESS_TERMINATE;
 * ERROR_ACCESS_DENIED for a process that has ended. */
BOOL WINAPI TerminateProcess(HANDLE hProcess, UINT uExitCode);
/* STILL_ACTIVE while it runs; what it gave to exit(), or 0xC0000000 + the signal that killed it. The code of a process that is
 * not a child of this one is known only while it runs: then ERROR_NOT_SUPPORTED. */
BOOL WINAPI GetExitCodeProcess(HANDLE hProcess, LPDWORD lpExitCode);
DWORD WINAPI GetProcessId(HANDLE Process);
#define CreateProcess CreateProcessW

#ifdef __cplusplus
}
#endif

#endif
