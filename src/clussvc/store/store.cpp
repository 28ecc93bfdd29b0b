#include "clussvc/store/store.h"

#include <algorithm>
#include <iterator>

#include "clussvc/store/limits.h"

namespace holdfast::clussvc::store {

Store::Store(DatabaseFile file, Post post, Events events)
    : file_(std::move(file)), post_(std::move(post)), events_(std::move(events)), thread_([this] { run(); }) {}

Store::~Store() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Store::submit(gum::Persist persist) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(persist));
  }
  wake_.notify_one();
}

void Store::run() {
  for (;;) {
    std::vector<gum::Persist> group;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMaxGroup));
      group.assign(std::move_iterator(waiting_.begin()), std::move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
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
