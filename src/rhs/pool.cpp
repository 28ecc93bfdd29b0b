#include "rhs/pool.h"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include "rhs/limits.h"

namespace holdfast::rhs {

using Clock = std::chrono::steady_clock;

struct LockGroup {
  bool exclusive = false;   ///< an exclusive call runs
  unsigned terminates = 0;  ///< Terminate calls that run
  std::deque<std::shared_ptr<Lane>> waitingLanes;
  std::deque<CallPtr> waitingTerminates;
};

struct Lane {
  std::shared_ptr<LockGroup> group;
  std::string name;
  std::deque<CallPtr> queue;
  bool scheduled = false;  ///< it is in line, waits for K, or one of its calls runs
};

const char* laneName(const Lane& lane) { return lane.name.c_str(); }

/// Workers of one kind, and what waits for them.
struct Pool::Crew {
  struct Ready {
    std::shared_ptr<Lane> lane;        ///< lanes
    std::shared_ptr<LockGroup> group;  ///< terminates
    CallPtr call;
    Clock::time_point since;
  };
  std::deque<Ready> ready;
  std::condition_variable wakes;
  std::size_t idle = 0;
  std::size_t total = 0;
  std::vector<std::uint32_t> freeSlots;
};

Pool::Pool(std::function<void(std::uint32_t)> onWorker)
    : onWorker_(std::move(onWorker)), lanes_(std::make_unique<Crew>()), terminates_(std::make_unique<Crew>()) {
  for (auto slot = kMaxWorkers; slot-- > 0;) lanes_->freeSlots.push_back(static_cast<std::uint32_t>(slot));
  for (auto slot = kCallRecords; slot-- > kMaxWorkers;) terminates_->freeSlots.push_back(slot);
  std::lock_guard lock(mutex_);
  hire(*lanes_);
  hire(*terminates_);
  steward_ = std::thread([this] { steward(); });
}

Pool::~Pool() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    lanes_->wakes.notify_all();
    terminates_->wakes.notify_all();
    stewardWakes_.notify_all();
    allGone_.wait(lock, [this] { return lanes_->total + terminates_->total == 0; });
  }
  steward_.join();
}

std::shared_ptr<LockGroup> Pool::makeLockGroup() { return std::make_shared<LockGroup>(); }

std::shared_ptr<Lane> Pool::makeLane(std::shared_ptr<LockGroup> group, std::string name) {
  auto lane = std::make_shared<Lane>();
  lane->group = std::move(group);
  lane->name = std::move(name);
  return lane;
}

std::size_t Pool::workers() const {
  std::lock_guard lock(mutex_);
  return lanes_->total;
}

void Pool::submit(const std::shared_ptr<Lane>& lane, const CallPtr& call, bool first) {
  std::lock_guard lock(mutex_);
  if (first) {
    lane->queue.push_front(call);
  } else {
    lane->queue.push_back(call);
  }
  if (!lane->scheduled) runnable(lane);
}

void Pool::submitTerminate(const std::shared_ptr<LockGroup>& group, const CallPtr& call) {
  std::lock_guard lock(mutex_);
  if (group->exclusive) {
    group->waitingTerminates.push_back(call);
    return;
  }
  // Counted from here, so that an exclusive call does not begin before it.
  ++group->terminates;
  terminates_->ready.push_back({nullptr, group, call, Clock::now()});
  wake(*terminates_);
}

bool Pool::withdraw(const CallPtr& call) {
  std::lock_guard lock(mutex_);
  if (call->state != QueuedCall::State::Queued) return false;
  call->state = QueuedCall::State::Withdrawn;
  return true;
}

// The lane gets in line for a worker. Requires: the lock is held.
void Pool::runnable(const std::shared_ptr<Lane>& lane) {
  lane->scheduled = true;
  lanes_->ready.push_back({lane, nullptr, nullptr, Clock::now()});
  wake(*lanes_);
}

void Pool::wake(Crew& crew) {
  if (crew.idle > 0) {
    crew.wakes.notify_one();
  } else if (stewardSleeps_) {
    stewardWakes_.notify_one();
  }
}

// Whoever waited for K gets its turn: first every Terminate, then one exclusive call.
void Pool::freeGroup(LockGroup& group) {
  if (group.exclusive || group.terminates > 0) return;
  while (!group.waitingLanes.empty()) {
    const auto lane = std::move(group.waitingLanes.front());
    group.waitingLanes.pop_front();
    runnable(lane);
  }
}

void Pool::workLanes(std::unique_lock<std::mutex>& lock, const std::shared_ptr<Lane>& lane) {
  while (!lane->queue.empty() && lane->queue.front()->state == QueuedCall::State::Withdrawn) lane->queue.pop_front();
  if (lane->queue.empty()) {
    lane->scheduled = false;
    return;
  }
  auto& group = *lane->group;
  if (lane->queue.front()->exclusive && (group.exclusive || group.terminates > 0)) {
    group.waitingLanes.push_back(lane);
    return;
  }
  const auto call = std::move(lane->queue.front());
  lane->queue.pop_front();
  call->state = QueuedCall::State::Begun;
  if (call->exclusive) group.exclusive = true;
  lock.unlock();
  call->work();
  call->work = nullptr;
  lock.lock();
  if (call->exclusive) {
    group.exclusive = false;
    for (; !group.waitingTerminates.empty(); group.waitingTerminates.pop_front()) {
      ++group.terminates;
      terminates_->ready.push_back({nullptr, lane->group, group.waitingTerminates.front(), Clock::now()});
      wake(*terminates_);
    }
    freeGroup(group);
  }
  if (lane->queue.empty()) {
    lane->scheduled = false;
  } else {
    runnable(lane);
  }
}

void Pool::workTerminate(std::unique_lock<std::mutex>& lock, const std::shared_ptr<LockGroup>& group,
                         const CallPtr& call) {
  if (call->state == QueuedCall::State::Queued) {
    call->state = QueuedCall::State::Begun;
    lock.unlock();
    call->work();
    call->work = nullptr;
    lock.lock();
  }
  --group->terminates;
  freeGroup(*group);
}

bool Pool::takeOne(Crew& crew, std::unique_lock<std::mutex>& lock) {
  if (crew.ready.empty()) return false;
  const auto next = std::move(crew.ready.front());
  crew.ready.pop_front();
  if (!crew.ready.empty()) wake(crew);
  if (next.lane) {
    workLanes(lock, next.lane);
  } else {
    workTerminate(lock, next.group, next.call);
  }
  return true;
}

// Requires: the lock is held, a slot is free. Where the system has no thread left, those that are there go on, and the
// steward tries again.
void Pool::hire(Crew& crew) {
  const auto slot = crew.freeSlots.back();
  try {
    std::thread([this, &crew, slot] { work(crew, slot); }).detach();
  } catch (const std::system_error&) {
    return;
  }
  crew.freeSlots.pop_back();
  ++crew.total;
}

void Pool::work(Crew& crew, std::uint32_t slot) {
  onWorker_(slot);
  std::unique_lock lock(mutex_);
  for (;;) {
    while (!stopping_ && takeOne(crew, lock)) {
    }
    if (stopping_) break;
    ++crew.idle;
    const bool woken = crew.wakes.wait_for(lock, kWorkerIdle, [&] { return stopping_ || !crew.ready.empty(); });
    --crew.idle;
    if (!woken && crew.total > 1) break;
  }
  --crew.total;
  crew.freeSlots.push_back(slot);
  // The last touch of this object by this thread.
  if (stopping_) allGone_.notify_all();
}

// Adds a worker where something runnable has waited for kLanePatience and nobody is free to take it.
void Pool::steward() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    auto next = Clock::time_point::max();
    for (auto* crew : {lanes_.get(), terminates_.get()}) {
      if (crew->ready.empty() || crew->idle > 0 || crew->freeSlots.empty()) continue;
      const auto due = crew->ready.front().since + kLanePatience;
      if (due <= Clock::now()) {
        hire(*crew);
        next = std::min(next, Clock::now() + kLanePatience);
      } else {
        next = std::min(next, due);
      }
    }
    if (next == Clock::time_point::max()) {
      stewardSleeps_ = true;
      stewardWakes_.wait(lock);
      stewardSleeps_ = false;
    } else {
      stewardWakes_.wait_until(lock, next);
    }
  }
}

}  // namespace holdfast::rhs
