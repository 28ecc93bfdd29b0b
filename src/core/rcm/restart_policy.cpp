#include "core/rcm/restart_policy.h"

namespace holdfast::rcm {

void RestartPolicy::record(Time now, const RestartRules& rules) {
  while (!failures_.empty() && now - failures_.front() >= rules.period) failures_.pop_front();
  failures_.push_back(now);
}

Decision RestartPolicy::onFailure(Time now, const RestartRules& rules) {
  record(now, rules);
  // P-35: failures are counted; number threshold + 1 inside the window escalates.
  if (rules.action == 0) return {Decision::Kind::GiveUp, failures_.size()};
  if (failures_.size() <= rules.threshold) return {Decision::Kind::Restart, failures_.size()};
  return {rules.action == 2 ? Decision::Kind::Failover : Decision::Kind::GiveUp, failures_.size()};
}

Decision RestartPolicy::onCannotComeOnline(Time now, const RestartRules& rules, bool anywhere) {
  record(now, rules);
  const bool leaves = !anywhere && rules.action == 2;
  return {leaves ? Decision::Kind::Failover : Decision::Kind::GiveUp, failures_.size()};
}

}  // namespace holdfast::rcm
