// A listening Unix socket for processes of our own: mode 0600, and who connects must have our uid or be root.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <string>

#include "core/base/types.h"

namespace holdfast::clussvc::monitors {

/// A descriptor that closes itself unless it is taken.
class OwnedDescriptor {
 public:
  explicit OwnedDescriptor(int descriptor) : descriptor_(descriptor) {}
  ~OwnedDescriptor();
  OwnedDescriptor(OwnedDescriptor&& other) noexcept : descriptor_(other.take()) {}
  OwnedDescriptor& operator=(OwnedDescriptor&&) = delete;
  int get() const { return descriptor_; }
  int take() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

class UnixListener {
 public:
  enum class Type { Stream, Packets };
  /// A non-blocking connection and the pid at its other end.
  using OnConnection = std::function<void(OwnedDescriptor connection, pid_t peer)>;
  using OnRefused = std::function<void(const std::string& why)>;

  UnixListener(boost::asio::io_context& loop, OnConnection onConnection, OnRefused onRefused);
  ~UnixListener();
  UnixListener(const UnixListener&) = delete;
  UnixListener& operator=(const UnixListener&) = delete;

  /// Replaces what is at `path`: the caller holds the service's lock, so nobody listens there any more.
  Result<void> start(const std::string& path, Type type);

 private:
  void wait();
  void acceptAll();

  boost::asio::posix::stream_descriptor socket_;
  boost::asio::steady_timer pause_;
  OnConnection onConnection_;
  OnRefused onRefused_;
  std::string path_;
};

/// Longest path of a Unix socket.
inline constexpr std::size_t kMaxSocketPath_bytes = 107;

}  // namespace holdfast::clussvc::monitors
