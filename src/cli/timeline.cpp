#include "cli/timeline.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>

#include "cli/text.h"

namespace holdfast::cli {

namespace {

bool isOneOf(std::string_view step, std::initializer_list<std::string_view> steps) {
  return std::ranges::find(steps, step) != steps.end();
}

/// What happened, and what lies behind it where that says more.
std::string reason(const StoryEvent& event) {
  if (event.text.empty()) return event.cause;
  const bool said = event.cause.empty() || event.text.find(event.cause) != std::string::npos;
  return said ? event.text : event.text + ": " + event.cause;
}

/// Most steps say by their word what they are; a step of the policy has all in its text.
std::string remark(const StoryEvent& event) {
  if (isOneOf(event.step, {"failed", "adopted"})) return reason(event);
  return isOneOf(event.step, {"restarting", "given-up", "retry", "waiting"}) ? event.text : "";
}

}  // namespace

std::string timelineText(const std::vector<StoryEvent>& events, const std::string& resource, std::int64_t from_ns) {
  std::string line;
  const bool readerKnows = from_ns != 0;
  for (const auto& event : events) {
    if (!sameName(event.object, resource)) continue;
    if (from_ns == 0) from_ns = event.unix_ns;
    const bool noticed = readerKnows && line.empty() && event.step == "failed";
    if (noticed) line = "failed 0 ms";
    if (!line.empty()) line += " → ";
    line += (noticed ? "noticed" : event.step) + " " + durationText((event.unix_ns - from_ns) / 1'000'000);
    if (const std::string text = remark(event); !text.empty()) line += " (" + text + ")";
  }
  return line;
}

std::vector<Outage> outages(const std::vector<StoryEvent>& events) {
  std::vector<Outage> ledger;
  std::map<std::string, std::size_t> open;
  std::set<std::string> up;
  for (const auto& event : events) {
    if (event.object.empty()) continue;
    const auto running = open.find(event.object);
    if (event.step == "failed" && running == open.end()) {
      open[event.object] = ledger.size();
      ledger.push_back({event.object, event.unix_ns, 0, reason(event)});
    } else if (event.step == "starting" && up.contains(event.object)) {
      open[event.object] = ledger.size();
      ledger.push_back(
          {event.object, event.unix_ns, 0, "not running when the service started; away since before that"});
    } else if (isOneOf(event.step, {"online", "offline"}) && running != open.end()) {
      ledger[running->second].ended_ns = event.unix_ns;
      open.erase(running);
    }
    if (event.step == "online") up.insert(event.object);
    if (isOneOf(event.step, {"failed", "offline", "starting"})) up.erase(event.object);
  }
  return ledger;
}

}  // namespace holdfast::cli
