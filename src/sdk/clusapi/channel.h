// A way to the service: calls out, answers and notifications in. One kind has a connection of its own
// (socket_channel.h), one is carried by rhs (host_channel.h).
#pragma once

#include <windows.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "calls/numbers.h"
#include "clusapi/wire.pb.h"
#include "sdk/clusapi/outcome.h"

namespace holdfast::clusapi {

using calls::Call;

/// CM §26: RequestReplyTimeout's default. What is not answered by then is unknown, ERROR_TIMEOUT.
inline constexpr std::chrono::minutes kRequestReplyTimeout{60};

/// Who takes the events of a port. Called on the thread that reads the connection; must not block.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void take(wire::NotificationEvent event) = 0;
  /// The connection ended, or another one began: the port is not there any more.
  virtual void connectionChanged() = 0;
};

class Channel : public std::enable_shared_from_this<Channel> {
 public:
  Channel() = default;
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  /// Does another connection follow when one ends? Then callers wait for it, and what handles name is opened there
  /// anew. Otherwise handles die with the connection (CL §1).
  virtual bool reopens() const = 0;

  /// Waits until there is a connection and the service greeted on it. Its number, which no other has; 0 and the reason
  /// in `problem` if there will be none.
  std::uint64_t ready(Outcome& problem);

  enum class How { Answered, NotSent, Lost, TimedOut };
  /// One call on connection `epoch`; waits for the answer. Lost: sent, but the connection ended before the answer.
  /// `cancelAfter`: the service is asked then to give up waiting (it answers ERROR_CANCELLED).
  How call(std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request, wire::ServerFrame& answer,
           std::chrono::milliseconds cancelAfter = std::chrono::milliseconds::max());

  /// A call whose answer nobody needs. Lost silently with its connection.
  void post(std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request);

  /// Events of port `number` on connection `epoch` go to `sink` from now on.
  /// False: that connection is gone.
  bool watch(std::uint64_t epoch, std::uint64_t number, std::weak_ptr<EventSink> sink);

  /// The present connection's number without waiting; 0 if there is none.
  std::uint64_t epoch();

  /// What the service said of itself. Requires: ready() succeeded.
  wire::HelloAnswer hello();

 protected:
  /// Gives one frame body to the connection; 0, or a Win32 code when it is down. Called on any thread.
  virtual DWORD transmit(const std::string& body) = 0;

  void connected();
  void disconnected();
  /// One ServerFrame body. Never blocks.
  void deliver(std::string_view body);

 private:
  struct Pending {
    std::condition_variable done;
    bool answered = false;
    bool lost = false;
    wire::ServerFrame frame;
  };

  std::string frameOf(std::uint64_t id, Call call, const google::protobuf::MessageLite& request) const;
  void noteDown(std::uint64_t epoch);
  void losePending();
  std::vector<std::shared_ptr<EventSink>> takeSinks();
  bool greet(std::uint64_t epoch, Outcome& problem);

  std::mutex mutex_;
  std::condition_variable changed_;
  bool up_ = false;
  bool greeting_ = false;
  std::uint64_t epoch_ = 0;
  std::uint64_t greeted_ = 0;
  std::uint64_t lastId_ = 0;
  wire::HelloAnswer hello_;
  std::map<std::uint64_t, Pending*> pending_;
  std::map<std::uint64_t, std::weak_ptr<EventSink>> sinks_;
};

}  // namespace holdfast::clusapi
