// A connection to a clipbook-server on this machine, for the client program and for the resource DLL's health check.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace clipbook {

/// How long to wait for the server, and whether somebody wants the wait to end sooner (asked every 20 ms).
struct Patience {
  std::chrono::milliseconds limit;
  std::function<bool()> enough = [] { return false; };
};

class Connection {
 public:
  Connection() = default;
  ~Connection() { close(); }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  /// False: nobody listens there, or not within the patience.
  bool open(std::uint16_t port, Patience const& patience);

  /// Sends a line and takes the first line of the answer. False, and closed: no whole answer within the patience.
  bool ask(std::string const& line, std::string& answer, Patience const& patience);

  /// One more line of the last answer (LIST).
  bool next(std::string& line, Patience const& patience);

  bool isOpen() const { return socket_ >= 0; }
  void close();

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  bool wait(short events, Deadline deadline, Patience const& patience) const;
  bool readLine(std::string& line, Deadline deadline, Patience const& patience);

  int socket_ = -1;
  std::string input_;
};

/// A real use of the server: stores `token` on the page "health" and reads it back. False also if the server on this
/// port is another process than `server`: its health says nothing about ours.
bool putAndGet(std::uint16_t port, long server, std::string const& token, Patience const& patience);

}  // namespace clipbook
