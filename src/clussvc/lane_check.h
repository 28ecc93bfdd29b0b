// Would a call made by a DLL need the lane that its caller holds (design §5)?
#pragma once

#include "clussvc/doors/session.h"
#include "core/views.h"

namespace holdfast::clussvc {

/// `caller`: the resource whose instance made the call, empty if it is none's. Lanes are one per DLL in a monitor, or
/// one per instance where the type says DllConcurrency = 1.
bool needsHeldLane(const core::ClusterView& view, const ObjectId& caller, const ObjectRef& target,
                   const doors::DllContext& where);

}  // namespace holdfast::clussvc
