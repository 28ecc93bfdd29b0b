#include "core/rcm/machine.h"

#include <algorithm>
#include <utility>

#include "core/properties/status.h"

namespace holdfast::rcm {
namespace {

void count(std::size_t& counter, bool more) { more ? ++counter : --counter; }

}  // namespace

// --- the queue and the counters --------------------------------------------------------------------------------------

void Machine::touch(Resource& resource) {
  if (resource.queued) return;
  resource.queued = true;
  queue_.push_back(resource.id);
}

void Machine::settle() {
  while (!queue_.empty()) {
    Resource* resource = context_.registry.resource(queue_.front());
    queue_.pop_front();
    if (!resource) continue;
    resource->queued = false;
    step(*resource);
  }
}

void Machine::refresh(Resource& resource) {
  const bool up = isUp(resource.state);
  if (up != resource.up) {
    resource.up = up;
    count(up_, up);
    for (Resource* provider : resource.providers) {
      count(provider->dependentsUp, up);
      touch(*provider);
    }
  }
  const bool ready = std::holds_alternative<state::Online>(resource.state) && shallRun(resource);
  if (ready != resource.ready) {
    resource.ready = ready;
    for (Resource* dependent : resource.dependents) {
      count(dependent->providersReady, ready);
      touch(*dependent);
    }
  }
  publisher_.resourceChanged(resource, homes_.pid(resource));
}

void Machine::become(Resource& resource, State next) {
  const bool was = std::holds_alternative<state::Preparing>(resource.state);
  const bool is = std::holds_alternative<state::Preparing>(next);
  if (is != was) count(preparing_, is);
  resource.state = std::move(next);
  if (const auto* failed = std::get_if<state::Failed>(&resource.state)) {
    if (failed->next.kind != state::Next::Kind::Nothing) timers_.emplace(failed->next.at, resource.id);
  }
  refresh(resource);
  touch(resource);
}

void Machine::addRelation(Resource& dependent, Resource& provider) {
  dependent.providers.push_back(&provider);
  provider.dependents.push_back(&dependent);
  if (provider.ready) ++dependent.providersReady;
  if (dependent.up) ++provider.dependentsUp;
  dependent.unfulfilled = false;
  refresh(provider);
  refresh(dependent);
  touch(provider);
  touch(dependent);
}

void Machine::removeRelation(Resource& dependent, Resource& provider) {
  std::erase(dependent.providers, &provider);
  std::erase(provider.dependents, &dependent);
  if (provider.ready) --dependent.providersReady;
  if (dependent.up) --provider.dependentsUp;
  dependent.unfulfilled = false;
  refresh(provider);
  refresh(dependent);
  touch(provider);
  touch(dependent);
}

// --- one step --------------------------------------------------------------------------------------------------------

bool Machine::shallRun(const Resource& resource) const {
  return resource.wanted && !context_.stopping && !resource.creating && !resource.deleting &&
         resource.providersReady == resource.providers.size();
}

bool Machine::mayStart(const Resource& resource) const {
  return context_.mayStart() && shallRun(resource) && !resource.unfulfilled && resource.dependentsUp == 0 &&
         (!resource.group || resource.group->startNotBefore <= context_.now);
}

void Machine::step(Resource& resource) {
  // Without a quorum what runs is the guards' business; before the adoption is over a provider may only seem to be
  // down.
  if (!context_.stopping && (!context_.active || !context_.adopted)) return;
  struct Step {
    Machine& machine;
    Resource& resource;
    void operator()(const state::Offline&) const { machine.stepOffline(resource); }
    void operator()(const state::Failed& failed) const { machine.stepFailed(resource, failed); }
    void operator()(const state::Online&) const { machine.stepOnline(resource); }
    void operator()(const state::Starting&) const {
      if (!machine.shallRun(resource)) machine.cancelStarting(resource);
    }
    void operator()(const state::Preparing&) const {}  // what it waits for comes back to continuePreparing()
    void operator()(const state::Stopping&) const {}
    void operator()(const state::Failing&) const {}
  };
  const State now = resource.state;
  std::visit(Step{*this, resource}, now);
}

void Machine::stepOffline(Resource& resource) {
  if (mayStart(resource)) {
    prepare(resource, Attempt::Ordinary);
  } else if (resource.wanted && context_.mayStart() && !resource.creating && !resource.deleting) {
    tellWaiting(resource);
  }
}

void Machine::stepFailed(Resource& resource, const state::Failed& failed) {
  if (failed.next.kind == state::Next::Kind::Nothing || failed.next.at > context_.now || !mayStart(resource)) return;
  switch (failed.next.kind) {
    case state::Next::Kind::Restart:
      prepare(resource, Attempt::Restart);
      break;
    case state::Next::Kind::Retry:
      // CM §15.1 step 6: the windows are cleared at the retry.
      resource.policy.clear();
      story_.tell(resource, {"retry", "tried again after its time in Failed"},
                  timer("RetryPeriodOnFailure has passed"));
      prepare(resource, Attempt::Retry);
      break;
    case state::Next::Kind::StartNow:
      prepare(resource, Attempt::Ordinary);
      break;
    case state::Next::Kind::Nothing:
      break;
  }
}

void Machine::stepOnline(Resource& resource) {
  refresh(resource);
  if (!resource.ready && resource.dependentsUp == 0) sendOffline(resource);
}

void Machine::tellWaiting(Resource& resource) {
  const Resource* provider = firstNotReady(resource);
  if (!provider || resource.waitsFor == provider->id) return;
  resource.waitsFor = provider->id;
  story_.tell(resource, {"waiting", "waits for provider \"" + provider->name + "\""},
              policy("provider \"" + provider->name + "\" is not online", provider->lastEvent));
}

// --- going online ----------------------------------------------------------------------------------------------------

void Machine::prepare(Resource& resource, Attempt attempt) {
  if (!resource.waitsFor.empty()) {
    const Resource* provider = context_.registry.resource(resource.waitsFor);
    if (provider) resource.lead = provider->lastEvent;
    resource.waitsFor.clear();
  }
  state::Preparing preparing;
  preparing.from = shown(resource.state);
  preparing.attempt = attempt;
  if (const auto* failed = std::get_if<state::Failed>(&resource.state)) preparing.failed = *failed;
  become(resource, std::move(preparing));
  if (homes_.misplaced(resource)) {
    homes_.close(resource, [this, id = resource.id] {
      if (Resource* closed = context_.registry.resource(id)) openForPreparing(*closed);
    });
  } else {
    openForPreparing(resource);
  }
}

void Machine::openForPreparing(Resource& resource) {
  if (!std::holds_alternative<state::Preparing>(resource.state)) return;
  if (resource.open()) return continuePreparing(resource);
  story_.tell(resource, {"opening", "its instance is opened"}, policy("it must be open to come online"));
  homes_.open(resource, [this, id = resource.id](std::uint32_t openStatus) {
    Resource* opened = context_.registry.resource(id);
    if (!opened || !std::holds_alternative<state::Preparing>(opened->state)) return;
    if (openStatus == status::kResmonInvalidState) return;  // the monitor died: onLost() comes for it
    if (openStatus != 0) {
      opened->lastStatus = openStatus;
      Failure failure;
      failure.count = Failure::Count::NotOpened;
      failure.why = "Open failed with status " + std::to_string(openStatus);
      failure.status = openStatus;
      failure.cause = policy(failure.why);
      return fail(*opened, std::move(failure));
    }
    refresh(*opened);
    continuePreparing(*opened);
  });
}

void Machine::continuePreparing(Resource& resource) {
  if (!std::holds_alternative<state::Preparing>(resource.state)) return;
  if (!mayStart(resource)) return abandonPreparing(resource);
  requirements_.check(resource, [this, id = resource.id](const std::optional<std::string>& missing) {
    Resource* checked = context_.registry.resource(id);
    const auto* preparing = checked ? std::get_if<state::Preparing>(&checked->state) : nullptr;
    if (!preparing) return;
    if (!checked->open()) return;  // its monitor died meanwhile: onLost() comes for it
    if (missing) return notPrepared(*checked, *missing);
    if (!mayStart(*checked)) return abandonPreparing(*checked);
    sendOnline(*checked, preparing->attempt);
  });
}

void Machine::notPrepared(Resource& resource, const std::string& missing) {
  // CM-177: stays Offline with 5002; tried again when its dependencies change or somebody asks.
  resource.unfulfilled = true;
  resource.asked = false;
  resource.lastStatus = status::kDependencyNotFound;
  story_.tell(resource, {"waiting", "needs " + missing + " (5002); add the dependency", ClusterEvent::Level::Warning},
              policy("a required dependency is missing"));
  become(resource, state::Offline{});
}

void Machine::abandonPreparing(Resource& resource) {
  const state::Preparing was = std::get<state::Preparing>(resource.state);
  if (was.from != ResourceState::Failed || !resource.wanted) return become(resource, state::Offline{});
  state::Failed failed = was.failed;
  failed.next.kind = state::Next::Kind::StartNow;
  failed.next.at = context_.now;
  become(resource, std::move(failed));
}

void Machine::sendOnline(Resource& resource, Attempt attempt) {
  const home::Open open = std::get<home::Open>(resource.home);
  state::Starting starting;
  starting.operation = context_.newOperation();
  starting.attempt = attempt;
  starting.shown = shown(resource.state);
  become(resource, starting);
  monitors_.send(*monitors_.find(open.monitor), monitor::Online{open.instance, starting.operation});
}

// --- going offline ---------------------------------------------------------------------------------------------------

void Machine::sendOffline(Resource& resource) {
  if (resource.wanted && !context_.stopping) {
    const Resource* provider = firstNotReady(resource);
    if (provider) resource.lead = provider->lastEvent;
  }
  const home::Open open = std::get<home::Open>(resource.home);
  state::Stopping stopping;
  stopping.operation = context_.newOperation();
  become(resource, stopping);
  monitors_.send(*monitors_.find(open.monitor), monitor::Offline{open.instance, stopping.operation});
}

void Machine::cancelStarting(Resource& resource) {
  // RA T8: no failure, and Offline afterwards.
  if (resource.wanted && !context_.stopping) {
    const Resource* provider = firstNotReady(resource);
    if (provider) resource.lead = provider->lastEvent;
  }
  const home::Open open = std::get<home::Open>(resource.home);
  const ResourceState was = shown(resource.state);
  state::Stopping stopping;
  stopping.operation = context_.newOperation();
  stopping.shown = was == ResourceState::OnlinePending ? ResourceState::OfflinePending : was;
  stopping.cancelled = true;
  story_.tell(resource, {"offline-pending", "its online is cancelled"}, policy("it shall not run now"));
  become(resource, stopping);
  monitors_.send(*monitors_.find(open.monitor), monitor::Terminate{open.instance, stopping.operation, false});
}

// --- requests --------------------------------------------------------------------------------------------------------

void Machine::startOnRequest(Resource& resource, std::uint64_t requestEvent) {
  resource.wanted = true;
  resource.unfulfilled = false;
  resource.policy.clear();
  resource.waitsFor.clear();
  if (!resource.ready) {
    resource.asked = true;
    resource.lead = requestEvent;
  }
  const state::Next now{state::Next::Kind::StartNow, context_.now, "started on request"};
  if (auto* failed = std::get_if<state::Failed>(&resource.state)) failed->next = now;
  if (auto* failing = std::get_if<state::Failing>(&resource.state)) failing->then.next = now;
  refresh(resource);
  touch(resource);
}

void Machine::stopOnRequest(Resource& resource, std::uint64_t requestEvent) {
  resource.wanted = false;
  resource.asked = false;
  resource.waitsFor.clear();
  resource.lead = requestEvent;
  if (std::holds_alternative<state::Failed>(resource.state)) {
    story_.tell(resource, {"offline", "was Failed, is Offline"}, policy("an offline request"));
    return become(resource, state::Offline{});
  }
  if (auto* failing = std::get_if<state::Failing>(&resource.state)) failing->then.next = {};
  refresh(resource);
  touch(resource);
}

void Machine::failOnRequest(Resource& resource, Cause cause) {
  const home::Open open = std::get<home::Open>(resource.home);
  Failure failure;
  failure.why = "a failure was asked for";
  failure.terminated = false;
  failure.ownTerminate = context_.newOperation();
  failure.cause = std::move(cause);
  const monitor::OperationId operation = failure.ownTerminate;
  fail(resource, std::move(failure));
  monitors_.send(*monitors_.find(open.monitor), monitor::Terminate{open.instance, operation, true});
}

void Machine::openInBackground(Resource& resource) {
  homes_.open(resource, [this, id = resource.id](std::uint32_t openStatus) {
    Resource* opened = context_.registry.resource(id);
    if (!opened || openStatus == status::kResmonInvalidState) return;
    if (openStatus == 0) {
      refresh(*opened);
      return touch(*opened);
    }
    if (std::holds_alternative<state::Preparing>(opened->state)) return;  // its own callback tells
    opened->lastStatus = openStatus;
    Failure failure;
    failure.count = Failure::Count::NotOpened;
    failure.why = "Open failed with status " + std::to_string(openStatus);
    failure.status = openStatus;
    failure.cause = start(failure.why);
    fail(*opened, std::move(failure));
  });
}

void Machine::rehome(Resource& resource) {
  if (!std::holds_alternative<state::Offline>(resource.state) || !homes_.misplaced(resource)) return;
  homes_.close(resource, [this, id = resource.id] {
    if (Resource* closed = context_.registry.resource(id)) openInBackground(*closed);
  });
}

// --- time ------------------------------------------------------------------------------------------------------------

void Machine::onTick() {
  while (!timers_.empty() && timers_.begin()->first <= context_.now) {
    Resource* resource = context_.registry.resource(timers_.begin()->second);
    timers_.erase(timers_.begin());
    if (resource) touch(*resource);
  }
}

Time Machine::nextDeadline() const { return timers_.empty() ? kNever : timers_.begin()->first; }

}  // namespace holdfast::rcm
