// UTF-8 outside, WCHAR (32 bits) at the API.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::cli {

/// Malformed UTF-8 becomes U+FFFD, never an error: names come from people and files.
std::wstring widen(std::string_view utf8);
std::string narrow(std::wstring_view wide);

/// Durations for people: 400 ms, 3.2 s, 15 min.
std::string durationText(long long milliseconds);

/// `resource "Clip"`
std::string quoted(std::string_view what, std::string_view name);

/// Names as an administrator types them: without case (ASCII).
bool sameName(std::string_view a, std::string_view b);

}  // namespace holdfast::cli
