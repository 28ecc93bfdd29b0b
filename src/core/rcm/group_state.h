// The state of a group, derived from its resources and never stored (CM §13). Counted, so that a change of one resource
// costs the same in a group of ten thousand.
#pragma once

#include <cstddef>

#include "core/base/types.h"

namespace holdfast::rcm {

class GroupStateCounts {
 public:
  /// A resource in `state`; top-level: nothing in the group depends on it.
  void add(ResourceState state, bool topLevel) { change(state, topLevel, 1); }
  void remove(ResourceState state, bool topLevel) { change(state, topLevel, -1); }

  GroupState state() const;

 private:
  void change(ResourceState state, bool topLevel, long by);

  long failed_ = 0, pending_ = 0, top_ = 0, topOnline_ = 0;
};

}  // namespace holdfast::rcm
