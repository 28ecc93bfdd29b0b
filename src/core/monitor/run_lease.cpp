#include "core/monitor/run_lease.h"

#include <algorithm>

namespace holdfast::monitor {

bool RunLease::hear(std::uint64_t incarnation, Time now) {
  if (!obeys(incarnation)) return false;
  incarnation_ = incarnation;
  heard_ = now;
  return true;
}

bool RunLease::renew(std::uint64_t incarnation, Time end, Duration stop, Time now) {
  if (!hear(incarnation, now)) return false;
  if (runningDown_) return true;
  end_ = end;
  stop_ = stop;
  return true;
}

bool RunLease::runDown(std::uint64_t incarnation, Time now) {
  if (!hear(incarnation, now)) return false;
  runningDown_ = true;
  return true;
}

RunLease::Verdict RunLease::verdict(Time now) {
  if (now >= killAt()) return Verdict::Kill;
  const bool silent = now - heard_ >= kServiceSilence;
  if (now >= end_ + (silent ? stop_ / 3 : stop_ / 2)) runningDown_ = true;
  return runningDown_ ? Verdict::RunDown : Verdict::Run;
}

Time RunLease::next() const {
  if (runningDown_) return killAt();
  const Time whenSilent = std::max(end_ + stop_ / 3, heard_ + kServiceSilence);
  return std::min(whenSilent, end_ + stop_ / 2);
}

}  // namespace holdfast::monitor
