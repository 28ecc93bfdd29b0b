// What is so, why, and what comes next (cluster explain).
#pragma once

#include <optional>

#include "core/rcm/context.h"

namespace holdfast::rcm {

/// Of a resource, or of a group by the resource that matters most in it. Nothing for other objects.
std::optional<core::Explanation> explain(const Context& context, const ObjectRef& object, Time now);

}  // namespace holdfast::rcm
