// How monitors end, those of an earlier life included.
#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "clussvc/clock.h"
#include "clussvc/monitors/limits.h"
#include "clussvc/monitors/supervisor.h"

namespace holdfast::clussvc::monitors {

using How = monitor::Exited::How;

void Supervisor::adopt() {
  adoptionTold_ = false;
  std::vector<std::string> unreadable;
  for (MonitorRecord& record : records_.load(unreadable)) {
    auto monitor = std::make_shared<Monitor>();
    monitor->record = std::move(record);
    monitor->stage = Monitor::Stage::Adopting;
    monitor->deadline = bootTime() + kAdoptionWindow;
    monitors_[monitor->record.monitor] = monitor;
    // A record without a guard: the service died while it started one, which will connect; or there is none.
    if (!monitor->record.guard) continue;
    if (isAlive(monitor->record.guard))
      watchGuard(monitor);
    else
      force(monitor, "its guard had ended before this service started");
  }
  for (const std::string& name : unreadable)
    out_.log(Level::Warning, fmt::format("the record of monitor {} cannot be read; its guard will be ended", name));
  // From the loop: what is given here must come after Started.
  boost::asio::post(loop_, [this] { tellIfAdoptionIsOver(); });
}

void Supervisor::tellIfAdoptionIsOver() {
  if (adoptionTold_) return;
  for (const auto& [id, monitor] : monitors_)
    if (!monitor->known) return;
  adoptionTold_ = true;
  out_.give(core::AdoptionOver{});
}

void Supervisor::end(const MonitorPtr& monitor, const std::string& why) {
  if (monitor->stage >= Monitor::Stage::Ending) return;
  out_.log(Level::Warning, fmt::format("{}: is ended: {}", nameOf(*monitor), why));
  // Without its guard's ear there is no gentler way.
  if (!monitor->guard) return force(monitor, why);
  monitor->why = why;
  monitor->stage = Monitor::Stage::Ending;
  monitor->deadline = bootTime() + kKillTimeout;
  monitor->guard->send(packetFor(*monitor, calls::GuardPacketKind::Kill));
}

/// By our own hand: the guard first, so that it starts nothing and reports nothing any more.
void Supervisor::force(const MonitorPtr& monitor, const std::string& why) {
  if (monitor->stage == Monitor::Stage::Sweeping) return;
  out_.log(Level::Warning, fmt::format("{}: is killed: {}", nameOf(*monitor), why));
  monitor->why = why;
  monitor->stage = Monitor::Stage::Sweeping;
  monitor->deadline = kNever;
  signalProcess(monitor->record.guard, SIGKILL);
  signalProcess(monitor->record.rhs, SIGKILL);
  scheduleHousekeeping({});
}

/// Kills what is left of monitors whose guard is dead: rhs, and everything that was started below it. One look at the
/// processes serves all. A monitor of which nothing is found has ended. True while there is something left to look for.
bool Supervisor::sweep() {
  std::vector<MonitorPtr> sweeping;
  for (const auto& [id, monitor] : monitors_)
    if (monitor->stage == Monitor::Stage::Sweeping) sweeping.push_back(monitor);
  if (sweeping.empty()) return false;
  const auto marked = processesMarked(tag());
  bool anythingLeft = false;
  for (const MonitorPtr& monitor : sweeping) {
    std::vector<ProcessIdentity> left = {monitor->record.guard, monitor->record.rhs};
    const auto [first, last] = marked.equal_range(std::to_string(monitor->record.monitor));
    for (auto process = first; process != last; ++process) left.push_back(process->second);
    std::erase_if(left, [](const ProcessIdentity& process) { return !isAlive(process); });
    for (const ProcessIdentity& process : left) signalProcess(process, SIGKILL);
    anythingLeft |= !left.empty();
    if (left.empty()) finishSwept(monitor);
  }
  return anythingLeft;
}

void Supervisor::finishSwept(const MonitorPtr& monitor) {
  if (monitor->channel) monitor->channel->drain();
  How how = How::Crashed;
  if (monitor->askedToEnd)
    how = How::Asked;
  else if (monitor->known && !monitor->everConnected)
    how = How::NeverStarted;
  finish(monitor, {how, SIGKILL, {}, {}, monitor->why});
}

void Supervisor::finish(const MonitorPtr& monitor, monitor::Exited exited) {
  if (find(monitor->record.monitor) != monitor) return;
  if (monitor->guard) monitor->guard->close();
  if (monitor->channel) monitor->channel->close();
  monitor->calls.reset();
  monitor->guardWatch.reset();
  records_.remove(monitor->record.monitor);
  monitors_.erase(monitor->record.monitor);
  if (exited.text.empty()) exited.text = monitor->why;
  out_.log(exited.how == How::Asked ? Level::Information : Level::Warning,
           fmt::format("{}: has ended{}{}", nameOf(*monitor), exited.text.empty() ? "" : ": ", exited.text));
  if (monitor->known) out_.give(core::MonitorExited{monitor->record.monitor, std::move(exited)});
  tellIfAdoptionIsOver();
}

void Supervisor::onGuardEnded(const MonitorPtr& monitor) {
  if (find(monitor->record.monitor) != monitor) return;
  // Its last packet may still lie in the socket.
  if (monitor->guard) monitor->guard->drain();
  if (find(monitor->record.monitor) != monitor || monitor->stage == Monitor::Stage::Sweeping) return;
  force(monitor, "its guard ended without a word");
}

void Supervisor::onDeadline(const MonitorPtr& monitor) {
  monitor->deadline = kNever;
  switch (monitor->stage) {
    case Monitor::Stage::Adopting:
      return end(monitor, "it did not connect to the new service in time");
    case Monitor::Stage::Starting:
      return end(monitor, "it did not connect in time after its start");
    case Monitor::Stage::Running:
      return end(monitor, "it did not connect again in time");
    case Monitor::Stage::Ending:
      return force(monitor, "its guard did not end it in time");
    case Monitor::Stage::Sweeping:
      return;
  }
}

}  // namespace holdfast::clussvc::monitors
