// One connection of an rhs: frames of calls/monitor.proto, both ways.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "calls/frame.h"
#include "clussvc/monitors/unix_listener.h"

namespace holdfast::clussvc::monitors {

class Channel : public std::enable_shared_from_this<Channel> {
 public:
  struct Events {
    std::function<void(const std::string& body)> frame;
    /// Once, when the other end closed, sent what is no frame, or does not read; not after close().
    std::function<void(const std::string& why)> closed;
  };

  static std::shared_ptr<Channel> make(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer);

  void start(Events events);
  /// Other ears for what comes from now on. May be called from inside an event.
  void setEvents(Events events);
  void send(std::string_view body);
  /// Takes what has arrived, now: what a monitor said before it died.
  void drain();
  void close();
  bool isOpen() const { return socket_.is_open(); }
  pid_t peer() const { return peer_; }

  Channel(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer);

 private:
  enum class Read { Some, Nothing, Closed };
  void waitToRead();
  void waitToWrite();
  Read readOnce();
  void writeQueued();
  void lost(const std::string& why);

  boost::asio::posix::stream_descriptor socket_;
  pid_t peer_;
  std::shared_ptr<Events> events_;  ///< shared: an event may replace them while it runs
  calls::FrameReader reader_;
  std::deque<std::string> queue_;
  std::size_t queued_bytes_ = 0;
  std::size_t written_bytes_ = 0;  ///< of the first in the queue
  bool waitingToWrite_ = false;
};

}  // namespace holdfast::clussvc::monitors
