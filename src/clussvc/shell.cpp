#include "clussvc/shell.h"

#include <fmt/format.h>

#include <algorithm>

#include "clussvc/chance.h"
#include "clussvc/error_codes.h"
#include "clussvc/log/event_line.h"

namespace holdfast::clussvc {

Shell::Shell(boost::asio::io_context& loop, Identity identity, log::ClusterLog& log)
    : identity_(std::move(identity)),
      log_(log),
      timer_(loop, [this] { give(core::Tick{}); }),
      client_(randomNumber()) {}

Shell::~Shell() = default;

void Shell::give(core::Event event) {
  if (stopped_) return;
  events_.push_back(std::move(event));
  if (stepping_) return;
  stepping_ = true;
  core::Effects effects;
  while (!events_.empty() && !stopped_) {
    const core::Event next = std::move(events_.front());
    events_.pop_front();
    const Time before = now();
    parts_.core->step(next, before, effects);
    obey(effects);
    effects.clear();
    runWaiters();
    longestStep_ = std::max(longestStep_, now() - before);
  }
  stepping_ = false;
  timer_.arm(stopped_ ? kNever : parts_.core->nextDeadline());
}

/// The order of this function is the safety argument:
///  1. What a step promises goes to the store before anything else leaves. The store executes in order and answers by
///     StoreDone; whatever depends on the disk (a Promise, an Ack, a commit) is made by core in the step of *that*
///     event (GUM-3), so nothing sent below claims more than is on disk. Handing over first means further that no
///     message or command of this step can overtake, in any later step, a persist that was decided before it.
///  2. Then messages and commands to monitors: they act on what is committed, which is on a quorum of disks.
///  3. Then answers: a client hears "done" only after everything that makes it true has been handed on, and a reader
///     who hears it finds it in the view, which this step has changed already.
///  4. Then what merely informs. A listener may submit or ask; that waits in `events_` until this step is obeyed whole.
void Shell::obey(core::Effects& effects) {
  for (gum::Persist& persist : effects.persist) parts_.store->submit(std::move(persist));

  for (gum::Message& message : effects.send) parts_.engine->send(std::move(message));
  // The lease before the commands: what a new monitor is told to run, it may run.
  if (effects.leaseHeld != leaseHeld_) {
    leaseHeld_ = effects.leaseHeld;
    parts_.monitors->setLease(leaseHeld_);
  }
  for (const auto& effect : effects.monitors) {
    if (const auto* start = std::get_if<core::StartMonitor>(&effect)) parts_.monitors->start(*start);
    if (const auto* kill = std::get_if<core::KillMonitor>(&effect)) parts_.monitors->kill(*kill);
    if (const auto* command = std::get_if<core::MonitorCommand>(&effect)) parts_.monitors->command(*command);
  }

  for (const Answer& done : effects.answers) answer(done);

  for (const ClusterEvent& event : effects.events) {
    log_.write(log::levelOf(event), "cluster", log::eventLine(event, view()));
    tell(eventListeners_, event);
  }
  for (const Notification& notification : effects.notifications) tell(notificationListeners_, notification);

  if (effects.stopped) {
    stopped_ = true;
    events_.clear();
    refuseAllWaiting();
    if (onStopped_) onStopped_();
  }
}

void Shell::submit(Operation operation, Cause cause, OnAnswer onAnswer) {
  const RequestId id{client_, nextRequest_++};
  waiting_.emplace(id, std::move(onAnswer));
  if (stopped_) return refuseAllWaiting();
  give(core::Request{id, std::move(operation), std::move(cause)});
}

void Shell::answer(const Answer& answer) {
  const auto found = waiting_.find(answer.request);
  if (found == waiting_.end()) return;
  const OnAnswer onAnswer = std::move(found->second);
  waiting_.erase(found);
  onAnswer(answer);
}

void Shell::refuseAllWaiting() {
  while (!waiting_.empty()) {
    Answer refusal;
    refusal.request = waiting_.begin()->first;
    refusal.status = {code::kNodeShuttingDown, "the Cluster service on this node has stopped",
                      "start it, and ask again"};
    answer(refusal);
  }
}

void Shell::whenApplied(std::uint64_t tag, std::function<void()> then) {
  if (view().cluster().tag >= tag) return then();
  waiters_.emplace(tag, std::move(then));
}

void Shell::runWaiters() {
  if (waiters_.empty()) return;
  const std::uint64_t tag = view().cluster().tag;
  while (!waiters_.empty() && waiters_.begin()->first <= tag) {
    const auto then = std::move(waiters_.begin()->second);
    waiters_.erase(waiters_.begin());
    then();
  }
}

Service::Token Shell::onNotification(std::function<void(const Notification&)> listener) {
  auto token = std::make_shared<std::function<void(const Notification&)>>(std::move(listener));
  notificationListeners_.push_back(token);
  return token;
}

Service::Token Shell::onEvent(std::function<void(const ClusterEvent&)> listener) {
  auto token = std::make_shared<std::function<void(const ClusterEvent&)>>(std::move(listener));
  eventListeners_.push_back(token);
  return token;
}

template <class Value>
void Shell::tell(Listeners<Value>& listeners, const Value& value) {
  std::erase_if(listeners, [](const auto& listener) { return listener.expired(); });
  // A copy: a listener may add or drop listeners.
  const Listeners<Value> present = listeners;
  for (const auto& weak : present)
    if (const auto listener = weak.lock()) (*listener)(value);
}

std::string Shell::newGuid() { return randomGuid(); }

Duration Shell::takeLongestStep() { return std::exchange(longestStep_, Duration{}); }

}  // namespace holdfast::clussvc
