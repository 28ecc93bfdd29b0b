// A sentence for each Win32 code that programs show most often.
#pragma once

#include <cstdint>
#include <string_view>

namespace holdfast::winapi {

/// Empty for other codes.
std::string_view messageOf(std::uint32_t code);

}  // namespace holdfast::winapi
