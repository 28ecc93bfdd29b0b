// Win32 codes that a monitor answers with (RA §1.5).
#pragma once

#include <winerror.h>

#include <cstdint>

namespace holdfast::rhs {

inline constexpr std::uint32_t kInvalidFunction = ERROR_INVALID_FUNCTION;
inline constexpr std::uint32_t kAccessDenied = ERROR_ACCESS_DENIED;
inline constexpr std::uint32_t kInvalidParameter = ERROR_INVALID_PARAMETER;
inline constexpr std::uint32_t kCallNotImplemented = ERROR_CALL_NOT_IMPLEMENTED;
inline constexpr std::uint32_t kModuleNotFound = ERROR_MOD_NOT_FOUND;
inline constexpr std::uint32_t kProcedureNotFound = ERROR_PROC_NOT_FOUND;
inline constexpr std::uint32_t kAlreadyExists = ERROR_ALREADY_EXISTS;
inline constexpr std::uint32_t kMoreData = ERROR_MORE_DATA;
inline constexpr std::uint32_t kRevisionMismatch = ERROR_REVISION_MISMATCH;
inline constexpr std::uint32_t kResourceNotFound = ERROR_RESOURCE_NOT_FOUND;
inline constexpr std::uint32_t kNoMonitorResult = ERROR_RESMON_CREATE_FAILED;

}  // namespace holdfast::rhs
