// Events, semaphores and mutexes: an ObjectState in this process or in a named file, and what to do with it.
#pragma once

#include <memory>

#include "sdk/winapi/listener.h"
#include "sdk/winapi/named_file.h"
#include "sdk/winapi/object.h"

namespace holdfast::winapi {

class StatefulObject : public Object, public Hearer {
 public:
  /// With a file, its state; without one, a state of its own that begins as `initial`. Who owns one with a file calls
  /// endListening() before the end.
  StatefulObject(const ObjectState& initial, std::unique_ptr<NamedFile> file);

  SharedState* shared() override { return file_ ? &file_->shared() : nullptr; }
  void beginListening() override;
  void endListening() override;
  std::shared_ptr<void> heard() override;

 protected:
  ObjectState& state() { return file_ ? file_->state() : own_; }
  bool named() const { return file_ != nullptr; }

  /// Changes the state under all locks and tells who waits. `change` returns false when it changed nothing.
  template <class Change>
  bool update(Change&& change) {
    const std::lock_guard lock(dispatcherLock());
    {
      const Guarded guard(*this);
      if (!change(state())) return false;
    }
    stateChanged();
    announce();
    return true;
  }

  /// The state changed, other processes are to look at it.
  void announce();

 private:
  const std::unique_ptr<NamedFile> file_;
  ObjectState own_;
  bool polled_ = false;  ///< the system has no watch left for the file: it is looked at again and again
};

class EventObject final : public StatefulObject {
 public:
  using StatefulObject::StatefulObject;
  static constexpr SharedKind kKind = SharedKind::Event;
  static ObjectState initial(bool manualReset, bool set);
  bool isSignalled(ThreadId) override { return state().count != 0; }
  bool take(ThreadId) override;
  void set(bool on);
};

class SemaphoreObject final : public StatefulObject {
 public:
  using StatefulObject::StatefulObject;
  static constexpr SharedKind kKind = SharedKind::Semaphore;
  static ObjectState initial(LONG count, LONG maximum);
  bool isSignalled(ThreadId) override { return state().count > 0; }
  bool take(ThreadId) override;
  /// False past the maximum; nothing is changed then.
  bool release(LONG count, LONG& previous);
};

}  // namespace holdfast::winapi
