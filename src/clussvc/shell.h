// The shell around core::Node: gives it events, obeys its effects, and is the Service that the daemon's rooms see.
// One thread; nothing here blocks.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "clussvc/clock.h"
#include "clussvc/engine/engine.h"
#include "clussvc/log/cluster_log.h"
#include "clussvc/parts.h"
#include "clussvc/service.h"
#include "clussvc/store/store.h"

namespace holdfast::clussvc {

struct Identity {
  NodeId node = 1;
  std::string nodeName;
  std::uint64_t incarnation = 0;
};

class Shell final : public Service {
 public:
  struct Parts {
    Core* core = nullptr;
    store::Persister* store = nullptr;
    engine::Engine* engine = nullptr;
    MonitorHost* monitors = nullptr;
  };

  Shell(boost::asio::io_context& loop, Identity identity, log::ClusterLog& log);
  ~Shell() override;

  /// The parts, which outlive the last event given. Before the first give().
  void attach(Parts parts) { parts_ = parts; }
  /// Called once when a clean stop is complete.
  void onStopped(std::function<void()> stopped) { onStopped_ = std::move(stopped); }

  /// One event for the core. From inside an effect it waits until that step's effects are all obeyed.
  void give(core::Event event);

  /// The longest that one step and its effects have taken since the last call.
  Duration takeLongestStep();

  // Service
  void submit(Operation operation, Cause cause, OnAnswer onAnswer) override;
  const core::ClusterView& view() const override { return parts_.core->view(); }
  void whenApplied(std::uint64_t tag, std::function<void()> then) override;
  Token onNotification(std::function<void(const Notification&)> listener) override;
  Token onEvent(std::function<void(const ClusterEvent&)> listener) override;
  Time now() const override { return bootTime(); }
  WallTime wallTime(Time time) const override { return wallTimeOf(time); }
  std::string newGuid() override;
  std::vector<std::string> logTail(std::size_t lines) const override { return log_.tail(lines); }
  NodeId nodeId() const override { return identity_.node; }
  std::string nodeName() const override { return identity_.nodeName; }
  std::uint64_t incarnation() const override { return identity_.incarnation; }
  void log(LogLevel level, std::string_view room, std::string_view text) override { log_.write(level, room, text); }

 private:
  void obey(core::Effects& effects);
  void answer(const Answer& answer);
  void refuseAllWaiting();
  void runWaiters();
  template <class Value>
  using Listeners = std::vector<std::weak_ptr<std::function<void(const Value&)>>>;
  template <class Value>
  void tell(Listeners<Value>& listeners, const Value& value);

  Identity identity_;
  log::ClusterLog& log_;
  Parts parts_;
  BootTimer timer_;
  std::function<void()> onStopped_;

  std::deque<core::Event> events_;
  bool stepping_ = false;
  bool stopped_ = false;
  bool leaseHeld_ = false;
  Duration longestStep_{};

  std::uint64_t client_ = 0;  ///< of this process's requests
  std::uint64_t nextRequest_ = 1;
  std::map<RequestId, OnAnswer> waiting_;
  std::multimap<std::uint64_t, std::function<void()>> waiters_;  ///< by tag
  Listeners<Notification> notificationListeners_;
  Listeners<ClusterEvent> eventListeners_;
};

}  // namespace holdfast::clussvc
