#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace clipbook {

Server::~Server() {
  for (Client const& client : clients_) {
    ::close(client.socket);
  }
  if (listener_ >= 0) {
    ::close(listener_);
  }
}

std::uint16_t Server::listen(std::string const& address, std::uint16_t port, std::string& problem) {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &where.sin_addr) != 1) {
    problem = address + " is not an IPv4 address";
    return 0;
  }
  int const yes = 1;  // a restart need not wait until the old connections have left TIME_WAIT
  socklen_t size = sizeof where;
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener_ < 0 || ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      ::bind(listener_, reinterpret_cast<sockaddr*>(&where), size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size) != 0) {
    problem = "port " + std::to_string(port) + ": " + std::strerror(errno);
    return 0;
  }
  return ntohs(where.sin_port);
}

void Server::run(int stop) {
  std::vector<pollfd> watched;
  for (;; ++turn_) {
    watched.assign({{stop, POLLIN, 0}, {listener_, POLLIN, 0}});
    for (Client const& client : clients_) {
      // Who does not read his answers is not listened to: his output stays bounded.
      watched.push_back({client.socket, static_cast<short>(client.output.empty() ? POLLIN : POLLOUT), 0});
    }
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
      return;
    }
    if (watched[0].revents != 0) {
      return;
    }
    std::size_t index = 2;
    auto const over = [&](Client& client) {
      short const events = watched[index++].revents;
      if (events == 0 || serve(client, events)) {
        return false;
      }
      ::close(client.socket);
      return true;
    };
    clients_.erase(std::remove_if(clients_.begin(), clients_.end(), over), clients_.end());
    if (watched[1].revents != 0) {
      accept();
    }
  }
}

void Server::accept() {
  int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket < 0) {
    if (errno == EMFILE || errno == ENFILE) {
      dropMostSilent();
    }
    return;
  }
  if (clients_.size() >= kClients) {
    dropMostSilent();
  }
  clients_.push_back(Client{socket, turn_, Conversation(history_), {}});
}

void Server::dropMostSilent() {
  auto const silent = std::min_element(clients_.begin(), clients_.end(),
                                       [](Client const& a, Client const& b) { return a.lastHeard < b.lastHeard; });
  if (silent != clients_.end()) {
    ::close(silent->socket);
    clients_.erase(silent);
  }
}

bool Server::serve(Client& client, short events) {
  if ((events & POLLOUT) == 0) {
    char block[8192];
    ssize_t const n = ::recv(client.socket, block, sizeof block, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
      return true;
    }
    if (n <= 0) {
      return false;
    }
    client.lastHeard = turn_;
    client.conversation.feed({block, static_cast<std::size_t>(n)}, client.output);
  }
  while (send(client)) {
    if (!client.output.empty()) {
      return true;  // the rest when the client has read some of it
    }
    if (client.conversation.finished()) {
      return false;
    }
    client.conversation.feed({}, client.output);  // lines that waited for room
    if (client.output.empty()) {
      return true;
    }
  }
  return false;
}

bool Server::send(Client& client) {
  while (!client.output.empty()) {
    ssize_t const n = ::send(client.socket, client.output.data(), client.output.size(), MSG_NOSIGNAL);
    if (n < 0) {
      return errno == EAGAIN || errno == EINTR;
    }
    client.output.erase(0, static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace clipbook
