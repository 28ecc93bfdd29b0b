// Objects at the service that handles of this process name, and how calls about them are made.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "sdk/clusapi/channel.h"
#include "sdk/clusapi/handle_table.h"

namespace holdfast::clusapi {

/// Has a handle at the service, opened when it is first needed on a connection.
class Remote : public Object {
 public:
  Remote(Kind kind, std::shared_ptr<Channel> channel) : Object(kind), channel_(std::move(channel)) {}

  Channel& channel() { return *channel_; }
  const std::shared_ptr<Channel>& sharedChannel() { return channel_; }

  /// The service's handle on connection `epoch`, opened there if need be.
  Outcome handleOn(std::uint64_t epoch, std::uint64_t& handle);

  /// Takes over a handle that was opened otherwise (created with its object).
  void adopt(std::uint64_t epoch, std::uint64_t handle);

  /// Gives the service's handle back; the next use opens it again.
  void close();

 protected:
  virtual Outcome open(std::uint64_t epoch, std::uint64_t& handle) = 0;

 private:
  std::shared_ptr<Channel> channel_;
  std::mutex mutex_;
  std::uint64_t epoch_ = 0;
  std::uint64_t handle_ = 0;
};

class Cluster : public Remote {
 public:
  Cluster(std::shared_ptr<Channel> channel, DWORD access)
      : Remote(Kind::Cluster, std::move(channel)), access_(access) {}
  ~Cluster() override { close(); }
  DWORD granted() const { return granted_; }

 protected:
  Outcome open(std::uint64_t epoch, std::uint64_t& handle) override;

 private:
  const DWORD access_;
  DWORD granted_ = 0;
};

/// A group, resource or node. Keeps its cluster, so that closing the cluster first does no harm.
class Member : public Remote {
 public:
  Member(Kind kind, std::shared_ptr<Cluster> cluster, std::string idOrName, DWORD access)
      : Remote(kind, cluster->sharedChannel()),
        cluster_(std::move(cluster)),
        id_(std::move(idOrName)),
        access_(access) {}
  ~Member() override { close(); }

  const std::shared_ptr<Cluster>& cluster() const { return cluster_; }
  DWORD granted() const { return granted_; }
  const std::string& id() const { return id_; }

  /// Opens it now by name or id; from then on it is known by id.
  Outcome openNow();

 protected:
  Outcome open(std::uint64_t epoch, std::uint64_t& handle) override;

 private:
  std::shared_ptr<Cluster> cluster_;
  std::string id_;
  const DWORD access_;
  DWORD granted_ = 0;
};

/// Not a code of the API: the connection changed under a call that belongs to opening; the call around it starts over.
inline constexpr DWORD kAgain = 0xFFFFFFFF;

/// A call that belongs to opening, on this connection only.
Outcome callFrameOn(Channel& channel, std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request,
                    wire::ServerFrame& frame);
template <class Answer>
Outcome callOn(Channel& channel, std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request,
               Answer& answer) {
  wire::ServerFrame frame;
  Outcome outcome = callFrameOn(channel, epoch, call, request, frame);
  if (outcome.ok() && !answer.ParseFromString(frame.body())) {
    return {RPC_X_BAD_STUB_DATA, "the service's answer is garbled", {}};
  }
  return outcome;
}

/// Fills the request with handles of connection `epoch`.
using Fill = std::function<Outcome(std::uint64_t epoch)>;

enum class Repeat {
  IfItReads,  ///< as the call's kind says
  Always      ///< done twice it is the same as done once
};

/// Makes the call, on the next connection again where that is harmless. A change whose answer was lost is
/// RPC_S_CALL_FAILED (1726): it may be done or not, and only the caller can find out.
Outcome perform(Channel& channel, Call call, const google::protobuf::MessageLite& request, const Fill& fill,
                wire::ServerFrame& frame, Repeat repeat = Repeat::IfItReads,
                std::chrono::milliseconds cancelAfter = std::chrono::milliseconds::max());

/// The same for a call about one object, with its answer; `setHandle` puts the object's handle into the request.
template <class Request, class Answer>
Outcome perform(Remote& object, Call call, Request& request, void (Request::*setHandle)(std::uint64_t), Answer& answer,
                Repeat repeat = Repeat::IfItReads) {
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0;
    Outcome outcome = object.handleOn(epoch, handle);
    if (outcome.ok()) (request.*setHandle)(handle);
    return outcome;
  };
  wire::ServerFrame frame;
  Outcome outcome = perform(object.channel(), call, request, fill, frame, repeat);
  if (!answer.ParseFromString(frame.body())) return {RPC_X_BAD_STUB_DATA, "the service's answer is garbled", {}};
  return outcome;
}

/// For calls that take nothing but a handle.
Outcome performSimple(Remote& object, Call call, Repeat repeat = Repeat::IfItReads);

/// The object under a handle of the API, or null and ERROR_INVALID_HANDLE in `outcome`.
template <class AnObject>
std::shared_ptr<AnObject> objectOf(void* handle, Object::Kind kind, Outcome& outcome) {
  auto object = HandleTable::instance().find<AnObject>(handle);
  if (object && object->kind() == kind) return object;
  outcome = {ERROR_INVALID_HANDLE, "the handle is closed, or one of another kind", {}};
  return nullptr;
}
inline std::shared_ptr<Cluster> clusterOf(void* handle, Outcome& outcome) {
  return objectOf<Cluster>(handle, Object::Kind::Cluster, outcome);
}
inline std::shared_ptr<Member> memberOf(void* handle, Object::Kind kind, Outcome& outcome) {
  return objectOf<Member>(handle, kind, outcome);
}

/// Text that the caller must give; false and ERROR_INVALID_PARAMETER (or 1113) in `outcome` without it.
bool takeText(const wchar_t* text, std::string& utf8, Outcome& outcome);

/// Opens an object for Open… and OpenEx functions: the new API handle, or null.
void* openMember(void* cluster, const wchar_t* name, DWORD access, DWORD* granted, Object::Kind kind);

/// The handle of an object that was just created.
void* adoptMember(const std::shared_ptr<Cluster>& cluster, Object::Kind kind, const wire::CreatedAnswer& created,
                  std::uint64_t epoch);

/// CloseX of every object: TRUE, or FALSE and ERROR_INVALID_HANDLE.
BOOL closeRemote(void* handle, Object::Kind kind);

/// GetClusterFromX: a new handle to the object's cluster.
void* clusterFrom(void* handle, Object::Kind kind);

}  // namespace holdfast::clusapi
