// The Win32 codes that doors answers with, by the names of winerror.h in this house's spelling.
#pragma once

#include <cstdint>

namespace holdfast::clussvc::doors {

inline constexpr std::uint32_t kSuccess = 0;
inline constexpr std::uint32_t kInvalidFunction = 1;
inline constexpr std::uint32_t kFileNotFound = 2;
inline constexpr std::uint32_t kAccessDenied = 5;
inline constexpr std::uint32_t kInvalidHandle = 6;
inline constexpr std::uint32_t kInvalidData = 13;
inline constexpr std::uint32_t kNotSupported = 50;
inline constexpr std::uint32_t kInvalidParameter = 87;
inline constexpr std::uint32_t kMoreData = 234;
inline constexpr std::uint32_t kNoMoreItems = 259;
inline constexpr std::uint32_t kIoPending = 997;
inline constexpr std::uint32_t kKeyDeleted = 1018;
inline constexpr std::uint32_t kNoUnicodeTranslation = 1113;
inline constexpr std::uint32_t kPossibleDeadlock = 1131;
inline constexpr std::uint32_t kCancelled = 1223;
inline constexpr std::uint32_t kRevisionMismatch = 1306;
inline constexpr std::uint32_t kProtocolError = 1728;
inline constexpr std::uint32_t kProcedureUnknown = 1745;
inline constexpr std::uint32_t kBadStubData = 1783;
inline constexpr std::uint32_t kNotEnoughQuota = 1816;
inline constexpr std::uint32_t kResourceNotFound = 5007;
inline constexpr std::uint32_t kGroupNotFound = 5013;
inline constexpr std::uint32_t kHostNodeNotResourceOwner = 5015;
inline constexpr std::uint32_t kNodeNotFound = 5042;
inline constexpr std::uint32_t kResourceTypeNotFound = 5078;
inline constexpr std::uint32_t kConditionFailed = 5986;

}  // namespace holdfast::clussvc::doors
