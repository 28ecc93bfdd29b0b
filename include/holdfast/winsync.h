/* Dispatcher objects that are waited for, waits, critical sections.
 *
 * A name makes the object one for all processes of the cluster node: it lies in the object folder (HOLDFAST_OBJECTS, or
 * /run/holdfast/objects) and is gone with its last holder, also a killed one. Names are case-sensitive, at most
 * MAX_PATH characters; a leading Global\ or Local\ means nothing; another backslash is ERROR_PATH_NOT_FOUND. An object
 * of that name and of another kind is ERROR_INVALID_HANDLE. Creating sets the last error to 0, or to
 * ERROR_ALREADY_EXISTS with a handle to the object that was there (its initial values and owner stay as they are). */
#ifndef HOLDFAST_WINSYNC_H
#define HOLDFAST_WINSYNC_H

#ifdef __cplusplus
extern "C" {
#endif

#define WAIT_OBJECT_0 0x00000000u
#define WAIT_ABANDONED 0x00000080u
#define WAIT_ABANDONED_0 0x00000080u
#define WAIT_IO_COMPLETION 0x000000C0u
#define WAIT_FAILED 0xFFFFFFFFu
#define MAXIMUM_WAIT_OBJECTS 64

#define EVENT_MODIFY_STATE 0x0002u
#define EVENT_ALL_ACCESS 0x1F0003u
#define SEMAPHORE_MODIFY_STATE 0x0002u
#define SEMAPHORE_ALL_ACCESS 0x1F0003u
#define MUTEX_MODIFY_STATE 0x0001u
#define MUTANT_QUERY_STATE 0x0001u
#define MUTEX_ALL_ACCESS 0x1F0001u
#define TIMER_QUERY_STATE 0x0001u
#define TIMER_MODIFY_STATE 0x0002u
#define TIMER_ALL_ACCESS 0x1F0003u
#define CREATE_MUTEX_INITIAL_OWNER 0x00000001u
#define CREATE_EVENT_MANUAL_RESET 0x00000001u
#define CREATE_EVENT_INITIAL_SET 0x00000002u

/* Closes a handle of this header or of winprocess.h. A thread that waits for the object goes on waiting. */
BOOL WINAPI CloseHandle(HANDLE hObject);
/* A second handle to the same object, in this process only: both process handles are GetCurrentProcess().
 * GetCurrentThread() becomes a real handle. dwOptions: DUPLICATE_SAME_ACCESS, DUPLICATE_CLOSE_SOURCE. */
#define DUPLICATE_CLOSE_SOURCE 0x00000001u
#define DUPLICATE_SAME_ACCESS 0x00000002u
BOOL WINAPI DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle,
                            LPHANDLE lpTargetHandle, DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwOptions);

/* ---- waits ----
 * WAIT_OBJECT_0 (+ index), WAIT_TIMEOUT, WAIT_ABANDONED_0 (+ index) for a mutex whose owner ended without releasing it
 * (it is the caller's now), WAIT_FAILED. Milliseconds; 0 tests, INFINITE waits for ever. Up to MAXIMUM_WAIT_OBJECTS
 * handles. bWaitAll takes all objects at one moment or none; a handle named twice is then ERROR_INVALID_PARAMETER.
 * Threads get an object in the order in which they began to wait. Ex: bAlertable changes nothing. */
DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds);
DWORD WINAPI WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable);
DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE* lpHandles, BOOL bWaitAll, DWORD dwMilliseconds);
DWORD WINAPI WaitForMultipleObjectsEx(DWORD nCount, const HANDLE* lpHandles, BOOL bWaitAll, DWORD dwMilliseconds,
                                      BOOL bAlertable);

/* ---- events: manual ones stay set until reset, others let one waiter go ---- */
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState,
                           LPCWSTR lpName);
HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES lpEventAttributes, LPCWSTR lpName, DWORD dwFlags,
                             DWORD dwDesiredAccess);
/* ERROR_FILE_NOT_FOUND when nobody holds an object of that name. */
HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName);
BOOL WINAPI SetEvent(HANDLE hEvent);
BOOL WINAPI ResetEvent(HANDLE hEvent);

/* ---- semaphores ----
 * 0 ≤ initial ≤ maximum, maximum ≥ 1, else ERROR_INVALID_PARAMETER. Release past the maximum changes nothing and is
 * ERROR_TOO_MANY_POSTS. Counts that a killed process had taken come back only with the object. */
HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount,
                               LPCWSTR lpName);
HANDLE WINAPI OpenSemaphoreW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName);
BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LPLONG lpPreviousCount);

/* ---- mutexes: owned by a thread, as often as it waited ----
 * ReleaseMutex by another thread is ERROR_NOT_OWNER. */
HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCWSTR lpName);
HANDLE WINAPI CreateMutexExW(LPSECURITY_ATTRIBUTES lpMutexAttributes, LPCWSTR lpName, DWORD dwFlags,
                             DWORD dwDesiredAccess);
HANDLE WINAPI OpenMutexW(DWORD dwDesiredAccess, BOOL bInheritHandle, LPCWSTR lpName);
BOOL WINAPI ReleaseMutex(HANDLE hMutex);

/* ---- waitable timers ----
 * *lpDueTime in 100 ns: negative from now on, else UTC since 1601 (a later change of the clock moves nothing). lPeriod
 * in milliseconds, 0 for once. No names, no completion routines: ERROR_NOT_SUPPORTED. */
typedef VOID(APIENTRY* PTIMERAPCROUTINE)(LPVOID lpArgToCompletionRoutine, DWORD dwTimerLowValue,
                                         DWORD dwTimerHighValue);
HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES lpTimerAttributes, BOOL bManualReset, LPCWSTR lpTimerName);
BOOL WINAPI SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER* lpDueTime, LONG lPeriod,
                             PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID lpArgToCompletionRoutine, BOOL fResume);
BOOL WINAPI CancelWaitableTimer(HANDLE hTimer);

/* ---- critical sections: recursive, of one process ----
 * To be initialised before use and deleted after; the fields are the library's. Initialising may fail with
 * ERROR_NOT_ENOUGH_MEMORY (InitializeCriticalSection then ends the process). Leave by another thread does nothing. */
typedef struct _RTL_CRITICAL_SECTION {
  PVOID DebugInfo;
  LONG LockCount;
  LONG RecursionCount;
  HANDLE OwningThread;
  HANDLE LockSemaphore;
  ULONG_PTR SpinCount;
} RTL_CRITICAL_SECTION, *PRTL_CRITICAL_SECTION, CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;
VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount);
BOOL WINAPI InitializeCriticalSectionEx(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount, DWORD Flags);
VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection);

#define CreateEvent CreateEventW
#define CreateEventEx CreateEventExW
#define OpenEvent OpenEventW
#define CreateSemaphore CreateSemaphoreW
#define OpenSemaphore OpenSemaphoreW
#define CreateMutex CreateMutexW
#define CreateMutexEx CreateMutexExW
#define OpenMutex OpenMutexW
#define CreateWaitableTimer CreateWaitableTimerW

#ifdef __cplusplus
}
#endif

#endif
