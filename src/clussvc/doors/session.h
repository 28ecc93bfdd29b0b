// A session: handles with granted access, snapshot enumerations, notification ports; runs down with its connection
// (design §8). The same class serves cluster.sock and the calls that resource DLLs make over their monitor's channel.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "clussvc/service.h"

namespace holdfast::clussvc::doors {

/// Who is at the other end.
struct Peer {
  std::string actor;  ///< for causes and the log: "uid 0 pid 123 (cluster)", "monitor 2 pid 77"
  bool mayRead = false;
  bool mayWrite = false;   ///< GENERIC_ALL may be granted
  bool isMonitor = false;  ///< calls come from resource DLLs
};

/// Where in a DLL a call was made (monitor.proto ApiCall).
struct DllContext {
  std::uint64_t instance = 0;
  std::uint32_t entryPoint = 1;  ///< RESOURCE_MONITOR_STATE; 1 = none
  std::string lane;
};

class Session {
 public:
  /// `send` takes bodies of frames (ServerFrame) for the client; it is not called after ~Session.
  Session(Service& service, Peer peer, std::function<void(std::string)> send);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// One ClientFrame body. False: it is garbage, the connection is to be closed (a well-formed but refused call is
  /// answered).
  bool receive(std::string_view body, const std::optional<DllContext>& where = std::nullopt);

  /// The lane that a monitor-bound call would need is held by its caller: answered by the owner of the monitors.
  /// Set once by whoever creates the session of a monitor.
  using NeedsHeldLane = std::function<bool(const ObjectRef& target, const DllContext& where)>;
  void setLaneCheck(NeedsHeldLane check);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace holdfast::clussvc::doors
