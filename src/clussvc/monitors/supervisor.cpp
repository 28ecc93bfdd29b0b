#include "clussvc/monitors/supervisor.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "calls/environment.h"
#include "clussvc/chance.h"
#include "clussvc/clock.h"
#include "clussvc/monitors/launch.h"
#include "clussvc/monitors/limits.h"

namespace holdfast::clussvc::monitors {
namespace {

/// GUM-37: each D/12, at most a quarter of a second.
Duration renewalInterval(const LeaseTimes& times) {
  return std::min<Duration>(times.lease / 12, std::chrono::milliseconds(250));
}

}  // namespace

Supervisor::Supervisor(boost::asio::io_context& loop, SupervisorOptions options, Surroundings surroundings)
    : loop_(loop),
      options_(std::move(options)),
      out_(std::move(surroundings)),
      records_(options_.runFolder + "/monitors"),
      channels_(
          loop, [this](OwnedDescriptor connection, pid_t peer) { onChannel(std::move(connection), peer); },
          [this](const std::string& why) { out_.log(Level::Warning, why); }),
      guards_(
          loop, [this](OwnedDescriptor connection, pid_t peer) { onGuard(std::move(connection), peer); },
          [this](const std::string& why) { out_.log(Level::Warning, why); }),
      timer_(loop) {}

Supervisor::~Supervisor() {
  // Connections keep themselves alive; they must not call back any more.
  for (const auto& [id, monitor] : monitors_) {
    if (monitor->guard) monitor->guard->close();
    if (monitor->channel) monitor->channel->close();
  }
  for (const Stranger& stranger : strangers_) {
    if (stranger.guard) stranger.guard->close();
    if (stranger.channel) stranger.channel->close();
  }
}

Result<void> Supervisor::begin() {
  adopt();
  if (auto started = guards_.start(options_.runFolder + "/guards.sock", UnixListener::Type::Packets); !started)
    return started;
  if (auto started = channels_.start(options_.runFolder + "/monitors.sock", UnixListener::Type::Stream); !started)
    return started;
  housekeeping();
  return {};
}

// --- what core wants
// --------------------------------------------------------------------------------------------------

void Supervisor::start(const core::StartMonitor& start) {
  if (find(start.monitor)) return out_.log(Level::Error, fmt::format("monitor {} is there already", start.monitor));
  auto monitor = std::make_shared<Monitor>();
  monitor->record.monitor = start.monitor;
  monitor->record.name = start.name;
  monitor->record.token = randomToken();
  monitor->known = true;
  monitor->deadline = bootTime() + kStartTimeout;
  monitors_[start.monitor] = monitor;
  launch(monitor);
}

void Supervisor::launch(const MonitorPtr& monitor) {
  MonitorRecord& record = monitor->record;
  Program program;
  program.path = options_.guardProgram;
  program.arguments = {"--monitor", std::to_string(record.monitor),
                       "--run-dir", options_.runFolder,
                       "--name",    record.name,
                       "--rhs",     options_.rhsProgram,
                       "--objects", options_.objectsFolder};
  program.environment = inheritedEnvironment();
  program.environment.push_back("HOLDFAST_OBJECTS=" + options_.objectsFolder);
  program.environment.push_back(std::string(calls::kResourcePathVariable) + '=' + options_.resourcePath);
  program.environment.push_back(std::string(calls::kTokenVariable) + '=' + record.token);
  program.environment.push_back("HOLDFAST_RUN=" + options_.runFolder);
  program.environment.push_back(tag() + std::to_string(record.monitor));

  // Written down before it exists: a crash of ours in between leaves a record without a monitor, never the reverse.
  const auto written = records_.write(record);
  Result<pid_t> started = written ? launchDetached(program) : std::unexpected(written.error());
  if (started) {
    record.guard = identityOf(*started).value_or(ProcessIdentity{});
    if (record.guard) {
      out_.log(Level::Information, fmt::format("{}: started, guard {}", nameOf(*monitor), *started));
      keep(*monitor);
      return watchGuard(monitor);
    }
    started = fail(0, options_.guardProgram + " ended at once");
  }
  monitor->why = started.error().subject;
  boost::asio::post(loop_, [this, monitor] {
    if (find(monitor->record.monitor) == monitor)
      finish(monitor, {monitor::Exited::How::NeverStarted, 127, {}, {}, monitor->why});
  });
}

void Supervisor::kill(const core::KillMonitor& kill) {
  const MonitorPtr monitor = find(kill.monitor);
  if (!monitor) return;  // it has ended: its MonitorExited is on its way or was given
  monitor->askedToEnd = true;
  boost::asio::post(loop_, [this, monitor, why = kill.why] {
    if (find(monitor->record.monitor) == monitor) end(monitor, why);
  });
}

void Supervisor::command(const core::MonitorCommand& command) {
  const MonitorPtr monitor = find(command.monitor);
  if (!monitor || !monitor->channel)
    return out_.log(Level::Information, fmt::format("a command for monitor {} came too late", command.monitor));
  if (const auto* open = std::get_if<monitor::Open>(&command.command))
    monitor->instances[open->instance] = open->resource;
  if (std::holds_alternative<monitor::Exit>(command.command)) monitor->askedToEnd = true;
  monitor->channel->send(frameOf(command.command));
}

// --- run leases
// -------------------------------------------------------------------------------------------------------

void Supervisor::setLease(bool held) {
  leaseHeld_ = held;
  const LeaseTimes times = out_.leaseTimes();
  for (const auto& [id, monitor] : monitors_) {
    if (held) {
      renew(*monitor, times);
    } else if (monitor->guard) {
      // CM §4.1: a service that knows that its node has no quorum does not wait for the lapse.
      monitor->guard->send(packetFor(*monitor, calls::GuardPacketKind::RunDown));
    }
  }
  if (!held && !monitors_.empty()) out_.log(Level::Warning, "no run lease any more: everything is run down");
}

/// The lease is counted from now, on the loop's own thread: a service that hangs stops renewing (GUM-38).
void Supervisor::renew(const Monitor& monitor, const LeaseTimes& times) {
  if (!monitor.guard) return;
  calls::GuardPacket packet = packetFor(monitor, calls::GuardPacketKind::Renew);
  packet.leaseEnd_ns = (bootTime() + times.lease).time_since_epoch().count();
  packet.quorumLossStop_ns = times.quorumLossStop.count();
  monitor.guard->send(packet);
}

calls::GuardPacket Supervisor::packetFor(const Monitor& monitor, calls::GuardPacketKind kind) const {
  calls::GuardPacket packet;
  packet.kind = kind;
  packet.monitor = monitor.record.monitor;
  packet.incarnation = options_.incarnation;
  return packet;
}

// --- time
// -------------------------------------------------------------------------------------------------------------

void Supervisor::housekeeping() {
  const Time now = bootTime();
  const LeaseTimes times = out_.leaseTimes();
  const bool renews = leaseHeld_ && now >= nextRenewal_;
  const bool looks = now >= nextStoppedCheck_;
  if (renews) nextRenewal_ = now + renewalInterval(times);
  if (looks) nextStoppedCheck_ = now + kStoppedCheckInterval;
  const auto monitors = monitors_;  // a copy: what follows may end some
  for (const auto& [id, monitor] : monitors) {
    if (renews) renew(*monitor, times);
    if (looks) checkStopped(monitor);
    if (now >= monitor->deadline) onDeadline(monitor);
  }
  for (auto stranger = strangers_.begin(); stranger != strangers_.end();) {
    const auto current = stranger++;
    if (now >= current->deadline) refuse(current, "no Hello came in time");
  }
  const bool sweeping = sweep();
  const Duration interval = renewalInterval(times);
  scheduleHousekeeping(sweeping ? std::min<Duration>(kSweepInterval, interval) : interval);
}

void Supervisor::scheduleHousekeeping(Duration in) {
  timer_.expires_after(in);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) housekeeping();
  });
}

/// GUM-38: a stopped guard keeps no deadline, so it is killed; its rhs ends with it.
void Supervisor::checkStopped(const MonitorPtr& monitor) {
  if (monitor->stage == Monitor::Stage::Sweeping) return;
  monitor->stoppedSeen = isStopped(monitor->record.guard) ? monitor->stoppedSeen + 1 : 0;
  if (monitor->stoppedSeen >= 2) force(monitor, "its guard was stopped by a signal");
}

// --- small things
// -----------------------------------------------------------------------------------------------------

void Supervisor::watchGuard(const MonitorPtr& monitor) {
  const int descriptor = openPidfd(monitor->record.guard);
  monitor->guardWatch.reset();
  const std::weak_ptr<Monitor> weak = monitor;
  const auto ended = [this, weak] {
    if (const MonitorPtr one = weak.lock()) onGuardEnded(one);
  };
  if (descriptor < 0) return boost::asio::post(loop_, ended);
  monitor->guardWatch.emplace(loop_, descriptor);
  monitor->guardWatch->async_wait(boost::asio::posix::stream_descriptor::wait_read,
                                  [ended](boost::system::error_code cancelled) {
                                    if (!cancelled) ended();
                                  });
}

void Supervisor::keep(const Monitor& monitor) {
  if (auto written = records_.write(monitor.record); !written)
    out_.log(Level::Error,
             fmt::format("{}: {}; a new service could not adopt it", nameOf(monitor), written.error().subject));
}

Supervisor::MonitorPtr Supervisor::find(monitor::MonitorId id) const {
  const auto found = monitors_.find(id);
  return found == monitors_.end() ? nullptr : found->second;
}

ObjectId Supervisor::resourceOf(monitor::InstanceId instance) const {
  for (const auto& [id, monitor] : monitors_)
    if (const auto found = monitor->instances.find(instance); found != monitor->instances.end()) return found->second;
  return {};
}

/// Marks every process below a monitor: inherited through the environment, ended with the monitor's number.
std::string Supervisor::tag() const { return fmt::format("HOLDFAST_MONITOR={}#", options_.runFolder); }

std::string Supervisor::nameOf(const Monitor& monitor) {
  return fmt::format("monitor {} ({})", monitor.record.monitor, monitor.record.name);
}

}  // namespace holdfast::clussvc::monitors
