// The state machine of resources on their owner (CM §11, §14, §15): brings each to what is wanted, providers first up
// and dependents first down, and decides what a failure leads to.
//
// Every step looks at one resource and its direct neighbours. Counters (providersReady, dependentsUp) carry a change to
// the neighbours, and a queue carries it on, so that the cost of an event is that of the resources it concerns.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <utility>

#include "core/rcm/calls.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"
#include "core/rcm/monitors.h"
#include "core/rcm/publisher.h"
#include "core/rcm/requirements.h"
#include "core/rcm/settings.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

/// How a resource failed.
struct Failure {
  enum class Count : std::uint8_t {
    Counts,           ///< for RestartThreshold (CM §15.2)
    CannotHere,       ///< the DLL reported 127
    CannotAnywhere,   ///< the DLL reported 126
    MonitorOfOthers,  ///< its monitor died through another resource: restarted, also with RestartAction 0 (CM-53)
    NotOpened         ///< Open failed: tried again at the next online (RA P-15)
  };
  Count count = Count::Counts;
  std::string why;
  std::uint32_t status = 0;
  bool terminated = true;
  monitor::OperationId ownTerminate = 0;  ///< of a Terminate that we sent
  Cause cause;
};

/// The end of a monitor, as one of its resources sees it.
struct Loss {
  bool culprit = false;
  bool wasOpening = false;
  bool deadlocked = false;
  bool neverStarted = false;
  std::string text;
  std::uint64_t event = 0;
};

class Machine {
 public:
  Machine(Context& context, Story& story, Publisher& publisher, Monitors& monitors, Homes& homes, Calls& calls,
          Requirements& requirements)
      : context_(context),
        story_(story),
        publisher_(publisher),
        monitors_(monitors),
        homes_(homes),
        calls_(calls),
        requirements_(requirements) {}

  // --- what others change ------------------------------------------------------------------------------------------

  /// The resource may have something to do now.
  void touch(Resource& resource);
  /// Does all that follows. Called once at the end of each method of Rcm.
  void settle();
  /// Something that counters or clients see changed beside the state (place in the order, status values).
  void refresh(Resource& resource);

  /// It is being taken out of the database: counts as Offline from here on.
  void forget(Resource& resource) { become(resource, state::Offline{}); }

  void addRelation(Resource& dependent, Resource& provider);
  void removeRelation(Resource& dependent, Resource& provider);

  /// An administrator's online request reached it: counters cleared, Failed is left as soon as providers allow
  /// (CM §15.1 step 7).
  void startOnRequest(Resource& resource, std::uint64_t requestEvent);
  /// It shall go offline; Failed becomes Offline at once, without a call (RA T19).
  void stopOnRequest(Resource& resource, std::uint64_t requestEvent);
  /// FailClusterResource: the same sequence as a genuine failure (CM-65). Requires: isUp(), not stopping.
  void failOnRequest(Resource& resource, Cause cause);

  /// Opens the instance if it is not there, and does what is wanted then.
  void openInBackground(Resource& resource);
  /// SeparateMonitor changed: an offline resource changes its monitor at once, others at the next online (RA-40, 131).
  void rehome(Resource& resource);

  // --- what monitors report ----------------------------------------------------------------------------------------

  void onStateChanged(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& report);
  /// Its monitor is gone, `home` is None already.
  void onLost(Resource& resource, const Loss& loss);
  /// Taken over from an earlier life of the service as it is: nothing counts, nothing is called.
  void onAdopted(Resource& resource, const monitor::Hello::Instance& instance);

  // --- time --------------------------------------------------------------------------------------------------------

  void onTick();
  Time nextDeadline() const;
  void wakeAt(Time time, const Resource& resource) { timers_.emplace(time, resource.id); }

  /// Resources with anything running or being started.
  std::size_t busy() const { return up_ + preparing_; }

 private:
  void become(Resource& resource, State next);
  void fail(Resource& resource, Failure failure);
  state::Next decide(Resource& resource, const Failure& failure, Attempt attempt);
  state::Next giveUp(const RestartRules& rules, std::string reason) const;
  void tellNext(Resource& resource, const state::Next& next);
  void endRequestsThatWait(Resource& provider);
  void afterTerminate(Resource& resource);

  bool shallRun(const Resource& resource) const;
  bool mayStart(const Resource& resource) const;
  void step(Resource& resource);
  void stepOffline(Resource& resource);
  void stepFailed(Resource& resource, const state::Failed& failed);
  void stepOnline(Resource& resource);
  void tellWaiting(Resource& resource);

  void prepare(Resource& resource, Attempt attempt);
  void continuePreparing(Resource& resource);
  void openForPreparing(Resource& resource);
  void notPrepared(Resource& resource, const std::string& missing);
  void abandonPreparing(Resource& resource);
  void sendOnline(Resource& resource, Attempt attempt);
  void sendOffline(Resource& resource);
  void cancelStarting(Resource& resource);

  void reportedOnline(Resource& resource, monitor::MonitorId monitor);
  void reportedOffline(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& report);
  void reportedPending(Resource& resource, monitor::MonitorId monitor, ResourceState state);
  void reportedFailed(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& report);

  Context& context_;
  Story& story_;
  Publisher& publisher_;
  Monitors& monitors_;
  Homes& homes_;
  Calls& calls_;
  Requirements& requirements_;

  std::deque<ObjectId> queue_;
  std::set<std::pair<Time, ObjectId>> timers_;  ///< one that came to nothing costs an early look
  std::size_t up_ = 0, preparing_ = 0;
};

}  // namespace holdfast::rcm
