#include "sdk/winapi/mutex_object.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <vector>

#include "sdk/winapi/process_identity.h"

namespace holdfast::winapi {
namespace {

/// Keeps stores in the order in which they are written: a process may be killed between them.
void inOrder() { std::atomic_signal_fence(std::memory_order_seq_cst); }

/// The mutexes of a thread, for its end. Weak: a mutex whose handles are all closed is gone, owned or not.
struct Owned {
  std::vector<std::weak_ptr<Object>> mutexes;
  ~Owned() { abandon(); }
  void abandon() {
    for (auto& weak : std::exchange(mutexes, {})) {
      if (const auto object = weak.lock()) object->asMutex()->abandon(currentThread());
    }
  }
};
thread_local Owned owned;

}  // namespace

ObjectState MutexObject::initial(bool isOwned) {
  ObjectState state{};
  if (!isOwned) return state;
  state.owner = {ownProcess().process, currentThread(), ownProcess().processStart};
  state.count = 1;
  return state;
}

bool MutexObject::ownedBy(ThreadId thread) {
  const SharedOwner& owner = state().owner;
  return state().count > 0 && owner.thread == thread && owner.process == ownProcess().process;
}

bool MutexObject::ownerLives() {
  const SharedOwner& owner = state().owner;
  return owner.process == ownProcess().process || processLives(owner.process, owner.processStart);
}

bool MutexObject::isSignalled(ThreadId thread) {
  return state().count == 0 || ownedBy(thread) || (named() && !ownerLives());
}

bool MutexObject::take(ThreadId thread) {
  ObjectState& now = state();
  if (ownedBy(thread)) {
    if (now.count < std::numeric_limits<std::int32_t>::max()) ++now.count;
    return false;
  }
  const bool abandoned = now.count != 0 || now.abandoned != 0;
  if (now.count != 0) {
    now.abandoned = 1;  // the owner was killed; were this process killed too, the next one is still to be told
    inOrder();
    now.count = 0;
    inOrder();
  }
  now.owner = {ownProcess().process, thread, ownProcess().processStart};
  inOrder();
  now.count = 1;
  inOrder();
  now.abandoned = 0;
  announce();
  return abandoned;
}

bool MutexObject::release(ThreadId thread) {
  const std::lock_guard lock(dispatcherLock());
  {
    const Guarded guard(*this);
    if (!ownedBy(thread)) return false;
    if (--state().count > 0) return true;
  }
  stateChanged();
  announce();
  return true;
}

void MutexObject::abandon(ThreadId thread) {
  const std::lock_guard lock(dispatcherLock());
  {
    const Guarded guard(*this);
    if (!ownedBy(thread)) return;
    state().abandoned = 1;
    inOrder();
    state().count = 0;
  }
  stateChanged();
  announce();
}

void MutexObject::beginListening() {
  StatefulObject::beginListening();
  if (!named()) return;
  const Guarded guard(*this);
  watchOwner();
}

void MutexObject::endListening() {
  unwatchOwner();
  StatefulObject::endListening();
}

std::shared_ptr<void> MutexObject::heard() {
  auto released = StatefulObject::heard();
  if (named() && cared()) {
    const Guarded guard(*this);
    watchOwner();
  }
  return released;
}

void MutexObject::watchOwner() {
  const SharedOwner owner = state().owner;
  const bool elsewhere = state().count > 0 && owner.process != ownProcess().process;
  if (elsewhere && ownerDescriptor_ >= 0 && watched_.process == owner.process &&
      watched_.processStart == owner.processStart) {
    return;
  }
  unwatchOwner();
  if (!elsewhere) return;
  const int descriptor = openProcess(owner.process);
  if (descriptor < 0) return;  // it has ended: the look that follows finds the mutex abandoned
  ownerDescriptor_ = descriptor;
  watched_ = owner;
  Listener::instance().addDescriptor(descriptor, this);
}

void MutexObject::unwatchOwner() {
  if (ownerDescriptor_ < 0) return;
  Listener::instance().removeDescriptor(ownerDescriptor_);
  close(ownerDescriptor_);
  ownerDescriptor_ = -1;
}

void rememberOwned(std::span<const std::shared_ptr<Object>> objects) {
  std::vector<std::weak_ptr<Object>>& mutexes = owned.mutexes;
  for (const auto& object : objects) {
    MutexObject* mutex = object->asMutex();
    if (mutex == nullptr) continue;
    {
      const std::lock_guard lock(dispatcherLock());
      const Guarded guard(*mutex);
      if (!mutex->ownedBy(currentThread())) continue;
    }
    std::erase_if(mutexes, [](const auto& weak) { return weak.expired(); });
    const auto same = [&object](const auto& weak) { return weak.lock() == object; };
    if (std::ranges::none_of(mutexes, same)) mutexes.push_back(object);
  }
}

void prepareOwned() { owned.mutexes.reserve(1); }

void abandonOwned() { owned.abandon(); }

}  // namespace holdfast::winapi
