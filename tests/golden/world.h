// One node as the RCM sees it, in simulated time: a gum that applies every proposal at once, monitors with resource
// DLLs whose behaviour a test writes down, and a record of what happened.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/database/indexes.h"
#include "core/database/tree.h"
#include "core/rcm/rcm.h"

namespace holdfast::rcm {

/// How the DLL of one resource behaves.
struct Behaviour {
  std::uint32_t openStatus = 0;
  std::uint32_t onlineStatus = 0;  ///< not 0: Online returns it
  Duration onlineTakes{};          ///< not 0: Online returns pending and reports later
  Duration offlineTakes{};
  Duration terminateTakes = std::chrono::milliseconds(1);
  bool ignoresOnline = false;          ///< Online never ends
  std::uint32_t cannotComeOnline = 0;  ///< 126 or 127: reported by Online
  std::uint32_t specific = 0;          ///< ApplicationSpecificErrorCode of what ends an operation
  bool quorumCapable = false;
  struct Reply {
    std::uint32_t status = 0;
    Bytes output;
    std::uint32_t bytesReturned = 0;
  };
  std::map<std::uint32_t, Reply> controls;  ///< by code; all others are declined
  bool holdsControls = false;               ///< control calls do not return
};

class Events : public EventSink {
 public:
  std::uint64_t add(ClusterEvent event) override {
    event.number = all.size() + 1;
    all.push_back(std::move(event));
    return all.size();
  }
  const ClusterEvent* find(std::uint64_t number) const override {
    return number >= 1 && number <= all.size() ? &all[number - 1] : nullptr;
  }
  std::vector<ClusterEvent> all;
};

class World {
 public:
  World();

  // --- the service's life --------------------------------------------------------------------------------------------

  /// Active, and nothing to adopt.
  void start();
  /// The service is killed and started anew on the same database; monitors live on and connect again if `adopt`.
  void restartService(bool adopt);
  void stop();

  // --- what clients do -----------------------------------------------------------------------------------------------

  /// The answer, which a test that waits for it looks at after run().
  std::shared_ptr<const Answer> ask(Operation operation);
  void group(const std::string& name);
  void type(const std::string& name);
  std::shared_ptr<const Answer> create(const std::string& name, const std::string& groupName,
                                       const std::string& typeName = "T", bool separate = false);
  void needs(const std::string& dependent, const std::string& provider);
  /// Comes back when it was answered: the DLL is asked for its required dependencies first.
  std::shared_ptr<const Answer> online(const std::string& name);
  std::shared_ptr<const Answer> offline(const std::string& name) { return ask(OfflineResource{idOf(name)}); }
  std::shared_ptr<const Answer> control(const std::string& name, std::uint32_t code, Bytes input = {},
                                        std::uint32_t capacity_bytes = 1 << 16);
  void set(const std::string& name, const std::string& property, std::uint32_t value);
  void write(database::Batch batch);

  static ObjectId idOf(const std::string& resourceName) { return "r-" + resourceName; }
  static ObjectId groupId(const std::string& groupName) { return "g-" + groupName; }

  // --- what goes wrong -----------------------------------------------------------------------------------------------

  /// IsAlive returns FALSE; Terminate returns a little later.
  void fail(const std::string& name);
  /// The monitor that hosts the resource ends; the resources named were in a call.
  void crash(const std::string& hosted, const std::vector<std::string>& inCall = {},
             monitor::Exited::How how = monitor::Exited::How::Crashed);
  std::map<std::string, Behaviour> behaviours;
  bool monitorsStart = true;  ///< false: processes cannot be started
  bool refuseProposals = false;

  // --- time ----------------------------------------------------------------------------------------------------------

  void run(Duration duration);
  /// Until nothing is due within a second.
  void settle() { run(std::chrono::milliseconds(200)); }
  void at(Time time, std::function<void()> what);
  Time now{};

  // --- what can be seen ----------------------------------------------------------------------------------------------

  ResourceState state(const std::string& name) const { return rcm->resourceState(idOf(name)); }
  GroupState groupState(const std::string& name) const { return rcm->groupState(groupId(name)); }
  std::string why(const std::string& name) const;
  /// Persistent state as stored: "1", "0" or "-".
  std::string mark(const std::string& name) const;
  /// Entry points and controls called, in order: "Online A", "Control A 01500026".
  std::vector<std::string> calls;
  int countCalls(const std::string& call) const;
  std::uint32_t pidOf(const std::string& name) const { return rcm->monitorPid(idOf(name)); }
  std::uint32_t statusOf(const std::string& name) const { return rcm->lastStatus(idOf(name)); }
  std::string nameOf(const ObjectRef& object) const;
  std::vector<Bytes> controlInputs;
  std::vector<Notification> notifications;
  bool notified(const std::string& id, std::uint64_t filter) const;
  bool stopped = false;
  std::size_t monitorsStarted = 0;
  monitor::Settings settingsOf(const std::string& name) const;

  database::Tree durable, volatileTree;
  database::Indexes indexes;
  Events events;
  std::unique_ptr<Rcm> rcm;

 private:
  struct Instance {
    std::string name;  ///< of the resource
    ObjectId resource;
    ResourceState state = ResourceState::Offline;
    monitor::OperationId pending = 0;
    std::uint64_t generation = 0;  ///< of what is scheduled: overtaken by Terminate
    monitor::Settings settings;
    bool terminated = true;
  };
  struct Monitor {
    std::uint32_t pid = 0;
    std::map<monitor::InstanceId, Instance> instances;
  };
  struct Scheduled {
    Time time;
    std::uint64_t order = 0;
    std::function<void()> what;
    bool operator>(const Scheduled& other) const { return std::pair(time, order) > std::pair(other.time, other.order); }
  };

  /// Calls the RCM and obeys all that it wants.
  void enter(const std::function<void(Effects&)>& call);
  void obey(Effects effects);
  void propose(const Proposal& proposal);
  void applyVolatile(const VolatileChange& change);
  void startMonitor(const StartMonitor& start);
  void killMonitor(monitor::MonitorId monitor, monitor::Exited exit);
  void command(monitor::MonitorId monitor, const monitor::Command& command);
  void report(monitor::MonitorId monitor, const monitor::Report& report);
  void later(Duration delay, std::function<void()> what) { at(now + delay, std::move(what)); }
  Instance* find(monitor::MonitorId monitor, monitor::InstanceId instance);
  void changed(monitor::MonitorId monitor, monitor::InstanceId instance, monitor::StateChanged change);
  void onlineCalled(monitor::MonitorId monitor, const monitor::Online& command);
  void offlineCalled(monitor::MonitorId monitor, const monitor::Offline& command);
  void terminateCalled(monitor::MonitorId monitor, const monitor::Terminate& command);
  void controlCalled(monitor::MonitorId monitor, const monitor::ResourceControl& command);
  void failOnline(monitor::MonitorId monitor, monitor::InstanceId instance, monitor::StateChanged change);
  std::pair<monitor::MonitorId, monitor::InstanceId> hostOf(const std::string& name) const;

  std::map<monitor::MonitorId, Monitor> monitors_;
  std::vector<Scheduled> schedule_;
  std::map<std::uint64_t, std::shared_ptr<Answer>> answers_;
  std::uint64_t lastOrder_ = 0, lastRequest_ = 0, sequence_ = 0, incarnation_ = 0, life_ = 0;
  std::uint32_t lastPid_ = 100;
};

}  // namespace holdfast::rcm
