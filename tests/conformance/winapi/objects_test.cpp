#include <windows.h>

#include <poll.h>

#include <thread>

#include "sdk/winapi/host.h"

namespace {

constexpr DWORD kDeadline_ms = 10'000;

TEST(Handles, aStaleOrWrongOneIsRefused) {
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  ASSERT_NE(event, nullptr);
  EXPECT_TRUE(CloseHandle(event));
  for (const HANDLE bad : {event, HANDLE{nullptr}, reinterpret_cast<HANDLE>(std::uintptr_t{4})}) {
    SetLastError(0);
    EXPECT_FALSE(CloseHandle(bad));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
    EXPECT_EQ(WaitForSingleObject(bad, 0), WAIT_FAILED);
  }
  const HANDLE other = CreateSemaphoreW(nullptr, 0, 1, nullptr);
  EXPECT_FALSE(SetEvent(other));
  CloseHandle(other);
}

TEST(Events, manualStaysAndAutomaticLetsOneThrough) {
  const HANDLE manual = CreateEventW(nullptr, TRUE, TRUE, nullptr),
               automatic = CreateEventW(nullptr, FALSE, TRUE, nullptr);
  EXPECT_EQ(WaitForSingleObject(manual, 0), 0u);
  EXPECT_EQ(WaitForSingleObject(manual, 0), 0u);
  EXPECT_EQ(WaitForSingleObject(automatic, 0), 0u);
  EXPECT_EQ(WaitForSingleObject(automatic, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  ResetEvent(manual);
  EXPECT_EQ(WaitForSingleObject(manual, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  std::thread setter([&] { SetEvent(manual); });
  EXPECT_EQ(WaitForSingleObject(manual, kDeadline_ms), 0u);
  setter.join();
  CloseHandle(manual);
  CloseHandle(automatic);
}

TEST(Semaphores, aReleaseAboveTheMaximumChangesNothing) {
  const HANDLE semaphore = CreateSemaphoreW(nullptr, 1, 2, nullptr);
  LONG previous = -1;
  EXPECT_FALSE(ReleaseSemaphore(semaphore, 2, &previous));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_TOO_MANY_POSTS));
  EXPECT_TRUE(ReleaseSemaphore(semaphore, 1, &previous));
  EXPECT_EQ(previous, 1);
  CloseHandle(semaphore);
}

TEST(Mutexes, areRecursiveAndAbandonedByADeadThread) {
  const HANDLE mutex = CreateMutexW(nullptr, TRUE, nullptr);
  EXPECT_EQ(WaitForSingleObject(mutex, 0), 0u);
  EXPECT_TRUE(ReleaseMutex(mutex));
  std::thread other([&] {
    EXPECT_EQ(WaitForSingleObject(mutex, 0), static_cast<DWORD>(WAIT_TIMEOUT));
    EXPECT_FALSE(ReleaseMutex(mutex));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_OWNER));
  });
  other.join();
  EXPECT_TRUE(ReleaseMutex(mutex));
  std::thread dies([&] { EXPECT_EQ(WaitForSingleObject(mutex, 0), 0u); });
  dies.join();
  EXPECT_EQ(WaitForSingleObject(mutex, kDeadline_ms), static_cast<DWORD>(WAIT_ABANDONED));
  CloseHandle(mutex);
}

TEST(Waits, forAllTakeAllAtOnceOrNone) {
  const HANDLE a = CreateEventW(nullptr, FALSE, TRUE, nullptr), b = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  const HANDLE both[] = {a, b};
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  EXPECT_EQ(WaitForSingleObject(a, 0), 0u);  // it was not taken
  SetEvent(b);
  EXPECT_EQ(WaitForMultipleObjects(2, both, FALSE, 0), 1u);
  std::thread setter([&] {
    SetEvent(a);
    SetEvent(b);
  });
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, kDeadline_ms), 0u);
  setter.join();
  const HANDLE twice[] = {a, a};
  EXPECT_EQ(WaitForMultipleObjects(2, twice, TRUE, 0), WAIT_FAILED);
  EXPECT_EQ(WaitForMultipleObjects(0, both, TRUE, 0), WAIT_FAILED);
  CloseHandle(a);
  CloseHandle(b);
}

TEST(Watch, theShadowFollowsTheState) {
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  pollfd shadow{holdfast_winapi_watch(event), POLLIN, 0};
  ASSERT_GE(shadow.fd, 0);
  EXPECT_EQ(poll(&shadow, 1, 0), 0);
  SetEvent(event);
  EXPECT_EQ(poll(&shadow, 1, 0), 1);
  EXPECT_EQ(WaitForSingleObject(event, 0), 0u);
  EXPECT_EQ(poll(&shadow, 1, 0), 1);
  ResetEvent(event);
  EXPECT_EQ(poll(&shadow, 1, 0), 0);
  CloseHandle(event);
  EXPECT_EQ(holdfast_winapi_watch(event), -1);
}

DWORD WINAPI returnsSeven(LPVOID) { return 7; }

TEST(Threads, areSignalledWhenTheyHaveEnded) {
  DWORD id = 0, code = 0;
  const HANDLE thread = CreateThread(nullptr, 0, returnsSeven, nullptr, 0, &id);
  ASSERT_NE(thread, nullptr);
  EXPECT_NE(id, 0u);
  EXPECT_EQ(WaitForSingleObject(thread, kDeadline_ms), 0u);
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, 7u);
  CloseHandle(thread);
}

PROCESS_INFORMATION start(const wchar_t* line, const wchar_t* directory = nullptr) {
  std::wstring copy = line;
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION information{};
  if (!CreateProcessW(nullptr, copy.data(), nullptr, nullptr, FALSE, CREATE_NEW_PROCESS_GROUP, nullptr, directory,
                      &startup, &information))
    information = {};
  return information;
}

TEST(Processes, endWithTheirExitCode) {
  const PROCESS_INFORMATION process = start(L"/bin/sh -c \"exit 3\"");
  ASSERT_NE(process.hProcess, nullptr);
  EXPECT_EQ(WaitForSingleObject(process.hProcess, kDeadline_ms), 0u);
  DWORD code = 0;
  EXPECT_TRUE(GetExitCodeProcess(process.hProcess, &code));
  EXPECT_EQ(code, 3u);
  CloseHandle(process.hProcess);
  CloseHandle(process.hThread);
}

TEST(Processes, areTerminatedWithTheCodeGiven) {
  const PROCESS_INFORMATION process = start(L"/bin/sleep 1000");
  ASSERT_NE(process.hProcess, nullptr);
  DWORD code = 0;
  EXPECT_TRUE(GetExitCodeProcess(process.hProcess, &code));
  EXPECT_EQ(code, static_cast<DWORD>(STILL_ACTIVE));
  const HANDLE second = OpenProcess(PROCESS_ALL_ACCESS, FALSE, process.dwProcessId);
  ASSERT_NE(second, nullptr);
  EXPECT_TRUE(TerminateProcess(process.hProcess, 42));
  EXPECT_EQ(WaitForSingleObject(process.hProcess, kDeadline_ms), 0u);
  EXPECT_EQ(WaitForSingleObject(second, kDeadline_ms), 0u);
  EXPECT_TRUE(GetExitCodeProcess(process.hProcess, &code));
  EXPECT_EQ(code, 42u);
  for (const HANDLE handle : {process.hProcess, process.hThread, second}) CloseHandle(handle);
}

TEST(Processes, thatCannotBeStartedSayWhy) {
  EXPECT_EQ(start(L"/no/such/program").hProcess, nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  EXPECT_EQ(start(L"/bin/true", L"/no/such/folder").hProcess, nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_DIRECTORY));
  EXPECT_EQ(OpenProcess(PROCESS_ALL_ACCESS, FALSE, 0), nullptr);
}

}  // namespace
