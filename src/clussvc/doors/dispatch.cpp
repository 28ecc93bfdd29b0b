#include "clussvc/doors/dispatch.h"

#include <map>

#include "calls/frame.h"
#include "clussvc/doors/dll_rules.h"
#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

namespace {

using calls::Call;

struct Incoming {
  const calls::CallInfo& info;
  const std::string& body;
  const std::optional<DllContext>& where;
  const Reply& reply;
};

using Serve = void (*)(SessionState&, const Incoming&);

/// Every request with a right names its handle in field 1 (table_test.cpp).
std::optional<Error> checkRight(SessionState& state, const calls::CallInfo& info,
                                const google::protobuf::Message& request) {
  if (info.right == calls::RIGHT_NONE) return std::nullopt;
  const std::uint64_t handle = request.GetReflection()->GetUInt64(request, info.request->FindFieldByNumber(1));
  const HandleEntry* entry = state.handles.find(handle);
  if (!entry) return Error{kInvalidHandle, "the handle is closed, or was never opened in this session", {}};
  if (info.right == calls::RIGHT_ALL && entry->granted != Access::All) {
    return Error{kAccessDenied, info.name + " needs full access and the handle has read access only",
                 "open the object with GENERIC_ALL"};
  }
  return std::nullopt;
}

template <class Request, void (*handler)(SessionState&, const Request&, const Reply&)>
void serve(SessionState& state, const Incoming& incoming) {
  Request request;
  if (!request.ParseFromString(incoming.body)) {
    incoming.reply.refuse(kBadStubData, "the body is no request of " + incoming.info.name);
    return;
  }
  if (const auto refusal = checkRight(state, incoming.info, request)) return incoming.reply.refuse(*refusal);
  if (incoming.where) {
    if (const auto refusal = checkDllCall(state, incoming.info, request, *incoming.where)) {
      return incoming.reply.refuse(*refusal);
    }
  }
  handler(state, request, incoming.reply);
}

const std::map<Call, Serve>& handlers() {
  using namespace calls;
  static const std::map<Call, Serve> table = {
      {Call::Hello, serve<HelloRequest, hello>},
      {Call::Open, serve<OpenRequest, openObject>},
      {Call::Close, serve<HandleRequest, closeHandle>},
      {Call::Cancel, serve<CancelRequest, cancelRequest>},
      {Call::ClusterInformation, serve<HandleRequest, clusterInformation>},
      {Call::Enumerate, serve<EnumRequest, enumerate>},
      {Call::EnumeratePage, serve<EnumPageRequest, enumeratePage>},
      {Call::GetState, serve<HandleRequest, getState>},
      {Call::CreateGroup, serve<CreateGroupRequest, createGroup>},
      {Call::DeleteGroup, serve<HandleRequest, deleteGroup>},
      {Call::RenameGroup, serve<RenameRequest, renameGroup>},
      {Call::CreateResource, serve<CreateResourceRequest, createResource>},
      {Call::DeleteResource, serve<HandleRequest, deleteResource>},
      {Call::RenameResource, serve<RenameRequest, renameResource>},
      {Call::CreateResourceType, serve<CreateResourceTypeRequest, createResourceType>},
      {Call::DeleteResourceType, serve<DeleteResourceTypeRequest, deleteResourceType>},
      {Call::AddDependency, serve<DependencyRequest, addDependency>},
      {Call::RemoveDependency, serve<DependencyRequest, removeDependency>},
      {Call::DependencyExpression, serve<HandleRequest, dependencyExpression>},
      {Call::CanDepend, serve<DependencyRequest, canDepend>},
      {Call::OnlineResource, serve<HandleRequest, onlineResource>},
      {Call::OfflineResource, serve<HandleRequest, offlineResource>},
      {Call::OnlineGroup, serve<HandleRequest, onlineGroup>},
      {Call::OfflineGroup, serve<HandleRequest, offlineGroup>},
      {Call::FailResource, serve<HandleRequest, failResource>},
      {Call::Control, serve<ControlRequest, control>},
      {Call::OpenKey, serve<OpenKeyRequest, openKey>},
      {Call::QueryValue, serve<QueryValueRequest, queryValue>},
      {Call::EnumKey, serve<EnumKeyRequest, enumKey>},
      {Call::EnumValue, serve<EnumValueRequest, enumValue>},
      {Call::KeyInfo, serve<HandleRequest, keyInfo>},
      {Call::Batch, serve<BatchRequest, batch>},
      {Call::DeleteKey, serve<DeleteKeyRequest, deleteKey>},
      {Call::CreatePort, serve<CreatePortRequest, createPort>},
      {Call::AddFilter, serve<FilterRequest, addFilter>},
      {Call::Acknowledge, serve<AcknowledgeRequest, acknowledge>},
      {Call::Events, serve<EventsRequest, readEvents>},
      {Call::Explain, serve<HandleRequest, explain>},
      {Call::Log, serve<LogRequest, readLog>},
  };
  return table;
}

void refuseAtLimit(SessionState& state, std::uint64_t request) {
  calls::ServerFrame frame;
  frame.set_id(request);
  frame.set_status(kNotEnoughQuota);
  frame.set_subject(std::to_string(state.inFlight.size()) + " requests of this session are not answered yet");
  frame.set_advice("wait for answers before asking more");
  state.send(frame.SerializeAsString());
}

}  // namespace

bool dispatch(SessionState& state, std::string_view body, const std::optional<DllContext>& where) {
  calls::ClientFrame frame;
  if (body.size() > calls::kMaxFrame_bytes || !frame.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return false;
  }
  // An id names one request: 0 is for notifications, and one that is used twice would get two answers.
  if (frame.id() == 0 || state.inFlight.contains(frame.id())) return false;
  if (state.inFlight.size() >= state.limits.inFlight) {
    refuseAtLimit(state, frame.id());
    return true;
  }
  const std::uint64_t serial = ++state.lastSerial;
  state.inFlight.emplace(frame.id(), serial);
  const Reply reply(state.weak_from_this(), frame.id(), serial);

  const calls::CallInfo* info = calls::findCall(frame.call());
  if (!info) {
    reply.refuse(kProcedureUnknown, "there is no call " + std::to_string(frame.call()),
                 "update the node, or use an older client");
    return true;
  }
  if (!state.greeted && info->call != Call::Hello) {
    reply.refuse(kProtocolError, "the first call of a session is Hello");
    return true;
  }
  const Serve serveCall = handlers().at(info->call);
  if (info->kind == calls::READS && frame.at_tag() > state.view().cluster().tag) {
    state.service.whenApplied(frame.at_tag(), [weak = state.weak_from_this(), serveCall, info, where, reply,
                                               request = std::move(*frame.mutable_body())] {
      const auto held = weak.lock();
      if (held && reply.open()) serveCall(*held, {*info, request, where, reply});
    });
    return true;
  }
  serveCall(state, {*info, frame.body(), where, reply});
  return true;
}

}  // namespace holdfast::clussvc::doors
