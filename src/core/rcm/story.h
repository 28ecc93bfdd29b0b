// Events with their causes: each names the one it follows from, so that explain() can tell the chain (CM §30).
#pragma once

#include <cstdint>
#include <string>

#include "core/rcm/context.h"

namespace holdfast::rcm {

/// Event ids of CM §30.
namespace event {
inline constexpr std::uint32_t kResourceFailed = 1069;
inline constexpr std::uint32_t kMonitorDied = 1146;
inline constexpr std::uint32_t kGroupOnlineRequested = 1200;
inline constexpr std::uint32_t kGroupOfflineRequested = 1203;
inline constexpr std::uint32_t kGroupIncomplete = 1205;
inline constexpr std::uint32_t kDeadlock = 1230;
inline constexpr std::uint32_t kTerminalFailure = 1254;
inline constexpr std::uint32_t kFailureInfo = 1635;
inline constexpr std::uint32_t kStateTransition = 1637;
}  // namespace event

struct Line {
  std::string step;  ///< one word of the time line
  std::string text;
  ClusterEvent::Level level = ClusterEvent::Level::Information;
  std::uint32_t id = 0;
};

class Story {
 public:
  explicit Story(Context& context) : context_(context) {}

  /// An event about the resource. Without a parent of its own, the cause follows from what leads the resource now, and
  /// the new event leads it from here on. Returns its number.
  std::uint64_t tell(Resource& resource, Line line, Cause cause);
  std::uint64_t tell(Group& group, Line line, Cause cause);
  /// About an object that the RCM keeps no record of (type, cluster, node).
  std::uint64_t tell(const ObjectRef& object, Line line, Cause cause);

 private:
  Context& context_;
};

Cause policy(std::string text, std::uint64_t parent = 0);
Cause timer(std::string text, std::uint64_t parent = 0);
Cause report(monitor::MonitorId monitor, std::string text, std::uint64_t parent = 0);
Cause start(std::string text);

/// "500 ms", "12 s", "15 min", "1 h": for people.
std::string inWords(Duration duration);

}  // namespace holdfast::rcm
