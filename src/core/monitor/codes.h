// Win32 codes that the monitor's rules use (RA §1.5). Here as numbers, because core/ includes no platform header.
#pragma once

#include <cstdint>

namespace holdfast::monitor {

inline constexpr std::uint32_t kSuccess = 0;
inline constexpr std::uint32_t kIoPending = 997;
inline constexpr std::uint32_t kOperationAborted = 995;
inline constexpr std::uint32_t kCancelled = 1223;
inline constexpr std::uint32_t kTimeout = 1460;
inline constexpr std::uint32_t kResourceFailed = 5038;

}  // namespace holdfast::monitor
