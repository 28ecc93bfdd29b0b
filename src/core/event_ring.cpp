#include "core/event_ring.h"

#include <algorithm>
#include <utility>

#include "core/views.h"

namespace holdfast::core {

void EventRing::resume(std::vector<ClusterEvent> earlier) {
  for (ClusterEvent& event : earlier) {
    if (event.number < next_) continue;
    next_ = event.number + 1;
    events_.push_back(std::move(event));
    if (events_.size() > kEventsKept) events_.pop_front();
  }
  taken_ = next_ - 1;
}

std::uint64_t EventRing::add(ClusterEvent event) {
  event.number = next_++;
  event.time = now_;
  events_.push_back(std::move(event));
  if (events_.size() > kEventsKept) events_.pop_front();
  return next_ - 1;
}

std::deque<ClusterEvent>::const_iterator EventRing::firstFrom(std::uint64_t number) const {
  return std::ranges::lower_bound(events_, number, {}, &ClusterEvent::number);
}

const ClusterEvent* EventRing::find(std::uint64_t number) const {
  const auto found = firstFrom(number);
  return found != events_.end() && found->number == number ? &*found : nullptr;
}

std::vector<ClusterEvent> EventRing::after(std::uint64_t number, std::size_t atMost) const {
  std::vector<ClusterEvent> found;
  if (number >= next_) return found;
  for (auto event = firstFrom(number + 1); event != events_.end() && found.size() < atMost; ++event)
    found.push_back(*event);
  return found;
}

std::vector<ClusterEvent> EventRing::takeNew() {
  std::vector<ClusterEvent> fresh = after(taken_, kEventsKept);
  taken_ = next_ - 1;
  return fresh;
}

}  // namespace holdfast::core
