// The environment of this process as wide text.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::resutils {

/// %NAME% becomes the value of the variable; a name that is not set stays as written, and so does a lone %.
std::wstring expandEnvironment(std::wstring_view text);

std::wstring wideFromUtf8(std::string_view text);
std::string utf8FromWide(std::wstring_view text);

}  // namespace holdfast::resutils
