// The monitor's connection to clussvc on monitors.sock. It comes and goes; the monitor stays. Each connection begins
// with the Hellos (design §5), and a service with a lower incarnation than one already obeyed is left again.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "calls/frame.h"
#include "calls/monitor.pb.h"
#include "rhs/loop.h"

namespace holdfast::rhs {

class Channel {
 public:
  struct Events {
    /// Fills in the instances as they are now.
    std::function<void(calls::monitor::MonitorHello&)> hello;
    /// A service is there: commands follow.
    std::function<void(std::uint64_t incarnation)> connected;
    std::function<void(const calls::monitor::ToMonitor&)> received;
  };

  /// All on the loop's thread.
  Channel(Loop& loop, std::string socket, std::string token, std::uint32_t monitor, Events events);
  ~Channel();

  /// Queues a frame. Without a connection it is dropped: the next Hello tells the states anew. Log lines are kept
  /// instead, up to a limit.
  void send(const calls::monitor::FromMonitor& frame);
  void sendLog(calls::monitor::LogLine line);

  /// When `onTime` wants to be called: to connect again.
  Time next() const { return file_ >= 0 ? kNever : tryAt_; }
  void onTime(Time now);

  /// There is a service that said Hello. Its incarnation, 0 for none.
  std::uint64_t service() const { return service_; }

  /// Writes what is queued, waiting up to `patience`: the end is near.
  void flush(Duration patience);

 private:
  void connect();
  void drop();
  void ready(std::uint32_t events);
  void readAll();
  void handle(const calls::monitor::ToMonitor& frame);
  void append(const calls::monitor::FromMonitor& frame);
  void write();
  void sendKeptLines();

  Loop& loop_;
  const std::string socket_;
  const std::string token_;
  const std::uint32_t monitor_;
  const Events events_;
  int file_ = -1;
  Time tryAt_{};
  std::uint64_t highest_ = 0;
  std::uint64_t service_ = 0;
  calls::FrameReader reader_;
  std::string outbox_;
  std::size_t written_ = 0;
  bool wantsWrite_ = false;
  std::deque<calls::monitor::LogLine> keptLines_;
  std::uint64_t droppedLines_ = 0;
};

}  // namespace holdfast::rhs
