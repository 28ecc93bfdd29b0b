// Command lines as Windows programs split them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::winapi {

/// Blanks separate; "…" keeps them; 2n backslashes before a quote give n and the quote works, 2n+1 give n and a plain
/// quote; elsewhere a backslash is a backslash.
std::vector<std::string> splitCommandLine(std::string_view line);

}  // namespace holdfast::winapi
