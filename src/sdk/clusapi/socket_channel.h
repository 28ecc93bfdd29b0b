// A connection of our own to cluster.sock, with one thread that reads it.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <string>
#include <thread>

#include "sdk/clusapi/channel.h"

namespace holdfast::clusapi {

/// Path of the service's socket: HOLDFAST_CLUSTER_SOCKET, else where a packaged service has it.
std::string clusterSocketPath();

class SocketChannel : public Channel {
 public:
  /// Connects, or tells why not: the channel is then down for good.
  explicit SocketChannel(const std::string& path);
  ~SocketChannel() override;

  bool reopens() const override { return false; }

 protected:
  DWORD transmit(const std::string& body) override;

 private:
  void readUntilEnd();

  int socket_ = -1;
  const pid_t pid_;  ///< a forked child has no reader: there the channel is down
  std::mutex sending_;
  std::thread reader_;
};

}  // namespace holdfast::clusapi
