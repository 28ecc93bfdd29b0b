#include "core/rcm/explain.h"

#include <algorithm>
#include <string>

#include "core/rcm/answers.h"
#include "core/rcm/limits.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {
namespace {

using Kind = state::Next::Kind;

std::vector<ClusterEvent> chainTo(const EventSink& events, std::uint64_t number) {
  std::vector<ClusterEvent> chain;
  while (number != 0 && chain.size() < kMaxChain_events) {
    const ClusterEvent* event = events.find(number);
    if (!event) break;
    chain.push_back(*event);
    if (event->cause.parent >= number) break;  // a cause lies before its consequence
    number = event->cause.parent;
  }
  std::ranges::reverse(chain);
  return chain;
}

struct Now {
  const Resource& resource;
  Time now;

  std::string operator()(const state::Offline&) const {
    if (resource.unfulfilled) return "Offline: a required dependency is missing";
    return resource.wanted ? "Offline, though it shall be Online" : "Offline";
  }
  std::string operator()(const state::Preparing&) const { return "about to be brought online"; }
  std::string operator()(const state::Starting&) const { return "being brought online"; }
  std::string operator()(const state::Online& s) const { return "Online for " + inWords(now - s.since); }
  std::string operator()(const state::Stopping& s) const {
    return s.cancelled ? "its online is being cancelled" : "being taken offline";
  }
  std::string operator()(const state::Failing& s) const { return failed(s.then) + "; Terminate still runs"; }
  std::string operator()(const state::Failed& s) const { return failed(s); }

  std::string failed(const state::Failed& s) const {
    std::string text = "Failed for " + inWords(now - s.since) + ": " + s.why;
    const std::size_t failures = resource.policy.failures();
    if (failures > 0) text += ", " + std::to_string(failures) + (failures == 1 ? " failure" : " failures") + " counted";
    return text;
  }
};

void addNext(core::Explanation& explanation, const Resource& resource, Time now) {
  const auto* failed = std::get_if<state::Failed>(&resource.state);
  const bool idle = failed || std::holds_alternative<state::Offline>(resource.state);
  if (failed && failed->next.at > now && failed->next.kind != Kind::Nothing) {
    explanation.nextIn = failed->next.at - now;
    explanation.next = (failed->next.kind == Kind::Restart ? "will be restarted in " : "will be tried again in ") +
                       inWords(*explanation.nextIn);
    return;
  }
  if (!idle || !resource.wanted) return;
  if (failed && failed->next.kind == Kind::Nothing) {
    explanation.next = "nothing until somebody brings it online";
  } else if (resource.unfulfilled) {
    explanation.next = "waits for its required dependency";
  } else if (const Resource* provider = firstNotReady(resource)) {
    explanation.next = "waits for provider \"" + provider->name + "\"";
  }
}

core::Explanation explain(const Context& context, const Resource& resource, Time now) {
  core::Explanation explanation;
  explanation.now = std::visit(Now{resource, now}, resource.state);
  explanation.chain = chainTo(context.events, resource.lastEvent);
  addNext(explanation, resource, now);
  return explanation;
}

/// The worst comes first: Failed, then what waits, then what moves, then what happened last.
int weight(const Resource& resource) {
  switch (shown(resource.state)) {
    case ResourceState::Failed:
      return 3;
    case ResourceState::OnlinePending:
    case ResourceState::OfflinePending:
      return 1;
    case ResourceState::Offline:
      return resource.wanted ? 2 : 0;
    default:
      return 0;
  }
}

core::Explanation explain(const Context& context, const Group& group, Time now) {
  const Resource* worst = nullptr;
  for (const auto& [id, resource] : group.resources) {
    const auto rank = [](const Resource& r) { return std::pair(weight(r), r.lastEvent); };
    if (!worst || rank(*resource) > rank(*worst)) worst = resource;
  }
  core::Explanation explanation;
  if (worst) explanation = explain(context, *worst, now);
  if (worst && weight(*worst) > 0) {
    explanation.now = "resource \"" + worst->name + "\" is " + explanation.now;
    if (!explanation.next.empty()) explanation.next = "resource \"" + worst->name + "\" " + explanation.next;
    return explanation;
  }
  switch (group.counts.state()) {
    case GroupState::Online:
      explanation.now = "Online";
      break;
    case GroupState::PartialOnline:
      explanation.now = "partly Online";
      break;
    default:
      explanation.now = group.resources.empty() ? "Offline: it has no resources" : "Offline";
      break;
  }
  if (group.lastEvent > (worst ? worst->lastEvent : 0)) explanation.chain = chainTo(context.events, group.lastEvent);
  return explanation;
}

}  // namespace

std::optional<core::Explanation> explain(const Context& context, const ObjectRef& object, Time now) {
  if (object.kind == ObjectKind::Resource) {
    const Resource* resource = context.registry.resource(object.id);
    if (resource && !resource->creating) return explain(context, *resource, now);
  } else if (object.kind == ObjectKind::Group) {
    if (const Group* group = context.registry.group(object.id)) return explain(context, *group, now);
  }
  return std::nullopt;
}

}  // namespace holdfast::rcm
