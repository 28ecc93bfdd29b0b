// Waits under concurrency, timers, critical sections.
#include <poll.h>
#include <windows.h>

#include <atomic>
#include <thread>

#include "sdk/winapi/host.h"

namespace {

constexpr DWORD kDeadline_ms = 20'000;

TEST(Waits, forAllNeverTakeOneObjectWithoutTheOthers) {
  // Two forks between two philosophers: a wait that took one and slept would soon starve both.
  HANDLE forks[] = {CreateMutexW(nullptr, FALSE, nullptr), CreateSemaphoreW(nullptr, 1, 1, nullptr)};
  HANDLE reversed[] = {forks[1], forks[0]};
  std::atomic<int> inside{0};
  const auto eat = [&](const HANDLE* both) {
    for (int meal = 0; meal < 500; ++meal) {
      ASSERT_EQ(WaitForMultipleObjects(2, both, TRUE, kDeadline_ms), WAIT_OBJECT_0);
      ASSERT_EQ(++inside, 1);
      --inside;
      ReleaseSemaphore(forks[1], 1, nullptr);
      ReleaseMutex(forks[0]);
    }
  };
  std::thread first([&] { eat(forks); });
  std::thread second([&] { eat(reversed); });
  std::thread third([&] {
    for (int meal = 0; meal < 500; ++meal) {
      ASSERT_EQ(WaitForSingleObject(forks[0], kDeadline_ms), WAIT_OBJECT_0);
      ReleaseMutex(forks[0]);
    }
  });
  first.join();
  second.join();
  third.join();
  CloseHandle(forks[0]);
  CloseHandle(forks[1]);
}

TEST(Waits, anAutomaticEventLetsExactlyOneGoPerSet) {
  HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  HANDLE done = CreateSemaphoreW(nullptr, 0, 100, nullptr);
  std::atomic<int> released{0};
  std::vector<std::thread> waiters;
  for (int at = 0; at < 4; ++at) {
    waiters.emplace_back([&] {
      ASSERT_EQ(WaitForSingleObject(event, kDeadline_ms), WAIT_OBJECT_0);
      ++released;
      ReleaseSemaphore(done, 1, nullptr);
    });
  }
  for (int at = 1; at <= 4; ++at) {
    SetEvent(event);
    ASSERT_EQ(WaitForSingleObject(done, kDeadline_ms), WAIT_OBJECT_0);
    EXPECT_EQ(released, at);
  }
  for (auto& waiter : waiters) waiter.join();
  EXPECT_EQ(WaitForSingleObject(event, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  CloseHandle(event);
  CloseHandle(done);
}

TEST(Waits, aClosedHandleDoesNotEndAWaitOrTheObject) {
  HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  HANDLE other = nullptr;
  ASSERT_TRUE(
      DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
  std::thread waiter(
      [event] { EXPECT_NE(WaitForSingleObject(event, kDeadline_ms), static_cast<DWORD>(WAIT_TIMEOUT)); });
  CloseHandle(event);
  SetEvent(other);
  waiter.join();
  CloseHandle(other);
}

TEST(Waits, rightsThatWereNotAskedForAreDenied) {
  HANDLE event = CreateEventExW(nullptr, nullptr, 0, SYNCHRONIZE);
  EXPECT_FALSE(SetEvent(event));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ACCESS_DENIED));
  EXPECT_EQ(WaitForSingleObject(event, 1), static_cast<DWORD>(WAIT_TIMEOUT));
  CloseHandle(event);
}

TEST(Waits, aTimeoutIsNeverEarly) {
  HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const ULONGLONG before = GetTickCount64();
  EXPECT_EQ(WaitForSingleObject(event, 30), static_cast<DWORD>(WAIT_TIMEOUT));
  EXPECT_GE(GetTickCount64() - before, 29u);
  CloseHandle(event);
}

TEST(Mutexes, passFromThreadToThreadInOrderOfWaiting) {
  HANDLE mutex = CreateMutexW(nullptr, TRUE, nullptr);
  int counter = 0;
  std::vector<std::thread> threads;
  for (int at = 0; at < 4; ++at) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        ASSERT_EQ(WaitForSingleObject(mutex, kDeadline_ms), WAIT_OBJECT_0);
        ++counter;
        ASSERT_TRUE(ReleaseMutex(mutex));
      }
    });
  }
  ReleaseMutex(mutex);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counter, 800);
  CloseHandle(mutex);
}

TEST(Timers, aManualOneStaysSetAndAPeriodicOneComesAgain) {
  HANDLE once = CreateWaitableTimerW(nullptr, TRUE, nullptr);
  HANDLE again = CreateWaitableTimerW(nullptr, FALSE, nullptr);
  LARGE_INTEGER due;
  due.QuadPart = -20'000;
  ASSERT_TRUE(SetWaitableTimer(once, &due, 0, nullptr, nullptr, FALSE));
  ASSERT_TRUE(SetWaitableTimer(again, &due, 1, nullptr, nullptr, FALSE));
  EXPECT_EQ(WaitForSingleObject(once, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_EQ(WaitForSingleObject(once, 0), WAIT_OBJECT_0);
  for (int at = 0; at < 3; ++at) EXPECT_EQ(WaitForSingleObject(again, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_TRUE(CancelWaitableTimer(again));
  EXPECT_FALSE(SetWaitableTimer(once, nullptr, 0, nullptr, nullptr, FALSE));
  EXPECT_EQ(CreateWaitableTimerW(nullptr, TRUE, L"name"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_SUPPORTED));
  CloseHandle(once);
  CloseHandle(again);
}

TEST(Watch, aProcessAndATimerAreSeenThroughTheirDescriptors) {
  HANDLE timer = CreateWaitableTimerW(nullptr, TRUE, nullptr);
  LARGE_INTEGER due;
  due.QuadPart = -10'000;
  pollfd watch{holdfast_winapi_watch(timer), POLLIN, 0};
  ASSERT_TRUE(SetWaitableTimer(timer, &due, 0, nullptr, nullptr, FALSE));
  EXPECT_EQ(poll(&watch, 1, static_cast<int>(kDeadline_ms)), 1);
  CloseHandle(timer);
  wchar_t line[] = L"/bin/true";
  STARTUPINFOW startup{};
  PROCESS_INFORMATION process{};
  ASSERT_TRUE(CreateProcessW(nullptr, line, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &process));
  watch.fd = holdfast_winapi_watch(process.hProcess);
  EXPECT_EQ(poll(&watch, 1, static_cast<int>(kDeadline_ms)), 1);
  DWORD code = 9;
  EXPECT_TRUE(GetExitCodeThread(process.hThread, &code));
  EXPECT_EQ(code, 0u);
  CloseHandle(process.hProcess);
  CloseHandle(process.hThread);
  EXPECT_FALSE(holdfast_winapi_is_waitable(process.hProcess));
}

TEST(CriticalSections, areRecursiveAndKeepOthersOut) {
  CRITICAL_SECTION section;
  InitializeCriticalSection(&section);
  int counter = 0;
  const auto count = [&] {
    for (int round = 0; round < 1000; ++round) {
      EnterCriticalSection(&section);
      EnterCriticalSection(&section);
      ++counter;
      LeaveCriticalSection(&section);
      LeaveCriticalSection(&section);
    }
  };
  std::thread first(count);
  std::thread second(count);
  first.join();
  second.join();
  EXPECT_EQ(counter, 2000);
  EnterCriticalSection(&section);
  std::thread other([&] {
    EXPECT_FALSE(TryEnterCriticalSection(&section));
    LeaveCriticalSection(&section);  // not its own: nothing happens
  });
  other.join();
  LeaveCriticalSection(&section);
  DeleteCriticalSection(&section);
}

TEST(Threads, aSuspendedOneBeginsWithResumeAndExitThreadEndsIt) {
  HANDLE thread = CreateThread(nullptr, 0, [](LPVOID) -> DWORD { ExitThread(5); }, nullptr, CREATE_SUSPENDED, nullptr);
  DWORD code = 0;
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, STILL_ACTIVE);
  EXPECT_EQ(WaitForSingleObject(thread, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  EXPECT_EQ(ResumeThread(thread), 1u);
  EXPECT_EQ(WaitForSingleObject(thread, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, 5u);
  CloseHandle(thread);
}

}  // namespace
