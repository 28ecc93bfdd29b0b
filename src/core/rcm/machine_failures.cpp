// A resource fails, step by step (CM §15.1).
#include <algorithm>
#include <deque>
#include <set>
#include <string>
#include <utility>

#include "core/properties/status.h"
#include "core/rcm/machine.h"

namespace holdfast::rcm {
namespace {

Attempt attemptOf(const State& state) {
  if (const auto* starting = std::get_if<state::Starting>(&state)) return starting->attempt;
  if (const auto* preparing = std::get_if<state::Preparing>(&state)) return preparing->attempt;
  return Attempt::Ordinary;
}

std::string used(std::size_t failures, const RestartRules& rules) {
  return std::to_string(std::min<std::size_t>(failures, rules.threshold)) + " of " + std::to_string(rules.threshold) +
         (rules.threshold == 1 ? " restart" : " restarts") + " used in " + inWords(rules.period);
}

}  // namespace

state::Next Machine::giveUp(const RestartRules& rules, std::string reason) const {
  // CM-57, CM-64: RestartAction 0 and RetryPeriodOnFailure MAX never try again.
  if (rules.action == 0 || !rules.retries) {
    return {state::Next::Kind::Nothing, {}, std::move(reason) + "; stays Failed until somebody brings it online"};
  }
  return {state::Next::Kind::Retry, context_.now + rules.retry,
          std::move(reason) + "; will be tried again in " + inWords(rules.retry)};
}

state::Next Machine::decide(Resource& resource, const Failure& failure, Attempt attempt) {
  const RestartRules rules = restartRules(context_.durable, resource.id);
  if (!resource.wanted) return {};
  if (failure.count == Failure::Count::MonitorOfOthers) {
    return {state::Next::Kind::StartNow, context_.now, "restarted, and no failure is counted"};
  }
  if (failure.count == Failure::Count::NotOpened) return giveUp(rules, "it is not opened");
  if (attempt == Attempt::Retry) return giveUp(rules, "the retry failed");

  const bool cannot = failure.count != Failure::Count::Counts;
  const Decision decision =
      cannot ? resource.policy.onCannotComeOnline(context_.now, rules, failure.count == Failure::Count::CannotAnywhere)
             : resource.policy.onFailure(context_.now, rules);
  if (decision.kind == Decision::Kind::Restart) {
    return {state::Next::Kind::Restart, context_.now + rules.delay,
            "restart in " + inWords(rules.delay) + ", " + used(decision.failures, rules)};
  }
  if (rules.action == 0) return giveUp(rules, "RestartAction is 0");
  std::string reason = cannot ? "its DLL says that it cannot come online" : used(decision.failures, rules);
  if (decision.kind == Decision::Kind::Failover) {
    reason += ", no other node can take the group";
    if (resource.group) {
      // FailoverThreshold counts at most one failover per other node, and there is none.
      story_.tell(
          *resource.group,
          {"given-up", "stays here: no other node can take it", ClusterEvent::Level::Critical, event::kTerminalFailure},
          policy("resource \"" + resource.name + "\" used up its restarts", resource.lastEvent));
    }
  }
  return giveUp(rules, std::move(reason));
}

void Machine::fail(Resource& resource, Failure failure) {
  const Attempt attempt = attemptOf(resource.state);
  resource.failureStatus = failure.status;
  // What fails by itself begins a story; what fails on the way online goes on with the one that began it.
  if (std::holds_alternative<state::Online>(resource.state) && failure.cause.parent == 0) resource.lead = 0;
  story_.tell(resource, {"failed", failure.why, ClusterEvent::Level::Error, event::kResourceFailed}, failure.cause);
  state::Failed failed;
  failed.since = context_.now;
  failed.why = failure.why;
  failed.next = decide(resource, failure, attempt);
  if (!failure.terminated) return become(resource, state::Failing{std::move(failed), failure.ownTerminate});
  tellNext(resource, failed.next);
  become(resource, std::move(failed));
}

void Machine::afterTerminate(Resource& resource) {
  state::Failed failed = std::get<state::Failing>(resource.state).then;
  if (!resource.wanted) {
    // Asked to go offline while Terminate ran.
    story_.tell(resource, {"offline", "was Failed, is Offline"}, policy("an offline request"));
    return become(resource, state::Offline{});
  }
  tellNext(resource, failed.next);
  become(resource, std::move(failed));
}

void Machine::tellNext(Resource& resource, const state::Next& next) {
  switch (next.kind) {
    case state::Next::Kind::Restart:
    case state::Next::Kind::StartNow:
      story_.tell(resource, {"restarting", next.text}, policy("the restart policy"));
      break;
    case state::Next::Kind::Retry:
    case state::Next::Kind::Nothing:
      if (!resource.wanted) break;
      story_.tell(resource, {"given-up", next.text, ClusterEvent::Level::Error}, policy("the restart policy"));
      endRequestsThatWait(resource);
      break;
  }
}

void Machine::endRequestsThatWait(Resource& provider) {
  // CM-144: dependents stay Offline and come online by themselves when the provider does.
  provider.asked = false;
  std::deque<Resource*> next(provider.dependents.begin(), provider.dependents.end());
  std::set<Resource*> seen;
  while (!next.empty()) {
    Resource* dependent = next.front();
    next.pop_front();
    if (!seen.insert(dependent).second || !dependent->asked || isUp(dependent->state)) continue;
    dependent->asked = false;
    dependent->lastStatus = status::kProviderFailed;
    story_.tell(*dependent,
                {"waiting", "provider \"" + provider.name + "\" failed (5942); comes online when that one does",
                 ClusterEvent::Level::Warning},
                policy("provider \"" + provider.name + "\" failed", provider.lastEvent));
    const Resource* missing = firstNotReady(*dependent);
    dependent->waitsFor = missing ? missing->id : ObjectId{};
    refresh(*dependent);
    next.insert(next.end(), dependent->dependents.begin(), dependent->dependents.end());
  }
}

}  // namespace holdfast::rcm
