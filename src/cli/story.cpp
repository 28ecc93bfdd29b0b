// events, log, explain.
#include <clusapi.h>
#include <holdfast/cluster.h>

#include <cstdio>
#include <ctime>

#include "cli/commands.h"
#include "cli/text.h"
#include "cli/timeline.h"

namespace holdfast::cli {
namespace {

std::string clockText(long long unix_ns) {
  const std::time_t seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%H:%M:%S", &local);
  std::snprintf(text + length, sizeof text - length, ".%03d", static_cast<int>(unix_ns / 1'000'000 % 1000));
  return text;
}

struct StoredEvent {
  std::string line;
  Record record;
};

StoredEvent store(const HOLDFAST_EVENT& event, const Output& output) {
  static constexpr const char* kLevels[] = {"information", "warning", "error", "critical"};
  const char* level = kLevels[std::min<DWORD>(event.level, 3)];
  std::string line = clockText(event.unix_ns) + "  ";
  std::string step = event.step;
  step.resize(std::max<std::size_t>(step.size(), 15), ' ');
  line += output.coloured(event.level >= 2 ? Output::Colour::Bad : Output::Colour::None, step);
  if (*event.object_name) line += std::string(" ") + event.object_name + ": ";
  line += event.text;
  if (*event.cause_text && std::string(event.cause_text) != event.text)
    line += std::string(" (") + event.cause_text + ")";
  return {line,
          {{"number", static_cast<std::int64_t>(event.number)},
           {"unix_ns", static_cast<std::int64_t>(event.unix_ns)},
           {"monotonic_ns", static_cast<std::int64_t>(event.monotonic_ns)},
           {"level", std::string(level)},
           {"id", static_cast<std::int64_t>(event.id)},
           {"object", std::string(event.object_name)},
           {"object_id", std::string(event.object_id)},
           {"step", std::string(event.step)},
           {"text", std::string(event.text)},
           {"cause", std::string(event.cause_text)},
           {"actor", std::string(event.cause_actor)},
           {"parent", static_cast<std::int64_t>(event.parent)}}};
}

struct Collected {
  const Output& output;
  std::vector<StoredEvent> events;
};

void WINAPI collect(const HOLDFAST_EVENT* event, void* context) {
  auto& collected = *static_cast<Collected*>(context);
  collected.events.push_back(store(*event, collected.output));
}

Table asTable(const std::vector<StoredEvent>& events) {
  Table table;
  for (const auto& event : events) {
    std::vector<Cell> row;
    table.keys.clear();
    for (const auto& [key, value] : event.record) {
      table.keys.push_back(key);
      row.push_back(value);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void showEvents(Context& context, std::uint64_t after, std::uint32_t atMost, bool follow) {
  const Cluster cluster;
  ULONGLONG last = after;
  for (;;) {
    Collected collected{context.output, {}};
    const DWORD status =
        HoldfastReadEvents(cluster.handle(), &last, atMost, follow ? INFINITE : 0, collect, &collected);
    if (status != ERROR_SUCCESS && status != WAIT_TIMEOUT) refuse(status, "cannot read the events");
    if (!follow) {
      if (context.output.json()) {
        context.output.table("events", asTable(collected.events));
      } else {
        for (const auto& event : collected.events) context.output.line(event.line);
        if (collected.events.empty()) context.output.line("no events");
      }
      return;
    }
    for (const auto& event : collected.events) context.output.streamed(event.line, event.record);
  }
}

namespace {

/// All events that the service still has after `after`, in pages.
std::vector<StoryEvent> story(const Cluster& cluster, std::uint64_t after) {
  std::vector<StoryEvent> events;
  ULONGLONG last = after;
  const auto add = [](const HOLDFAST_EVENT* event, void* to) {
    static_cast<std::vector<StoryEvent>*>(to)->push_back(
        {event->number, event->unix_ns, event->object_name, event->step, event->text, event->cause_text});
  };
  for (;;) {
    const std::size_t before = events.size();
    const DWORD status = HoldfastReadEvents(cluster.handle(), &last, 1000, 0, add, &events);
    if (status != ERROR_SUCCESS && status != WAIT_TIMEOUT) refuse(status, "cannot read the events");
    if (events.size() == before) return events;
  }
}

}  // namespace

void showTimeline(Context& context, const std::string& resource, std::uint64_t after, std::int64_t from_ns) {
  const Cluster cluster;
  const std::string line = timelineText(story(cluster, after), resource, from_ns);
  context.output.line(line.empty() ? "no events of \"" + resource + "\"" : line);
  context.output.member("timeline", line);
}

void showOutages(Context& context, std::uint64_t after) {
  const Cluster cluster;
  Table table{{"resource", "began_unix_ns", "milliseconds", "cause"}, {"RESOURCE", "BEGAN", "LASTED", "CAUSE"}, {}};
  for (const auto& outage : outages(story(cluster, after))) {
    const std::int64_t lasted_ms = outage.ended_ns == 0 ? -1 : (outage.ended_ns - outage.began_ns) / 1'000'000;
    if (context.output.json()) {
      table.rows.push_back({outage.resource, outage.began_ns, lasted_ms, outage.cause});
    } else {
      table.rows.push_back({outage.resource, clockText(outage.began_ns),
                            lasted_ms < 0 ? "not over" : durationText(lasted_ms), outage.cause});
    }
  }
  context.output.table("outages", table, table.rows.empty() ? "no outages" : "");
}

void showLog(Context& context, std::uint32_t lines) {
  const Cluster cluster;
  std::vector<std::string> collected;
  const DWORD status = HoldfastReadLog(
      cluster.handle(), lines,
      [](const char* line, void* to) { static_cast<std::vector<std::string>*>(to)->emplace_back(line); }, &collected);
  if (status != ERROR_SUCCESS) refuse(status, "cannot read the cluster log");
  for (const auto& line : collected) context.output.line(line);
  context.output.member("lines", collected);
}

void explainObject(Context& context, const std::string& name) {
  const Cluster cluster;
  const auto named = [&](const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(), [&](const auto& other) { return sameName(other, name); });
  };
  // A resource first: it has the more precise story. A name may be both.
  const bool isResource = named(cluster.names(CLUSTER_ENUM_RESOURCE));
  if (!isResource && !named(cluster.names(CLUSTER_ENUM_GROUP))) {
    throw Failure{
        ERROR_RESOURCE_NOT_FOUND,
        "there is no resource or group \"" + name + "\"; `cluster resource list` and `cluster group list` name them",
        kRefused};
  }
  std::optional<ResourceHandle> resource;
  std::optional<GroupHandle> group;
  if (isResource) {
    resource.emplace(cluster.resource(name));
  } else {
    group.emplace(cluster.group(name));
  }
  Collected collected{context.output, {}};
  const Explained explained = explain(resource ? resource->get() : nullptr, group ? group->get() : nullptr,
                                      "cannot explain \"" + name + "\"", collect, &collected);
  const long long nextIn = explained.nextIn ? explained.nextIn->count() : -1;

  context.output.line((isResource ? "resource \"" : "group \"") + name + "\": " + explained.now);
  if (!collected.events.empty()) context.output.line("because");
  for (const auto& event : collected.events) context.output.line("  " + event.line);
  if (!explained.next.empty())
    context.output.line("next: " + explained.next + (nextIn >= 0 ? " (in " + durationText(nextIn) + ")" : ""));
  context.output.member("now", explained.now);
  context.output.member("next", explained.next);
  context.output.member("next_in_ms", static_cast<std::int64_t>(nextIn));
  if (context.output.json()) context.output.table("chain", asTable(collected.events));
}

}  // namespace holdfast::cli
