// The channel that rhs lends (host.h): the DLLs that it loads reach the service through their monitor's connection.
#pragma once

#include <memory>

#include "sdk/clusapi/channel.h"
#include "sdk/clusapi/host.h"

namespace holdfast::clusapi {

class HostChannel : public Channel {
 public:
  explicit HostChannel(const HoldfastHostTransport& transport) : transport_(transport) {}

  /// After a change of service everything is opened there again.
  bool reopens() const override { return true; }

  void hostConnected() { connected(); }
  void hostDelivered(const void* frame, std::size_t size_bytes) {
    deliver({static_cast<const char*>(frame), size_bytes});
  }

  /// Null outside rhs.
  static std::shared_ptr<HostChannel> attached();
  static void attach(const HoldfastHostTransport& transport);

 protected:
  DWORD transmit(const std::string& body) override {
    return transport_.send(transport_.context, body.data(), body.size());
  }

 private:
  const HoldfastHostTransport transport_;
};

}  // namespace holdfast::clusapi
