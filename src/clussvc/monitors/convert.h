// The values of core/monitor/messages.h as frames of calls/monitor.proto, and back: the only file that knows both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "calls/guard_packet.h"
#include "clussvc/doors/session.h"
#include "core/monitor/messages.h"

namespace holdfast::clussvc::monitors {

// --- service → monitor: bodies of frames
// ------------------------------------------------------------------------------

std::string serviceHello(std::uint64_t incarnation, std::string_view build);
std::string frameOf(const monitor::Command& command);
std::string apiAnswer(std::string_view serverFrame);

// --- monitor → service
// ------------------------------------------------------------------------------------------------

struct MonitorHello {
  std::uint32_t protocolLowest = 0;
  std::uint32_t protocolHighest = 0;
  std::string build;
  std::string token;
  monitor::MonitorId monitor = 0;
  monitor::Hello hello;
};
struct LogLine {
  std::uint32_t level = 0;  ///< LOG_LEVEL
  std::string type;
  std::string resource;
  std::string text;
};
struct ApiCall {
  std::string frame;  ///< a ClientFrame
  doors::DllContext where;
};
using Frame = std::variant<MonitorHello, monitor::Report, LogLine, ApiCall>;

/// nullopt: garbage, or a message of a later version that this one cannot know.
std::optional<Frame> parseFrame(std::string_view body);

/// How a monitor ended, from its guard's last packet. `everConnected`: its rhs had said Hello; `askedToEnd`: the
/// service wanted its end.
monitor::Exited exitedOf(const calls::GuardPacket& packet, bool everConnected, bool askedToEnd);

/// Name of a RESOURCE_MONITOR_STATE: "Online" for 3.
std::string entryPointName(std::uint32_t state);

}  // namespace holdfast::clussvc::monitors
