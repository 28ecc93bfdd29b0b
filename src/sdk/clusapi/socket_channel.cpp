#include "sdk/clusapi/socket_channel.h"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "calls/frame.h"

namespace holdfast::clusapi {

namespace {

int connectTo(const std::string& path) {
  sockaddr_un address{};
  if (path.size() >= sizeof address.sun_path) return -1;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  int connected = -1;
  do {
    connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  } while (connected != 0 && errno == EINTR);
  if (connected == 0) return socket;
  ::close(socket);
  return -1;
}

}  // namespace

std::string clusterSocketPath() {
  const char* path = std::getenv("HOLDFAST_CLUSTER_SOCKET");
  return path && *path ? path : "/run/holdfast/cluster.sock";
}

SocketChannel::SocketChannel(const std::string& path) : socket_(connectTo(path)), pid_(getpid()) {
  if (socket_ < 0) return;
  connected();
  // The program's signals are its own: this thread takes none.
  sigset_t all, former;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &former);
  reader_ = std::thread([this] { readUntilEnd(); });
  pthread_sigmask(SIG_SETMASK, &former, nullptr);
}

SocketChannel::~SocketChannel() {
  if (socket_ < 0) return;
  if (getpid() == pid_) {
    ::shutdown(socket_, SHUT_RDWR);
    reader_.join();
  } else {
    reader_.detach();
  }
  ::close(socket_);
}

DWORD SocketChannel::transmit(const std::string& body) {
  if (socket_ < 0 || getpid() != pid_) return RPC_S_SERVER_UNAVAILABLE;
  const std::string frame = calls::encodeFrame(body);
  const std::lock_guard lock(sending_);
  std::size_t sent_bytes = 0;
  while (sent_bytes < frame.size()) {
    const ssize_t written = ::send(socket_, frame.data() + sent_bytes, frame.size() - sent_bytes, MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return RPC_S_SERVER_UNAVAILABLE;
    sent_bytes += static_cast<std::size_t>(written);
  }
  return ERROR_SUCCESS;
}

void SocketChannel::readUntilEnd() {
  calls::FrameReader frames;
  std::string buffer(64 << 10, '\0');
  for (;;) {
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    frames.feed({buffer.data(), static_cast<std::size_t>(size)});
    while (const auto body = frames.next()) deliver(*body);
    if (frames.broken()) break;
  }
  ::shutdown(socket_, SHUT_RDWR);
  disconnected();
}

}  // namespace holdfast::clusapi
