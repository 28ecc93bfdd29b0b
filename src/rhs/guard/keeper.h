// The process between guard and rhs. A guard that is killed cannot clean up, and what is below rhs would survive it; so
// rhs is started by a keeper, which is the subreaper of all that rhs starts. It waits for the end of rhs or of the
// guard, and then ends everything below itself. If the keeper is killed, the guard, its own subreaper, inherits all.
#pragma once

#include <sys/types.h>

#include "rhs/guard/options.h"
#include "rhs/shared_block.h"

namespace holdfast::guard {

/// Forks the keeper, which starts rhs with `sharedFile` and `wakeFile` open. Returns its pid, -1 with errno on failure.
/// Requires: one thread; SIGCHLD not blocked.
pid_t startKeeper(const Options& options, rhs::SharedBlock& shared, int sharedFile, int wakeFile);

}  // namespace holdfast::guard
