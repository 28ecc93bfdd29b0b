// Worker threads of resource DLLs (RA §9, PR §13).
#include <resapi.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <semaphore>
#include <set>

#include "sdk/resutils/boundary.h"

using namespace holdfast::resutils;

namespace {

using Clock = std::chrono::steady_clock;

// The worker that the current thread is: it cannot wait for itself.
thread_local PCLUS_WORKER currentWorker = nullptr;

// The structures are the caller's and plain: flag and handle are read and written atomically in place.
std::atomic_ref<BOOL> flagOf(PCLUS_WORKER worker) { return std::atomic_ref<BOOL>(worker->Terminate); }
std::atomic_ref<HANDLE> handleOf(PCLUS_WORKER worker) { return std::atomic_ref<HANDLE>(worker->hThread); }

// Workers that somebody waits for: of two callers the first waits, the second returns at once.
class Waiting {
 public:
  bool enter(PCLUS_WORKER worker) {
    const std::lock_guard lock(mutex_);
    return workers_.insert(worker).second;
  }
  void leave(PCLUS_WORKER worker) {
    const std::lock_guard lock(mutex_);
    workers_.erase(worker);
  }

 private:
  std::mutex mutex_;
  std::set<PCLUS_WORKER> workers_;
};

// Never destroyed: a worker may still be ended while the process exits.
Waiting& waiting() {
  static auto* const all = new Waiting;
  return *all;
}

struct Start {
  PCLUS_WORKER worker;
  PWORKER_START_ROUTINE routine;
  PVOID parameter;
  std::binary_semaphore recorded{0};  // hThread is set: from now on the routine may be waited for
};

DWORD WINAPI run(LPVOID context) {
  const std::unique_ptr<std::shared_ptr<Start>> passed(static_cast<std::shared_ptr<Start>*>(context));
  const std::shared_ptr<Start> start = *passed;
  start->recorded.acquire();
  currentWorker = start->worker;
  return start->routine(start->worker, start->parameter);
}

class Deadline {
 public:
  explicit Deadline(DWORD timeout_ms) : infinite_(timeout_ms == INFINITE), end_(Clock::now()) {
    if (!infinite_) end_ += std::chrono::milliseconds(timeout_ms);
  }
  DWORD left_ms() const {
    if (infinite_) return INFINITE;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now()).count();
    return static_cast<DWORD>(std::max<std::int64_t>(left, 0));
  }

 private:
  bool infinite_;
  Clock::time_point end_;
};

// Waits for the end of the thread, then closes its handle. ERROR_TIMEOUT: it has not ended as far as this caller knows.
DWORD waitForEnd(PCLUS_WORKER worker, const Deadline& deadline) {
  if (currentWorker == worker) return ERROR_TIMEOUT;
  if (!waiting().enter(worker)) return ERROR_TIMEOUT;
  DWORD status = ERROR_SUCCESS;
  if (const HANDLE thread = handleOf(worker).load()) {
    const DWORD waited = WaitForSingleObject(thread, deadline.left_ms());
    if (waited == WAIT_OBJECT_0) {
      handleOf(worker).store(nullptr);
      CloseHandle(thread);
    } else {
      status = waited == WAIT_TIMEOUT ? ERROR_TIMEOUT : GetLastError();
    }
  }
  waiting().leave(worker);
  return status;
}

void signalEnd(PCLUS_WORKER worker) {
  if (handleOf(worker).load()) flagOf(worker).store(TRUE, std::memory_order_release);
}

}  // namespace

extern "C" {

DWORD WINAPI ClusWorkerCreate(PCLUS_WORKER worker, PWORKER_START_ROUTINE routine, PVOID parameter) {
  return guarded([&]() -> DWORD {
    if (!worker || !routine) return ERROR_BAD_ARGUMENTS;
    const auto start = std::make_shared<Start>(worker, routine, parameter);
    auto passed = std::make_unique<std::shared_ptr<Start>>(start);
    flagOf(worker).store(FALSE, std::memory_order_release);
    DWORD id = 0;
    const HANDLE thread = CreateThread(nullptr, 0, run, passed.get(), 0, &id);
    if (!thread) return GetLastError();
    passed.release();  // the thread's now
    handleOf(worker).store(thread);
    start->recorded.release();
    return ERROR_SUCCESS;
  });
}

BOOL WINAPI ClusWorkerCheckTerminate(PCLUS_WORKER worker) {
  return worker && flagOf(worker).load(std::memory_order_acquire);
}

VOID WINAPI ClusWorkerTerminate(PCLUS_WORKER worker) { ClusWorkerTerminateEx(worker, INFINITE, FALSE); }

DWORD WINAPI ClusWorkerTerminateEx(PCLUS_WORKER worker, DWORD timeout_ms, BOOL waitOnly) {
  return guarded([&]() -> DWORD {
    if (!worker) return ERROR_BAD_ARGUMENTS;
    if (!waitOnly) signalEnd(worker);
    return waitForEnd(worker, Deadline(timeout_ms));
  });
}

DWORD WINAPI ClusWorkersTerminate(PCLUS_WORKER* workers, const SIZE_T count, DWORD timeout_ms, BOOL waitOnly) {
  return guarded([&]() -> DWORD {
    if (!workers && count > 0) return ERROR_BAD_ARGUMENTS;
    for (SIZE_T i = 0; i < count; ++i) {
      if (workers[i] && !waitOnly) signalEnd(workers[i]);
    }
    const Deadline deadline(timeout_ms);
    DWORD result = ERROR_SUCCESS;
    for (SIZE_T i = 0; i < count; ++i) {
      const DWORD status = workers[i] ? waitForEnd(workers[i], deadline) : ERROR_SUCCESS;
      if (result == ERROR_SUCCESS) result = status;
    }
    return result;
  });
}

}  // extern "C"
