// What clussvc tells a guard when it starts one. The one-time token is in the environment, which only the owner may
// read; the guard does not look at it.
#pragma once

#include <cstdint>

#include "core/monitor/call_watch.h"

namespace holdfast::guard {

/// Pointers into argv, which lives as long as the process.
struct Options {
  std::uint32_t monitor = 0;
  const char* runDir = nullptr;
  const char* name = "";
  const char* rhs = nullptr;
  const char* objects = nullptr;  ///< folder of named objects; may be missing
  Duration loopSilence = monitor::kLoopSilence;
};

/// Prints what is wrong and returns false on a command line that makes no sense.
bool parseOptions(int argc, char** argv, Options& options);

}  // namespace holdfast::guard
