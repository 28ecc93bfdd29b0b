#include "clussvc/log/event_line.h"

#include <fmt/format.h>

namespace holdfast::clussvc::log {
namespace {

std::string named(const char* kind, const std::string& id, const std::optional<std::string>& name) {
  return fmt::format("{} \"{}\"", kind, name.value_or(id));
}

std::string objectName(const ObjectRef& object, const core::ClusterView& view) {
  const auto nameOf = [](const auto& info) {
    return info ? std::optional<std::string>(info->name) : std::optional<std::string>();
  };
  switch (object.kind) {
    case ObjectKind::Cluster:
      return "cluster";
    case ObjectKind::Group:
      return named("group", object.id, nameOf(view.group(object.id)));
    case ObjectKind::Resource:
      return named("resource", object.id, nameOf(view.resource(object.id)));
    case ObjectKind::ResourceType:
      return named("resource type", object.id, object.id);
    case ObjectKind::Node:
      return named("node", object.id, nameOf(view.node(object.id)));
  }
  return object.id;
}

}  // namespace

std::string eventLine(const ClusterEvent& event, const core::ClusterView& view) {
  std::string line = objectName(event.object, view);
  if (!event.step.empty()) line += ": " + event.step;
  if (!event.text.empty()) line += ": " + event.text;
  if (!event.cause.text.empty() && event.cause.text != event.text) line += "; cause: " + event.cause.text;
  if (!event.cause.actor.empty()) line += " (" + event.cause.actor + ")";
  line += fmt::format(" [event {}", event.number);
  if (event.id != 0) line += fmt::format(", id {}", event.id);
  if (event.cause.parent != 0) line += fmt::format(", because of {}", event.cause.parent);
  return line + "]";
}

Service::LogLevel levelOf(const ClusterEvent& event) {
  switch (event.level) {
    case ClusterEvent::Level::Information:
      return Service::LogLevel::Information;
    case ClusterEvent::Level::Warning:
      return Service::LogLevel::Warning;
    case ClusterEvent::Level::Error:
    case ClusterEvent::Level::Critical:
      return Service::LogLevel::Error;
  }
  return Service::LogLevel::Information;
}

}  // namespace holdfast::clussvc::log
