// Time lines and the ledger of outages, computed from events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::cli {

struct StoryEvent {
  std::uint64_t number = 0;
  std::int64_t unix_ns = 0;
  std::string object;
  std::string step;
  std::string text;
  std::string cause;
};

/// `failed 0 ms → noticed 212 ms (process ended) → terminated 215 ms → online 731 ms`: the events of one resource,
/// times since `from_ns` (or since the first event if it is 0). Empty for no events.
std::string timelineText(const std::vector<StoryEvent>& events, const std::string& resource, std::int64_t from_ns);

/// From leaving Online without being asked to Online again.
struct Outage {
  std::string resource;
  std::int64_t began_ns = 0;
  std::int64_t ended_ns = 0;  ///< 0 = not yet
  std::string cause;
};

/// Oldest first. An orderly offline is no outage.
std::vector<Outage> outages(const std::vector<StoryEvent>& events);

}  // namespace holdfast::cli
