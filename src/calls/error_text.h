// How a Win32 code is shown to people: `ERROR_DEPENDENCY_NOT_FOUND (5002): subject; advice`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::calls {

/// Symbolic name of a Win32 code, empty for one that has no entry in error_names.h.
std::string_view errorName(std::uint32_t code);

/// `NAME (code): subject; advice`. What is empty is left out together with its punctuation; a code without a name is
/// shown as `error 12345`.
std::string formatError(std::uint32_t code, std::string_view subject = {}, std::string_view advice = {});

}  // namespace holdfast::calls
