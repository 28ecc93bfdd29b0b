// Waitable timers.
#pragma once

#include "sdk/winapi/listener.h"
#include "sdk/winapi/object.h"

namespace holdfast::winapi {

class TimerObject final : public Object, public Hearer {
 public:
  explicit TimerObject(bool manualReset) : manualReset_(manualReset) {}
  ~TimerObject() override;

  bool isSignalled(ThreadId) override { return set_; }
  bool take(ThreadId) override;
  std::shared_ptr<void> heard() override;

  /// Not set until `due`, then again every `period`, 0 for never.
  void start(Listener::Time due, std::chrono::milliseconds period);
  void cancel();

 private:
  const bool manualReset_;
  bool set_ = false;
  Listener::Time due_{};
  std::chrono::milliseconds period_{};
};

}  // namespace holdfast::winapi
