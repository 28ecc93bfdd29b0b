#include "core/rcm/group_state.h"

namespace holdfast::rcm {

void GroupStateCounts::change(ResourceState state, bool topLevel, long by) {
  if (topLevel) top_ += by;
  switch (state) {
    case ResourceState::Failed:
      failed_ += by;
      break;
    case ResourceState::Pending:
    case ResourceState::OnlinePending:
    case ResourceState::OfflinePending:
      pending_ += by;
      break;
    case ResourceState::Online:

      if (topLevel) topOnline_ += by;
      break;
    case ResourceState::Unknown:
    case ResourceState::Inherited:
    case ResourceState::Initializing:
    case ResourceState::Offline:
      break;
  }
}

GroupState GroupStateCounts::state() const {
  if (failed_ > 0) return GroupState::Failed;
  if (pending_ > 0) return GroupState::Pending;
  if (top_ > 0 && topOnline_ == top_) return GroupState::Online;
  return topOnline_ > 0 ? GroupState::PartialOnline : GroupState::Offline;
}

}  // namespace holdfast::rcm
