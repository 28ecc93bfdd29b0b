#include "clussvc/clock.h"

#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace holdfast::clussvc {

Time bootTime() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return Time(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

WallTime wallTimeOf(Time time) {
  timespec wall{};
  ::clock_gettime(CLOCK_REALTIME, &wall);
  const WallTime now(std::chrono::seconds(wall.tv_sec) + std::chrono::nanoseconds(wall.tv_nsec));
  return now - (bootTime() - time);
}

BootTimer::BootTimer(boost::asio::io_context& loop, std::function<void()> onTime)
    : descriptor_(loop), onTime_(std::move(onTime)) {
  const int descriptor = ::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "timerfd_create");
  descriptor_.assign(descriptor);
  wait();
}

BootTimer::~BootTimer() = default;

void BootTimer::arm(Time time) {
  if (time == armed_) return;
  armed_ = time;
  itimerspec at{};
  if (time != kNever) {
    // Zero would disarm.
    const auto sinceBoot = std::max(time.time_since_epoch(), Duration(1));
    at.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(sinceBoot).count();
    at.it_value.tv_nsec = (sinceBoot % std::chrono::seconds(1)).count();
  }
  ::timerfd_settime(descriptor_.native_handle(), TFD_TIMER_ABSTIME, &at, nullptr);
}

void BootTimer::wait() {
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code error) {
    if (error) return;  // the timer is gone
    std::uint64_t expirations = 0;
    const bool reached = ::read(descriptor_.native_handle(), &expirations, sizeof expirations) > 0;
    wait();
    if (!reached) return;
    armed_ = kNever;
    onTime_();
  });
}

}  // namespace holdfast::clussvc
