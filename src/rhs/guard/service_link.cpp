#include "rhs/guard/service_link.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace holdfast::guard {

ServiceLink::ServiceLink(const char* runDir, const calls::GuardPacket& hello) : runDir_(runDir), hello_(hello) {}

void ServiceLink::drop() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

void ServiceLink::connect(Time now) {
  if (connected() || now - tried_ < kReconnectEvery) return;
  tried_ = now;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const int length = std::snprintf(address.sun_path, sizeof address.sun_path, "%s/guards.sock", runDir_);
  if (length < 0 || static_cast<std::size_t>(length) >= sizeof address.sun_path) return;
  file_ = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (file_ < 0) return;
  if (::connect(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return drop();
  // Whoever else could make this socket could as well replace the programs that it leads to; still, ask.
  ucred peer{};
  socklen_t size = sizeof peer;
  const bool known = ::getsockopt(file_, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
  if (!known || (peer.uid != 0 && peer.uid != ::geteuid())) return drop();
  if (!send(hello_)) drop();
}

bool ServiceLink::receive(calls::GuardPacket& packet) {
  while (connected()) {
    const ssize_t got = ::recv(file_, &packet, sizeof packet, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got <= 0) {
      drop();
      return false;
    }
    if (got == sizeof packet && packet.magic == calls::kGuardMagic && packet.version == calls::kGuardVersion) {
      return true;
    }
  }
  return false;
}

bool ServiceLink::send(const calls::GuardPacket& packet) {
  return connected() && ::send(file_, &packet, sizeof packet, MSG_DONTWAIT | MSG_NOSIGNAL) == sizeof packet;
}

bool ServiceLink::taken() const {
  int unread = 0;
  return connected() && ::ioctl(file_, SIOCOUTQ, &unread) == 0 && unread == 0;
}

}  // namespace holdfast::guard
