#include "core/event_ring.h"

#include "core/views.h"

namespace holdfast::core {

std::uint64_t EventRing::add(ClusterEvent event) {
  event.number = next_++;
  event.time = now_;
  events_.push_back(std::move(event));
  if (events_.size() > kEventsKept) events_.pop_front();
  return next_ - 1;
}

const ClusterEvent* EventRing::find(std::uint64_t number) const {
  if (events_.empty() || number < events_.front().number || number >= next_) return nullptr;
  return &events_[static_cast<std::size_t>(number - events_.front().number)];
}

std::vector<ClusterEvent> EventRing::after(std::uint64_t number, std::size_t atMost) const {
  std::vector<ClusterEvent> found;
  if (events_.empty()) return found;
  std::uint64_t from = std::max(number + 1, events_.front().number);
  for (; from < next_ && found.size() < atMost; ++from) found.push_back(*find(from));
  return found;
}

std::vector<ClusterEvent> EventRing::takeNew() {
  std::vector<ClusterEvent> fresh = after(taken_, kEventsKept);
  taken_ = next_ - 1;
  return fresh;
}

}  // namespace holdfast::core
