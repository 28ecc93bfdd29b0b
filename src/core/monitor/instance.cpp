#include "core/monitor/instance.h"

#include <algorithm>
#include <utility>

#include "core/monitor/codes.h"

namespace holdfast::monitor {

namespace {

// Spreads the polls of instances that came online together over a tenth of their interval (L9).
double spreadOf(InstanceId id) { return static_cast<double>((id * 0x9E3779B97F4A7C15u) >> 40) / 16777216.0; }

constexpr std::uint32_t bit(EntryPoint entry) { return 1u << static_cast<unsigned>(entry); }

std::string failedText(EntryPoint entry, std::uint32_t code) {
  return std::string(entryPointName(entry)) + " returned error " + std::to_string(code);
}

}  // namespace

bool endsOperation(std::int32_t state) {
  return state == static_cast<std::int32_t>(ResourceState::Online) ||
         state == static_cast<std::int32_t>(ResourceState::Offline) ||
         state == static_cast<std::int32_t>(ResourceState::Failed) || state == kCannotComeOnlineAnywhere ||
         state == kCannotComeOnlineHere;
}

PollSchedule::Intervals InstanceMachine::intervals() const {
  return {std::chrono::milliseconds(std::max(settings_.looksAlive_ms, 1u)),
          std::chrono::milliseconds(std::max(settings_.isAlive_ms, 1u))};
}

void InstanceMachine::change(const Settings& settings) {
  settings_ = settings;
  if (auto* running = std::get_if<Running>(&phase_)) running->polls.change(intervals());
}

OperationId InstanceMachine::pendingOperation() const {
  if (const auto* operating = std::get_if<Operating>(&phase_)) {
    if (operating->cancelledBy != 0) return operating->cancelledBy;
    return operating->operations.empty() ? 0 : operating->operations.back();
  }
  if (const auto* terminating = std::get_if<Terminating>(&phase_)) {
    if (terminating->thenOnline != 0) return terminating->thenOnline;
    return terminating->operations.empty() ? 0 : terminating->operations.back();
  }
  return 0;
}

void InstanceMachine::enter(EntryPoint entry, Actions& out, bool first) {
  inFlight_ |= bit(entry);
  out.push_back(Enter{entry, serial_, first});
}

StateChanged InstanceMachine::change(ResourceState state, Reason reason, std::uint32_t status) const {
  StateChanged change;
  change.instance = id_;
  change.state = state;
  change.reason = reason;
  change.status = status;
  return change;
}

void InstanceMachine::tell(StateChanged change, const std::vector<OperationId>& operations, Actions& out) {
  state_ = change.state;
  status_ = change.status;
  if (operations.empty()) out.push_back(Report(change));
  for (const auto operation : operations) {
    change.operation = operation;
    out.push_back(Report(change));
  }
}

void InstanceMachine::begin(bool toOnline, std::vector<OperationId> operations, Time now, Actions& out) {
  ++serial_;
  Operating operating;
  operating.toOnline = toOnline;
  operating.operations = std::move(operations);
  operating.showPendingAt = now + kPendingShown;
  phase_ = std::move(operating);
  enter(toOnline ? EntryPoint::Online : EntryPoint::Offline, out);
}

// --- what the service asks -------------------------------------------------------------------------------------------

void InstanceMachine::online(OperationId operation, Time now, Actions& out) {
  if (std::holds_alternative<Idle>(phase_)) return begin(true, {operation}, now, out);
  if (auto* operating = std::get_if<Operating>(&phase_); operating && operating->toOnline) {
    operating->operations.push_back(operation);  // N7: the running operation counts for both
    return;
  }
  if (auto* terminating = std::get_if<Terminating>(&phase_)) {
    terminating->thenOnline = operation;  // RA-45
    return;
  }
  tell(change(state_, Reason::Requested, status_), {operation}, out);
}

void InstanceMachine::offline(OperationId operation, Time now, Actions& out) {
  if (std::holds_alternative<Running>(phase_)) {
    stopPolling(out);  // L1
    return begin(false, {operation}, now, out);
  }
  if (auto* operating = std::get_if<Operating>(&phase_); operating && !operating->toOnline) {
    operating->operations.push_back(operation);
    return;
  }
  terminate(operation, false, now, out);  // T8, T19
}

void InstanceMachine::terminate(OperationId operation, bool asFailed, Time now, Actions& out) {
  const auto endState = asFailed ? ResourceState::Failed : ResourceState::Offline;
  if (auto* terminating = std::get_if<Terminating>(&phase_)) {  // P-13: merged
    terminating->operations.push_back(operation);
    if (terminating->thenOnline != 0) terminating->operations.push_back(std::exchange(terminating->thenOnline, 0));
    terminating->end.state = endState;
    return;
  }
  if (auto* operating = std::get_if<Operating>(&phase_)) {
    if (!asFailed && operating->toOnline && canCancel_ && operating->cancelledBy == 0) {
      operating->cancelledBy = operation;
      operating->cancelUntil = now + kCancelPatience;
      tell(change(ResourceState::OfflinePending, Reason::Terminated, 0), {operation}, out);
      if (inFlight(EntryPoint::Online)) out.push_back(Withdraw{EntryPoint::Online});
      return enter(EntryPoint::Cancel, out, true);
    }
    auto operations = std::move(operating->operations);
    operations.push_back(operation);
    if (operating->cancelledBy != 0) operations.push_back(operating->cancelledBy);
    if (asFailed) return fail(change(endState, Reason::Terminated, kResourceFailed), std::move(operations), out);
    return endAsAsked(std::move(operations), out);
  }
  if (std::holds_alternative<Running>(phase_)) {
    if (asFailed) return fail(change(endState, Reason::Terminated, kResourceFailed), {operation}, out);
    tell(change(ResourceState::OfflinePending, Reason::Terminated, 0), {operation}, out);
    return beginTerminate(change(endState, Reason::Terminated, 0), {operation}, out);
  }
  StateChanged nothingRan = change(endState, Reason::Requested, asFailed ? kResourceFailed : kSuccess);
  nothingRan.terminated = true;
  tell(nothingRan, {operation}, out);
}

// T8: no failure.
void InstanceMachine::endAsAsked(std::vector<OperationId> operations, Actions& out) {
  tell(change(ResourceState::OfflinePending, Reason::Terminated, kCancelled), operations, out);
  beginTerminate(change(ResourceState::Offline, Reason::Terminated, kCancelled), std::move(operations), out);
}

void InstanceMachine::close(Time, Actions& out) {
  closeAsked_ = true;
  if (std::holds_alternative<Idle>(phase_)) return beginClose(out);
  if (auto* operating = std::get_if<Operating>(&phase_)) return endAsAsked(std::move(operating->operations), out);
  if (std::holds_alternative<Running>(phase_)) {
    beginTerminate(change(ResourceState::Offline, Reason::Terminated, 0), {}, out);
  }
}

// What close() does is all of it: here, too, Terminate comes first where something may run, and Cancel is not tried.
void InstanceMachine::runDown(Time now, Actions& out) { close(now, out); }

void InstanceMachine::beginClose(Actions& out) {
  phase_ = Closing{};
  enter(EntryPoint::Close, out);
}

// --- what happens ----------------------------------------------------------------------------------------------------

void InstanceMachine::returned(const Returned& returned, Time now, Actions& out) {
  inFlight_ &= ~bit(returned.entry);
  switch (returned.entry) {
    case EntryPoint::Online:
    case EntryPoint::Offline:
      operationReturned(returned, now, out);
      break;
    case EntryPoint::LooksAlive:
    case EntryPoint::IsAlive:
      pollReturned(returned, now, out);
      break;
    case EntryPoint::Terminate:
      if (auto* terminating = std::get_if<Terminating>(&phase_)) terminating->returned = true;
      break;
    case EntryPoint::Close:
      phase_ = Closed{};
      out.push_back(Report(monitor::Closed{id_}));
      return;
    default:
      break;  // Cancel changes no state by itself (§5.16)
  }
  endTerminate(now, out);
}

void InstanceMachine::withdrawn(EntryPoint entry, Time now, Actions& out) {
  inFlight_ &= ~bit(entry);
  auto* operating = std::get_if<Operating>(&phase_);
  if (operating && entry == EntryPoint::Online) {  // cancelled before it was entered
    auto operations = std::move(operating->operations);
    operations.push_back(operating->cancelledBy);
    return endAsAsked(std::move(operations), out);
  }
  endTerminate(now, out);
}

void InstanceMachine::showPending(Operating& operating, Actions& out) {
  if (operating.showPendingAt == kNever && !operating.pending) return;
  operating.showPendingAt = kNever;
  const auto state = operating.toOnline ? ResourceState::OnlinePending : ResourceState::OfflinePending;
  if (state_ != state && operating.cancelledBy == 0) {
    tell(change(state, Reason::Requested, 0), operating.operations, out);
  }
}

void InstanceMachine::operationReturned(const Returned& returned, Time now, Actions& out) {
  const bool isOnline = returned.entry == EntryPoint::Online;
  if (auto* terminating = std::get_if<Terminating>(&phase_)) {
    // An Online that comes through after its Terminate may have started something: it is ended again.
    const bool started = isOnline && (returned.result == kSuccess || returned.result == kIoPending);
    if (started && terminating->returned) {
      terminating->returned = false;
      enter(EntryPoint::Terminate, out);
    }
    return;
  }
  auto* operating = std::get_if<Operating>(&phase_);
  if (!operating || operating->toOnline != isOnline) return;
  if (returned.result == kIoPending) {
    operating->pending = true;
    operating->handle = operating->handle || returned.handle;
    showPending(*operating, out);
    operating->gap.begin(settings_, now);
    const auto early = std::exchange(operating->early, {});
    for (const auto& report : early) {
      if (std::holds_alternative<Operating>(phase_)) applyReport(report, now, out);
    }
    return;
  }
  StatusReport end;
  end.handle = returned.handle;
  if (returned.result == kSuccess) {
    end.state = static_cast<std::int32_t>(isOnline ? ResourceState::Online : ResourceState::Offline);
    return operationEnded(end, now, out);
  }
  out.push_back(Note{Note::Level::Error, failedText(returned.entry, returned.result)});
  auto operations = std::move(operating->operations);
  if (operating->cancelledBy != 0) {  // RA-212
    operations.push_back(operating->cancelledBy);
    return endAsAsked(std::move(operations), out);
  }
  const auto why =
      change(isOnline ? ResourceState::Failed : ResourceState::Offline, Reason::EntryPointError, returned.result);
  if (isOnline) return fail(why, std::move(operations), out);  // T7
  beginTerminate(why, std::move(operations), out);             // T17
}

void InstanceMachine::reported(const StatusReport& report, Time now, Actions& out) {
  auto* operating = std::get_if<Operating>(&phase_);
  if (!operating || report.serial != serial_) return;  // P-12
  if (operating->pending) return applyReport(report, now, out);
  // P-11: held until the call returns. Of those that are progress only, the newest will do.
  if (!operating->early.empty() && !endsOperation(operating->early.back().state)) operating->early.pop_back();
  operating->handle = operating->handle || report.handle;
  operating->early.push_back(report);
}

void InstanceMachine::applyReport(const StatusReport& report, Time now, Actions& out) {
  auto& operating = std::get<Operating>(phase_);
  operating.handle = operating.handle || report.handle;
  if (endsOperation(report.state)) return operationEnded(report, now, out);
  if (!operating.gap.progress(report.checkPoint, settings_, now)) return;
  if (now - operating.progressTold < kProgressEvery) return;
  operating.progressTold = now;
  out.push_back(Report(Progress{id_, report.checkPoint}));
}

// The operation has come to an end by itself: by its return or by a report.
void InstanceMachine::operationEnded(const StatusReport& report, Time now, Actions& out) {
  auto& operating = std::get<Operating>(phase_);
  auto operations = std::move(operating.operations);
  const auto cancelledBy = operating.cancelledBy;
  const bool toOnline = operating.toOnline;
  const bool handle = operating.handle || report.handle;
  const bool byReturn = !operating.pending;
  out.push_back(CloseGate{serial_});

  auto why = change(ResourceState::Online, byReturn ? Reason::Requested : Reason::Reported, 0);
  why.resourceSpecific = report.resourceSpecific;
  if (report.state == static_cast<std::int32_t>(ResourceState::Online)) {
    becomeOnline(handle, why, operations, now, out);
    if (cancelledBy != 0) terminate(cancelledBy, false, now, out);
    return;
  }
  const bool offline = report.state == static_cast<std::int32_t>(ResourceState::Offline);
  if (cancelledBy != 0) {
    operations.push_back(cancelledBy);
    if (!offline) return endAsAsked(std::move(operations), out);
  }
  if (offline && (!toOnline || cancelledBy != 0)) {  // T15, RA-211
    why.state = ResourceState::Offline;
    why.reason = Reason::Requested;
    why.status = toOnline ? kCancelled : kSuccess;
    why.terminated = true;
    phase_ = Idle{};
    return tell(why, operations, out);
  }
  why.status = kResourceFailed;
  why.state = toOnline ? ResourceState::Failed : ResourceState::Offline;
  why.cannotComeOnlineHere = report.state == kCannotComeOnlineHere;
  why.cannotComeOnlineAnywhere = report.state == kCannotComeOnlineAnywhere;
  if (toOnline) return fail(why, std::move(operations), out);  // T5
  beginTerminate(why, std::move(operations), out);             // T17
}

void InstanceMachine::becomeOnline(bool handle, StateChanged why, const std::vector<OperationId>& operations, Time now,
                                   Actions& out) {
  phase_ = Running{PollSchedule(intervals(), !handle, now, spreadOf(id_)), handle, false, false, {}};
  if (handle) {
    std::get<Running>(phase_).backoff.rearm(now);
    out.push_back(WatchHandle{});  // P-18: before Online is told
  }
  tell(why, operations, out);
}

void InstanceMachine::pollReturned(const Returned& returned, Time now, Actions& out) {
  auto* running = std::get_if<Running>(&phase_);
  if (!running || !running->polls.inProgress()) return;
  running->polls.finished(returned.entered, now);
  if (returned.entry == EntryPoint::IsAlive) {
    if (returned.result == 0) {  // T10
      return fail(change(ResourceState::Failed, Reason::IsAlive, kResourceFailed), {}, out);
    }
    if (std::exchange(running->verifying, false)) running->backoff.alive(intervals().isAlive, now);
    if (!std::exchange(running->verifyAgain, false)) return;
    return verify(now, out);
  }
  const bool again = std::exchange(running->verifyAgain, false);
  if (again) return verify(now, out);
  if (returned.result == 0) {  // L4
    running->polls.beginIsAlive(now);
    enter(EntryPoint::IsAlive, out, true);
  }
}

void InstanceMachine::verify(Time now, Actions& out) {
  auto& running = std::get<Running>(phase_);
  running.verifying = true;
  running.polls.beginIsAlive(now);
  enter(EntryPoint::IsAlive, out, true);
}

void InstanceMachine::signalled(Time now, Actions& out) {
  auto* running = std::get_if<Running>(&phase_);
  if (!running || !running->handle) return;  // RA-117
  running->backoff.signalled(now);
  if (running->polls.inProgress()) {
    running->verifyAgain = true;
    return;
  }
  verify(now, out);
}

void InstanceMachine::handleLost(Time now, Actions& out) {
  auto* running = std::get_if<Running>(&phase_);
  if (!running || !running->handle) return;
  running->handle = false;
  running->backoff = {};
  running->polls.useLooksAlive(true, now);
  out.push_back(Note{Note::Level::Warning, "its event handle is not valid any more: LooksAlive is polled instead"});
}

void InstanceMachine::failureSignalled(std::uint32_t resourceSpecific, Time, Actions& out) {
  if (!std::holds_alternative<Running>(phase_)) return;
  auto why = change(ResourceState::Failed, Reason::Signalled, kResourceFailed);
  why.resourceSpecific = resourceSpecific;
  fail(why, {}, out);
}

// --- the end of what runs --------------------------------------------------------------------------------------------

void InstanceMachine::stopPolling(Actions& out) {
  for (const auto entry : {EntryPoint::LooksAlive, EntryPoint::IsAlive}) {
    if (inFlight(entry)) out.push_back(Withdraw{entry});
  }
  if (std::get<Running>(phase_).handle) out.push_back(UnwatchHandle{});
}

// L5: Failed is told first, and again when Terminate has returned.
void InstanceMachine::fail(StateChanged why, std::vector<OperationId> operations, Actions& out) {
  tell(why, operations, out);
  beginTerminate(why, std::move(operations), out);
}

void InstanceMachine::beginTerminate(StateChanged end, std::vector<OperationId> operations, Actions& out) {
  out.push_back(CloseGate{serial_});
  if (std::holds_alternative<Running>(phase_)) stopPolling(out);
  for (const auto entry : {EntryPoint::Online, EntryPoint::Offline, EntryPoint::Cancel}) {
    if (inFlight(entry)) out.push_back(Withdraw{entry});
  }
  Terminating terminating;
  terminating.end = end;
  terminating.operations = std::move(operations);
  phase_ = std::move(terminating);
  enter(EntryPoint::Terminate, out);
}

// Over when Terminate has returned, and with it every call that it interrupted: only then is nothing of the instance
// left running, and only then may Online come again (RA-45).
void InstanceMachine::endTerminate(Time now, Actions& out) {
  auto* terminating = std::get_if<Terminating>(&phase_);
  if (!terminating || !terminating->returned || inFlight_ != 0) return;
  auto ended = std::move(*terminating);
  phase_ = Idle{};
  ended.end.terminated = true;
  tell(ended.end, ended.operations, out);
  if (closeAsked_) return beginClose(out);
  if (ended.thenOnline != 0) begin(true, {ended.thenOnline}, now, out);
}

// --- timers ----------------------------------------------------------------------------------------------------------

Time InstanceMachine::nextTimer() const {
  if (const auto* operating = std::get_if<Operating>(&phase_)) {
    return std::min({operating->showPendingAt, operating->gap.deadline(), operating->cancelUntil});
  }
  if (const auto* running = std::get_if<Running>(&phase_)) {
    return std::min(running->polls.next(), running->backoff.rearmAt());
  }
  return kNever;
}

void InstanceMachine::timer(Time now, Actions& out) {
  if (std::holds_alternative<Operating>(phase_)) return operatingTimer(now, out);
  auto* running = std::get_if<Running>(&phase_);
  if (!running) return;
  if (running->backoff.rearmAt() <= now) {
    running->backoff.rearm(now);
    out.push_back(WatchHandle{});
  }
  poll(now, out);
}

void InstanceMachine::poll(Time now, Actions& out) {
  switch (std::get<Running>(phase_).polls.due(now)) {
    case Poll::None:
      break;
    case Poll::LooksAlive:
      enter(EntryPoint::LooksAlive, out);
      break;
    case Poll::IsAlive:
      enter(EntryPoint::IsAlive, out);
      break;
  }
}

void InstanceMachine::operatingTimer(Time now, Actions& out) {
  auto& operating = std::get<Operating>(phase_);
  if (operating.showPendingAt <= now) showPending(operating, out);
  const bool silent = operating.gap.deadline() <= now;
  if (!silent && operating.cancelUntil > now) return;
  auto operations = std::move(operating.operations);
  if (operating.cancelledBy != 0) {
    operations.push_back(operating.cancelledBy);
    return endAsAsked(std::move(operations), out);
  }
  out.push_back(Note{Note::Level::Error, std::string(operating.toOnline ? "Online" : "Offline") +
                                             " is pending and has reported no progress within PendingTimeout"});
  if (operating.toOnline) {  // T6
    return fail(change(ResourceState::Failed, Reason::PendingTimeout, kTimeout), std::move(operations), out);
  }
  beginTerminate(change(ResourceState::Offline, Reason::PendingTimeout, kTimeout), std::move(operations), out);  // T16
}

}  // namespace holdfast::monitor
