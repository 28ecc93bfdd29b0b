// Chance, from the kernel: ids that must not meet and tokens that must not be guessed.
#pragma once

#include <cstdint>
#include <string>

namespace holdfast::clussvc {

std::uint64_t randomNumber();
/// 32 hexadecimal digits.
std::string randomToken();
/// A GUID of version 4: lower case, without braces.
std::string randomGuid();

}  // namespace holdfast::clussvc
