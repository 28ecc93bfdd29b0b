#include "clussvc/monitors/unix_listener.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "clussvc/error_codes.h"

namespace holdfast::clussvc::monitors {
namespace {

Error systemError(const std::string& path) {
  return {code::kAccessDenied, "socket " + path + ": " + std::error_code(errno, std::generic_category()).message(),
          "let the user of clussvc write the run folder"};
}

}  // namespace

OwnedDescriptor::~OwnedDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

UnixListener::UnixListener(boost::asio::io_context& loop, OnConnection onConnection, OnRefused onRefused)
    : socket_(loop), pause_(loop), onConnection_(std::move(onConnection)), onRefused_(std::move(onRefused)) {}

UnixListener::~UnixListener() {
  if (socket_.is_open()) ::unlink(path_.c_str());
}

Result<void> UnixListener::start(const std::string& path, Type type) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() > kMaxSocketPath_bytes)
    return fail(code::kFilenameTooLong, "socket path " + path + " is longer than 107 bytes", "choose a shorter folder");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int kind = type == Type::Stream ? SOCK_STREAM : SOCK_SEQPACKET;
  OwnedDescriptor descriptor(::socket(AF_UNIX, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (descriptor.get() < 0) return std::unexpected(systemError(path));
  ::unlink(path.c_str());
  if (::bind(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::chmod(path.c_str(), 0600) != 0 || ::listen(descriptor.get(), SOMAXCONN) != 0)
    return std::unexpected(systemError(path));
  path_ = path;
  socket_.assign(descriptor.take());
  wait();
  return {};
}

void UnixListener::wait() {
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code error) {
    if (!error) acceptAll();
  });
}

void UnixListener::acceptAll() {
  for (;;) {
    OwnedDescriptor connection(::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (connection.get() < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno == EAGAIN) return wait();
      // Out of descriptors or memory: the connection stays queued; look again when something may have been freed.
      onRefused_("cannot accept on " + path_ + ": " + std::error_code(errno, std::generic_category()).message());
      pause_.expires_after(std::chrono::milliseconds(100));
      return pause_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) acceptAll();
      });
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    const bool known = ::getsockopt(connection.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    if (!known || (peer.uid != 0 && peer.uid != ::geteuid())) {
      onRefused_("refused uid " + std::to_string(peer.uid) + " on " + path_);
      continue;
    }
    onConnection_(std::move(connection), peer.pid);
  }
}

}  // namespace holdfast::clussvc::monitors
