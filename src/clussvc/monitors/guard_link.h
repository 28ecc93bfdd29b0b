// One connection of a guard: packets of fixed size, both ways (calls/guard_packet.h).
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "calls/guard_packet.h"
#include "clussvc/monitors/unix_listener.h"

namespace holdfast::clussvc::monitors {

class GuardLink : public std::enable_shared_from_this<GuardLink> {
 public:
  struct Events {
    std::function<void(const calls::GuardPacket&)> packet;
    /// Once, when the other end closed or sent what is no packet; not after close().
    std::function<void(const std::string& why)> closed;
  };

  static std::shared_ptr<GuardLink> make(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer);

  void start(Events events);
  /// Other ears for what comes from now on. May be called from inside an event.
  void setEvents(Events events);
  /// A packet that the guard has no room for is dropped: one that does not read is stopped or dead.
  bool send(const calls::GuardPacket& packet);
  /// Takes what has arrived, now.
  void drain();
  void close();
  pid_t peer() const { return peer_; }

  GuardLink(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer);

 private:
  void wait();
  void lost(const std::string& why);

  boost::asio::posix::stream_descriptor socket_;
  pid_t peer_;
  std::shared_ptr<Events> events_;  ///< shared: an event may replace them while it runs
};

}  // namespace holdfast::clussvc::monitors
