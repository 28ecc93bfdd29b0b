// WCHAR (UTF-32 here) ↔ UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace holdfast::winapi {

struct Converted {
  bool valid = true;  ///< false: something was no Unicode, and U+FFFD stands for it
};

/// A surrogate pair, as text of 16-bit origin has it, is one character; a lone surrogate is invalid.
std::string toUtf8(std::wstring_view text, Converted* converted = nullptr);
std::wstring toWide(std::string_view text, Converted* converted = nullptr);

/// nullopt for what is no Unicode.
std::optional<std::string> toUtf8Strict(std::wstring_view text);

/// The character in the other case that comparisons ignore, whatever the program's locale.
wchar_t foldCase(wchar_t character);

}  // namespace holdfast::winapi
