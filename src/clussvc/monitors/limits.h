// Limits of the monitors room.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace holdfast::clussvc::monitors {

using namespace std::chrono_literals;

/// Versions of monitor.proto that this build speaks.
inline constexpr std::uint32_t kProtocolLowest = 1;
inline constexpr std::uint32_t kProtocolHighest = 1;

/// From the start of a guard until it and its rhs have both connected: a machine under load may take long.
inline constexpr auto kStartTimeout = 30s;
/// How long monitors of an earlier life of the service may take to connect. They try again several times a second, so
/// one that has not come by then is stuck.
inline constexpr auto kAdoptionWindow = 10s;
/// From a lost connection until it is there again, while the process lives.
inline constexpr auto kReconnectTimeout = 10s;
/// From Kill until all is gone; then clussvc kills by itself.
inline constexpr auto kKillTimeout = 10s;
/// From a connection to monitors.sock until its Hello is there.
inline constexpr auto kHelloTimeout = 5s;
/// How often what a dead guard left behind is looked for, until nothing is found.
inline constexpr auto kSweepInterval = 50ms;
/// How often guards are looked at for having been stopped (SIGSTOP); the second time in a row counts.
inline constexpr auto kStoppedCheckInterval = 2s;

/// Connections that have not said who they are.
inline constexpr std::size_t kMaxStrangers = 256;
/// Waiting for a monitor that does not read; it is killed beyond that. A page of commands for 10,000 instances is 2 MB.
inline constexpr std::size_t kMaxQueued_bytes = 64u << 20;

}  // namespace holdfast::clussvc::monitors
