// One conversion of a printf format with the Windows meaning of its letters: %s is a wide string, %S and %hs a narrow
// one, long has 32 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::winapi {

struct FormatSpec {
  enum class Size { Default, Char, Short, Long, LongLong, Pointer, LongDouble };
  bool left = false;
  bool plus = false;
  bool space = false;
  bool alternate = false;
  bool zero = false;
  bool starWidth = false;
  bool starPrecision = false;
  int width = 0;
  int precision = -1;  ///< none
  Size size = Size::Default;
  bool wide = false;  ///< %ls, %ws
  wchar_t conversion = 0;

  bool isInteger() const;
  bool isString() const { return conversion == L's' || conversion == L'S'; }
  bool isCharacter() const { return conversion == L'c' || conversion == L'C'; }
  bool isFloating() const;
  bool isWide() const;  ///< of a string or character
  bool is64() const { return size == Size::LongLong || size == Size::Pointer || conversion == L'p'; }

  /// As `*` says: a negative width is "left", a negative precision none.
  void setWidth(int value);
  void setPrecision(int value) { precision = value < 0 ? -1 : value; }
};

/// Reads flags, width, precision, size and letter at the start of `text`. Returns their length, 0 when they are none.
std::size_t parseSpec(std::wstring_view text, FormatSpec& spec);

/// At most so many characters come out of one conversion, whatever its width asks.
inline constexpr std::size_t kMaximumField = 65536;

/// Appends an integer (the low bits that the size says), a pointer, or a character.
void appendInteger(std::wstring& out, const FormatSpec& spec, std::uint64_t value);

/// Appends a string, at most `limit` characters of it and never more than the precision reads. NULL is "(null)"; an
/// address that no object can have (below 64 KiB) is "(bad pointer)".
void appendString(std::wstring& out, const FormatSpec& spec, const void* text, std::size_t limit = kMaximumField);

/// Appends a floating-point number.
void appendFloating(std::wstring& out, const FormatSpec& spec, double value);

}  // namespace holdfast::winapi
