// Plays clussvc for one monitor: listens where a service does, speaks both channels, renews the lease, and keeps what
// it is told. One thread: everything moves while something is waited for.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calls/frame.h"
#include "calls/guard_packet.h"
#include "calls/monitor.pb.h"

namespace holdfast::rhs_test {

namespace wire = calls::monitor;

class Driver {
 public:
  Driver(const std::string& runDir, std::uint64_t incarnation);
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  /// Moves everything until `condition` holds or 20 s are over. Returns whether it holds.
  bool until(const std::function<bool()>& condition);
  /// Moves everything for a while.
  void during(std::chrono::milliseconds time);

  /// Waits for both Hellos.
  bool connected();

  void send(const wire::ToMonitor& frame);
  void order(calls::GuardPacketKind kind);
  void sendRaw(const std::string& bytes);

  // Commands for instance numbers; each answer is waited for with state() or until().
  void open(std::uint64_t instance, const std::string& name, const std::string& dll, const std::string& type,
            const std::function<void(wire::Open&)>& change = {});
  void online(std::uint64_t instance, std::uint64_t operation);
  void offline(std::uint64_t instance, std::uint64_t operation);
  void terminate(std::uint64_t instance, std::uint64_t operation, bool asFailed);
  void close(std::uint64_t instance);
  void exit();

  /// Opens and waits: the status, or nothing if no answer came.
  std::optional<std::uint32_t> opened(std::uint64_t instance, const std::string& name, const std::string& type = "Test",
                                      const std::function<void(wire::Open&)>& change = {});
  bool waitState(std::uint64_t instance, std::int32_t state, bool terminated = false);
  std::int32_t state(std::uint64_t instance) const;
  std::optional<wire::ControlDone> control(std::uint64_t instance, std::uint32_t code, const std::string& input,
                                           std::uint32_t capacity);
  bool logged(const std::string& part) const;

  bool renewing = true;
  std::chrono::milliseconds lease{3000};
  std::chrono::milliseconds quorumLossStop{15000};

  std::optional<wire::MonitorHello> hello;
  std::optional<calls::GuardPacket> guardHello;
  std::optional<calls::GuardPacket> exited;
  std::map<std::uint64_t, std::uint32_t> openedStatus;
  std::vector<wire::StateChanged> states;
  std::vector<wire::ControlDone> controls;
  std::vector<std::uint64_t> closed;
  std::vector<wire::LogLine> lines;
  std::vector<wire::ApiCall> apiCalls;
  std::vector<wire::Progress> progress;

 private:
  void step();
  void readMonitor();
  void take(const wire::FromMonitor& frame);
  void readGuard();
  void renew();

  std::uint64_t incarnation_;
  int monitorListener_, guardListener_;
  int monitor_ = -1, guard_ = -1;
  calls::FrameReader reader_;
  std::chrono::steady_clock::time_point renewed_{};
};

inline constexpr std::int32_t kOnline = 2, kOffline = 3, kFailed = 4, kOnlinePending = 129, kOfflinePending = 130;

}  // namespace holdfast::rhs_test
