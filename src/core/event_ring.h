// The last events of this node, numbered, so that causes can be followed (cluster explain) and readers can catch up.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/event_log.h"
#include "core/rcm/rcm.h"

namespace holdfast::core {

class EventRing : public rcm::EventSink {
 public:
  /// Stamps with this time what is added from now on.
  void setTime(Time now) { now_ = now; }

  std::uint64_t add(ClusterEvent event) override;
  const ClusterEvent* find(std::uint64_t number) const override;

  /// Events after `number`, oldest first, at most `atMost`.
  std::vector<ClusterEvent> after(std::uint64_t number, std::size_t atMost) const;
  /// Those added since the last call, for the log and those who watch.
  std::vector<ClusterEvent> takeNew();

 private:
  std::deque<ClusterEvent> events_;
  std::uint64_t next_ = 1;
  std::uint64_t taken_ = 0;
  Time now_{};
};

}  // namespace holdfast::core
