#include "sdk/clusapi/remote.h"

#include "sdk/clusapi/text.h"

namespace holdfast::clusapi {

namespace {

constexpr DWORD kNoUnicodeTranslation = 1113;

wire::Object wireKind(Object::Kind kind) {
  switch (kind) {
    case Object::Kind::Group:
      return wire::GROUP;
    case Object::Kind::Resource:
      return wire::RESOURCE;
    case Object::Kind::Node:
      return wire::NODE;
    default:
      return wire::CLUSTER;
  }
}

Outcome openOn(Channel& channel, std::uint64_t epoch, wire::Object kind, const std::string& name, DWORD access,
               wire::OpenAnswer& answer) {
  wire::OpenRequest request;
  request.set_object(kind);
  request.set_name(name);
  request.set_desired_access(access);
  return callOn(channel, epoch, Call::Open, request, answer);
}

}  // namespace

Outcome callFrameOn(Channel& channel, std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request,
                    wire::ServerFrame& frame) {
  switch (channel.call(epoch, call, request, frame)) {
    case Channel::How::Answered:
      return {frame.status(), frame.subject(), frame.advice()};
    case Channel::How::TimedOut:
      return {ERROR_TIMEOUT, "the service did not answer", {}};
    default:
      return {kAgain, {}, {}};
  }
}

Outcome Remote::handleOn(std::uint64_t epoch, std::uint64_t& handle) {
  const std::lock_guard lock(mutex_);
  if (epoch_ != epoch || handle_ == 0) {
    std::uint64_t opened = 0;
    Outcome outcome = open(epoch, opened);
    if (!outcome.ok()) return outcome;
    epoch_ = epoch;
    handle_ = opened;
  }
  handle = handle_;
  return {};
}

void Remote::adopt(std::uint64_t epoch, std::uint64_t handle) {
  const std::lock_guard lock(mutex_);
  epoch_ = epoch;
  handle_ = handle;
}

void Remote::close() {
  const std::lock_guard lock(mutex_);
  if (handle_ == 0) return;
  wire::HandleRequest request;
  request.set_handle(handle_);
  channel_->post(epoch_, Call::Close, request);
  handle_ = 0;
}

Outcome Cluster::open(std::uint64_t epoch, std::uint64_t& handle) {
  wire::OpenAnswer answer;
  Outcome outcome = openOn(channel(), epoch, wire::CLUSTER, {}, access_, answer);
  handle = answer.handle();
  granted_ = answer.granted_access();
  return outcome;
}

Outcome Member::open(std::uint64_t epoch, std::uint64_t& handle) {
  wire::OpenAnswer answer;
  Outcome outcome = openOn(channel(), epoch, wireKind(kind()), id_, access_, answer);
  if (!outcome.ok()) return outcome;
  handle = answer.handle();
  granted_ = answer.granted_access();
  id_ = answer.id();
  return outcome;
}

Outcome perform(Channel& channel, Call call, const google::protobuf::MessageLite& request, const Fill& fill,
                wire::ServerFrame& frame, Repeat repeat, std::chrono::milliseconds cancelAfter) {
  const bool harmless = repeat == Repeat::Always || onlyReads(call);
  for (;;) {
    Outcome problem;
    const std::uint64_t epoch = channel.ready(problem);
    if (epoch == 0) return problem;
    const Outcome filled = fill(epoch);
    Channel::How how = Channel::How::NotSent;
    if (filled.ok()) {
      how = channel.call(epoch, call, request, frame, cancelAfter);
    } else if (filled.code != kAgain) {
      return filled;
    }
    switch (how) {
      case Channel::How::Answered:
        return {frame.status(), frame.subject(), frame.advice()};
      case Channel::How::TimedOut:
        return {ERROR_TIMEOUT, "the service did not answer; what was asked may be done or not", "look at the state"};
      case Channel::How::NotSent:
        break;
      case Channel::How::Lost:
        if (harmless) break;
        return {RPC_S_CALL_FAILED, "the service went away before it answered; what was asked may be done or not",
                "look at the state"};
    }
    if (!channel.reopens()) {
      return {RPC_S_SERVER_UNAVAILABLE, "the connection to the Cluster service ended", "open the cluster again"};
    }
  }
}

Outcome performSimple(Remote& object, Call call, Repeat repeat) {
  wire::HandleRequest request;
  wire::Empty answer;
  return perform(object, call, request, &wire::HandleRequest::set_handle, answer, repeat);
}

Outcome Member::openNow() {
  for (;;) {
    Outcome outcome;
    const std::uint64_t epoch = channel().ready(outcome);
    if (epoch == 0) return outcome;
    std::uint64_t handle = 0;
    outcome = handleOn(epoch, handle);
    if (outcome.code != kAgain) return outcome;
    if (!channel().reopens()) return {RPC_S_SERVER_UNAVAILABLE, "the connection to the Cluster service ended", {}};
  }
}

bool takeText(const wchar_t* text, std::string& utf8, Outcome& outcome) {
  if (!text) {
    outcome = {ERROR_INVALID_PARAMETER, "a name is missing", {}};
    return false;
  }
  auto converted = toUtf8(text);
  if (!converted) {
    outcome = {kNoUnicodeTranslation, "the text holds a number that is no character", {}};
    return false;
  }
  utf8 = std::move(*converted);
  return true;
}

void* openMember(void* cluster, const wchar_t* name, DWORD access, DWORD* granted, Object::Kind kind) {
  Outcome outcome;
  const auto owner = clusterOf(cluster, outcome);
  std::string utf8;
  if (!owner || !takeText(name, utf8, outcome)) return finishWith<void*>(outcome, nullptr, nullptr);
  const auto member = std::make_shared<Member>(kind, owner, std::move(utf8), access);
  outcome = member->openNow();
  if (!outcome.ok()) return finishWith<void*>(outcome, nullptr, nullptr);
  if (granted) *granted = member->granted();
  return HandleTable::instance().add(member);
}

void* adoptMember(const std::shared_ptr<Cluster>& cluster, Object::Kind kind, const wire::CreatedAnswer& created,
                  std::uint64_t epoch) {
  const auto member = std::make_shared<Member>(kind, cluster, created.id(), GENERIC_ALL);
  member->adopt(epoch, created.handle());
  return HandleTable::instance().add(member);
}

BOOL closeRemote(void* handle, Object::Kind kind) {
  Outcome outcome;
  const auto object = objectOf<Remote>(handle, kind, outcome);
  if (!object) return finishWith(outcome, TRUE, FALSE);
  HandleTable::instance().remove(handle);
  object->close();
  return TRUE;
}

void* clusterFrom(void* handle, Object::Kind kind) {
  Outcome outcome;
  const auto member = memberOf(handle, kind, outcome);
  if (!member) return finishWith<void*>(outcome, nullptr, nullptr);
  return HandleTable::instance().add(member->cluster());
}

}  // namespace holdfast::clusapi
