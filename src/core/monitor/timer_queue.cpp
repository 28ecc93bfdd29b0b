#include "core/monitor/timer_queue.h"

namespace holdfast::monitor {

void TimerQueue::set(std::uint64_t key, Time at) {
  const auto found = armed_.find(key);
  if (found != armed_.end()) {
    if (found->second == at) return;
    // The node moves to its new place: no memory is taken or given back.
    auto node = order_.extract({found->second, key});
    if (at == kNever) {
      armed_.erase(found);
      return;
    }
    node.value().first = at;
    order_.insert(std::move(node));
    found->second = at;
    return;
  }
  if (at == kNever) return;
  armed_.emplace(key, at);
  order_.emplace(at, key);
}

std::optional<std::uint64_t> TimerQueue::take(Time now) {
  if (order_.empty() || order_.begin()->first > now) return std::nullopt;
  const auto key = order_.begin()->second;
  order_.erase(order_.begin());
  armed_.erase(key);
  return key;
}

}  // namespace holdfast::monitor
