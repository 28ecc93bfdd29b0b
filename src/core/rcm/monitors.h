// Monitor processes of this node: which there are, what each hosts, and what it is told (RA §13.2, §13.3).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/rcm/context.h"
#include "core/rcm/limits.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

struct Process {
  monitor::MonitorId id = 0;
  std::string name;
  ObjectId only;  ///< the resource it was made for; empty: shared
  bool started = false, connected = false, ending = false;
  std::uint32_t pid = 0;
  Time startedAt{};
  std::map<monitor::InstanceId, ObjectId> instances;  ///< opened there, or being opened or closed
  std::vector<monitor::Command> early;                ///< kept until it is connected
};

class Monitors {
 public:
  Monitors(Context& context, Story& story)
      : context_(context),
        story_(story),
        lastId_(static_cast<monitor::MonitorId>(context.config.incarnation * kMonitorIdsPerLife)) {}

  /// The monitor for a resource: its own, or the shared one. Started on first need.
  Process& forResource(const Resource& resource, bool own);
  Process& shared();
  Process* find(monitor::MonitorId id);
  const std::map<monitor::MonitorId, Process>& all() const { return processes_; }

  /// Sent at once, or kept until the monitor is there.
  void send(Process& process, monitor::Command command);
  void host(Process& process, monitor::InstanceId instance, const ObjectId& resource);
  /// The instance is closed. A monitor made for one resource ends with it.
  void release(monitor::MonitorId id, monitor::InstanceId instance);
  /// Told to exit: everything there is closed.
  void end(Process& process);
  void kill(Process& process, std::string why);

  /// One of ours is up; its kept commands go out.
  void onConnected(Process& process, std::uint32_t pid);
  /// One of an earlier life of the service: taken over with its instances.
  Process& adopt(monitor::MonitorId id, std::uint32_t pid);
  /// After the last adoption: which of the adopted is the shared one. Those that host nothing are ended.
  /// `separate`: does the resource want a monitor of its own?
  void chooseShared(const std::function<bool(const ObjectId& resource)>& separate);
  /// Takes the process off the list and returns it as it was.
  Process onExited(monitor::MonitorId id);

  void onTick();
  Time nextDeadline() const;

 private:
  Process& startNew(std::string name, const ObjectId& only);
  void launch(Process& process);

  Context& context_;
  Story& story_;
  std::map<monitor::MonitorId, Process> processes_;
  monitor::MonitorId lastId_;
  std::map<ObjectId, Time> notBefore_;  ///< by Process::only: a replacement waits until then (kMonitorRestartGap)
};

}  // namespace holdfast::rcm
