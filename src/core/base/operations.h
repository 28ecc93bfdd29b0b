// What a client may ask of the cluster, as plain values. One struct per operation; doors translate calls into these,
// core::Node answers each exactly once (an Answer with the same request id).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast {

// --- configuration -------------------------------------------------------------------------------------------------

struct CreateGroup {
  std::string name;
  ObjectId id;  ///< GUID made by the node that received the request (CM §26)
};
struct DeleteGroup {
  ObjectId group;
};
struct RenameGroup {
  ObjectId group;
  std::string name;
};

/// Opens first on the owner; if Open fails nothing is created and the answer is Open's own code (RA P-15).
struct CreateResource {
  ObjectId group;
  std::string name;
  std::string type;  ///< registered type name
  bool separateMonitor = false;
  ObjectId id;
};
struct DeleteResource {
  ObjectId resource;
};
struct RenameResource {
  ObjectId resource;
  std::string name;
};

struct CreateResourceType {
  std::string name;
  std::string displayName;
  std::string dllName;
  std::uint32_t looksAlive_ms = 5000;
  std::uint32_t isAlive_ms = 60000;
};
struct DeleteResourceType {
  std::string name;
};

struct AddDependency {
  ObjectId resource;
  ObjectId provider;
};
struct RemoveDependency {
  ObjectId resource;
  ObjectId provider;
};

/// Raw writes below one key of the database (ClusterReg*, CL §7): one atomic update. `key` is the full path.
struct WriteDatabase {
  std::string key;
  database::Batch batch;
};

// --- state ---------------------------------------------------------------------------------------------------------

/// Answered at once with ERROR_IO_PENDING (997) when accepted and not finished, 0 when there was nothing to do (CM
/// §14).
struct OnlineResource {
  ObjectId resource;
};
struct OfflineResource {
  ObjectId resource;
};
struct OnlineGroup {
  ObjectId group;
};
struct OfflineGroup {
  ObjectId group;
};
/// FailClusterResource: the same sequence as a genuine failure.
struct FailResource {
  ObjectId resource;
};

// --- control codes -------------------------------------------------------------------------------------------------

/// ClusterResourceControl / ClusterResourceTypeControl / ClusterGroupControl / ClusterNodeControl / ClusterControl.
/// Buffers are native (WCHAR of 32 bits). The answer carries status, output bytes and bytes returned or needed.
struct Control {
  ObjectRef object;
  std::uint32_t code = 0;
  Bytes input;
  std::uint32_t outputCapacity_bytes = 0;
};

using Operation = std::variant<CreateGroup, DeleteGroup, RenameGroup, CreateResource, DeleteResource, RenameResource,
                               CreateResourceType, DeleteResourceType, AddDependency, RemoveDependency, WriteDatabase,
                               OnlineResource, OfflineResource, OnlineGroup, OfflineGroup, FailResource, Control>;

/// (client, number): the same id again is the same request, answered again, never done twice (GUM-22).
struct RequestId {
  std::uint64_t client = 0;
  std::uint64_t number = 0;
  auto operator<=>(const RequestId&) const = default;
};

/// Exactly one per request.
struct Answer {
  RequestId request;
  Error status;                     ///< code 0 = done; 997 = accepted, watch the state; else refused
  std::string id;                   ///< of the object created
  Bytes output;                     ///< of a control code
  std::uint32_t bytesReturned = 0;  ///< of a control code: bytes in `output`, or needed when status is 234
  std::uint64_t tag = 0;            ///< sequence number of the update that this answer reflects
  std::int32_t failedCommand = -1;  ///< of a WriteDatabase that is refused: index of the command at fault, -1 = none
};

}  // namespace holdfast
