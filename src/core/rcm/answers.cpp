#include "core/rcm/answers.h"

#include <utility>

#include "core/properties/status.h"

namespace holdfast::rcm {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  out += text;
  return out += '"';
}

}  // namespace

void answer(Context& context, const Ask& ask, Error status, std::uint64_t tag, ObjectId id) {
  Answer reply;
  reply.request = ask.id;
  reply.status = std::move(status);
  reply.id = std::move(id);
  reply.tag = tag;
  context.effects->answers.push_back(std::move(reply));
}

void answer(Context& context, const Ask& ask, const Result<std::uint64_t>& result, ObjectId id) {
  if (result) return answer(context, ask, Error{}, *result, std::move(id));
  answer(context, ask, result.error());
}

Error pending() { return {status::kIoPending, "accepted and under way", "watch the state"}; }

Error noGroup(std::string_view id) {
  return {status::kGroupNotFound, "there is no group " + quoted(id), "list groups"};
}

Error noResource(std::string_view id) {
  return {status::kResourceNotFound, "there is no resource " + quoted(id), "list resources"};
}

Error noType(std::string_view name) {
  return {status::kResourceTypeNotFound, "there is no resource type " + quoted(name), "register it first"};
}

Error noNode(std::string_view id) { return {status::kNodeNotFound, "there is no node " + quoted(id), "list nodes"}; }

Error beingDeleted(std::string_view name) {
  return {status::kResourceNotAvailable, "resource " + quoted(name) + " is being deleted", ""};
}

Error nameTaken(std::string_view kind, std::string_view name) {
  return {status::kObjectAlreadyExists, "a " + std::string(kind) + " named " + quoted(name) + " exists already",
          "choose another name"};
}

Error badName(std::string_view kind) {
  return {status::kInvalidParameter, "this is no name for a " + std::string(kind),
          "use 1 to 255 characters, without a backslash where the name is a key"};
}

Error wrongState(std::string_view name, ResourceState state) {
  return {status::kInvalidState, "resource " + quoted(name) + " is " + nameOf(state),
          "wait until the operation in progress has ended"};
}

const char* nameOf(ResourceState state) {
  switch (state) {
    case ResourceState::Unknown:
      return "Unknown";
    case ResourceState::Inherited:
      return "Inherited";
    case ResourceState::Initializing:
      return "Initializing";
    case ResourceState::Online:
      return "Online";
    case ResourceState::Offline:
      return "Offline";
    case ResourceState::Failed:
      return "Failed";
    case ResourceState::Pending:
      return "Pending";
    case ResourceState::OnlinePending:
      return "OnlinePending";
    case ResourceState::OfflinePending:
      return "OfflinePending";
  }
  return "Unknown";
}

}  // namespace holdfast::rcm
