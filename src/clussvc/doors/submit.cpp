#include "clussvc/doors/submit.h"

#include <algorithm>

namespace holdfast::clussvc::doors {

void submit(SessionState& state, Operation operation, const ObjectRef& about, std::string text, const Reply& reply,
            OnDone onDone) {
  state.service.submit(std::move(operation), state.cause(about, std::move(text)),
                       [weak = state.weak_from_this(), reply, onDone = std::move(onDone)](const Answer& answer) {
                         const auto held = weak.lock();
                         if (!held) return;
                         if (answer.status.code != kSuccess || !onDone)
                           return reply.with(answer.status, nullptr, answer.tag);
                         auto body = onDone(*held, answer);
                         if (!body) return reply.refuse(body.error());
                         reply.done(**body, answer.tag);
                       });
}

std::string called(const core::ClusterView& view, const ObjectRef& object) {
  const std::string name = nameOf(view, object);
  switch (object.kind) {
    case ObjectKind::Cluster:
      return "the cluster";
    case ObjectKind::Group:
      return "group \"" + name + "\"";
    case ObjectKind::Resource:
      return "resource \"" + name + "\"";
    case ObjectKind::ResourceType:
      return "resource type \"" + name + "\"";
    case ObjectKind::Node:
      return "node \"" + name + "\"";
  }
  return name;
}

std::optional<Error> checkObjectName(const std::string& name) {
  if (name.empty()) return Error{kInvalidParameter, "the name is empty", "give it at least one character"};
  const auto length =
      std::ranges::count_if(name, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
  if (static_cast<std::size_t>(length) > kObjectName_chars) {
    return Error{kInvalidParameter, "the name has " + std::to_string(length) + " characters",
                 "use at most " + std::to_string(kObjectName_chars)};
  }
  return std::nullopt;
}

}  // namespace holdfast::clussvc::doors
