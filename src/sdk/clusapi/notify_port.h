// A notification port: what it watches, and the events that came (CL §6).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sdk/clusapi/remote.h"

namespace holdfast::clusapi {

/// Of the first version (flags are CLUSTER_CHANGE) or the second: a port has events of one of them.
class NotifyPort : public Object, public EventSink, public std::enable_shared_from_this<NotifyPort> {
 public:
  using Event = wire::NotificationEvent;

  explicit NotifyPort(bool secondVersion) : Object(Kind::Port), secondVersion_(secondVersion) {}

  bool secondVersion() const { return secondVersion_; }

  /// Adds a filter. `type`: CLUSTER_OBJECT_TYPE, 0 for the first version.
  Outcome add(std::shared_ptr<Remote> object, DWORD type, std::uint64_t flags, std::uint64_t key);

  /// Waits for an event and gives it to `take`, which says ERROR_MORE_DATA to leave it queued. WAIT_TIMEOUT when none
  /// came; ERROR_INVALID_HANDLE when the port was closed; RPC_S_SERVER_UNAVAILABLE when its connection has ended.
  DWORD next(DWORD wait_ms, const std::function<DWORD(const Event&)>& take);

  /// Releases who waits (CL-70) and lets go of everything.
  void shut();

  void take(Event event) override;
  void connectionChanged() override;

 private:
  struct Registration {
    std::shared_ptr<Remote> object;
    DWORD type = 0;
    std::uint64_t flags = 0;
    std::uint64_t key = 0;
  };

  Outcome portOn(std::uint64_t epoch, std::uint64_t& number);
  Outcome addAtService(Channel& channel, const Registration& registration);
  /// After a change of connection: filters are set again, and the reader is told.
  void followConnection();
  void closeAtService(Channel& channel);
  void queueOwnEvent(std::uint32_t firstVersionFlag, std::uint64_t clusterFlag);

  const bool secondVersion_;

  std::mutex setup_;  ///< one thread at a time talks to the service about this port
  std::shared_ptr<Channel> channel_;
  std::vector<Registration> registrations_;
  std::uint64_t epoch_ = 0;
  std::uint64_t number_ = 0;

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Event> queue_;
  std::uint32_t taken_ = 0;  ///< not acknowledged yet
  bool changed_ = false;
  bool ended_ = false;  ///< the connection is gone for good
  bool shut_ = false;
};

}  // namespace holdfast::clusapi
