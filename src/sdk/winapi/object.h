// Dispatcher objects: what can be waited for. One kind of object with two homes: its state lies in this process, or,
// when it has a name, in a file that processes of the node share (named_object.h).
//
// One lock of the process (dispatcherLock) guards all states and waiters; it is held for moments only, never while
// waiting. A change of state satisfies waiters in the order in which they began to wait, on their behalf, so that
// taking all objects of a wait is one step.
#pragma once

#include <windows.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace holdfast::winapi {

class MutexObject;
class Waiter;

/// The lock over every dispatcher object of this process.
std::mutex& dispatcherLock();

/// A thread, as owner of mutexes: its number in the system.
using ThreadId = std::uint32_t;
ThreadId currentThread();

/// A state that other processes share is locked against them while it is looked at or changed.
class SharedState;

class Object {
 public:
  Object() = default;
  virtual ~Object();
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // All of these: with the dispatcher lock, and with the shared state locked where there is one (Guarded).

  /// A wait of `thread` would end now.
  virtual bool isSignalled(ThreadId thread) = 0;
  /// Takes what a wait takes. Requires isSignalled. Returns true if the object is an abandoned mutex.
  virtual bool take(ThreadId thread) {
    static_cast<void>(thread);
    return false;
  }
  /// The state that other processes share, or null.
  virtual SharedState* shared() { return nullptr; }

  // With the dispatcher lock only:

  /// Somebody in this process begins (ends) to care for changes that the object itself does not announce: a change
  /// made by another process, a process that ends, a time that comes.
  virtual void beginListening() {}
  virtual void endListening() {}

  virtual MutexObject* asMutex() { return nullptr; }

  /// A descriptor that is readable while the object is signalled (host.h), or -1.
  virtual int watchDescriptor();

  /// After a change of state: lets waiters go that can, and brings the watch descriptor up to date.
  void stateChanged();

  /// After a wait took the object, which lets nobody else go.
  void taken();

  void addWaiter(Waiter* waiter);
  void removeWaiter(Waiter* waiter);
  bool cared() const { return !waiters_.empty() || shadow_ >= 0; }

 private:
  void refreshShadow();

  std::vector<Waiter*> waiters_;
  int shadow_ = -1;  ///< an eventfd
  bool shadowSet_ = false;
};

/// Locks what the objects share with other processes, in one order for all processes, as long as it lives.
class Guarded {
 public:
  explicit Guarded(std::span<const std::shared_ptr<Object>> objects);
  explicit Guarded(Object& object);
  ~Guarded();
  Guarded(const Guarded&) = delete;
  Guarded& operator=(const Guarded&) = delete;

 private:
  std::vector<SharedState*> locked_;
};

/// One wait of one thread.
class Waiter {
 public:
  Waiter(std::vector<std::shared_ptr<Object>> objects, bool all) : objects_(std::move(objects)), all_(all) {}

  /// Waits at most so long. Returns what WaitForMultipleObjects returns.
  DWORD wait(DWORD timeout_ms);

  /// With the dispatcher lock: ends the wait if it can end now.
  bool satisfy();

 private:
  const std::vector<std::shared_ptr<Object>> objects_;
  const bool all_;
  const ThreadId thread_ = currentThread();
  std::condition_variable done_;
  DWORD result_ = WAIT_TIMEOUT;
  bool satisfied_ = false;
};

}  // namespace holdfast::winapi
