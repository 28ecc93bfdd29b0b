// Named objects between processes of a node (P-43).
#include <poll.h>
#include <stdlib.h>
#include <windows.h>

#include <filesystem>

#include "sdk/winapi/host.h"

namespace {

constexpr DWORD kDeadline_ms = 20'000;

class Node : public testing::Test {
 protected:
  Node() {
    char pattern[] = "/tmp/winapi_objects_XXXXXX";
    top_ = mkdtemp(pattern);
    useFolder("node1");
  }
  ~Node() override {
    for (const PROCESS_INFORMATION& process : started_) {
      kill(process);
      CloseHandle(process.hProcess);
      CloseHandle(process.hThread);
    }
    unsetenv("HOLDFAST_OBJECTS");
    std::filesystem::remove_all(top_);
  }

  void useFolder(const std::string& name) { setenv("HOLDFAST_OBJECTS", (top_ + "/" + name).c_str(), 1); }

  PROCESS_INFORMATION start(const std::wstring& arguments) {
    std::wstring line = L"\"" WINAPI_HOLDER L"\" " + arguments;
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    PROCESS_INFORMATION process{};
    EXPECT_TRUE(CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, 0, nullptr, nullptr, &startup, &process));
    started_.push_back(process);
    return process;
  }

  /// Another process that holds the object; returns when it does.
  PROCESS_INFORMATION hold(const std::wstring& kind, const std::wstring& name) {
    HANDLE ready = CreateEventW(nullptr, TRUE, FALSE, (name + L" ready").c_str());
    const PROCESS_INFORMATION process = start(kind + L" \"" + name + L"\" \"" + name + L" ready\"");
    EXPECT_EQ(WaitForSingleObject(ready, kDeadline_ms), WAIT_OBJECT_0);
    CloseHandle(ready);
    return process;
  }

  static void kill(const PROCESS_INFORMATION& process) {
    TerminateProcess(process.hProcess, 9);
    EXPECT_EQ(WaitForSingleObject(process.hProcess, kDeadline_ms), WAIT_OBJECT_0);
  }

 private:
  std::string top_;
  std::vector<PROCESS_INFORMATION> started_;
};

using RA_214 = Node;
using RA_215 = Node;
using NamedObjects = Node;

TEST_F(RA_214, aSecondCreationOpensAndSaysSo) {
  const HANDLE first = CreateSemaphoreW(nullptr, 1, 1, L"winapi_test semaphore");
  EXPECT_EQ(GetLastError(), 0u);
  const HANDLE second = CreateSemaphoreW(nullptr, 0, 5, L"winapi_test semaphore");
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ALREADY_EXISTS));
  EXPECT_EQ(WaitForSingleObject(second, 0), 0u);
  EXPECT_EQ(WaitForSingleObject(first, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  EXPECT_EQ(CreateEventW(nullptr, TRUE, TRUE, L"winapi_test semaphore"), nullptr);
  CloseHandle(first);
  CloseHandle(second);
  EXPECT_EQ(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, L"winapi_test semaphore"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
}

TEST_F(RA_214, oneNameIsOneObjectForTwoProcessesOfANode) {
  hold(L"semaphore", L"shared");
  HANDLE semaphore = CreateSemaphoreW(nullptr, 1, 1, L"shared");
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_ALREADY_EXISTS));
  EXPECT_EQ(WaitForSingleObject(semaphore, 0), static_cast<DWORD>(WAIT_TIMEOUT));  // the holder made it with 0
  EXPECT_TRUE(CloseHandle(semaphore));
}

TEST_F(RA_214, twoNodesOnOneHostNeverMeet) {
  hold(L"semaphore", L"shared");
  useFolder("node2");
  HANDLE semaphore = CreateSemaphoreW(nullptr, 1, 1, L"shared");
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
  EXPECT_EQ(WaitForSingleObject(semaphore, 0), WAIT_OBJECT_0);
  EXPECT_TRUE(CloseHandle(semaphore));
}

TEST_F(RA_215, anObjectIsGoneWithItsLastHolderAlsoAKilledOne) {
  const PROCESS_INFORMATION holder = hold(L"semaphore", L"left over");
  kill(holder);
  EXPECT_EQ(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, L"left over"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILE_NOT_FOUND));
  HANDLE semaphore = CreateSemaphoreW(nullptr, 1, 1, L"left over");
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
  EXPECT_EQ(WaitForSingleObject(semaphore, 0), WAIT_OBJECT_0);
  EXPECT_TRUE(CloseHandle(semaphore));
  EXPECT_EQ(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, L"left over"), nullptr);
}

TEST_F(RA_215, aMutexOfAKilledOwnerIsAbandonedForWhoWaits) {
  HANDLE mutex = CreateMutexW(nullptr, FALSE, L"owned");
  const PROCESS_INFORMATION owner = hold(L"mutex", L"owned");
  EXPECT_EQ(WaitForSingleObject(mutex, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  HANDLE killer = CreateThread(
      nullptr, 0, [](LPVOID process) -> DWORD { return static_cast<DWORD>(TerminateProcess(process, 9)); },
      owner.hProcess, 0, nullptr);
  EXPECT_EQ(WaitForSingleObject(mutex, kDeadline_ms), WAIT_ABANDONED);
  EXPECT_EQ(WaitForSingleObject(killer, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_EQ(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);  // told once
  EXPECT_TRUE(ReleaseMutex(mutex));
  CloseHandle(killer);
  CloseHandle(mutex);
}

TEST_F(RA_215, aMutexOfAnOwnerThatEndedIsAbandonedForWhoAsksLater) {
  HANDLE mutex = CreateMutexW(nullptr, FALSE, L"ended");
  const PROCESS_INFORMATION owner = hold(L"abandon", L"ended");
  EXPECT_EQ(WaitForSingleObject(owner.hProcess, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_EQ(WaitForSingleObject(mutex, 0), WAIT_ABANDONED);
  CloseHandle(mutex);
}

TEST_F(NamedObjects, aChangeByAnotherProcessEndsAWaitForSeveral) {
  HANDLE own = CreateEventW(nullptr, TRUE, TRUE, nullptr);
  HANDLE shared = CreateEventW(nullptr, FALSE, FALSE, L"Global\\rung");
  const HANDLE both[] = {own, shared};
  start(L"set rung");
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, kDeadline_ms), WAIT_OBJECT_0);
  EXPECT_EQ(WaitForSingleObject(shared, 0), static_cast<DWORD>(WAIT_TIMEOUT));
  CloseHandle(own);
  CloseHandle(shared);
}

TEST_F(NamedObjects, aWatchDescriptorFollowsAnotherProcess) {
  HANDLE shared = CreateEventW(nullptr, TRUE, FALSE, L"watched");
  pollfd watch{holdfast_winapi_watch(shared), POLLIN, 0};
  ASSERT_GE(watch.fd, 0);
  EXPECT_EQ(poll(&watch, 1, 0), 0);
  start(L"set watched");
  EXPECT_EQ(poll(&watch, 1, static_cast<int>(kDeadline_ms)), 1);
  CloseHandle(shared);
}

TEST_F(NamedObjects, namesThatCannotBeOneAreRefused) {
  EXPECT_EQ(CreateEventW(nullptr, TRUE, FALSE, L"a\\b"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_PATH_NOT_FOUND));
  EXPECT_EQ(CreateEventW(nullptr, TRUE, FALSE, std::wstring(300, L'x').c_str()), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_FILENAME_EXCED_RANGE));
  HANDLE odd = CreateEventW(nullptr, TRUE, FALSE, (L"Local\\../.%/ä" + std::wstring(240, L'€')).c_str());
  EXPECT_NE(odd, nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
  EXPECT_TRUE(CloseHandle(odd));
}

TEST_F(NamedObjects, aFileOfGarbageThatNobodyHoldsIsReplaced) {
  const std::string folder = getenv("HOLDFAST_OBJECTS");
  std::filesystem::create_directories(folder);
  FILE* file = fopen((folder + "/garbage").c_str(), "w");
  ASSERT_NE(file, nullptr);
  fputs("not an object", file);
  fclose(file);
  HANDLE event = CreateEventW(nullptr, TRUE, TRUE, L"garbage");
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
  EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
  CloseHandle(event);
}

TEST_F(NamedObjects, aFolderThatCannotBeMadeIsAnError) {
  setenv("HOLDFAST_OBJECTS", "/proc/no/folder", 1);
  EXPECT_EQ(CreateEventW(nullptr, TRUE, FALSE, L"x"), nullptr);
  EXPECT_NE(GetLastError(), static_cast<DWORD>(ERROR_SUCCESS));
}

}  // namespace
