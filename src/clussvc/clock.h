// The daemon's time: CLOCK_BOOTTIME, which goes on while the machine sleeps, so that leases and deadlines are over when
// it wakes.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>

#include "core/base/types.h"

namespace holdfast::clussvc {

Time bootTime();

/// The wall-clock time of `time`, by the present difference of the two clocks.
WallTime wallTimeOf(Time time);

/// Calls back on the loop when a point of CLOCK_BOOTTIME is reached.
class BootTimer {
 public:
  BootTimer(boost::asio::io_context& loop, std::function<void()> onTime);
  ~BootTimer();
  BootTimer(const BootTimer&) = delete;
  BootTimer& operator=(const BootTimer&) = delete;

  /// Replaces what was armed before; kNever disarms. A time that has passed is reached at once, but from the loop.
  void arm(Time time);

 private:
  void wait();

  boost::asio::posix::stream_descriptor descriptor_;
  std::function<void()> onTime_;
  Time armed_ = kNever;
};

}  // namespace holdfast::clussvc
