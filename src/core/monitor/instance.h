// The rules of one open instance in a monitor: which entry point is called when, what a return or a report means, and
// what the service is told (RA §5.6–5.10, §6.2, §7.2, §8, §10, §11). Pure: rhs obeys, unit tests play.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/monitor/actions.h"
#include "core/monitor/handle_backoff.h"
#include "core/monitor/messages.h"
#include "core/monitor/pending_gap.h"
#include "core/monitor/poll_schedule.h"

namespace holdfast::monitor {

/// An entry point of the instance has returned.
struct Returned {
  EntryPoint entry = EntryPoint::Idle;
  std::uint32_t result = 0;  ///< Win32 code; for polls: 0 = FALSE
  bool handle = false;       ///< Online: an event handle was given
  Time entered{};            ///< when the DLL was entered
};

/// A call of SetResourceStatus(Ex).
struct StatusReport {
  std::uint64_t serial = 0;  ///< of the operation that it belongs to
  std::int32_t state = 0;    ///< CLUSTER_RESOURCE_STATE, or 126, 127
  std::uint32_t checkPoint = 0;
  bool handle = false;                 ///< an event handle was given
  std::uint32_t resourceSpecific = 0;  ///< ApplicationSpecificErrorCode
};

/// True if `state` in a report ends the operation (P-05); all others are progress only.
bool endsOperation(std::int32_t state);

inline constexpr std::int32_t kCannotComeOnlineAnywhere = 126;
inline constexpr std::int32_t kCannotComeOnlineHere = 127;

/// A synchronous call shows a pending state after this long (P-13).
inline constexpr Duration kPendingShown = std::chrono::milliseconds(300);
/// How long a cancelled operation has to end by itself (P-13).
inline constexpr Duration kCancelPatience = std::chrono::seconds(5);
/// Progress is told to the service no oftener.
inline constexpr Duration kProgressEvery = std::chrono::milliseconds(200);

class InstanceMachine {
 public:
  /// An instance whose Open has just succeeded: Offline. `canCancel`: its table has a Cancel.
  InstanceMachine(InstanceId id, Settings settings, bool canCancel)
      : id_(id), settings_(settings), canCancel_(canCancel) {}

  // --- what the service asks -----------------------------------------------------------------------------------------
  // Each operation is answered by a StateChanged that names it. One at a time is under way (N7): a second Online joins
  // the first, an Online during Terminate waits for its end, an Offline of what is not online is answered at once.

  void online(OperationId operation, Time now, Actions& out);
  void offline(OperationId operation, Time now, Actions& out);
  void terminate(OperationId operation, bool asFailed, Time now, Actions& out);
  void close(Time now, Actions& out);
  /// RA §13.3: Terminate whatever the state, then Close. No failure.
  void runDown(Time now, Actions& out);
  void change(const Settings& settings);

  // --- what happens --------------------------------------------------------------------------------------------------

  void returned(const Returned& returned, Time now, Actions& out);
  void withdrawn(EntryPoint entry, Time now, Actions& out);
  void reported(const StatusReport& report, Time now, Actions& out);
  void signalled(Time now, Actions& out);
  /// The event handle is no handle (any more): LooksAlive polling resumes (P-18).
  void handleLost(Time now, Actions& out);
  /// SignalFailure(GENERAL).
  void failureSignalled(std::uint32_t resourceSpecific, Time now, Actions& out);
  void timer(Time now, Actions& out);

  /// When timer() is to be called; kNever if nothing is waited for.
  Time nextTimer() const;

  // --- what the service is told of on adoption -----------------------------------------------------------------------

  ResourceState state() const { return state_; }
  OperationId pendingOperation() const;
  std::uint32_t status() const { return status_; }
  bool terminated() const { return !std::holds_alternative<Terminating>(phase_); }
  bool closed() const { return std::holds_alternative<Closed>(phase_); }
  /// Close is on its way, or over: nothing else may be queued for the instance (RA-37).
  bool closing() const { return closed() || std::holds_alternative<Closing>(phase_); }
  std::uint64_t serial() const { return serial_; }
  const Settings& settings() const { return settings_; }

 private:
  struct Idle {};
  /// Online or Offline entered, or pending.
  struct Operating {
    bool toOnline = true;
    std::vector<OperationId> operations;
    bool pending = false;  ///< 997 was returned
    bool handle = false;   ///< given with Online or a report
    Time showPendingAt = kNever;
    PendingGap gap;
    std::vector<StatusReport> early;  ///< P-11: before the call returned
    OperationId cancelledBy = 0;      ///< Terminate asked, Cancel called
    Time cancelUntil = kNever;
    Time progressTold{};
  };
  struct Running {
    PollSchedule polls;
    bool handle = false;
    bool verifying = false;    ///< a signal led to the IsAlive in progress
    bool verifyAgain = false;  ///< signalled while a poll was in progress
    HandleBackoff backoff;
  };
  struct Terminating {
    StateChanged end;  ///< what is told when it is over
    std::vector<OperationId> operations;
    bool returned = false;
    OperationId thenOnline = 0;
  };
  struct Closing {};
  struct Closed {};

  void enter(EntryPoint entry, Actions& out, bool first = false);
  void showPending(Operating& operating, Actions& out);
  void operatingTimer(Time now, Actions& out);
  void begin(bool toOnline, std::vector<OperationId> operations, Time now, Actions& out);
  void tell(StateChanged change, const std::vector<OperationId>& operations, Actions& out);
  StateChanged change(ResourceState state, Reason reason, std::uint32_t status) const;

  void operationReturned(const Returned& returned, Time now, Actions& out);
  void pollReturned(const Returned& returned, Time now, Actions& out);
  void applyReport(const StatusReport& report, Time now, Actions& out);
  void operationEnded(const StatusReport& report, Time now, Actions& out);
  void becomeOnline(bool handle, StateChanged why, const std::vector<OperationId>& operations, Time now, Actions& out);
  void poll(Time now, Actions& out);
  void verify(Time now, Actions& out);
  void fail(StateChanged why, std::vector<OperationId> operations, Actions& out);
  void beginTerminate(StateChanged end, std::vector<OperationId> operations, Actions& out);
  void endAsAsked(std::vector<OperationId> operations, Actions& out);
  void beginClose(Actions& out);
  void endTerminate(Time now, Actions& out);
  void stopPolling(Actions& out);
  PollSchedule::Intervals intervals() const;

  bool inFlight(EntryPoint entry) const { return (inFlight_ & (1u << static_cast<unsigned>(entry))) != 0; }

  InstanceId id_;
  Settings settings_;
  bool canCancel_;
  ResourceState state_ = ResourceState::Offline;
  std::uint32_t status_ = 0;
  std::uint32_t inFlight_ = 0;  ///< entry points queued or entered and not returned
  std::uint64_t serial_ = 0;    ///< of the newest operation
  bool closeAsked_ = false;
  std::variant<Idle, Operating, Running, Terminating, Closing, Closed> phase_ = Idle{};
};

}  // namespace holdfast::monitor
