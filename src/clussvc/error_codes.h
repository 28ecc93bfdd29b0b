// Win32 codes that the daemon itself answers with.
#pragma once

#include <cstdint>

namespace holdfast::clussvc::code {

inline constexpr std::uint32_t kFileNotFound = 2;
inline constexpr std::uint32_t kAccessDenied = 5;
inline constexpr std::uint32_t kBadFormat = 11;
inline constexpr std::uint32_t kSharingViolation = 32;
inline constexpr std::uint32_t kInvalidParameter = 87;
inline constexpr std::uint32_t kDiskFull = 112;
inline constexpr std::uint32_t kFilenameTooLong = 206;
inline constexpr std::uint32_t kServiceAlreadyRunning = 1056;
inline constexpr std::uint32_t kIoDevice = 1117;
inline constexpr std::uint32_t kRevisionMismatch = 1306;
inline constexpr std::uint32_t kFileCorrupt = 1392;
inline constexpr std::uint32_t kNodeShuttingDown = 5073;

}  // namespace holdfast::clussvc::code
