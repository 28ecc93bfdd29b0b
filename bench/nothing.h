// What the benchmarks ask of the type "Nothing" by user control codes.
#pragma once

#include <clusapi.h>

/// Answers with a ULONGLONG: calls of IsAlive, of all instances, since the DLL was loaded.
inline constexpr DWORD kCountIsAlive = CLUSCTL_USER_CODE(1, CLUS_OBJECT_RESOURCE);

/// Takes a DWORD, reads the private property kReadProperty of its own resource so often, and answers with a ULONGLONG:
/// nanoseconds.
inline constexpr DWORD kReadOwnProperty = CLUSCTL_USER_CODE(2, CLUS_OBJECT_RESOURCE);

inline constexpr const WCHAR* kReadProperty = L"Path";
