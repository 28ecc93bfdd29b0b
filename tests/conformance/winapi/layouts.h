/* Sizes and offsets of the platform's structures, as the Windows SDK has them for LP64 with a WCHAR of 32 bits.
 * Compiled as C and as C++. */
#include <strsafe.h>
#include <tchar.h>
#include <windows.h>
#include <winsvc.h>

#ifdef __cplusplus
#define EXPECT_LAYOUT(condition) static_assert(condition, #condition)
#else
#define EXPECT_LAYOUT(condition) _Static_assert(condition, #condition)
#endif

EXPECT_LAYOUT(sizeof(DWORD) == 4 && sizeof(LONG) == 4 && sizeof(BOOL) == 4 && sizeof(WORD) == 2 && sizeof(BYTE) == 1);
EXPECT_LAYOUT(sizeof(WCHAR) == 4 && sizeof(HANDLE) == 8 && sizeof(HKEY) == 8 && sizeof(SC_HANDLE) == 8);
EXPECT_LAYOUT(sizeof(ULONGLONG) == 8 && sizeof(SIZE_T) == 8 && sizeof(DWORD_PTR) == 8 && sizeof(HRESULT) == 4);
EXPECT_LAYOUT((DWORD)-1 > 0 && (LONG)-1 < 0);
EXPECT_LAYOUT(sizeof(LARGE_INTEGER) == 8 && offsetof(LARGE_INTEGER, HighPart) == 4);
EXPECT_LAYOUT(sizeof(ULARGE_INTEGER) == 8 && offsetof(ULARGE_INTEGER, u.HighPart) == 4);
EXPECT_LAYOUT(sizeof(FILETIME) == 8 && offsetof(FILETIME, dwHighDateTime) == 4);
EXPECT_LAYOUT(sizeof(SYSTEMTIME) == 16 && offsetof(SYSTEMTIME, wMilliseconds) == 14);
EXPECT_LAYOUT(sizeof(GUID) == 16 && offsetof(GUID, Data4) == 8);
EXPECT_LAYOUT(sizeof(SECURITY_ATTRIBUTES) == 24 && offsetof(SECURITY_ATTRIBUTES, lpSecurityDescriptor) == 8 &&
              offsetof(SECURITY_ATTRIBUTES, bInheritHandle) == 16);
EXPECT_LAYOUT(sizeof(CRITICAL_SECTION) == 40 && offsetof(CRITICAL_SECTION, OwningThread) == 16);
EXPECT_LAYOUT(sizeof(STARTUPINFOW) == 104 && offsetof(STARTUPINFOW, dwFlags) == 60 &&
              offsetof(STARTUPINFOW, hStdInput) == 80);
EXPECT_LAYOUT(sizeof(PROCESS_INFORMATION) == 24 && offsetof(PROCESS_INFORMATION, dwThreadId) == 20);
EXPECT_LAYOUT(sizeof(SERVICE_STATUS) == 28 && sizeof(SERVICE_STATUS_PROCESS) == 36 &&
              offsetof(SERVICE_STATUS_PROCESS, dwProcessId) == 28);
EXPECT_LAYOUT(sizeof(QUERY_SERVICE_CONFIGW) == 64 && offsetof(QUERY_SERVICE_CONFIGW, lpDisplayName) == 56);
EXPECT_LAYOUT(sizeof(FIELD_OFFSET(FILETIME, dwHighDateTime)) == 4);
EXPECT_LAYOUT(WAIT_ABANDONED == 0x80 && ERROR_ALREADY_EXISTS == 183 && ERROR_IO_PENDING == 997);
