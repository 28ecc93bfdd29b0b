#include "clussvc/monitors/channel.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "clussvc/monitors/limits.h"

namespace holdfast::clussvc::monitors {
namespace {

using Descriptor = boost::asio::posix::stream_descriptor;

std::string systemText(int number) { return std::error_code(number, std::generic_category()).message(); }

}  // namespace

std::shared_ptr<Channel> Channel::make(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer) {
  return std::make_shared<Channel>(loop, std::move(connection), peer);
}

Channel::Channel(boost::asio::io_context& loop, OwnedDescriptor connection, pid_t peer)
    : socket_(loop, connection.take()), peer_(peer) {}

void Channel::start(Events events) {
  setEvents(std::move(events));
  waitToRead();
}

void Channel::setEvents(Events events) { events_ = std::make_shared<Events>(std::move(events)); }

void Channel::waitToRead() {
  socket_.async_wait(Descriptor::wait_read, [self = shared_from_this()](boost::system::error_code error) {
    if (error) return;
    // One helping at a time: a monitor that talks without end does not keep the loop from the others.
    self->readOnce();
    if (self->isOpen()) self->waitToRead();
  });
}

void Channel::drain() {
  const auto keep = shared_from_this();
  while (isOpen() && readOnce() == Read::Some) {
  }
}

Channel::Read Channel::readOnce() {
  std::array<char, 64 << 10> buffer;
  const ssize_t size = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return Read::Nothing;
  if (size <= 0) {
    lost(size < 0 ? systemText(errno) : reader_.pending() > 0 ? "closed in the middle of a frame" : "closed");
    return Read::Closed;
  }
  reader_.feed({buffer.data(), static_cast<std::size_t>(size)});
  while (const auto body = reader_.next()) {
    const auto events = events_;
    if (events && events->frame) events->frame(*body);
    if (!isOpen()) return Read::Closed;
  }
  if (reader_.broken()) {
    lost("garbage: a frame of more than " + std::to_string(calls::kMaxFrame_bytes) + " bytes");
    return Read::Closed;
  }
  return Read::Some;
}

void Channel::send(std::string_view body) {
  if (!isOpen()) return;
  queue_.push_back(calls::encodeFrame(body));
  queued_bytes_ += queue_.back().size();
  if (!waitingToWrite_) writeQueued();
}

void Channel::writeQueued() {
  while (!queue_.empty()) {
    const std::string& first = queue_.front();
    const ssize_t size = ::send(socket_.native_handle(), first.data() + written_bytes_, first.size() - written_bytes_,
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) break;
    // Whoever is gone is noticed by reading, after what it still said.
    if (size < 0) {
      queue_.clear();
      queued_bytes_ = written_bytes_ = 0;
      return;
    }
    written_bytes_ += static_cast<std::size_t>(size);
    if (written_bytes_ < first.size()) continue;
    queued_bytes_ -= first.size();
    written_bytes_ = 0;
    queue_.pop_front();
  }
  if (queued_bytes_ > kMaxQueued_bytes) return lost("does not read");
  if (!queue_.empty()) waitToWrite();
}

void Channel::waitToWrite() {
  waitingToWrite_ = true;
  socket_.async_wait(Descriptor::wait_write, [self = shared_from_this()](boost::system::error_code error) {
    self->waitingToWrite_ = false;
    if (!error && self->isOpen()) self->writeQueued();
  });
}

void Channel::close() {
  events_.reset();
  queue_.clear();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Channel::lost(const std::string& why) {
  const auto events = events_;
  close();
  if (events && events->closed) events->closed(why);
}

}  // namespace holdfast::clussvc::monitors
