// The guard's connection to clussvc on guards.sock. It connects again for as long as the guard lives, and says Hello
// first each time. Allocates nothing.
#pragma once

#include <cstdint>

#include "calls/guard_packet.h"
#include "core/base/types.h"

namespace holdfast::guard {

inline constexpr Duration kReconnectEvery = std::chrono::milliseconds(50);

class ServiceLink {
 public:
  /// `hello` is sent on each connection; its incarnation is kept up to date by the caller.
  ServiceLink(const char* runDir, const calls::GuardPacket& hello);

  /// Tries to connect if there is no connection and the last try was long enough ago.
  void connect(Time now);
  void drop();

  bool connected() const { return file_ >= 0; }
  int file() const { return file_; }
  calls::GuardPacket& hello() { return hello_; }

  /// The next whole packet of a known version; false if there is none now. Drops a connection that ended.
  bool receive(calls::GuardPacket& packet);

  /// Returns false if there is no connection or it would not take the packet.
  bool send(const calls::GuardPacket& packet);

  /// The service has read everything that was sent.
  bool taken() const;

 private:
  const char* runDir_;
  calls::GuardPacket hello_;
  int file_ = -1;
  Time tried_{};
};

}  // namespace holdfast::guard
