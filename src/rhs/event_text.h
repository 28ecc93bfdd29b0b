// The text of a LogEvent call (RA §6.4).
#pragma once

#include <cstdarg>
#include <string>

namespace holdfast::rhs {

/// Formats as FormatMessage does: %1 … %99, %n!printf-spec!, %%, %n, %0, %b, %r, %t, %., %!. Only inserts that the
/// format names are fetched, in ascending order (P-34); what cannot be understood is copied as it stands. Cut to
/// kMaxLogText_chars, without its trailing line end. Null gives an empty text.
std::string eventText(const wchar_t* format, std::va_list arguments);

}  // namespace holdfast::rhs
