#include "sdk/winapi/object.h"

#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "sdk/winapi/mutex_object.h"
#include "sdk/winapi/shared_state.h"

namespace holdfast::winapi {

std::mutex& dispatcherLock() {
  static std::mutex& lock = *new std::mutex;  // never destroyed: threads may wait until the process ends
  return lock;
}

ThreadId currentThread() {
  thread_local const auto id = static_cast<ThreadId>(syscall(SYS_gettid));
  return id;
}

Object::~Object() {
  if (shadow_ >= 0) close(shadow_);
}

int Object::watchDescriptor() {
  if (shadow_ >= 0) return shadow_;
  const int made = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (made < 0) return -1;
  if (!cared()) beginListening();
  shadow_ = made;
  Guarded guard(*this);
  refreshShadow();
  return shadow_;
}

void Object::refreshShadow() {
  if (shadow_ < 0) return;
  const bool signalled = isSignalled(0);  // no thread has the number 0: a mutex counts as signalled while it is free
  if (signalled == shadowSet_) return;
  eventfd_t value = 1;
  if (signalled) {
    eventfd_write(shadow_, value);
  } else {
    eventfd_read(shadow_, &value);
  }
  shadowSet_ = signalled;
}

void Object::stateChanged() {
  // A satisfied waiter stays enlisted until its thread runs; satisfy() passes over it.
  for (Waiter* waiter : waiters_) waiter->satisfy();
  taken();
}

void Object::taken() {
  if (shadow_ < 0) return;
  Guarded guard(*this);
  refreshShadow();
}

void Object::addWaiter(Waiter* waiter) {
  if (!cared()) beginListening();
  waiters_.push_back(waiter);
}

void Object::removeWaiter(Waiter* waiter) {
  if (std::erase(waiters_, waiter) != 0 && !cared()) endListening();
}

Guarded::Guarded(std::span<const std::shared_ptr<Object>> objects) {
  for (const auto& object : objects) {
    if (SharedState* shared = object->shared()) locked_.push_back(shared);
  }
  std::ranges::sort(locked_, [](auto* left, auto* right) { return left->order() < right->order(); });
  const auto doubles = std::ranges::unique(locked_);
  locked_.erase(doubles.begin(), doubles.end());
  for (SharedState* shared : locked_) shared->lock();
}

Guarded::Guarded(Object& object) {
  if (SharedState* shared = object.shared()) {
    shared->lock();
    locked_.push_back(shared);
  }
}

Guarded::~Guarded() {
  for (auto shared = locked_.rbegin(); shared != locked_.rend(); ++shared) (*shared)->unlock();
}

bool Waiter::satisfy() {
  if (satisfied_) return false;
  Guarded guard{std::span(objects_)};
  const auto signalled = [this](const auto& object) { return object->isSignalled(thread_); };
  if (all_) {
    if (!std::ranges::all_of(objects_, signalled)) return false;
    result_ = WAIT_OBJECT_0;
    for (const auto& object : objects_) {
      if (object->take(thread_)) result_ = WAIT_ABANDONED_0;
    }
  } else {
    const auto found = std::ranges::find_if(objects_, signalled);
    if (found == objects_.end()) return false;
    const bool abandoned = (*found)->take(thread_);
    result_ = (abandoned ? WAIT_ABANDONED_0 : WAIT_OBJECT_0) + static_cast<DWORD>(found - objects_.begin());
  }
  satisfied_ = true;
  done_.notify_one();
  return true;
}

namespace {

/// A waiter stands at its objects as long as this lives.
class Enlisted {
 public:
  Enlisted(const std::vector<std::shared_ptr<Object>>& objects, Waiter* waiter) : objects_(objects), waiter_(waiter) {
    try {
      for (const auto& object : objects_) object->addWaiter(waiter_);
    } catch (...) {
      leave();
      throw;
    }
  }
  ~Enlisted() { leave(); }
  Enlisted(const Enlisted&) = delete;
  Enlisted& operator=(const Enlisted&) = delete;

 private:
  void leave() {
    for (const auto& object : objects_) object->removeWaiter(waiter_);
  }
  const std::vector<std::shared_ptr<Object>>& objects_;
  Waiter* waiter_;
};

}  // namespace

DWORD Waiter::wait(DWORD timeout_ms) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  {
    std::unique_lock lock(dispatcherLock());
    if (!satisfy() && timeout_ms != 0) {
      // Listening begins before the second look: a change made meanwhile by another process is seen or announced.
      const Enlisted enlisted(objects_, this);
      satisfy();
      const auto over = [this] { return satisfied_; };
      if (timeout_ms == INFINITE) {
        done_.wait(lock, over);
      } else {
        done_.wait_until(lock, deadline, over);
      }
    }
    if (!satisfied_) return WAIT_TIMEOUT;
    for (const auto& object : objects_) object->taken();
  }
  rememberOwned(objects_);  // a mutex that this thread owns now is abandoned if the thread ends
  return result_;
}

}  // namespace holdfast::winapi
