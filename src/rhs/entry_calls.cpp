#include "rhs/entry_calls.h"

#include <algorithm>
#include <vector>

#include "rhs/call_scope.h"
#include "rhs/clocks.h"
#include "rhs/limits.h"
#include "rhs/status_codes.h"
#include "rhs/text.h"

namespace holdfast::rhs {

namespace {

using monitor::EntryPoint;

// noexcept: an exception finds its end here, with the stack of its throw still whole.
RESID enterOpen(const Live& live, LPCWSTR name, HKEY key) noexcept {
  return live.table.open(name, key, live.side->handle());
}

std::uint32_t enter(const Live& live, EntryPoint entry, LPHANDLE eventHandle) noexcept {
  switch (entry) {
    case EntryPoint::Online:
      return live.table.online(live.resid, eventHandle);
    case EntryPoint::Offline:
      return live.table.offline(live.resid);
    case EntryPoint::LooksAlive:
      return static_cast<std::uint32_t>(live.table.looksAlive(live.resid));
    case EntryPoint::IsAlive:
      return static_cast<std::uint32_t>(live.table.isAlive(live.resid));
    case EntryPoint::Terminate:
      live.table.terminate(live.resid);
      return 0;
    case EntryPoint::Close:
      live.table.close(live.resid);
      return 0;
    case EntryPoint::Cancel:
      return live.table.cancel(live.resid);
    default:
      return ERROR_INVALID_FUNCTION;
  }
}

// Capacity and buffers as the DLL gets them: none is a null pointer.
template <class Call>
monitor::ControlDone control(std::uint64_t operation, std::uint32_t code, std::uint32_t capacity, const Call& call) {
  monitor::ControlDone done;
  done.operation = operation;
  std::size_t size = std::min<std::size_t>(capacity, kMaxControlOutput_bytes);
  for (int attempt = 0; attempt < 2; ++attempt) {
    // Not a vector: an overrun of a buffer of exactly this size is what tools find.
    const auto output = std::make_unique<std::uint8_t[]>(size);
    DWORD returned = 0;
    done.status = call(size == 0 ? nullptr : output.get(), static_cast<DWORD>(size), &returned);
    done.bytesReturned = returned;
    const bool repeat =
        done.status == kMoreData && onlyReads(code) && returned > size && returned <= kMaxControlOutput_bytes;
    if (repeat) {
      size = returned;
      continue;
    }
    if (done.status == 0) {
      done.bytesReturned = static_cast<std::uint32_t>(std::min<std::size_t>(returned, size));
      done.output.assign(output.get(), output.get() + done.bytesReturned);
    }
    break;
  }
  return done;
}

PVOID buffer(Bytes& bytes) { return bytes.empty() ? nullptr : bytes.data(); }

}  // namespace

bool onlyReads(std::uint32_t code) {
  constexpr std::uint32_t kModify = 1u << 22, kUser = 1u << 21, kGlobal = 1u << 23;
  return (code & (kModify | kUser | kGlobal)) == 0;
}

OpenResult callOpen(const Live& live, HKEY key, std::uint32_t deadlock_ms) {
  OpenResult result;
  const auto name = wide(live.side->name());
  const CallScope scope({live.side->instance(), EntryPoint::Open, laneName(*live.lane)}, live.label, deadlock_ms);
  ::SetLastError(0);
  result.resid = enterOpen(live, name.c_str(), key);
  if (!result.resid) {
    const auto error = ::GetLastError();
    result.status = error != 0 ? error : kNoMonitorResult;  // RA-29
  }
  result.entered = scope.entered();
  result.left = monotonicNow();
  return result;
}

EntryResult callEntry(const Live& live, EntryPoint entry, std::uint64_t serial, std::uint32_t deadlock_ms) {
  EntryResult result;
  const bool operation = entry == EntryPoint::Online || entry == EntryPoint::Offline;
  if (operation) live.side->openGate(serial);
  {
    const char* lane = entry == EntryPoint::Terminate ? "" : laneName(*live.lane);
    const CallScope scope({live.side->instance(), entry, lane}, live.label, deadlock_ms);
    if (entry == EntryPoint::Close) ::SetLastError(0);
    result.returned.entry = entry;
    result.returned.entered = scope.entered();
    result.returned.result = enter(live, entry, &result.eventHandle);
    if (entry == EntryPoint::Close) result.lastError = ::GetLastError();
    result.left = monotonicNow();
  }
  result.returned.handle = result.eventHandle != nullptr;
  if (operation && result.returned.result != ERROR_IO_PENDING) live.side->closeGate(serial);
  if (entry == EntryPoint::Close) CallbackSide::strike(live.side->handle());
  return result;
}

monitor::ControlDone callResourceControl(const Live& live, monitor::ResourceControl& request,
                                         std::uint32_t deadlock_ms) {
  const CallScope scope({live.side->instance(), EntryPoint::ResourceControl, laneName(*live.lane)}, live.label,
                        deadlock_ms);
  return control(request.operation, request.code, request.outputCapacity_bytes,
                 [&](PVOID output, DWORD size, LPDWORD returned) noexcept {
                   const auto routine = live.table.resourceControl();
                   if (!routine) return kInvalidFunction;
                   return routine(live.resid, request.code, buffer(request.input),
                                  static_cast<DWORD>(request.input.size()), output, size, returned);
                 });
}

monitor::ControlDone callTypeControl(const FunctionTable& table, const CallLabel& label, const char* lane,
                                     monitor::ResourceTypeControl& request) {
  const auto type = wide(request.type.name);
  const CallScope scope({0, EntryPoint::ResourceTypeControl, lane}, label, request.type.deadlock_ms);
  return control(request.operation, request.code, request.outputCapacity_bytes,
                 [&](PVOID output, DWORD size, LPDWORD returned) noexcept {
                   const auto routine = table.resourceTypeControl();
                   if (!routine) return kInvalidFunction;
                   return routine(type.c_str(), request.code, buffer(request.input),
                                  static_cast<DWORD>(request.input.size()), output, size, returned);
                 });
}

}  // namespace holdfast::rhs
