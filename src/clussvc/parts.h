// What the shell drives: the deciding part, and those that carry its effects out. Abstract, so that tests can watch the
// order.
#pragma once

#include "core/node.h"

namespace holdfast::clussvc {

/// core::Node, or a stand-in. See core/node.h for the contract of each method.
class Core {
 public:
  virtual ~Core() = default;
  virtual void step(const core::Event& event, Time now, core::Effects& effects) = 0;
  virtual Time nextDeadline() const = 0;
  virtual const core::ClusterView& view() const = 0;
};

/// Starts, ends and talks to monitors; tells the shell by events, never from inside one of these methods.
class MonitorHost {
 public:
  virtual ~MonitorHost() = default;
  virtual void start(const core::StartMonitor& start) = 0;
  virtual void kill(const core::KillMonitor& kill) = 0;
  virtual void command(const core::MonitorCommand& command) = 0;
  /// May the node's groups run (GUM-38)? Renewed with the guards while true; going from true to false, they run down.
  virtual void setLease(bool held) = 0;
};

}  // namespace holdfast::clussvc
