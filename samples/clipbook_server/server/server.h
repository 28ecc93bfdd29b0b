// Sockets of the server: one thread, one poll loop, many clients.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol.h"

namespace clipbook {

constexpr std::size_t kClients = 200;  // connections; one more pushes out the one that was silent longest

class Server {
 public:
  explicit Server(History& history) : history_(history) {}
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Port 0: the system chooses. Returns the port, or 0 with `problem`.
  std::uint16_t listen(std::string const& address, std::uint16_t port, std::string& problem);

  /// Serves until `stop` (a descriptor) becomes readable.
  void run(int stop);

 private:
  struct Client {
    int socket;
    std::uint64_t lastHeard;  // counts turns of the loop
    Conversation conversation;
    std::string output;
  };

  void accept();
  void dropMostSilent();
  /// False when the connection is over.
  bool serve(Client& client, short events);
  static bool send(Client& client);

  History& history_;
  int listener_ = -1;
  std::uint64_t turn_ = 0;
  std::vector<Client> clients_;
};

}  // namespace clipbook
