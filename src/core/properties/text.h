// Text at the edge of property lists: UTF-8 inside core/, fixed-width characters in buffers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/types.h"

namespace holdfast::properties {

/// Bytes per character of a buffer: 2 is the canonical form (UTF-16LE), 4 the native WCHAR (CC §4.5).
enum class Width : std::uint8_t { Canonical = 2, Native = 4 };

constexpr std::size_t bytesPerCharacter(Width width) { return static_cast<std::size_t>(width); }

/// Appends `text` without a terminator. What is not UTF-8 becomes U+FFFD.
void appendText(Bytes& out, std::string_view text, Width width);
/// Appends `text` and its NUL.
void appendSz(Bytes& out, std::string_view text, Width width);
/// Appends each string with its NUL, then one more; an empty list is two NULs (CC §4.2).
void appendMultiSz(Bytes& out, const std::vector<std::string>& strings, Width width);

/// All characters of `bytes` as UTF-8, NULs included; a trailing part of a character is ignored, lone surrogates and
/// values beyond Unicode become U+FFFD.
std::string readText(std::span<const std::uint8_t> bytes, Width width);
/// Up to the first NUL.
std::string readSz(std::span<const std::uint8_t> bytes, Width width);
/// Up to the first empty string; one final NUL or two (PR §2.5 V5).
std::vector<std::string> readMultiSz(std::span<const std::uint8_t> bytes, Width width);

/// Whole characters, the last of them NUL.
bool isTerminated(std::span<const std::uint8_t> bytes, Width width);

/// Names of properties, values and objects compare without case (PR L10, CM-6). ASCII letters fold, others are equal
/// only to themselves.
bool equalNames(std::string_view a, std::string_view b);
std::string foldName(std::string_view name);

}  // namespace holdfast::properties
