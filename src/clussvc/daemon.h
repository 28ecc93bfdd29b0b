// The parts of clussvc put together, from start to clean stop.
#pragma once

#include "clussvc/config.h"

namespace holdfast::clussvc {

/// Runs the service until it is told to stop (SIGTERM, SIGINT, SIGHUP); returns an ExitCode. What keeps it from
/// starting is said on stderr, in one line.
int runDaemon(const Config& config);

}  // namespace holdfast::clussvc
