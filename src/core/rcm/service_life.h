// The RCM comes up and goes down: adoption of monitors that outlived an earlier service, bringing groups to their
// persistent state, the end of a monitor, and the clean stop.
#pragma once

#include "core/rcm/births_and_deaths.h"
#include "core/rcm/calls.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"
#include "core/rcm/machine.h"
#include "core/rcm/monitors.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

class ServiceLife {
 public:
  ServiceLife(Context& context, Story& story, Monitors& monitors, Homes& homes, Calls& calls, Machine& machine,
              BirthsAndDeaths& births)
      : context_(context),
        story_(story),
        monitors_(monitors),
        homes_(homes),
        calls_(calls),
        machine_(machine),
        births_(births) {}

  /// A monitor says what it hosts. One that nobody started is adopted while adoption lasts, and ended afterwards.
  void onConnected(monitor::MonitorId monitor, const monitor::Hello& hello);
  void onExited(monitor::MonitorId monitor, const monitor::Exited& exit);

  /// Active and all adopted: what has no instance is opened, and what shall be online is brought online.
  void bringUp();

  void beginStop();
  /// The next stage of the stop, if the one before is complete.
  void advanceStop();
  void onTick();
  Time nextDeadline() const { return stopDeadline_; }

 private:
  void adopt(Process& process, const monitor::Hello::Instance& instance);
  void startUp(Resource& resource);
  bool startsByItself(const Group& group) const;
  std::uint64_t tellEnd(const Process& gone, const monitor::Exited& exit);

  Context& context_;
  Story& story_;
  Monitors& monitors_;
  Homes& homes_;
  Calls& calls_;
  Machine& machine_;
  BirthsAndDeaths& births_;

  enum class Stop : std::uint8_t { No, TakingOffline, Closing, Ending };
  Stop stop_ = Stop::No;
  Time stopDeadline_ = kNever;
};

}  // namespace holdfast::rcm
