// Worker threads (RA §9, PR §13, §17 Workers).
#include <gtest/gtest.h>
#include <resapi.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct Progress {
  std::atomic<bool> started{false};
  std::atomic<bool> release{false};  // ends a worker that does not ask
  std::atomic<bool> ended{false};
};

template <class Condition>
bool within(Clock::duration deadline, Condition condition) {
  const auto end = Clock::now() + deadline;
  while (!condition()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

DWORD WINAPI polite(PCLUS_WORKER worker, LPVOID context) {
  auto* progress = static_cast<Progress*>(context);
  progress->started = true;
  while (!ClusWorkerCheckTerminate(worker) && !progress->release) std::this_thread::sleep_for(1ms);
  progress->ended = true;
  return 0;
}

DWORD WINAPI busy(PCLUS_WORKER, LPVOID context) {
  auto* progress = static_cast<Progress*>(context);
  progress->started = true;
  while (!progress->release) std::this_thread::sleep_for(1ms);
  progress->ended = true;
  return 0;
}

TEST(PR_99, TerminateReturnsAfterTheThreadEnded) {
  Progress progress;
  CLUS_WORKER worker{};
  ASSERT_EQ(ClusWorkerCreate(&worker, polite, &progress), ERROR_SUCCESS);
  EXPECT_NE(worker.hThread, nullptr);
  EXPECT_TRUE(within(5s, [&] { return progress.started.load(); }));
  EXPECT_FALSE(ClusWorkerCheckTerminate(&worker));
  ClusWorkerTerminate(&worker);
  EXPECT_TRUE(progress.ended);
  EXPECT_EQ(worker.hThread, nullptr);
}

TEST(PR_100, AWorkerThatNeverRanIsDoneAtOnce) {
  CLUS_WORKER worker{};
  ClusWorkerTerminate(&worker);
  EXPECT_EQ(ClusWorkerTerminateEx(&worker, INFINITE, TRUE), ERROR_SUCCESS);
  ClusWorkerTerminate(nullptr);
  EXPECT_FALSE(ClusWorkerCheckTerminate(nullptr));
  EXPECT_EQ(ClusWorkerCreate(nullptr, polite, nullptr), ERROR_BAD_ARGUMENTS);
  EXPECT_EQ(ClusWorkerCreate(&worker, nullptr, nullptr), ERROR_BAD_ARGUMENTS);
}

TEST(PR_101, ATerminatedWorkerCanBeCreatedAgain) {
  CLUS_WORKER worker{};
  for (int round = 0; round < 3; ++round) {
    Progress progress;
    ASSERT_EQ(ClusWorkerCreate(&worker, polite, &progress), ERROR_SUCCESS);
    EXPECT_TRUE(within(5s, [&] { return progress.started.load(); }));
    EXPECT_FALSE(ClusWorkerCheckTerminate(&worker));
    EXPECT_FALSE(progress.ended);
    ClusWorkerTerminate(&worker);
    EXPECT_TRUE(progress.ended);
  }
}

TEST(PR_102, OfTwoCallersOneWaitsAndTheOtherReturnsAtOnce) {
  Progress progress;
  CLUS_WORKER worker{};
  ASSERT_EQ(ClusWorkerCreate(&worker, busy, &progress), ERROR_SUCCESS);
  std::atomic<int> returned{0};
  const auto terminate = [&] {
    ClusWorkerTerminate(&worker);
    ++returned;
  };
  std::thread one(terminate);
  std::thread other(terminate);
  EXPECT_TRUE(within(5s, [&] { return returned == 1; }));
  EXPECT_FALSE(progress.ended);
  progress.release = true;
  one.join();
  other.join();
  EXPECT_TRUE(progress.ended);
  EXPECT_EQ(worker.hThread, nullptr);
}

TEST(PR_102, AWorkerThatTerminatesItselfDoesNotWait) {
  CLUS_WORKER worker{};
  std::atomic<bool> ended{false};
  const auto itself = [](PCLUS_WORKER self, LPVOID context) -> DWORD {
    ClusWorkerTerminate(self);
    *static_cast<std::atomic<bool>*>(context) = ClusWorkerCheckTerminate(self) != FALSE;
    return 0;
  };
  ASSERT_EQ(ClusWorkerCreate(&worker, itself, &ended), ERROR_SUCCESS);
  EXPECT_TRUE(within(5s, [&] { return ended.load(); }));
  ClusWorkerTerminate(&worker);
  EXPECT_EQ(worker.hThread, nullptr);
}

TEST(PR_103, ABoundedWaitLeavesABusyWorkerRunning) {
  Progress progress;
  CLUS_WORKER worker{};
  ASSERT_EQ(ClusWorkerCreate(&worker, polite, &progress), ERROR_SUCCESS);
  const auto begin = Clock::now();
  EXPECT_EQ(ClusWorkerTerminateEx(&worker, 100, TRUE), ERROR_TIMEOUT);
  EXPECT_GE(Clock::now() - begin, 100ms);
  EXPECT_LT(Clock::now() - begin, 2s);
  EXPECT_FALSE(ClusWorkerCheckTerminate(&worker));
  EXPECT_FALSE(progress.ended);
  EXPECT_NE(worker.hThread, nullptr);
  progress.release = true;
  EXPECT_EQ(ClusWorkerTerminateEx(&worker, 5000, TRUE), ERROR_SUCCESS);
  EXPECT_EQ(worker.hThread, nullptr);
}

TEST(PR_104, ThreeWorkersEndUnderOneDeadline) {
  Progress progress[3];
  CLUS_WORKER workers[3]{};
  PCLUS_WORKER all[] = {&workers[0], &workers[1], nullptr, &workers[2]};
  for (int i = 0; i < 3; ++i) ASSERT_EQ(ClusWorkerCreate(&workers[i], polite, &progress[i]), ERROR_SUCCESS);
  EXPECT_EQ(ClusWorkersTerminate(all, 4, 10000, FALSE), ERROR_SUCCESS);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(progress[i].ended);
    EXPECT_EQ(workers[i].hThread, nullptr);
  }
}

TEST(PR_104, TheDeadlineIsCommonToAll) {
  Progress progress[3];
  CLUS_WORKER workers[3]{};
  PCLUS_WORKER all[] = {&workers[0], &workers[1], &workers[2]};
  for (int i = 0; i < 3; ++i) ASSERT_EQ(ClusWorkerCreate(&workers[i], busy, &progress[i]), ERROR_SUCCESS);
  const auto begin = Clock::now();
  EXPECT_EQ(ClusWorkersTerminate(all, 3, 100, FALSE), ERROR_TIMEOUT);
  EXPECT_GE(Clock::now() - begin, 100ms);
  EXPECT_LT(Clock::now() - begin, 2s);
  for (Progress& one : progress) one.release = true;
  EXPECT_EQ(ClusWorkersTerminate(all, 3, INFINITE, TRUE), ERROR_SUCCESS);
  EXPECT_EQ(ClusWorkersTerminate(nullptr, 0, 0, FALSE), ERROR_SUCCESS);
  EXPECT_EQ(ClusWorkersTerminate(nullptr, 1, 0, FALSE), ERROR_BAD_ARGUMENTS);
}

}  // namespace
