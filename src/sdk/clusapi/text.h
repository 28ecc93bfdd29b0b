// Text of the API (WCHAR of 32 bits) ↔ text of the session (UTF-8), and the rules about strings that a caller receives.
#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::clusapi {

/// nullopt for what is no Unicode.
std::optional<std::string> toUtf8(std::wstring_view text);
std::wstring toWide(std::string_view text);

/// "String out" (CL §1): *cch is the capacity with NUL on entry, the length without NUL on return. Too small: 234 and
/// the length. A NULL buffer with a length asks for it and gets 0 (CL-119). Neither: the caller does not want it, 0.
/// A buffer without a length: 87.
DWORD giveText(std::string_view text, LPWSTR buffer, LPDWORD cch);

/// "Byte out": *cb is the capacity on entry, the size on return. Too small: 234. NULL buffer: 0 and the size.
DWORD giveBytes(std::string_view bytes, void* buffer, LPDWORD cb);

}  // namespace holdfast::clusapi
