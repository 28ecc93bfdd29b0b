// Text where widths meet: UTF-8 on the channel, wchar_t in resource DLLs.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::rhs {

/// Bytes that are no UTF-8 become U+FFFD.
std::wstring wide(std::string_view utf8);

/// Values that are no character become U+FFFD.
std::string utf8(std::wstring_view text);

/// Copies into a fixed field, cut at a character and terminated.
void copyCut(std::string_view utf8, char* field, std::size_t size_bytes);

}  // namespace holdfast::rhs
