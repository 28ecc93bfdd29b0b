#include "cli/timeline.h"

#include <map>

#include "cli/text.h"

namespace holdfast::cli {

std::string timelineText(const std::vector<StoryEvent>& events, const std::string& resource, std::int64_t from_ns) {
  std::string line;
  std::string lastReason;
  for (const auto& event : events) {
    if (!sameName(event.object, resource)) continue;
    if (from_ns == 0) from_ns = event.unix_ns;
    if (!line.empty()) line += " → ";
    line += event.step + " " + durationText((event.unix_ns - from_ns) / 1'000'000);
    const std::string& reason = event.cause.empty() ? event.text : event.cause;
    if (!reason.empty() && reason != lastReason &&
        (event.step == "failed" || event.step == "noticed" || event.step == "restarting" || event.step == "given-up" ||
         event.step == "retry")) {
      line += " (" + reason + ")";
      lastReason = reason;
    }
  }
  return line;
}

std::vector<Outage> outages(const std::vector<StoryEvent>& events) {
  std::vector<Outage> ledger;
  std::map<std::string, std::size_t> open;
  for (const auto& event : events) {
    if (event.object.empty()) continue;
    const auto running = open.find(event.object);
    if (event.step == "failed") {
      if (running == open.end()) {
        open[event.object] = ledger.size();
        ledger.push_back({event.object, event.unix_ns, 0, event.cause.empty() ? event.text : event.cause});
      }
    } else if (event.step == "online" && running != open.end()) {
      ledger[running->second].ended_ns = event.unix_ns;
      open.erase(running);
    }
  }
  return ledger;
}

}  // namespace holdfast::cli
