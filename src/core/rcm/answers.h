// How requests are answered, and what every refusal says: code, subject, advice.
#pragma once

#include <string>
#include <string_view>

#include "core/rcm/context.h"

namespace holdfast::rcm {

struct Ask {
  RequestId id;
  Cause cause;  ///< who asked
};

void answer(Context& context, const Ask& ask, Error status = {}, std::uint64_t tag = 0, ObjectId id = {});
/// Of a proposal: done with its tag, or refused with its error.
void answer(Context& context, const Ask& ask, const Result<std::uint64_t>& result, ObjectId id = {});

/// An accepted operation that goes on (CM §14).
Error pending();

Error noGroup(std::string_view id);
Error noResource(std::string_view id);
Error noType(std::string_view name);
Error noNode(std::string_view id);
Error beingDeleted(std::string_view name);
Error nameTaken(std::string_view kind, std::string_view name);
Error badName(std::string_view kind);
Error wrongState(std::string_view name, ResourceState state);

const char* nameOf(ResourceState state);

}  // namespace holdfast::rcm
