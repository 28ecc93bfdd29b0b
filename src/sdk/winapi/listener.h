// One thread of the process, started when first needed, that hears what no thread of the process announces: a file of
// a named object changed by another process (inotify), a process that ended (pidfd), a time that came (timerfd).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace holdfast::winapi {

/// Who is told. Must take itself out of the listener before it is destroyed.
class Hearer {
 public:
  virtual ~Hearer() = default;
  /// With the dispatcher lock. What it returns is released after that lock.
  virtual std::shared_ptr<void> heard() = 0;
};

/// Every method: with the dispatcher lock. Those that add throw std::system_error when the system gives no thread or
/// descriptor.
class Listener {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static Listener& instance();

  /// Tells `hearer` as often as `descriptor` becomes readable; once is enough for a pidfd.
  void addDescriptor(int descriptor, Hearer* hearer);
  void removeDescriptor(int descriptor);

  /// Tells of each write to the open file. False when the system has no watches left.
  bool addFile(int descriptor, Hearer* hearer);
  void removeFile(Hearer* hearer);

  /// One time for each hearer.
  void setTimer(Hearer* hearer, Time due);
  void cancelTimer(Hearer* hearer);

 private:
  Listener() = default;
  void start();
  void run();
  void readFiles(std::vector<Hearer*>& told);
  void expired(std::vector<Hearer*>& told);
  void armTimer();

  int epoll_ = -1;
  int inotify_ = -1;
  int timer_ = -1;
  std::map<int, Hearer*> descriptors_;
  std::multimap<int, Hearer*> files_;  ///< by watch; for a moment two objects can have one file
  std::map<Hearer*, Time> due_;
  std::map<std::pair<Time, Hearer*>, bool> queue_;
};

}  // namespace holdfast::winapi
