// Threads as dispatcher objects.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "sdk/winapi/object.h"

namespace holdfast::winapi {

class ThreadObject final : public Object {
 public:
  /// Of the calling thread: one that CreateThread made, or one of the program's own.
  static std::shared_ptr<ThreadObject> current();

  bool isSignalled(ThreadId) override { return ended_; }
  void end(DWORD exitCode);
  DWORD exitCode();

  ThreadId id() const { return id_; }
  void setId(ThreadId id) { id_ = id; }

  /// For CREATE_SUSPENDED: the thread stands at the gate until somebody opens it.
  void standAtGate();
  /// True if it was closed.
  bool openGate();
  void closeGate() { gateOpen_ = false; }

 private:
  bool ended_ = false;
  DWORD exitCode_ = STILL_ACTIVE;
  std::atomic<ThreadId> id_{0};
  std::mutex gate_;
  std::condition_variable opened_;
  bool gateOpen_ = true;
};

}  // namespace holdfast::winapi
