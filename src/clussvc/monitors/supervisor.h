// Monitors of this node: starts each under its guard, adopts those of an earlier life of the service, carries commands
// and reports, renews their run leases, and ends what has to end (RA §13, CM §4.1, design §5).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "clussvc/doors/session.h"
#include "clussvc/monitors/channel.h"
#include "clussvc/monitors/convert.h"
#include "clussvc/monitors/guard_link.h"
#include "clussvc/monitors/lease_times.h"
#include "clussvc/monitors/record.h"
#include "clussvc/monitors/unix_listener.h"
#include "clussvc/parts.h"
#include "clussvc/service.h"

namespace holdfast::clussvc::monitors {

/// Calls of the Cluster API that the DLLs of one monitor make, for as long as it is connected.
class DllCalls {
 public:
  virtual ~DllCalls() = default;
  /// One ClientFrame. False: garbage.
  virtual bool receive(std::string_view frame, const doors::DllContext& where) = 0;
};

struct SupervisorOptions {
  std::string runFolder;  ///< absolute; monitors.sock, guards.sock and the records lie here
  std::string objectsFolder;
  std::string resourcePath;
  std::string guardProgram;
  std::string rhsProgram;
  std::uint64_t incarnation = 0;
  std::string build;
};

class Supervisor final : public MonitorHost {
 public:
  struct Surroundings {
    std::function<void(core::Event)> give;  ///< to the shell
    std::function<void(Service::LogLevel, std::string_view text)> log;
    std::function<void(Service::LogLevel, std::string_view room, std::string_view text)> logOfDll;
    std::function<LeaseTimes()> leaseTimes;
    std::function<std::unique_ptr<DllCalls>(monitor::MonitorId monitor, std::uint32_t pid,
                                            std::function<void(std::string)> send)>
        dllCalls;
  };

  Supervisor(boost::asio::io_context& loop, SupervisorOptions options, Surroundings surroundings);
  /// Leaves the monitors as they are: they live on under their guards and can be adopted.
  ~Supervisor() override;

  /// Listens, and waits for the monitors of an earlier life: those that connect are told of like new ones, the others
  /// end; AdoptionOver comes when neither is left. After Started was given.
  Result<void> begin();

  void start(const core::StartMonitor& start) override;
  void kill(const core::KillMonitor& kill) override;
  void command(const core::MonitorCommand& command) override;
  void setLease(bool held) override;

  /// The resource that an open instance stands for; empty if there is none.
  ObjectId resourceOf(monitor::InstanceId instance) const;
  std::size_t count() const { return monitors_.size(); }

 private:
  struct Monitor {
    /// Ending: told to; Sweeping: its guard is dead, what is left is killed until nothing is found.
    enum class Stage { Adopting, Starting, Running, Ending, Sweeping };
    MonitorRecord record;
    Stage stage = Stage::Starting;
    Time deadline = kNever;
    std::shared_ptr<GuardLink> guard;
    std::shared_ptr<Channel> channel;
    std::unique_ptr<DllCalls> calls;
    std::optional<boost::asio::posix::stream_descriptor> guardWatch;
    std::optional<monitor::Hello> hello;  ///< not told of yet
    std::map<monitor::InstanceId, ObjectId> instances;
    bool known = false;          ///< core knows of it and hears of its end
    bool everConnected = false;  ///< its rhs has said Hello
    bool askedToEnd = false;
    int stoppedSeen = 0;  ///< checks in a row that found the guard stopped
    std::string why;      ///< of its end, if we know better than the guard
  };
  using MonitorPtr = std::shared_ptr<Monitor>;
  struct Stranger {
    std::shared_ptr<Channel> channel;
    std::shared_ptr<GuardLink> guard;
    Time deadline;
  };
  using Strangers = std::list<Stranger>;
  using Level = Service::LogLevel;

  // Connections (connecting.cpp).
  void onChannel(OwnedDescriptor connection, pid_t peer);
  void onChannelHello(Strangers::iterator stranger, const std::string& body);
  void onFrame(const MonitorPtr& monitor, const std::string& body);
  void onChannelClosed(const MonitorPtr& monitor, const std::string& why);
  void onGuard(OwnedDescriptor connection, pid_t peer);
  void onGuardHello(Strangers::iterator stranger, const calls::GuardPacket& packet);
  void onGuardPacket(const MonitorPtr& monitor, const calls::GuardPacket& packet);
  void onGuardLinkClosed(const MonitorPtr& monitor, const std::string& why);
  void refuse(Strangers::iterator stranger, const std::string& why);
  void noteReport(Monitor& monitor, const monitor::Report& report);
  void writeDllLog(const LogLine& line);
  void tellIfConnected(const MonitorPtr& monitor);

  // Ends (ending.cpp).
  void adopt();
  void end(const MonitorPtr& monitor, const std::string& why);
  void force(const MonitorPtr& monitor, const std::string& why);
  bool sweep();
  void finishSwept(const MonitorPtr& monitor);
  void finish(const MonitorPtr& monitor, monitor::Exited exited);
  void onGuardEnded(const MonitorPtr& monitor);
  void onDeadline(const MonitorPtr& monitor);
  void tellIfAdoptionIsOver();

  // Time and leases (supervisor.cpp).
  void housekeeping();
  void scheduleHousekeeping(Duration in);
  void checkStopped(const MonitorPtr& monitor);
  void renew(const Monitor& monitor, const LeaseTimes& times);
  calls::GuardPacket packetFor(const Monitor& monitor, calls::GuardPacketKind kind) const;

  void launch(const MonitorPtr& monitor);
  void watchGuard(const MonitorPtr& monitor);
  void keep(const Monitor& monitor);
  MonitorPtr find(monitor::MonitorId id) const;
  std::string tag() const;
  static std::string nameOf(const Monitor& monitor);

  boost::asio::io_context& loop_;
  SupervisorOptions options_;
  Surroundings out_;
  Records records_;
  UnixListener channels_, guards_;
  boost::asio::steady_timer timer_;
  std::map<monitor::MonitorId, MonitorPtr> monitors_;
  Strangers strangers_;
  bool leaseHeld_ = false;
  bool adoptionTold_ = true;
  Time nextRenewal_{};
  Time nextStoppedCheck_{};
};

}  // namespace holdfast::clussvc::monitors
