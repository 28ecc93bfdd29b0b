// Mutexes, which know their owner: a thread of this process or, when named, of another one.
#pragma once

#include <span>

#include "sdk/winapi/stateful_object.h"

namespace holdfast::winapi {

class MutexObject final : public StatefulObject {
 public:
  using StatefulObject::StatefulObject;
  static constexpr SharedKind kKind = SharedKind::Mutex;
  static ObjectState initial(bool owned);

  bool isSignalled(ThreadId thread) override;
  bool take(ThreadId thread) override;
  MutexObject* asMutex() override { return this; }
  void beginListening() override;
  void endListening() override;
  std::shared_ptr<void> heard() override;

  bool ownedBy(ThreadId thread);
  /// False if `thread` does not own it.
  bool release(ThreadId thread);
  /// Its owner `thread` ends.
  void abandon(ThreadId thread);

 private:
  bool ownerLives();
  void watchOwner();
  void unwatchOwner();

  int ownerDescriptor_ = -1;  ///< a pidfd
  SharedOwner watched_{};
};

/// The calling thread may own mutexes among these now: its end is to abandon them.
void rememberOwned(std::span<const std::shared_ptr<Object>> objects);

/// What belongs to the thread and is to end before its mutexes are looked at for the last time calls this first.
void prepareOwned();

/// The calling thread ends: what it owns is abandoned. Called again it does nothing.
void abandonOwned();

}  // namespace holdfast::winapi
