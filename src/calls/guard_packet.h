// What clussvc and rhs-guard say to each other on guards.sock: packets of fixed size (SOCK_SEQPACKET), because a guard
// allocates nothing after its start. Same machine, same build or a neighbouring one: native layout, checked by size,
// magic and version.
#pragma once

#include <cstdint>
#include <type_traits>

namespace holdfast::calls {

inline constexpr std::uint32_t kGuardMagic = 0x48464744;  // "HFGD"
inline constexpr std::uint32_t kGuardVersion = 1;

enum class GuardPacketKind : std::uint32_t {
  // guard → service
  Hello =
      1,  ///< who I am, whom I guard: first packet of every connection; a guard connects again for as long as it lives
  Exited = 2,  ///< rhs ended (or was ended) and everything below it is gone; the guard ends after this packet is taken
  // service → guard
  Renew = 16,    ///< the run lease ends at leaseEnd_ns; obeyed only from the highest incarnation
  Kill = 17,     ///< end rhs and everything below it now; Exited follows
  RunDown = 18,  ///< no quorum: rundown at once (CM §4.1)
};

/// What made rhs end.
enum class GuardExit : std::uint32_t {
  Unknown = 0,
  Exited = 1,
  Signalled = 2,
  Deadlock = 3,
  LeaseLapsed = 4,
  Killed = 5,
  LoopDead = 6
};

struct GuardPacket {
  std::uint32_t magic = kGuardMagic;
  std::uint32_t version = kGuardVersion;
  GuardPacketKind kind = GuardPacketKind::Hello;
  std::uint32_t monitor = 0;           ///< MonitorId
  std::uint64_t incarnation = 0;       ///< Renew, Kill, RunDown: of the service; Hello: highest obeyed so far
  std::int64_t leaseEnd_ns = 0;        ///< CLOCK_BOOTTIME
  std::int64_t quorumLossStop_ns = 0;  ///< X: Renew
  std::int32_t guardPid = 0;
  std::int32_t rhsPid = 0;
  GuardExit exit = GuardExit::Unknown;  ///< Exited
  std::int32_t signalOrStatus = 0;      ///< Exited
  std::uint32_t inCallCount = 0;        ///< Exited: culprits, at most kGuardMaxInCall
  std::uint32_t entryPoint = 0;         ///< Exited: RESOURCE_MONITOR_STATE of the first culprit
  std::uint64_t inCall[16] = {};        ///< Exited: instances with a call in progress
  char text[256] = {};                  ///< Exited: for people, UTF-8, terminated
};
inline constexpr std::uint32_t kGuardMaxInCall = 16;
static_assert(std::is_trivially_copyable_v<GuardPacket> && sizeof(GuardPacket) == 448);

}  // namespace holdfast::calls
