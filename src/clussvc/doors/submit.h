// How calls become operations: given to core::Node, answered when it answers.
#pragma once

#include <functional>

#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

/// Answers with the operation's status. `onDone` is asked for the answer's body when the status is 0; it is not called
/// after the session's end.
using OnDone = std::function<Result<std::unique_ptr<google::protobuf::MessageLite>>(SessionState&, const Answer&)>;
void submit(SessionState& state, Operation operation, const ObjectRef& about, std::string text, const Reply& reply,
            OnDone onDone = {});

/// A handle's object as the cause's sentence names it: `group "Web"`.
std::string called(const core::ClusterView& view, const ObjectRef& object);

/// Objects' names: not empty, at most kObjectName_chars.
std::optional<Error> checkObjectName(const std::string& name);

}  // namespace holdfast::clussvc::doors
