// Environment variables by which clussvc tells a monitor, through its guard, what is not for its command line.
#pragma once

namespace holdfast::calls {

/// The one-time token of this monitor. Not an argument: those are for every user to read.
inline constexpr const char* kTokenVariable = "HOLDFAST_TOKEN";

/// The folders of resource DLLs, separated by colons. DESIGN: ResourceDllPath of clussvc.
inline constexpr const char* kResourcePathVariable = "HOLDFAST_RESOURCE_PATH";

}  // namespace holdfast::calls
