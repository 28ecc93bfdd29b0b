#include "core/monitor/poll_schedule.h"

#include <algorithm>

namespace holdfast::monitor {

namespace {

Duration shortened(Duration interval) { return interval - interval / 10; }

Time first(Time online, Duration interval, double spread) {
  const auto early = static_cast<Duration::rep>(static_cast<double>(interval.count()) / 10 * spread);
  return online + interval - Duration(early);
}

}  // namespace

PollSchedule::PollSchedule(Intervals intervals, bool looksAlive, Time online, double spread)
    : intervals_(intervals),
      looksAlive_(looksAlive),
      looksDue_(first(online, intervals.looksAlive, spread)),
      isDue_(first(online, intervals.isAlive, spread)) {}

Time PollSchedule::next() const {
  if (inProgress()) return kNever;
  return looksAlive_ ? std::min(looksDue_, isDue_) : isDue_;
}

// Counted from when it was due, so that small delays do not add up, but never closer than L9 allows.
void PollSchedule::restart(Time& due, Duration interval, Time now) {
  due = std::max(std::min(due, now) + interval, now + shortened(interval));
}

Poll PollSchedule::due(Time now) {
  if (inProgress()) return Poll::None;
  if (now >= isDue_) {
    restart(isDue_, intervals_.isAlive, now);
    looksDue_ = now + intervals_.looksAlive;
    inProgress_ = Poll::IsAlive;
  } else if (looksAlive_ && now >= looksDue_) {
    restart(looksDue_, intervals_.looksAlive, now);
    inProgress_ = Poll::LooksAlive;
  }
  return inProgress_;
}

void PollSchedule::beginIsAlive(Time now) {
  isDue_ = now + intervals_.isAlive;
  looksDue_ = now + intervals_.looksAlive;
  inProgress_ = Poll::IsAlive;
}

void PollSchedule::finished(Time entered, Time now) {
  // L9 counts from one entry to the next, also where the lane held the first one up.
  if (inProgress_ == Poll::IsAlive) isDue_ = std::max(isDue_, entered + shortened(intervals_.isAlive));
  if (inProgress_ != Poll::None) looksDue_ = std::max(looksDue_, entered + shortened(intervals_.looksAlive));
  isDue_ = std::max(isDue_, now);
  looksDue_ = std::max(looksDue_, now);
  inProgress_ = Poll::None;
}

void PollSchedule::useLooksAlive(bool use, Time now) {
  if (use && !looksAlive_) looksDue_ = now + intervals_.looksAlive;
  looksAlive_ = use;
}

}  // namespace holdfast::monitor
