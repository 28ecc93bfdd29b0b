// What monitors report, and what the end of a monitor means for a resource.
#include <string>
#include <utility>

#include "core/properties/status.h"
#include "core/rcm/limits.h"
#include "core/rcm/machine.h"

namespace holdfast::rcm {
namespace {

std::string inWords(const monitor::StateChanged& report) {
  const std::string code = report.status == 0 ? "" : " (status " + std::to_string(report.status) + ")";
  switch (report.reason) {
    case monitor::Reason::EntryPointError:
      return "an entry point returned an error" + code;
    case monitor::Reason::Reported:
      return "its DLL reported a failure" + code;
    case monitor::Reason::PendingTimeout:
      return "no progress within PendingTimeout" + code;
    case monitor::Reason::IsAlive:
      return "IsAlive returned FALSE" + code;
    case monitor::Reason::Signalled:
      return "its DLL signalled a failure" + code;
    case monitor::Reason::Terminated:
      return "it was terminated" + code;
    case monitor::Reason::Requested:
      return "the operation asked for failed" + code;
  }
  return "it failed" + code;
}

}  // namespace

void Machine::onStateChanged(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& report) {
  const bool again = std::holds_alternative<state::Failing>(resource.state);  // the second word of one failure
  const bool ends = report.state == ResourceState::Online || report.state == ResourceState::Offline ||
                    report.state == ResourceState::Failed;
  if (ends && !again) resource.resourceSpecific = report.resourceSpecific;  // RA-75
  switch (report.state) {
    case ResourceState::Online:
      return reportedOnline(resource, monitor);
    case ResourceState::Offline:
      return reportedOffline(resource, monitor, report);
    case ResourceState::Failed:
      return reportedFailed(resource, monitor, report);
    case ResourceState::OnlinePending:
    case ResourceState::OfflinePending:
      return reportedPending(resource, monitor, report.state);
    case ResourceState::Unknown:
    case ResourceState::Inherited:
    case ResourceState::Initializing:
    case ResourceState::Pending:
      return;
  }
}

void Machine::reportedPending(Resource& resource, monitor::MonitorId monitor, ResourceState pending) {
  if (auto* starting = std::get_if<state::Starting>(&resource.state);
      starting && pending == ResourceState::OnlinePending && starting->shown != pending) {
    starting->shown = pending;
    story_.tell(resource,
                {"online-pending", "Online goes on", ClusterEvent::Level::Information, event::kStateTransition},
                report(monitor, "Online returned pending"));
  } else if (auto* stopping = std::get_if<state::Stopping>(&resource.state);
             stopping && pending == ResourceState::OfflinePending && stopping->shown != pending) {
    stopping->shown = pending;
    story_.tell(resource,
                {"offline-pending", "Offline goes on", ClusterEvent::Level::Information, event::kStateTransition},
                report(monitor, "Offline returned pending"));
  } else {
    return;
  }
  refresh(resource);
}

void Machine::reportedOnline(Resource& resource, monitor::MonitorId monitor) {
  if (!std::holds_alternative<state::Starting>(resource.state)) return;  // overtaken by a cancel or a failure
  resource.asked = false;
  resource.lastStatus = 0;
  story_.tell(resource, {"online", "is online", ClusterEvent::Level::Information, event::kStateTransition},
              report(monitor, "Online succeeded"));
  become(resource, state::Online{context_.now});
}

void Machine::reportedOffline(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& changed) {
  const auto* stopping = std::get_if<state::Stopping>(&resource.state);
  const bool starting = std::holds_alternative<state::Starting>(resource.state);
  if (!stopping && !starting) return;
  resource.lastStatus = stopping && stopping->cancelled ? status::kCancelled : changed.status;
  story_.tell(resource, {"offline", "is offline", ClusterEvent::Level::Information, event::kStateTransition},
              report(monitor, "it ended"));
  become(resource, state::Offline{});
}

void Machine::reportedFailed(Resource& resource, monitor::MonitorId monitor, const monitor::StateChanged& changed) {
  if (std::holds_alternative<state::Failing>(resource.state)) {
    if (changed.terminated) {
      story_.tell(resource, {"terminated", "Terminate has returned"}, report(monitor, "Terminate returned"));
      afterTerminate(resource);
    }
    return;
  }
  if (const auto* stopping = std::get_if<state::Stopping>(&resource.state)) {
    // RA T17: where an offline was asked for, a failure on the way ends in Offline, once all is terminated.
    if (!changed.terminated) return;
    resource.lastStatus = stopping->cancelled ? status::kCancelled : changed.status;
    story_.tell(resource, {"offline", "is offline; " + inWords(changed), ClusterEvent::Level::Warning},
                report(monitor, inWords(changed)));
    return become(resource, state::Offline{});
  }
  if (!isUp(resource.state)) return;  // known already
  resource.lastStatus = changed.status;
  Failure failure;
  failure.count = changed.cannotComeOnlineAnywhere ? Failure::Count::CannotAnywhere
                  : changed.cannotComeOnlineHere   ? Failure::Count::CannotHere
                                                   : Failure::Count::Counts;
  failure.why = inWords(changed);
  failure.status = changed.status;
  failure.terminated = changed.terminated;
  failure.cause = report(monitor, failure.why);
  fail(resource, std::move(failure));
}

void Machine::onLost(Resource& resource, const Loss& loss) {
  if (loss.culprit) {
    resource.isolatedUntil = context_.now + kIsolationPeriods * restartRules(context_.durable, resource.id).period;
  }
  if (resource.creating || resource.deleting) return;  // who creates or deletes it goes on by itself
  const bool wasPreparing = std::holds_alternative<state::Preparing>(resource.state);
  const bool itself = loss.culprit || (loss.neverStarted && resource.wanted);
  resource.lead = loss.event;
  if (std::holds_alternative<state::Failing>(resource.state)) {
    afterTerminate(resource);  // nothing of it is left
  } else if (std::holds_alternative<state::Stopping>(resource.state)) {
    story_.tell(resource, {"offline", "is offline: its monitor ended"}, policy(loss.text));
    become(resource, state::Offline{});
  } else if (isUp(resource.state) || (itself && (loss.wasOpening || wasPreparing))) {
    Failure failure;
    failure.count = itself ? Failure::Count::Counts : Failure::Count::MonitorOfOthers;
    failure.why = itself ? loss.text : "its monitor ended through no fault of its own";
    failure.status = loss.deadlocked     ? status::kTimeout
                     : loss.neverStarted ? status::kResmonCreateFailed
                                         : status::kResmonInvalidState;
    failure.cause = policy(loss.text, loss.event);
    if (itself) resource.lastStatus = failure.status;
    fail(resource, std::move(failure));
  }
  refresh(resource);
  touch(resource);
  if (context_.stopping || !context_.active) return;  // without a quorum no monitor is started
  if (std::holds_alternative<state::Preparing>(resource.state)) return openForPreparing(resource);
  // A culprit is opened by its next attempt: opening it at once might kill the next monitor before its delay is over.
  if (!loss.culprit && !loss.neverStarted) openInBackground(resource);
}

void Machine::onAdopted(Resource& resource, const monitor::Hello::Instance& instance) {
  story_.tell(resource, {"adopted", "goes on as it was"}, start("its monitor outlived the service"));
  switch (instance.state) {
    case ResourceState::Online:
      return become(resource, state::Online{context_.now});
    case ResourceState::OnlinePending: {
      state::Starting starting;
      starting.operation = instance.pendingOperation;
      starting.shown = instance.state;
      return become(resource, starting);
    }
    case ResourceState::OfflinePending: {
      state::Stopping stopping;
      stopping.operation = instance.pendingOperation;
      stopping.shown = instance.state;
      return become(resource, stopping);
    }
    case ResourceState::Failed: {
      // What the former service had planned is not known: one restart that counts nothing, or nothing with action 0.
      const RestartRules rules = restartRules(context_.durable, resource.id);
      state::Failed failed;
      failed.since = context_.now;
      failed.why = "it had failed before the service started";
      if (rules.action != 0) {
        failed.next = {state::Next::Kind::Restart, context_.now + rules.delay, "restart in " + inWords(rules.delay)};
      }
      resource.lastStatus = instance.status;
      if (instance.terminated) return become(resource, std::move(failed));
      return become(resource, state::Failing{std::move(failed), 0});
    }
    case ResourceState::Unknown:
    case ResourceState::Inherited:
    case ResourceState::Initializing:
    case ResourceState::Offline:
    case ResourceState::Pending:
      return become(resource, state::Offline{});
  }
}

}  // namespace holdfast::rcm
