// Who runs what when in the DLLs of a monitor: lanes, the lifecycle lock K, and the workers (RA §4, design §5).
//
// A lane is a queue, not a thread: at most one of its calls runs at a time. K is kept per module: Load, Startup, Open
// and Close are exclusive, Terminate shares it. Nothing here ever holds a lock while a call runs.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/types.h"

namespace holdfast::rhs {

/// What K is kept for: one per loaded DLL.
struct LockGroup;

struct Lane;

/// One call to be made, and its place in line. `work` runs on a worker and must not throw.
struct QueuedCall {
  explicit QueuedCall(std::function<void()> what, bool exclusively = false)
      : work(std::move(what)), exclusive(exclusively) {}
  std::function<void()> work;
  bool exclusive;  ///< needs K alone
  enum class State : std::uint8_t { Queued, Begun, Withdrawn };
  State state = State::Queued;  ///< guarded by the pool
};
using CallPtr = std::shared_ptr<QueuedCall>;

class Pool {
 public:
  /// `onWorker(slot)` is called first on each new worker thread; slots are 0 … kCallRecords − 1.
  explicit Pool(std::function<void(std::uint32_t slot)> onWorker);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  std::shared_ptr<LockGroup> makeLockGroup();
  std::shared_ptr<Lane> makeLane(std::shared_ptr<LockGroup> group, std::string name);

  /// `first`: before what waits in the lane.
  void submit(const std::shared_ptr<Lane>& lane, const CallPtr& call, bool first = false);

  /// On the reserved workers; waits only for exclusive calls of the group.
  void submitTerminate(const std::shared_ptr<LockGroup>& group, const CallPtr& call);

  /// True if the call had not begun: it never will.
  bool withdraw(const CallPtr& call);

  std::size_t workers() const;

 private:
  struct Crew;

  void runnable(const std::shared_ptr<Lane>& lane);
  void workLanes(std::unique_lock<std::mutex>& lock, const std::shared_ptr<Lane>& lane);
  void workTerminate(std::unique_lock<std::mutex>& lock, const std::shared_ptr<LockGroup>& group, const CallPtr& call);
  bool takeOne(Crew& crew, std::unique_lock<std::mutex>& lock);
  void wake(Crew& crew);
  void hire(Crew& crew);
  void work(Crew& crew, std::uint32_t slot);
  void steward();
  void freeGroup(LockGroup& group);

  const std::function<void(std::uint32_t)> onWorker_;
  mutable std::mutex mutex_;
  std::unique_ptr<Crew> lanes_;
  std::unique_ptr<Crew> terminates_;
  std::condition_variable stewardWakes_;
  std::condition_variable allGone_;
  bool stopping_ = false;
  bool stewardSleeps_ = false;
  std::thread steward_;
};

/// Name of a lane, for the channel; valid as long as the lane.
const char* laneName(const Lane& lane);

}  // namespace holdfast::rhs
