// printf with the Windows meaning of formats, for StringCchPrintfW.
#pragma once

#include <cstdarg>
#include <string>

namespace holdfast::winapi {

/// Formats until more than `limit` characters are there. Conversions that do not exist (%n among them) are copied
/// literally and take no argument.
std::wstring widePrintf(const wchar_t* format, va_list* arguments, std::size_t limit);

}  // namespace holdfast::winapi
