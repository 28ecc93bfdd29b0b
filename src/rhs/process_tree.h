// The processes below this one. Nothing here allocates.
#pragma once

#include <sys/types.h>

namespace holdfast::rhs {

/// Makes orphans of the processes below this one its children, and checks that its children can be listed.
/// Returns false, with errno, where the system cannot do that.
bool becomeSubreaper();

/// Ends every process below this one with SIGKILL, those that were forked twice as well, and returns when all are gone
/// and reaped. Requires: becomeSubreaper() succeeded; the caller has one thread.
/// It waits for a process that cannot die (uninterruptible sleep): nothing may be started again before that.
void killAllBelow();

/// Sends SIGKILL to everything below all threads of this process, without waiting: the last act of a process that is
/// itself about to end.
void signalAllBelow();

}  // namespace holdfast::rhs
