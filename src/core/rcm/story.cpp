#include "core/rcm/story.h"

#include <utility>

namespace holdfast::rcm {
namespace {

Cause make(Cause::Kind kind, std::string actor, std::string text, std::uint64_t parent) {
  Cause cause;
  cause.kind = kind;
  cause.actor = std::move(actor);
  cause.text = std::move(text);
  cause.parent = parent;
  return cause;
}

}  // namespace

std::uint64_t Story::tell(const ObjectRef& object, Line line, Cause cause) {
  if (cause.object == ObjectRef{}) cause.object = object;
  ClusterEvent event;
  event.time = context_.now;
  event.level = line.level;
  event.id = line.id;
  event.object = object;
  event.step = std::move(line.step);
  event.text = std::move(line.text);
  event.cause = std::move(cause);
  return context_.events.add(std::move(event));
}

std::uint64_t Story::tell(Resource& resource, Line line, Cause cause) {
  if (cause.parent == 0) cause.parent = resource.lead;
  resource.lead = tell(ObjectRef{ObjectKind::Resource, resource.id}, std::move(line), std::move(cause));
  resource.lastEvent = resource.lead;
  return resource.lead;
}

std::uint64_t Story::tell(Group& group, Line line, Cause cause) {
  group.lastEvent = tell(ObjectRef{ObjectKind::Group, group.id}, std::move(line), std::move(cause));
  return group.lastEvent;
}

Cause policy(std::string text, std::uint64_t parent) {
  return make(Cause::Kind::Policy, "rcm", std::move(text), parent);
}

Cause timer(std::string text, std::uint64_t parent) { return make(Cause::Kind::Timer, "rcm", std::move(text), parent); }

Cause report(monitor::MonitorId monitor, std::string text, std::uint64_t parent) {
  return make(Cause::Kind::Report, "monitor " + std::to_string(monitor), std::move(text), parent);
}

Cause start(std::string text) { return make(Cause::Kind::Start, "rcm", std::move(text), 0); }

std::string inWords(Duration duration) {
  using namespace std::chrono;
  const auto ms = duration_cast<milliseconds>(duration).count();
  if (ms < 1000) return std::to_string(ms) + " ms";
  if (ms < 10'000 && ms % 1000 != 0) {
    return std::to_string(ms / 1000) + "." + std::to_string(ms % 1000 / 100) + " s";
  }
  if (ms < 120'000) return std::to_string(ms / 1000) + " s";
  if (ms < 7'200'000 && ms % 3'600'000 != 0) return std::to_string(ms / 60'000) + " min";
  return std::to_string(ms / 3'600'000) + " h";
}

}  // namespace holdfast::rcm
