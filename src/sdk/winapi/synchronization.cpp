// Events, semaphores, mutexes, critical sections, and waiting.
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>

#include "sdk/winapi/objects.h"

namespace holdfast::winapi {
namespace {

class Event : public Object {
 public:
  Event(bool manual, bool state) : Object(Kind::Event), manual_(manual), state_(state) {}
  bool signalled(DWORD) const override { return state_; }
  DWORD take(DWORD) override {
    if (!manual_) set(false);
    return 0;
  }
  void set(bool state) {
    state_ = state;
    changed();
  }

 private:
  bool manual_;
  bool state_;
};

class Semaphore : public Object {
 public:
  Semaphore(LONG count, LONG maximum) : Object(Kind::Semaphore), count_(count), maximum_(maximum) {}
  bool signalled(DWORD) const override { return count_ > 0; }
  DWORD take(DWORD) override {
    --count_;
    changed();
    return 0;
  }
  bool release(LONG count, LONG& previous) {
    previous = count_;
    if (count <= 0 || count > maximum_ - count_) return false;
    count_ += count;
    changed();
    return true;
  }

 private:
  LONG count_;
  LONG maximum_;
};

class Mutex : public Object {
 public:
  explicit Mutex(DWORD owner) : Object(Kind::Mutex), owner_(owner), depth_(owner != 0 ? 1 : 0) {}
  bool signalled(DWORD thread) const override { return owner_ == 0 || owner_ == thread || ownerGone(); }
  DWORD take(DWORD thread) override {
    // An owner that ended without releasing leaves the mutex abandoned, not lost.
    const bool abandoned = owner_ != 0 && owner_ != thread;
    depth_ = abandoned ? 1 : depth_ + 1;
    owner_ = thread;
    changed();
    return abandoned ? WAIT_ABANDONED : 0;
  }
  bool release(DWORD thread) {
    if (owner_ != thread) return false;
    if (--depth_ == 0) owner_ = 0;
    changed();
    return true;
  }

 private:
  bool ownerGone() const { return owner_ != 0 && syscall(SYS_tgkill, getpid(), owner_, 0) != 0; }

  DWORD owner_;
  DWORD depth_;
};

/// A waiter looks again this often even without a change: the death of a mutex's owner announces itself to nobody.
constexpr std::chrono::milliseconds kLookAgain{100};

DWORD waitFor(DWORD count, const HANDLE* handles, bool all, DWORD milliseconds) {
  std::unique_lock lock(gate());
  const DWORD thread = GetCurrentThreadId();
  std::vector<std::shared_ptr<Object>> objects;
  for (DWORD i = 0; i < count; ++i) {
    auto object = findHandle(handles[i]);
    if (!object) return WAIT_FAILED;
    for (const auto& earlier : objects) {
      if (all && earlier == object) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
      }
    }
    objects.push_back(std::move(object));
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  for (;;) {
    std::size_t ready = 0, first = objects.size();
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (!objects[i]->signalled(thread)) continue;
      ++ready;
      first = std::min(first, i);
    }
    if (!all && ready > 0) return objects[first]->take(thread) + static_cast<DWORD>(first);
    if (all && ready == objects.size()) {
      DWORD abandoned = 0;
      for (const auto& object : objects) abandoned |= object->take(thread);
      return abandoned;
    }
    if (milliseconds == 0) return WAIT_TIMEOUT;
    auto until = std::chrono::steady_clock::now() + kLookAgain;
    if (milliseconds != INFINITE) {
      if (std::chrono::steady_clock::now() >= deadline) return WAIT_TIMEOUT;
      until = std::min(until, deadline);
    }
    gateChanged().wait_until(lock, until);
  }
}

}  // namespace
}  // namespace holdfast::winapi

using namespace holdfast::winapi;

extern "C" {

HANDLE CreateEventW(LPSECURITY_ATTRIBUTES, BOOL manual_reset, BOOL initial_state, LPCWSTR name) {
  const std::lock_guard lock(gate());
  return createNamed(name, Kind::Event,
                     [&] { return std::make_shared<Event>(manual_reset != FALSE, initial_state != FALSE); });
}

HANDLE OpenEventW(DWORD, BOOL, LPCWSTR name) {
  const std::lock_guard lock(gate());
  return openNamed(name, Kind::Event);
}

BOOL SetEvent(HANDLE event) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Event>(event, Kind::Event);
  if (object) object->set(true);
  return object != nullptr;
}

BOOL ResetEvent(HANDLE event) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Event>(event, Kind::Event);
  if (object) object->set(false);
  return object != nullptr;
}

HANDLE CreateSemaphoreW(LPSECURITY_ATTRIBUTES, LONG initial_count, LONG maximum_count, LPCWSTR name) {
  if (initial_count < 0 || maximum_count <= 0 || initial_count > maximum_count) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return nullptr;
  }
  const std::lock_guard lock(gate());
  return createNamed(name, Kind::Semaphore, [&] { return std::make_shared<Semaphore>(initial_count, maximum_count); });
}

HANDLE OpenSemaphoreW(DWORD, BOOL, LPCWSTR name) {
  const std::lock_guard lock(gate());
  return openNamed(name, Kind::Semaphore);
}

BOOL ReleaseSemaphore(HANDLE semaphore, LONG count, LPLONG previous) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Semaphore>(semaphore, Kind::Semaphore);
  if (!object) return FALSE;
  LONG before = 0;
  const bool done = object->release(count, before);
  if (!done) SetLastError(count <= 0 ? ERROR_INVALID_PARAMETER : ERROR_TOO_MANY_POSTS);
  if (done && previous) *previous = before;
  return done;
}

HANDLE CreateMutexW(LPSECURITY_ATTRIBUTES, BOOL initial_owner, LPCWSTR name) {
  const std::lock_guard lock(gate());
  return createNamed(name, Kind::Mutex,
                     [&] { return std::make_shared<Mutex>(initial_owner ? GetCurrentThreadId() : 0); });
}

HANDLE OpenMutexW(DWORD, BOOL, LPCWSTR name) {
  const std::lock_guard lock(gate());
  return openNamed(name, Kind::Mutex);
}

BOOL ReleaseMutex(HANDLE mutex) {
  const std::lock_guard lock(gate());
  const auto object = findHandle<Mutex>(mutex, Kind::Mutex);
  if (!object) return FALSE;
  const bool done = object->release(GetCurrentThreadId());
  if (!done) SetLastError(ERROR_NOT_OWNER);
  return done;
}

DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds) { return waitFor(1, &handle, false, milliseconds); }
DWORD WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL) {
  return waitFor(1, &handle, false, milliseconds);
}

DWORD WaitForMultipleObjects(DWORD count, const HANDLE* handles, BOOL wait_all, DWORD milliseconds) {
  if (count == 0 || count > MAXIMUM_WAIT_OBJECTS || !handles) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return WAIT_FAILED;
  }
  return waitFor(count, handles, wait_all != FALSE, milliseconds);
}

void InitializeCriticalSection(LPCRITICAL_SECTION section) { section->state = new std::recursive_mutex; }
BOOL InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD) {
  InitializeCriticalSection(section);
  return TRUE;
}
void EnterCriticalSection(LPCRITICAL_SECTION section) { static_cast<std::recursive_mutex*>(section->state)->lock(); }
BOOL TryEnterCriticalSection(LPCRITICAL_SECTION section) {
  return static_cast<std::recursive_mutex*>(section->state)->try_lock();
}
void LeaveCriticalSection(LPCRITICAL_SECTION section) { static_cast<std::recursive_mutex*>(section->state)->unlock(); }
void DeleteCriticalSection(LPCRITICAL_SECTION section) {
  delete static_cast<std::recursive_mutex*>(section->state);
  section->state = nullptr;
}

}  // extern "C"
