#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

#include "sdk/winapi/objects.h"

namespace holdfast::winapi {
namespace {

class Thread : public Object {
 public:
  Thread() : Object(Kind::Thread) {}
  bool signalled(DWORD) const override { return ended_; }
  DWORD take(DWORD) override { return 0; }
  void end(DWORD code) {
    ended_ = true;
    code_ = code;
    changed();
  }
  DWORD code() const { return ended_ ? code_ : STILL_ACTIVE; }

 private:
  bool ended_ = false;
  DWORD code_ = 0;
};

struct Start {
  LPTHREAD_START_ROUTINE routine;
  LPVOID parameter;
  std::shared_ptr<Thread> thread;
  DWORD id = 0;
};

void* run(void* argument) {
  const std::unique_ptr<std::shared_ptr<Start>> owned(static_cast<std::shared_ptr<Start>*>(argument));
  const std::shared_ptr<Start> start = *owned;
  {
    const std::lock_guard lock(gate());
    start->id = GetCurrentThreadId();
    gateChanged().notify_all();
  }
  const DWORD code = start->routine(start->parameter);
  const std::lock_guard lock(gate());
  start->thread->end(code);
  return nullptr;
}

}  // namespace
}  // namespace holdfast::winapi

using namespace holdfast::winapi;

extern "C" {

HANDLE CreateThread(LPSECURITY_ATTRIBUTES, SIZE_T stack_bytes, LPTHREAD_START_ROUTINE start, LPVOID parameter, DWORD,
                    LPDWORD thread_id) {
  if (!start) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  const auto begun = std::make_shared<Start>(Start{start, parameter, std::make_shared<Thread>(), 0});
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (stack_bytes >= 64 * 1024) pthread_attr_setstacksize(&attributes, (stack_bytes + 4095) & ~SIZE_T{4095});
  auto* argument = new std::shared_ptr<Start>(begun);
  pthread_t thread;
  const int failed = pthread_create(&thread, &attributes, run, argument);
  pthread_attr_destroy(&attributes);
  if (failed) {
    delete argument;
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return nullptr;
  }
  std::unique_lock lock(gate());
  if (thread_id) {
    gateChanged().wait(lock, [&] { return begun->id != 0; });
    *thread_id = begun->id;
  }
  return insertHandle(begun->thread);
}

BOOL GetExitCodeThread(HANDLE thread, LPDWORD exit_code) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Thread>(thread, Kind::Thread);
  if (!object || !exit_code) {
    if (object) SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  *exit_code = object->code();
  return TRUE;
}

DWORD GetCurrentThreadId(void) {
  thread_local const DWORD id = static_cast<DWORD>(syscall(SYS_gettid));
  return id;
}
DWORD GetCurrentProcessId(void) { return static_cast<DWORD>(getpid()); }
BOOL DisableThreadLibraryCalls(HMODULE) { return TRUE; }

}  // extern "C"
