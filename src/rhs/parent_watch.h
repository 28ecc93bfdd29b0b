// The process above rhs is the keeper of its guard. When it dies, nobody holds the lease and nobody would clean up: rhs
// ends itself and its children at once (CM §4.1).
#pragma once

namespace holdfast::rhs {

/// Starts the thread that waits for the end of the parent process. Requires: prepareLastWords() was called. Returns
/// false if there is nothing to wait for, because the parent is gone already.
bool watchParent();

}  // namespace holdfast::rhs
