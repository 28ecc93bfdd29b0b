// Who connects to monitors.sock and guards.sock, and what they say.
#include <fmt/format.h>

#include "clussvc/clock.h"
#include "clussvc/monitors/limits.h"
#include "clussvc/monitors/supervisor.h"

namespace holdfast::clussvc::monitors {

// --- rhs
// --------------------------------------------------------------------------------------------------------------

void Supervisor::onChannel(OwnedDescriptor connection, pid_t peer) {
  if (strangers_.size() >= kMaxStrangers) return out_.log(Level::Warning, "too many connections without a Hello");
  auto channel = Channel::make(loop_, std::move(connection), peer);
  const auto stranger = strangers_.insert(strangers_.end(), {channel, nullptr, bootTime() + kHelloTimeout});
  channel->start({[this, stranger](const std::string& body) { onChannelHello(stranger, body); },
                  [this, stranger](const std::string& why) { refuse(stranger, why); }});
}

void Supervisor::onChannelHello(Strangers::iterator stranger, const std::string& body) {
  const auto frame = parseFrame(body);
  const auto* hello = frame ? std::get_if<MonitorHello>(&*frame) : nullptr;
  if (hello == nullptr) return refuse(stranger, "garbage instead of a Hello");
  if (hello->protocolLowest > kProtocolHighest || hello->protocolHighest < kProtocolLowest)
    return refuse(stranger, fmt::format("it speaks protocol {} to {}, this service {} to {}", hello->protocolLowest,
                                        hello->protocolHighest, kProtocolLowest, kProtocolHighest));
  const MonitorPtr monitor = find(hello->monitor);
  if (!monitor || monitor->record.token != hello->token)
    return refuse(stranger, fmt::format("wrong token for monitor {}", hello->monitor));

  const auto channel = stranger->channel;
  strangers_.erase(stranger);
  if (monitor->channel) monitor->channel->close();
  monitor->channel = channel;
  monitor->everConnected = true;
  monitor->hello = hello->hello;
  monitor->instances.clear();
  for (const auto& instance : hello->hello.instances) monitor->instances[instance.instance] = instance.resource;
  if (!monitor->record.rhs) {
    monitor->record.rhs = identityOf(channel->peer()).value_or(ProcessIdentity{});
    keep(*monitor);
  }
  const std::weak_ptr<Monitor> weak = monitor;
  channel->setEvents({[this, weak](const std::string& next) {
                        if (const MonitorPtr one = weak.lock()) onFrame(one, next);
                      },
                      [this, weak](const std::string& why) {
                        if (const MonitorPtr one = weak.lock()) onChannelClosed(one, why);
                      }});
  channel->send(serviceHello(options_.incarnation, options_.build));
  monitor->calls = out_.dllCalls(hello->monitor, hello->hello.pid,
                                 [weakChannel = std::weak_ptr(channel)](const std::string& answer) {
                                   if (const auto open = weakChannel.lock()) open->send(apiAnswer(answer));
                                 });
  tellIfConnected(monitor);
}

void Supervisor::onFrame(const MonitorPtr& monitor, const std::string& body) {
  const auto frame = parseFrame(body);
  if (!frame || std::holds_alternative<MonitorHello>(*frame)) {
    monitor->channel->close();
    return onChannelClosed(monitor, "garbage: not a frame of a monitor");
  }
  if (const auto* report = std::get_if<monitor::Report>(&*frame)) {
    noteReport(*monitor, *report);
    if (monitor->known) out_.give(core::MonitorReported{monitor->record.monitor, *report});
  } else if (const auto* line = std::get_if<LogLine>(&*frame)) {
    writeDllLog(*line);
  } else if (const auto* call = std::get_if<ApiCall>(&*frame)) {
    if (monitor->calls && !monitor->calls->receive(call->frame, call->where)) {
      if (monitor->channel) monitor->channel->close();
      onChannelClosed(monitor, "garbage: not a call of the Cluster API");
    }
  }
}

void Supervisor::noteReport(Monitor& monitor, const monitor::Report& report) {
  if (const auto* closed = std::get_if<monitor::Closed>(&report)) monitor.instances.erase(closed->instance);
  const auto* opened = std::get_if<monitor::Opened>(&report);
  if (opened != nullptr && opened->status != 0) monitor.instances.erase(opened->instance);
}

void Supervisor::writeDllLog(const LogLine& line) {
  // LOG_LEVEL: information, warning, error, severe.
  const Level level = line.level == 0 ? Level::Information : line.level == 1 ? Level::Warning : Level::Error;
  const std::string who = line.resource.empty() ? line.type : fmt::format("{} \"{}\"", line.type, line.resource);
  out_.logOfDll(level, "resource", who.empty() ? line.text : who + ": " + line.text);
}

void Supervisor::onChannelClosed(const MonitorPtr& monitor, const std::string& why) {
  const bool expected = monitor->askedToEnd || monitor->stage >= Monitor::Stage::Ending;
  out_.log(expected ? Level::Debug : Level::Warning, fmt::format("{}: connection lost: {}", nameOf(*monitor), why));
  monitor->channel.reset();
  monitor->calls.reset();
  if (monitor->stage == Monitor::Stage::Running) monitor->deadline = bootTime() + kReconnectTimeout;
}

// --- guards
// -----------------------------------------------------------------------------------------------------------

void Supervisor::onGuard(OwnedDescriptor connection, pid_t peer) {
  if (strangers_.size() >= kMaxStrangers) return out_.log(Level::Warning, "too many connections without a Hello");
  auto guard = GuardLink::make(loop_, std::move(connection), peer);
  const auto stranger = strangers_.insert(strangers_.end(), {nullptr, guard, bootTime() + kHelloTimeout});
  guard->start({[this, stranger](const calls::GuardPacket& packet) { onGuardHello(stranger, packet); },
                [this, stranger](const std::string& why) { refuse(stranger, why); }});
}

void Supervisor::onGuardHello(Strangers::iterator stranger, const calls::GuardPacket& packet) {
  if (packet.kind != calls::GuardPacketKind::Hello) return refuse(stranger, "garbage instead of a guard's Hello");
  const auto guard = stranger->guard;
  const MonitorPtr monitor = find(packet.monitor);
  if (!monitor) {
    // Ours by uid, but of no life that left a record: what it guards is nobody's.
    calls::GuardPacket kill;
    kill.kind = calls::GuardPacketKind::Kill;
    kill.monitor = packet.monitor;
    kill.incarnation = options_.incarnation;
    guard->send(kill);
    return refuse(stranger, fmt::format("the guard of monitor {}, which is not known, is told to end", packet.monitor));
  }
  const auto identity = identityOf(guard->peer());
  const bool isTheOne =
      identity && packet.guardPid == guard->peer() && (!monitor->record.guard || monitor->record.guard == *identity);
  if (!isTheOne) return refuse(stranger, fmt::format("not the guard of monitor {}", packet.monitor));

  strangers_.erase(stranger);
  if (monitor->guard) monitor->guard->close();
  monitor->guard = guard;
  const MonitorRecord before = monitor->record;
  monitor->record.guard = *identity;
  if (packet.rhsPid > 0) monitor->record.rhs = identityOf(packet.rhsPid).value_or(monitor->record.rhs);
  if (monitor->record != before) keep(*monitor);
  if (!monitor->guardWatch) watchGuard(monitor);
  const std::weak_ptr<Monitor> weak = monitor;
  guard->setEvents({[this, weak](const calls::GuardPacket& next) {
                      if (const MonitorPtr one = weak.lock()) onGuardPacket(one, next);
                    },
                    [this, weak](const std::string& why) {
                      if (const MonitorPtr one = weak.lock()) onGuardLinkClosed(one, why);
                    }});
  if (packet.incarnation > options_.incarnation)
    out_.log(Level::Error, fmt::format("{}: obeyed service incarnation {} already, this one is {}: it will not obey",
                                       nameOf(*monitor), packet.incarnation, options_.incarnation));
  if (leaseHeld_) renew(*monitor, out_.leaseTimes());
  if (monitor->stage == Monitor::Stage::Ending) guard->send(packetFor(*monitor, calls::GuardPacketKind::Kill));
  tellIfConnected(monitor);
}

void Supervisor::onGuardPacket(const MonitorPtr& monitor, const calls::GuardPacket& packet) {
  if (packet.kind == calls::GuardPacketKind::Hello) return;  // the same again
  if (packet.kind != calls::GuardPacketKind::Exited) return onGuardLinkClosed(monitor, "a packet that no guard sends");
  // What rhs said before it ended comes first.
  if (monitor->channel) monitor->channel->drain();
  finish(monitor, exitedOf(packet, monitor->everConnected, monitor->askedToEnd));
}

void Supervisor::onGuardLinkClosed(const MonitorPtr& monitor, const std::string& why) {
  if (monitor->guard) monitor->guard->close();
  monitor->guard.reset();
  out_.log(Level::Information, fmt::format("{}: connection of its guard lost: {}", nameOf(*monitor), why));
  if (monitor->stage == Monitor::Stage::Running) monitor->deadline = bootTime() + kReconnectTimeout;
}

// --- both
// -------------------------------------------------------------------------------------------------------------

void Supervisor::refuse(Strangers::iterator stranger, const std::string& why) {
  const pid_t peer = stranger->channel ? stranger->channel->peer() : stranger->guard->peer();
  out_.log(Level::Warning, fmt::format("connection of pid {} closed: {}", peer, why));
  if (stranger->channel) stranger->channel->close();
  if (stranger->guard) stranger->guard->close();
  strangers_.erase(stranger);
}

void Supervisor::tellIfConnected(const MonitorPtr& monitor) {
  if (!monitor->guard || !monitor->channel || monitor->stage >= Monitor::Stage::Ending) return;
  monitor->deadline = kNever;
  if (!monitor->hello) return;
  const bool adopted = monitor->stage == Monitor::Stage::Adopting;
  monitor->stage = Monitor::Stage::Running;
  monitor->known = true;
  const monitor::Hello hello = *std::exchange(monitor->hello, std::nullopt);
  out_.log(Level::Information, fmt::format("{}: {}, pid {}, {} instances", nameOf(*monitor),
                                           adopted ? "adopted" : "connected", hello.pid, hello.instances.size()));
  out_.give(core::MonitorConnected{monitor->record.monitor, hello});
  tellIfAdoptionIsOver();
}

}  // namespace holdfast::clussvc::monitors
