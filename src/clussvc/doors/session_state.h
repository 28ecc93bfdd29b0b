// What the families of calls share: the session's state, and the answer that a request still owes. Internal to this
// room; others see session.h.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "calls/session.pb.h"
#include "calls/table.h"
#include "clussvc/doors/codes.h"
#include "clussvc/doors/handles.h"
#include "clussvc/doors/limits.h"
#include "clussvc/doors/session.h"

namespace holdfast::clussvc::doors {

struct SessionState;

/// The answer to one request: given exactly once, later ones and those after the session's end are dropped. Copies
/// stand for the same request.
class Reply {
 public:
  Reply(std::weak_ptr<SessionState> state, std::uint64_t request, std::uint64_t serial)
      : state_(std::move(state)), request_(request), serial_(serial) {}

  void done(const google::protobuf::MessageLite& answer, std::uint64_t tag = 0) const { send({}, &answer, tag); }
  void done() const { send({}, nullptr, 0); }
  void refuse(std::uint32_t code, std::string subject, std::string advice = {}) const {
    send({code, std::move(subject), std::move(advice)}, nullptr, 0);
  }
  void refuse(const Error& error) const { send(error, nullptr, 0); }
  /// With a status that carries a body: 234 and its needed size, 997.
  void with(const Error& status, const google::protobuf::MessageLite* answer, std::uint64_t tag) const {
    send(status, answer, tag);
  }

  /// The request is still owed an answer.
  bool open() const;
  std::uint64_t request() const { return request_; }

 private:
  void send(const Error& status, const google::protobuf::MessageLite* answer, std::uint64_t tag) const;

  std::weak_ptr<SessionState> state_;
  std::uint64_t request_;
  std::uint64_t serial_;
};

/// A client that waits for the next event (story.cpp).
struct EventWaiter {
  Reply reply;
  std::uint64_t after = 0;
  std::uint32_t atMost = 0;
};

struct SessionState : std::enable_shared_from_this<SessionState> {
  SessionState(Service& theService, Peer thePeer, std::function<void(std::string)> sender);

  Service& service;
  const Peer peer;
  const std::function<void(std::string)> send;
  const SessionLimits limits;
  Session::NeedsHeldLane needsHeldLane;
  bool greeted = false;
  bool ended = false;  ///< the session is gone: nothing is sent any more

  HandleTable handles;
  /// Requests without an answer: id → serial number, which tells a repeated id apart.
  std::map<std::uint64_t, std::uint64_t> inFlight;
  std::uint64_t lastSerial = 0;

  Service::Token notifications;  ///< once a port has a filter
  Service::Token events;         ///< while somebody waits
  std::list<EventWaiter> eventWaiters;
  std::set<std::string> warned;  ///< "DLL function" pairs that the log has seen (RA §19)

  const core::ClusterView& view() const { return service.view(); }

  /// The object's handle, or what to answer. Wrong kind or stale: 6.
  Result<ObjectRef> object(std::uint64_t handle, ObjectKind kind);

  /// Puts it into the table, or 1816 at a limit.
  Result<std::uint64_t> addHandle(HandleEntry entry);
  /// Is there room for one more? Asked before something is done whose result needs a handle.
  Result<void> roomForHandle() const;

  /// Who asks for what, for causes of updates.
  Cause cause(const ObjectRef& about, std::string text) const;
};

/// What is there under this handle's object, as people call it; its id when it is gone.
std::string nameOf(const core::ClusterView& view, const ObjectRef& object);

// The families of calls. Each takes a parsed request; rights of the handle in field 1 have been checked by then.
void hello(SessionState& state, const calls::HelloRequest& request, const Reply& reply);
void openObject(SessionState& state, const calls::OpenRequest& request, const Reply& reply);
void closeHandle(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void cancelRequest(SessionState& state, const calls::CancelRequest& request, const Reply& reply);
void clusterInformation(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void getState(SessionState& state, const calls::HandleRequest& request, const Reply& reply);

void enumerate(SessionState& state, const calls::EnumRequest& request, const Reply& reply);
void enumeratePage(SessionState& state, const calls::EnumPageRequest& request, const Reply& reply);

void createGroup(SessionState& state, const calls::CreateGroupRequest& request, const Reply& reply);
void deleteGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void renameGroup(SessionState& state, const calls::RenameRequest& request, const Reply& reply);
void createResource(SessionState& state, const calls::CreateResourceRequest& request, const Reply& reply);
void deleteResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void renameResource(SessionState& state, const calls::RenameRequest& request, const Reply& reply);
void createResourceType(SessionState& state, const calls::CreateResourceTypeRequest& request, const Reply& reply);
void deleteResourceType(SessionState& state, const calls::DeleteResourceTypeRequest& request, const Reply& reply);

void addDependency(SessionState& state, const calls::DependencyRequest& request, const Reply& reply);
void removeDependency(SessionState& state, const calls::DependencyRequest& request, const Reply& reply);
void dependencyExpression(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void canDepend(SessionState& state, const calls::DependencyRequest& request, const Reply& reply);

void onlineResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void offlineResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void onlineGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void offlineGroup(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void failResource(SessionState& state, const calls::HandleRequest& request, const Reply& reply);

void control(SessionState& state, const calls::ControlRequest& request, const Reply& reply);

void openKey(SessionState& state, const calls::OpenKeyRequest& request, const Reply& reply);
void queryValue(SessionState& state, const calls::QueryValueRequest& request, const Reply& reply);
void enumKey(SessionState& state, const calls::EnumKeyRequest& request, const Reply& reply);
void enumValue(SessionState& state, const calls::EnumValueRequest& request, const Reply& reply);
void keyInfo(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void batch(SessionState& state, const calls::BatchRequest& request, const Reply& reply);
void deleteKey(SessionState& state, const calls::DeleteKeyRequest& request, const Reply& reply);

void createPort(SessionState& state, const calls::CreatePortRequest& request, const Reply& reply);
void addFilter(SessionState& state, const calls::FilterRequest& request, const Reply& reply);
void acknowledge(SessionState& state, const calls::AcknowledgeRequest& request, const Reply& reply);

void readEvents(SessionState& state, const calls::EventsRequest& request, const Reply& reply);
void explain(SessionState& state, const calls::HandleRequest& request, const Reply& reply);
void readLog(SessionState& state, const calls::LogRequest& request, const Reply& reply);

}  // namespace holdfast::clussvc::doors
