// Shows state: counts it in the group, and sends it to everybody as volatile updates (CM §26). Notifications to ports
// follow from the updates once applied, on every node alike.
#pragma once

#include "core/rcm/context.h"

namespace holdfast::rcm {

/// Values of the volatile tree besides schema::kState, below Resources\<id> and Groups\<id>.
namespace volatileValue {
inline constexpr const char* kMonitorProcessId = "MonitorProcessId";
inline constexpr const char* kLastOperationStatusCode = "LastOperationStatusCode";
inline constexpr const char* kResourceSpecificData1 = "ResourceSpecificData1";
/// Rises with each transition of a group's state (CM-35).
inline constexpr const char* kStateSequence = "StateSequence";
}  // namespace volatileValue

class Publisher {
 public:
  explicit Publisher(Context& context) : context_(context) {}

  /// The resource's state, its place in the order or its status values may have changed.
  void resourceChanged(Resource& resource, std::uint32_t monitorPid);
  /// It joined or left the group, or the group is new.
  void joined(Resource& resource);
  void left(Resource& resource);
  void groupChanged(Group& group);

  void forgetResource(const ObjectId& id);
  void forgetGroup(const ObjectId& id);

 private:
  void emit(database::Batch batch);

  Context& context_;
  std::uint64_t stateSequence_ = 0;
};

}  // namespace holdfast::rcm
