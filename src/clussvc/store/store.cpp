#include "clussvc/store/store.h"

#include <algorithm>
#include <iterator>

#include "clussvc/store/limits.h"

namespace holdfast::clussvc::store {

Store::Store(DatabaseFile file, Post post, Events events)
    : file_(std::move(file)), post_(std::move(post)), events_(std::move(events)), thread_([this] { run(); }) {}

Store::~Store() {
  {
    const std::lock_guard lock(queue_->mutex);
    queue_->stopping = true;
  }
  queue_->wake.notify_one();
  thread_.join();
}

// The thread is woken at the end of the loop's turn: woken by the first persist, it would be under way with that one
// alone when the rest of the turn arrives, and the rest would wait for a second sync.
void Store::submit(gum::Persist persist) {
  bool first = false;
  {
    const std::lock_guard lock(queue_->mutex);
    first = queue_->persists.empty();
    queue_->persists.push_back(std::move(persist));
  }
  if (!first) return;
  post_([queue = queue_] {
    {
      const std::lock_guard lock(queue->mutex);
      queue->ripe = true;
    }
    queue->wake.notify_one();
  });
}

/// Waits for persists and takes the oldest; none: the store ends.
std::vector<gum::Persist> Store::nextGroup() {
  Queue& queue = *queue_;
  std::unique_lock lock(queue.mutex);
  queue.wake.wait(lock, [&] { return queue.stopping || (queue.ripe && !queue.persists.empty()); });
  const auto end = queue.persists.begin() + static_cast<std::ptrdiff_t>(std::min(queue.persists.size(), kMaxGroup));
  std::vector<gum::Persist> group(std::move_iterator(queue.persists.begin()), std::move_iterator(end));
  queue.persists.erase(queue.persists.begin(), end);
  queue.ripe = !queue.persists.empty();
  return group;
}

void Store::run() {
  for (;;) {
    const std::vector<gum::Persist> group = nextGroup();
    if (group.empty()) return;
    if (auto executed = file_.execute(group); !executed) {
      post_([failed = events_.failed, error = executed.error().error] { failed(error); });
      return;
    }
    std::vector<std::uint64_t> numbers;
    numbers.reserve(group.size());
    for (const gum::Persist& persist : group) numbers.push_back(persist.number);
    report(std::move(numbers));
  }
}

void Store::report(std::vector<std::uint64_t> numbers) {
  post_([done = events_.done, numbers = std::move(numbers)] {
    for (const std::uint64_t number : numbers) done(number);
  });
}

}  // namespace holdfast::clussvc::store
