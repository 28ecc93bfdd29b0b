#include "sdk/winapi/thread_object.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <future>

#include "sdk/winapi/handle_table.h"
#include "sdk/winapi/mutex_object.h"
#include "sdk/winapi/process_object.h"
#include "sdk/winapi/system_error.h"

namespace holdfast::winapi {
namespace {

/// Ends the thread's object when the thread ends, however it does.
struct Current {
  std::shared_ptr<ThreadObject> object;
  DWORD exitCode = 0;
  Current() { prepareOwned(); }
  ~Current() {
    abandonOwned();  // before the end is seen: who waited for the thread finds its mutexes free
    if (object) object->end(exitCode);
  }
};
thread_local Current current;

struct Start {
  std::shared_ptr<ThreadObject> object;
  LPTHREAD_START_ROUTINE routine;
  LPVOID parameter;
  std::promise<ThreadId> id;
};

void* run(void* argument) {
  const std::unique_ptr<Start> start(static_cast<Start*>(argument));
  current.object = start->object;
  start->object->setId(currentThread());
  start->id.set_value(currentThread());
  start->object->standAtGate();
  current.exitCode = start->routine(start->parameter);
  return nullptr;
}

}  // namespace

std::shared_ptr<ThreadObject> ThreadObject::current() {
  Current& own = winapi::current;
  if (!own.object) {
    own.object = std::make_shared<ThreadObject>();
    own.object->setId(currentThread());
  }
  return own.object;
}

void ThreadObject::end(DWORD exitCode) {
  const std::lock_guard lock(dispatcherLock());
  ended_ = true;
  exitCode_ = exitCode;
  stateChanged();
}

DWORD ThreadObject::exitCode() {
  const std::lock_guard lock(dispatcherLock());
  return exitCode_;
}

void ThreadObject::standAtGate() {
  std::unique_lock lock(gate_);
  opened_.wait(lock, [this] { return gateOpen_; });
}

bool ThreadObject::openGate() {
  const std::lock_guard lock(gate_);
  const bool closed = !gateOpen_;
  gateOpen_ = true;
  opened_.notify_all();
  return closed;
}

}  // namespace holdfast::winapi

using namespace holdfast::winapi;

HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress,
                           LPVOID lpParameter, DWORD dwCreationFlags, LPDWORD lpThreadId) {
  if (lpStartAddress == nullptr) return fail<HANDLE>(ERROR_INVALID_PARAMETER, nullptr);
  return guarded<HANDLE>(nullptr, [&]() -> HANDLE {
    auto start = std::make_unique<Start>(Start{std::make_shared<ThreadObject>(), lpStartAddress, lpParameter, {}});
    const auto object = start->object;
    if ((dwCreationFlags & CREATE_SUSPENDED) != 0) object->closeGate();
    std::future<ThreadId> id = start->id.get_future();
    HANDLE handle = HandleTable::instance().add(object, THREAD_ALL_ACCESS);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (dwStackSize != 0) {
      pthread_attr_setstacksize(&attributes, std::max<std::size_t>((dwStackSize + 0xFFFF) & ~0xFFFFull, 256 * 1024));
    }
    pthread_t thread;
    const int status = pthread_create(&thread, &attributes, run, start.get());
    pthread_attr_destroy(&attributes);
    if (status != 0) {
      HandleTable::instance().remove(handle);
      return fail<HANDLE>(ERROR_NOT_ENOUGH_MEMORY, nullptr);
    }
    static_cast<void>(start.release());
    const ThreadId number = id.get();
    if (lpThreadId != nullptr) *lpThreadId = number;
    return handle;
  });
}

DWORD WINAPI ResumeThread(HANDLE hThread) {
  return guarded<DWORD>(MAXDWORD, [&]() -> DWORD {
    const auto thread = objectOf<ThreadObject>(hThread, THREAD_SUSPEND_RESUME);
    if (!thread) return MAXDWORD;
    return thread->openGate() ? 1 : 0;
  });
}

VOID WINAPI ExitThread(DWORD dwExitCode) {
  ThreadObject::current();
  current.exitCode = dwExitCode;
  pthread_exit(nullptr);
}

BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    if (lpExitCode == nullptr) return fail<BOOL>(ERROR_NOACCESS, FALSE);
    if (hThread == GetCurrentThread()) {
      *lpExitCode = STILL_ACTIVE;
      return TRUE;
    }
    const HandleTable::Entry entry = HandleTable::instance().find(hThread);
    // The first thread of a process that CreateProcessW started ends with the process.
    if (std::dynamic_pointer_cast<ProcessObject>(entry.object) && (entry.access & PROCESS_TERMINATE) == 0) {
      return GetExitCodeProcess(hThread, lpExitCode);
    }
    const auto thread = objectOf<ThreadObject>(hThread, 0);
    if (!thread) return FALSE;
    *lpExitCode = thread->exitCode();
    return TRUE;
  });
}

DWORD WINAPI GetThreadId(HANDLE hThread) {
  if (hThread == GetCurrentThread()) return currentThread();
  const auto thread = objectOf<ThreadObject>(hThread, 0);
  return thread ? thread->id() : 0;
}

DWORD WINAPI GetCurrentThreadId(void) { return currentThread(); }
HANDLE WINAPI GetCurrentThread(void) { return reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(-2)); }
