#include "clussvc/doors/dll_rules.h"

namespace holdfast::clussvc::doors {

namespace {

using calls::Call;

// RESOURCE_MONITOR_STATE (RA §1.2).
constexpr std::uint32_t kIdle = 1;
constexpr const char* kEntryPoints[] = {
    "start-up",  "no entry point", "Startup",    "Open",      "Online",  "Offline",         "Close",
    "Close",     "IsAlive",        "LooksAlive", "Arbitrate", "Release", "ResourceControl", "ResourceTypeControl",
    "Terminate", "a hung call"};

const char* entryPointName(std::uint32_t entryPoint) {
  return entryPoint < std::size(kEntryPoints) ? kEntryPoints[entryPoint] : "an unknown entry point";
}

/// Open, Online, Offline, Close, Terminate: where nothing is written (RA §19, third row).
bool changesState(std::uint32_t entryPoint) { return (entryPoint >= 3 && entryPoint <= 7) || entryPoint == 14; }

/// What a call is about: the object of its handle, or the type that it names.
ObjectRef targetOf(SessionState& state, const calls::CallInfo& info, const google::protobuf::Message& request) {
  if (const auto* control = dynamic_cast<const calls::ControlRequest*>(&request);
      control && !control->resource_type().empty()) {
    return {ObjectKind::ResourceType, control->resource_type()};
  }
  if (const auto* create = dynamic_cast<const calls::CreateResourceRequest*>(&request)) {
    return {ObjectKind::ResourceType, create->type()};
  }
  if (info.right == calls::RIGHT_NONE) return {};
  const std::uint64_t handle = request.GetReflection()->GetUInt64(request, info.request->FindFieldByNumber(1));
  const auto* object = state.handles.find<ObjectRef>(handle);
  return object ? *object : ObjectRef{};
}

/// RA §19 names functions by the objects that they are about; the same call about other objects is allowed anywhere.
bool concernsGroupsOrResources(Call call, const ObjectRef& target) {
  if (call != Call::Control && call != Call::GetState && call != Call::Enumerate) return true;
  return target.kind == ObjectKind::Group || target.kind == ObjectKind::Resource;
}

/// Codes that the service answers itself (CC §8, class S): they need no lane and, like checkpoint codes (RA §19, fourth
/// row), are allowed anywhere.
bool servedWithoutDll(const google::protobuf::Message& request) {
  const auto* control = dynamic_cast<const calls::ControlRequest*>(&request);
  if (!control) return false;
  switch (control->code()) {
    case 0x01000019:  // GET_FAILURE_INFO
    case 0x01000029:  // GET_NAME
    case 0x0100002D:  // GET_RESOURCE_TYPE
    case 0x01000039:  // GET_ID
    case 0x010002B1:  // IS_QUORUM_BLOCKED
    case 0x01002D5D:  // GET_STATE_CHANGE_TIME
    case 0x014000A2:  // ADD_REGISTRY_CHECKPOINT
    case 0x014000A6:  // DELETE_REGISTRY_CHECKPOINT
    case 0x010000A9:  // GET_REGISTRY_CHECKPOINTS
    case 0x014000AE:  // ADD_CRYPTO_CHECKPOINT
    case 0x014000B2:  // DELETE_CRYPTO_CHECKPOINT
    case 0x010000B5:  // GET_CRYPTO_CHECKPOINTS
    case 0x014000BE:  // ADD_REGISTRY_CHECKPOINT_64BIT
    case 0x014000C2:  // ADD_REGISTRY_CHECKPOINT_32BIT
      return true;
    default:
      return false;
  }
}

bool forbiddenHere(const calls::CallInfo& info, const ObjectRef& target, const google::protobuf::Message& request,
                   const DllContext& where) {
  switch (info.from) {
    case calls::NEVER_IN_A_DLL:
      return true;
    case calls::WORKER_THREAD_ONLY:
      return where.entryPoint != kIdle && concernsGroupsOrResources(info.call, target) && !servedWithoutDll(request);
    case calls::SOME_ENTRY_POINTS:
      return changesState(where.entryPoint);
    default:
      return false;
  }
}

const char* placeAllowed(calls::From from) {
  switch (from) {
    case calls::NEVER_IN_A_DLL:
      return "a resource DLL never makes this call";
    case calls::WORKER_THREAD_ONLY:
      return "it belongs on a worker thread (ClusWorkerCreate)";
    default:
      return "it belongs into ResourceControl, the polls or a worker thread";
  }
}

}  // namespace

std::optional<Error> checkDllCall(SessionState& state, const calls::CallInfo& info,
                                  const google::protobuf::Message& request, const DllContext& where) {
  const ObjectRef target = targetOf(state, info, request);
  if (info.kind == calls::ASKS_A_MONITOR && !servedWithoutDll(request) && state.needsHeldLane &&
      state.needsHeldLane(target, where)) {
    return Error{kPossibleDeadlock,
                 info.name + " needs the lane that its caller holds in " + entryPointName(where.entryPoint),
                 "make the call from a worker thread (ClusWorkerCreate)"};
  }
  if (forbiddenHere(info, target, request, where)) {
    const std::string dll = where.lane.empty() ? state.peer.actor : where.lane;
    if (state.warned.insert(dll + "\n" + info.name).second) {
      state.service.log(Service::LogLevel::Warning, "doors",
                        dll + " calls " + info.name + " in " + entryPointName(where.entryPoint) + ": " +
                            placeAllowed(info.from) + "; served, and not reported again");
    }
  }
  return std::nullopt;
}

}  // namespace holdfast::clussvc::doors
