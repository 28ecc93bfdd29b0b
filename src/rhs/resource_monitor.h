// The Resource Monitor (RA §13): obeys the commands of the service, lets core/monitor decide, has the calls made on
// workers, and tells what happens. All of it on the loop's thread, except what CallbackSink and the transport say.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/monitor/instance.h"
#include "core/monitor/timer_queue.h"
#include "rhs/callbacks.h"
#include "rhs/channel.h"
#include "rhs/entry_calls.h"
#include "rhs/handle_watch.h"
#include "rhs/hosted_type.h"
#include "rhs/loop.h"
#include "rhs/pool.h"

namespace holdfast::rhs {

class ResourceMonitor : private CallbackSink {
 public:
  struct Options {
    std::string socket;  ///< of the service
    std::string token;
    std::uint32_t monitor = 0;
    std::vector<std::string> folders;  ///< of resource DLLs
  };
  ResourceMonitor(Loop& loop, Pool& pool, const Options& options);

  /// RA §13.3: everything is terminated and closed, then the process ends.
  void runDown();

  /// A call of the Cluster API by a DLL. False if there is no service. On any thread.
  bool sendApiCall(const void* frame, std::size_t size_bytes);

 private:
  struct Hosted {
    monitor::InstanceId id = 0;
    ObjectId resource;
    std::shared_ptr<HostedType> type;
    std::shared_ptr<const Live> live;
    monitor::Settings settings;
    std::optional<monitor::InstanceMachine> machine;  ///< none while Open is on its way
    std::vector<monitor::Command> deferred;           ///< until it is open
    std::map<monitor::EntryPoint, CallPtr> calls;
    void* key = nullptr;
    HANDLE eventHandle = nullptr;
    std::uint64_t onlineOrder = 0;
    std::set<monitor::EntryPoint> slow;  ///< told once each
  };

  // resource_monitor.cpp: commands and decisions
  void obey(const monitor::Command& command);
  void obeyInstance(monitor::InstanceId instance, const monitor::Command& command);
  void decide(Hosted& hosted, const monitor::Command& command);
  /// One event for the rules of an instance, and all that follows from it.
  using Step = std::function<void(monitor::InstanceMachine&, Time now, monitor::Actions&)>;
  void step(monitor::InstanceId instance, const Step& step);
  void obeyActions(Hosted& hosted, monitor::Actions& actions);
  void obeyAction(Hosted& hosted, const monitor::Action& action, monitor::Actions& actions);
  void tell(Hosted& hosted, const monitor::Report& report);
  void send(const monitor::Report& report);
  void refuse(monitor::InstanceId instance, const monitor::Command& command);
  void onTime(Time now);
  Time next() const;
  void fillHello(calls::monitor::MonitorHello& hello) const;
  void received(const calls::monitor::ToMonitor& frame);
  void log(std::uint32_t level, const std::string& type, const std::string& resource, const std::string& text);
  void log(const Hosted& hosted, std::uint32_t level, const std::string& text);

  // open_close.cpp
  void open(const monitor::Open& command);
  void openStarted(monitor::InstanceId instance, const monitor::Open& command, std::uint32_t status,
                   const std::shared_ptr<HostedType>& type);
  void opened(monitor::InstanceId instance, const OpenResult& result);
  void notOpened(monitor::InstanceId instance, std::uint32_t status);
  void closed(Hosted& hosted);
  void rename(Hosted& hosted, const std::string& name);

  // dll_calls.cpp
  void enter(Hosted& hosted, const monitor::Enter& enter);
  void returned(monitor::InstanceId instance, const EntryResult& result);
  void withdraw(Hosted& hosted, monitor::EntryPoint entry, monitor::Actions& actions);
  void watchHandle(Hosted& hosted, monitor::Actions& actions);
  void noteSlow(Hosted& hosted, monitor::EntryPoint entry, Time entered, Time left);
  void resourceControl(Hosted& hosted, const monitor::ResourceControl& control);
  void typeControl(const monitor::ResourceTypeControl& control);
  void controlDone(const std::shared_ptr<HostedType>& type, std::uint32_t code, const monitor::ControlDone& done);
  void refuseControl(monitor::OperationId operation, std::uint32_t status);

  // run_down.cpp
  void sendShuttingDown();
  void noticeTaken();
  void terminateAll();
  void endIfEmpty();

  // CallbackSink, on any thread
  void reportQueued(const std::shared_ptr<CallbackSide>& side) override;
  void failureSignalled(monitor::InstanceId instance, std::uint32_t applicationError) override;
  void logLine(std::uint32_t level, std::string type, std::string resource, std::string text) override;

  Loop& loop_;
  Pool& pool_;
  Channel channel_;
  TypeTable types_;
  HandleWatch handles_;
  monitor::TimerQueue timers_;
  std::map<monitor::InstanceId, std::unique_ptr<Hosted>> hosted_;
  std::set<std::pair<HostedType*, RESID>> resids_;
  std::uint64_t onlineCount_ = 0;
  Time now_{};  ///< of the step under way
  std::atomic<std::uint64_t> service_{0};
  std::atomic<std::size_t> queuedLines_{0};

  bool leaving_ = false;  ///< the process ends when the last instance is closed
  bool runningDown_ = false;
  std::size_t noticesOut_ = 0;
  Time noticeUntil_ = kNever;
};

}  // namespace holdfast::rhs
