// The Resource Control Manager (RCM): brings the groups that this node owns to the state they shall have, in order, and
// decides what a failure leads to (CM §11 – §15). Pure: core::Node drives it, gum carries its proposals, monitors obey
// its commands.
//
// Two ways lead in. What is *committed* comes by onApplied; what somebody *asks* comes by onRequest, is judged against
// the applied tree, and becomes a proposal, whose end comes back by onProposalDone after it was applied. Between the
// two nothing is shown or acted on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/event_log.h"
#include "core/base/operations.h"
#include "core/base/types.h"
#include "core/database/value.h"
#include "core/gum/messages.h"
#include "core/monitor/messages.h"
#include "core/views.h"

namespace holdfast::database {
class Tree;
class Indexes;
}  // namespace holdfast::database

namespace holdfast::rcm {

/// A durable update that the RCM wants. Node gives it to gum; onProposalDone(token, …) follows exactly once.
struct Proposal {
  std::uint64_t token = 0;
  database::Batch batch;  ///< keys from the root
  Cause cause;
  RequestId request;  ///< of the client that asked, {0, 0} if nobody did; gum keeps it in the entry (GUM-22)
};

/// A volatile update: ordered and applied, never persisted, not waited for.
struct VolatileChange {
  database::Batch batch;
  Cause cause;
};

/// Start a monitor process; onMonitorConnected or onMonitorExited follows.
struct StartMonitor {
  monitor::MonitorId monitor = 0;
  std::string name;
};
struct KillMonitor {
  monitor::MonitorId monitor = 0;
  std::string why;
};
struct MonitorCommand {
  monitor::MonitorId monitor = 0;
  monitor::Command command;
};

/// What one call of a method wants done, in the order in which it wants it.
struct Effects {
  std::vector<Proposal> proposals;
  std::vector<VolatileChange> volatileChanges;
  std::vector<std::variant<StartMonitor, KillMonitor, MonitorCommand>> monitors;
  std::vector<Answer>
      answers;  ///< of requests; one that became a proposal is answered after onProposalDone, by the RCM too
  std::vector<Notification> notifications;
  bool stopped = false;  ///< after onStopRequested: everything is offline, all monitors have ended
};

/// Numbers events at once, so that one can name another as its cause. Implemented by Node (ring, log).
class EventSink {
 public:
  virtual ~EventSink() = default;
  /// Takes the event (number ignored) and returns the number it got.
  virtual std::uint64_t add(ClusterEvent event) = 0;
  /// nullptr when it is too old.
  virtual const ClusterEvent* find(std::uint64_t number) const = 0;
};

struct Config {
  NodeId node = 1;
  std::string nodeName;
  /// Of the service process. Ids of monitors begin at incarnation · 1000 + 1, those of instances and operations at
  /// incarnation · 2³² + 1, so that none meets one of a monitor that outlived an earlier service.
  std::uint64_t incarnation = 0;
  /// For the expanded twin of EXPAND_SZ properties (PR §5.1).
  std::map<std::string, std::string> environment = {};
};

class Rcm {
 public:
  /// The trees and indexes outlive the Rcm and change only between its calls, before the onApplied that tells of it.
  Rcm(Config config, const database::Tree& durable, const database::Tree& volatileTree,
      const database::Indexes& indexes, EventSink& events);
  ~Rcm();
  Rcm(const Rcm&) = delete;
  Rcm& operator=(const Rcm&) = delete;

  // --- from gum ------------------------------------------------------------------------------------------------------

  /// The update of `entry` was applied to tree and indexes. Looks what changed by the keys that its batch names.
  void onApplied(const gum::Entry& entry, Time now, Effects& effects);
  void onVolatileApplied(const gum::VolatileUpdate& update, Time now, Effects& effects);
  /// `result`: sequence number of the update, or why it was refused.
  void onProposalDone(std::uint64_t token, const Result<std::uint64_t>& result, Time now, Effects& effects);
  /// A leader is active and the tree is applied up to its View entry: bring groups to their persistent state.
  void onActive(Time now, Effects& effects);
  /// Quorum or the store was lost: no proposal will be taken; what runs is the guards' business now (CM §4.1).
  void onQuorumLost(Time now, Effects& effects);

  // --- from clients --------------------------------------------------------------------------------------------------

  /// Every operation but WriteDatabase. Answered exactly once, now or later.
  void onRequest(const RequestId& id, const Operation& operation, const Cause& cause, Time now, Effects& effects);
  /// Clean stop: groups offline in order, persistent states untouched, monitors ended, then Effects::stopped.
  void onStopRequested(Time now, Effects& effects);

  // --- from monitors -------------------------------------------------------------------------------------------------

  void onMonitorConnected(monitor::MonitorId monitor, const monitor::Hello& hello, Time now, Effects& effects);
  void onMonitorReported(monitor::MonitorId monitor, const monitor::Report& report, Time now, Effects& effects);
  void onMonitorExited(monitor::MonitorId monitor, const monitor::Exited& exit, Time now, Effects& effects);
  /// Monitors of an earlier life that have not connected by now are gone.
  void onAdoptionOver(Time now, Effects& effects);

  // --- time ----------------------------------------------------------------------------------------------------------

  void onTick(Time now, Effects& effects);
  /// When the next onTick is due, kNever if nothing waits.
  Time nextDeadline() const;

  // --- what readers see
  // ------------------------------------------------------------------------------------------------

  ResourceState resourceState(std::string_view resource) const;  ///< Unknown for no resource of this node
  GroupState groupState(std::string_view group) const;
  std::uint32_t monitorPid(std::string_view resource) const;
  std::uint32_t lastStatus(std::string_view resource) const;
  std::uint32_t resourceSpecific(std::string_view resource) const;
  std::optional<core::Explanation> explain(const ObjectRef& object, Time now) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace holdfast::rcm
