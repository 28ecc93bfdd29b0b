// What the tests know of the heap that ResUtil outputs come from.
#pragma once

namespace holdfast::testing {

/// Blocks of LocalAlloc that are not freed.
int liveBlocks();

/// The allocation after `after` more fails, once; -1: none does.
void failAllocation(int after);

}  // namespace holdfast::testing
