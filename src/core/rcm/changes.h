// CLUSTER_CHANGE_*_V2 flags (CL §6) of the kinds of objects that the RCM tells about.
#pragma once

#include <cstdint>

namespace holdfast::rcm::change {

namespace cluster {
inline constexpr std::uint64_t kGroupAdded = 0x4;
inline constexpr std::uint64_t kNodeAdded = 0x20;
inline constexpr std::uint64_t kResourceTypeAdded = 0x40;
inline constexpr std::uint64_t kCommonProperty = 0x80;
inline constexpr std::uint64_t kPrivateProperty = 0x100;
}  // namespace cluster
namespace group {
inline constexpr std::uint64_t kDeleted = 0x1;
inline constexpr std::uint64_t kCommonProperty = 0x2;
inline constexpr std::uint64_t kPrivateProperty = 0x4;
inline constexpr std::uint64_t kState = 0x8;
inline constexpr std::uint64_t kResourceAdded = 0x40;
inline constexpr std::uint64_t kResourceGained = 0x80;
inline constexpr std::uint64_t kResourceLost = 0x100;
}  // namespace group
namespace resource {
inline constexpr std::uint64_t kCommonProperty = 0x1;
inline constexpr std::uint64_t kPrivateProperty = 0x2;
inline constexpr std::uint64_t kState = 0x4;
inline constexpr std::uint64_t kOwnerGroup = 0x8;
inline constexpr std::uint64_t kDependencies = 0x10;
inline constexpr std::uint64_t kDependents = 0x20;
inline constexpr std::uint64_t kDeleted = 0x80;
}  // namespace resource
namespace type {
inline constexpr std::uint64_t kDeleted = 0x1;
inline constexpr std::uint64_t kCommonProperty = 0x2;
inline constexpr std::uint64_t kPrivateProperty = 0x4;
}  // namespace type
namespace node {
inline constexpr std::uint64_t kCommonProperty = 0x4;
inline constexpr std::uint64_t kPrivateProperty = 0x8;
}  // namespace node

}  // namespace holdfast::rcm::change
