#include "connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace clipbook {
namespace {

constexpr std::chrono::milliseconds kSlice{20};
constexpr std::size_t kAnswerBytes = 8192;

}  // namespace

void Connection::close() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
  socket_ = -1;
  input_.clear();
}

bool Connection::wait(short events, Deadline deadline, Patience const& patience) const {
  while (!patience.enough()) {
    auto const left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd watched{socket_, events, 0};
    int const ready =
        ::poll(&watched, 1, static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, kSlice).count()));
    if (ready > 0) {
      return true;
    }
    if ((ready < 0 && errno != EINTR) || left.count() <= 0) {
      return false;
    }
  }
  return false;
}

bool Connection::open(std::uint16_t port, Patience const& patience) {
  close();
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  Deadline const deadline = std::chrono::steady_clock::now() + patience.limit;
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket_ < 0) {
    return false;
  }
  int result = 0;
  socklen_t size = sizeof result;
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0 &&
      (errno != EINPROGRESS || !wait(POLLOUT, deadline, patience) ||
       ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &result, &size) != 0 || result != 0)) {
    close();
    return false;
  }
  return true;
}

bool Connection::ask(std::string const& line, std::string& answer, Patience const& patience) {
  Deadline const deadline = std::chrono::steady_clock::now() + patience.limit;
  std::string const request = line + '\n';
  input_.clear();
  std::size_t sent = 0;
  while (isOpen() && sent < request.size()) {
    ssize_t const n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (n > 0) {
      sent += static_cast<std::size_t>(n);
    } else if (errno != EINTR && (errno != EAGAIN || !wait(POLLOUT, deadline, patience))) {
      close();
    }
  }
  return isOpen() && readLine(answer, deadline, patience);
}

bool Connection::next(std::string& line, Patience const& patience) {
  return isOpen() && readLine(line, std::chrono::steady_clock::now() + patience.limit, patience);
}

bool Connection::readLine(std::string& line, Deadline deadline, Patience const& patience) {
  std::size_t end = 0;
  while ((end = input_.find('\n')) == std::string::npos) {
    char block[4096];
    ssize_t const n = ::recv(socket_, block, sizeof block, 0);
    if (n > 0 && input_.size() < kAnswerBytes) {
      input_.append(block, static_cast<std::size_t>(n));
    } else if (n >= 0 || (errno != EINTR && (errno != EAGAIN || !wait(POLLIN, deadline, patience)))) {
      close();
      return false;
    }
  }
  line = input_.substr(0, end);
  input_.erase(0, end + 1);
  return true;
}

bool putAndGet(std::uint16_t port, long server, std::string const& token, Patience const& patience) {
  Connection connection;
  std::string answer;
  if (!connection.open(port, patience) || !connection.ask("PID", answer, patience) ||
      answer != "OK " + std::to_string(server)) {
    return false;
  }
  if (!connection.ask("PAGE health", answer, patience) || answer != "OK" ||
      !connection.ask("PUT " + token, answer, patience) || answer.rfind("OK ", 0) != 0) {
    return false;
  }
  std::string const number = answer.substr(3);
  return connection.ask("GET", answer, patience) && answer == "OK " + number + ' ' + token;
}

}  // namespace clipbook
