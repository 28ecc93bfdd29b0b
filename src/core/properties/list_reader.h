// Entries of property and value lists, read within bounds and written with their padding.
#pragma once

#include <algorithm>
#include <cstdint>
#include <expected>
#include <span>

#include "core/base/types.h"
#include "core/properties/text.h"

namespace holdfast::properties {

/// A cursor over a list: entries start at multiples of 4 from the list's start (PR L2).
class ListReader {
 public:
  explicit ListReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::size_t left() const { return bytes_.size() - position_; }

  /// The 32 bits at the cursor without moving it. Requires: left() >= 4.
  std::uint32_t peek() const {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) word |= static_cast<std::uint32_t>(bytes_[position_ + i]) << (8 * i);
    return word;
  }
  /// Moves over the 32 bits at the cursor. Requires: left() >= 4.
  std::uint32_t next() {
    const std::uint32_t word = peek();
    position_ += 4;
    return word;
  }
  /// `size` bytes, then their padding as far as it is there. Requires: left() >= size.
  std::span<const std::uint8_t> data(std::size_t size) {
    const std::span<const std::uint8_t> found = bytes_.subspan(position_, size);
    position_ += size;
    position_ += std::min((4 - size % 4) % 4, left());
    return found;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t position_ = 0;
};

inline void appendDword(Bytes& out, std::uint32_t word) {
  for (std::size_t i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
}

/// Syntax, length, data, zero padding.
inline void appendEntry(Bytes& out, std::uint32_t entrySyntax, const Bytes& data) {
  appendDword(out, entrySyntax);
  appendDword(out, static_cast<std::uint32_t>(data.size()));
  out.insert(out.end(), data.begin(), data.end());
  while (out.size() % 4 != 0) out.push_back(0);
}

}  // namespace holdfast::properties
