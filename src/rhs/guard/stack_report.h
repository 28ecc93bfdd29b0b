// The stacks of a hung monitor, taken from outside before it is killed (RA §12.4).
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "rhs/guard/options.h"

namespace holdfast::guard {

/// Runs rhs-stack, which lies beside rhs, and lets it write monitor-<N>-stack.txt beside the run folder. `thread` comes
/// first in it if not 0. After `patience` it is ended, finished or not.
void writeStackReport(const Options& options, pid_t rhs, std::int32_t thread, Duration patience);

}  // namespace holdfast::guard
