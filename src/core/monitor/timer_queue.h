// Many timers, one per key: set, change and take the earliest in O(log n). Ties go to the smaller key.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/base/types.h"

namespace holdfast::monitor {

class TimerQueue {
 public:
  /// Arms the timer of `key`, instead of what it was armed for; kNever disarms it.
  void set(std::uint64_t key, Time at);

  /// When the earliest is due; kNever if none is armed.
  Time next() const { return order_.empty() ? kNever : order_.begin()->first; }

  /// Takes the earliest timer that is due at `now`.
  std::optional<std::uint64_t> take(Time now);

  std::size_t size() const { return order_.size(); }

 private:
  std::set<std::pair<Time, std::uint64_t>> order_;
  std::map<std::uint64_t, Time> armed_;
};

}  // namespace holdfast::monitor
