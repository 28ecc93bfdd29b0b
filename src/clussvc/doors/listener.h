// cluster.sock: takes connections, learns who is at the other end, and gives each a session.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "clussvc/doors/session.h"
#include "clussvc/service.h"
#include "core/base/types.h"

namespace holdfast::clussvc::doors {

struct ListenerOptions {
  std::string path;  ///< of the socket, at most 107 bytes
  /// Group that may connect and has full access, empty = the socket is the owner's alone (mode 0600 instead of 0660).
  std::string group;
};

/// Lives on the loop's thread. Full access: root, the uid of this process, members of `group`; all others read, if
/// the socket lets them in. Garbage, half frames and oversized frames end their connection, with a line in the log,
/// and nothing else.
class Listener {
 public:
  /// Does not listen yet.
  Listener(boost::asio::io_context& loop, Service& service, ListenerOptions options);
  /// Closes all sessions and takes the socket's file away.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Takes the place of a socket that nobody listens on any more; refuses with ERROR_ALREADY_EXISTS (183) if somebody
  /// does, and with the system's words for what else goes wrong.
  Result<void> start();

  std::size_t connections() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace holdfast::clussvc::doors
