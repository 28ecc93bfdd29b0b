// Calls that tell the story: events, explanations, the cluster log.
#include <algorithm>

#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

namespace {

calls::Object objectOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Cluster:
      return calls::CLUSTER;
    case ObjectKind::Group:
      return calls::GROUP;
    case ObjectKind::Resource:
      return calls::RESOURCE;
    case ObjectKind::ResourceType:
      return calls::RESOURCE_TYPE;
    case ObjectKind::Node:
      return calls::NODE;
  }
  return calls::CLUSTER;
}

void fill(calls::Event& event, const ClusterEvent& from, const SessionState& state) {
  event.set_number(from.number);
  event.set_unix_ns(state.service.wallTime(from.time).time_since_epoch().count());
  event.set_monotonic_ns(from.time.time_since_epoch().count());
  event.set_level(static_cast<std::uint32_t>(from.level));
  event.set_id(from.id);
  event.set_object(objectOf(from.object.kind));
  event.set_object_id(from.object.id);
  event.set_object_name(nameOf(state.view(), from.object));
  event.set_step(from.step);
  event.set_text(from.text);
  event.set_cause_kind(static_cast<std::uint32_t>(from.cause.kind));
  event.set_cause_actor(from.cause.actor);
  event.set_cause_text(from.cause.text);
  event.set_parent(from.cause.parent);
}

calls::EventsAnswer answerOf(const std::vector<ClusterEvent>& events, std::uint64_t after, const SessionState& state) {
  calls::EventsAnswer answer;
  answer.set_last(after);
  for (const ClusterEvent& event : events) {
    fill(*answer.add_events(), event, state);
    answer.set_last(event.number);
  }
  return answer;
}

void wakeWaiters(SessionState& state, const ClusterEvent& newest) {
  auto waiters = std::move(state.eventWaiters);
  state.eventWaiters.clear();
  for (EventWaiter& waiter : waiters) {
    auto events = state.view().eventsAfter(waiter.after, waiter.atMost);
    if (events.empty() && newest.number > waiter.after) events.push_back(newest);
    if (events.empty()) {
      state.eventWaiters.push_back(std::move(waiter));
    } else {
      waiter.reply.done(answerOf(events, waiter.after, state));
    }
  }
}

}  // namespace

void readEvents(SessionState& state, const calls::EventsRequest& request, const Reply& reply) {
  if (const auto cluster = state.object(request.cluster(), ObjectKind::Cluster); !cluster) {
    return reply.refuse(cluster.error());
  }
  const std::uint32_t atMost = request.at_most() == 0 ? kEventsAtOnce : std::min(request.at_most(), kEventsAtOnce);
  const auto events = state.view().eventsAfter(request.after(), atMost);
  if (!events.empty() || !request.wait()) return reply.done(answerOf(events, request.after(), state));
  state.eventWaiters.push_back({reply, request.after(), atMost});
  if (state.events) return;
  state.events = state.service.onEvent([weak = state.weak_from_this()](const ClusterEvent& event) {
    if (const auto held = weak.lock()) wakeWaiters(*held, event);
  });
}

void explain(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto* object = state.handles.find<ObjectRef>(request.handle());
  if (!object) return reply.refuse(kInvalidHandle, "the handle is not one of an object");
  const auto explanation = state.view().explain(*object, state.service.now());
  if (!explanation) {
    const bool group = object->kind == ObjectKind::Group;
    return reply.refuse(group ? kGroupNotFound : kResourceNotFound, "there is nothing to explain about this object");
  }
  calls::ExplainAnswer answer;
  answer.set_now(explanation->now);
  for (const ClusterEvent& event : explanation->chain) fill(*answer.add_chain(), event, state);
  answer.set_next(explanation->next);
  answer.set_next_in_ms(
      explanation->nextIn ? std::chrono::duration_cast<std::chrono::milliseconds>(*explanation->nextIn).count() : -1);
  reply.done(answer);
}

void readLog(SessionState& state, const calls::LogRequest& request, const Reply& reply) {
  if (const auto cluster = state.object(request.cluster(), ObjectKind::Cluster); !cluster) {
    return reply.refuse(cluster.error());
  }
  auto lines = state.service.logTail(std::min<std::size_t>(request.lines(), kLogLines));
  std::size_t size_bytes = 0;
  auto first = lines.rbegin();
  while (first != lines.rend() && size_bytes + first->size() <= kLogAnswer_bytes) size_bytes += (first++)->size();
  calls::LogAnswer answer;
  for (auto line = first.base(); line != lines.end(); ++line) answer.add_lines(std::move(*line));
  reply.done(answer);
}

}  // namespace holdfast::clussvc::doors
