#include "clussvc/monitors/guard_link.h"

#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace holdfast::clussvc::monitors {

std::shared_ptr<GuardLink> GuardLink::make(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer) {
  return std::make_shared<GuardLink>(loop, std::move(connection), peer);
}

GuardLink::GuardLink(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer)
    : socket_(loop, connection.take()), peer_(peer) {}

void GuardLink::start(Events events) {
  setEvents(std::move(events));
  wait();
}

void GuardLink::setEvents(Events events) { events_ = std::make_shared<Events>(std::move(events)); }

void GuardLink::wait() {
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [self = shared_from_this()](boost::system::error_code error) {
                       if (error) return;
                       self->drain();
                       if (self->socket_.is_open()) self->wait();
                     });
}

void GuardLink::drain() {
  const auto keep = shared_from_this();
  while (socket_.is_open()) {
    calls::GuardPacket packet;
    const ssize_t size = ::recv(socket_.native_handle(), &packet, sizeof packet, MSG_TRUNC | MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) return lost(std::error_code(errno, std::generic_category()).message());
    if (size == 0) return lost("closed");
    if (size != sizeof packet || packet.magic != calls::kGuardMagic) return lost("not a guard's packet");
    if (packet.version != calls::kGuardVersion)
      return lost("packet of version " + std::to_string(packet.version) + ", this service knows " +
                  std::to_string(calls::kGuardVersion));
    const auto events = events_;
    if (events && events->packet) events->packet(packet);
  }
}

bool GuardLink::send(const calls::GuardPacket& packet) {
  if (!socket_.is_open()) return false;
  return ::send(socket_.native_handle(), &packet, sizeof packet, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof packet;
}

void GuardLink::close() {
  events_.reset();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void GuardLink::lost(const std::string& why) {
  const auto events = events_;
  close();
  if (events && events->closed) events->closed(why);
}

}  // namespace holdfast::clussvc::monitors
