// The one door of core/: events in, effects out. The daemon and the simulator drive exactly this class.
//
// It never blocks, throws, reads a clock or a file, or makes an id by chance: time and ids come in with events.
// Same events, same effects.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/base/event_log.h"
#include "core/base/operations.h"
#include "core/base/types.h"
#include "core/gum/messages.h"
#include "core/monitor/messages.h"
#include "core/views.h"

namespace holdfast::core {

struct NodeConfig {
  NodeId id = 1;
  std::string nodeName;
  std::uint64_t incarnation = 0;  ///< of this service process: higher than any before on this node
  WallTime wallAtZero{};          ///< wall clock at Time zero: updates are stamped wallAtZero + now (CM §26)
};

// --- events --------------------------------------------------------------------------------------------------------

/// First event, once: what the store held (GUM §1). An empty store forms a new cluster (GUM-27).
struct Started {
  gum::StoredState stored;
  std::string newClusterId;  ///< GUID to use if a cluster is formed
  std::string newClusterName;
  std::uint64_t copyInstance = 0;  ///< random id of this copy, used if one is formed
};
/// From the engine (GUM §3). One node: one view with itself.
struct ViewChanged {
  gum::View view;
};
struct MessageReceived {
  gum::Message message;
};
/// The store finished a gum::Persist, in the order given.
struct StoreDone {
  std::uint64_t persist = 0;
};
/// The store failed for good (disk full, I/O error): the node acts like one without quorum and says why.
struct StoreFailed {
  Error error;
};
struct Request {
  RequestId id;
  Operation operation;
  Cause cause;  ///< who asked
};
/// A monitor connected: new (no instances) or adopted.
struct MonitorConnected {
  monitor::MonitorId monitor = 0;
  monitor::Hello hello;
};
struct MonitorReported {
  monitor::MonitorId monitor = 0;
  monitor::Report report;
};
/// The process and everything it left behind is gone.
struct MonitorExited {
  monitor::MonitorId monitor = 0;
  monitor::Exited exit;
};
/// Monitors of an earlier life of the service had time to connect; those that did not are gone (sent once after
/// Started).
struct AdoptionOver {};
/// Time has passed: sent when nextDeadline() is reached (late is fine, early is harmless).
struct Tick {};
/// Clean stop: resources offline in order, monitors ended, then Effects::stopped.
struct StopRequested {};

using Event = std::variant<Started, ViewChanged, MessageReceived, StoreDone, StoreFailed, Request, MonitorConnected,
                           MonitorReported, MonitorExited, AdoptionOver, Tick, StopRequested>;

// --- effects -------------------------------------------------------------------------------------------------------

struct MonitorCommand {
  monitor::MonitorId monitor = 0;
  monitor::Command command;
};
/// Start a monitor process under its own guard; MonitorConnected or MonitorExited follows.
struct StartMonitor {
  monitor::MonitorId monitor = 0;
  std::string name;  ///< for people: "default", or the resource that it was made for
};
/// End it at once with everything below it; MonitorExited follows.
struct KillMonitor {
  monitor::MonitorId monitor = 0;
  std::string why;
};

/// Obeyed in this order, which is the safety argument: what is promised is on disk before anybody hears of it.
struct Effects {
  std::vector<gum::Persist> persist;  ///< 1. to the store, in order; StoreDone comes for each
  std::vector<gum::Message> send;     ///< 2. multicast by the engine; comes back to the sender too
  std::vector<std::variant<StartMonitor, KillMonitor, MonitorCommand>> monitors;  ///< 2. to monitors, in order
  std::vector<Answer> answers;                                                    ///< 3. to clients
  std::vector<Notification> notifications;                                        ///< 4. to notification ports
  std::vector<ClusterEvent> events;  ///< 4. to the log and to those who watch
  bool leaseHeld = false;  ///< after this step: may the node's groups run (GUM-38)? drives the renewal of run leases
  bool stopped = false;    ///< a clean stop is complete

  void clear() { *this = Effects{}; }
};

class Node {
 public:
  explicit Node(NodeConfig config);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// One event. Appends to `effects` (which the caller has obeyed and cleared).
  /// Requires: `now` not before any earlier call; Started first.
  void step(const Event& event, Time now, Effects& effects);

  /// When the next Tick is due, kNever if nothing waits.
  Time nextDeadline() const;

  /// What readers may see: a committed, applied prefix. Valid until the next step().
  const ClusterView& view() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace holdfast::core
