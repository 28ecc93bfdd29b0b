// One line per figure, as bench/run promises: `figure <name> <value> <unit> vs <peer or limit> <value> ratio <r>`.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace holdfast::bench {

inline void figure(const std::string& name, double value, const char* unit, const std::string& peer, double peerValue) {
  std::printf("figure %s %.6g %s vs %s %.6g ratio %.4g\n", name.c_str(), value, unit, peer.c_str(), peerValue,
              peerValue == 0 ? 0.0 : value / peerValue);
  std::fflush(stdout);
}

inline double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
inline double cpuSeconds() { return seconds(CLOCK_PROCESS_CPUTIME_ID); }
inline double wallSeconds() { return seconds(CLOCK_MONOTONIC); }

/// Machines here are shared: of several runs the median counts.
inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace holdfast::bench
