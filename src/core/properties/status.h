// Win32 status codes that properties/ and rcm/ answer with, under the names of winerror.h.
#pragma once

#include <cstdint>

namespace holdfast::status {

inline constexpr std::uint32_t kSuccess = 0;
inline constexpr std::uint32_t kInvalidFunction = 1;
inline constexpr std::uint32_t kFileNotFound = 2;
inline constexpr std::uint32_t kInvalidData = 13;
inline constexpr std::uint32_t kInvalidParameter = 87;
inline constexpr std::uint32_t kInsufficientBuffer = 122;
inline constexpr std::uint32_t kDirNotEmpty = 145;
inline constexpr std::uint32_t kAlreadyExists = 183;
inline constexpr std::uint32_t kMoreData = 234;
inline constexpr std::uint32_t kIoPending = 997;
inline constexpr std::uint32_t kCircularDependency = 1059;
inline constexpr std::uint32_t kCancelled = 1223;
inline constexpr std::uint32_t kTimeout = 1460;
inline constexpr std::uint32_t kBadStubData = 1783;
inline constexpr std::uint32_t kDependentResourceExists = 5001;
inline constexpr std::uint32_t kDependencyNotFound = 5002;
inline constexpr std::uint32_t kDependencyAlreadyExists = 5003;
inline constexpr std::uint32_t kResourceNotOnline = 5004;
inline constexpr std::uint32_t kResourceNotAvailable = 5006;
inline constexpr std::uint32_t kResourceNotFound = 5007;
inline constexpr std::uint32_t kObjectAlreadyExists = 5010;
inline constexpr std::uint32_t kGroupNotFound = 5013;
inline constexpr std::uint32_t kResmonCreateFailed = 5017;
inline constexpr std::uint32_t kInvalidState = 5023;
inline constexpr std::uint32_t kPropertiesStored = 5024;
inline constexpr std::uint32_t kCoreResource = 5026;
inline constexpr std::uint32_t kResourceFailed = 5038;
inline constexpr std::uint32_t kNodeNotFound = 5042;
inline constexpr std::uint32_t kNodeShuttingDown = 5073;
inline constexpr std::uint32_t kResourceTypeNotFound = 5078;
inline constexpr std::uint32_t kResmonInvalidState = 5084;
inline constexpr std::uint32_t kResourceTypeBusy = 5909;
inline constexpr std::uint32_t kNoQuorum = 5925;
inline constexpr std::uint32_t kProviderFailed = 5942;

}  // namespace holdfast::status
