#include "calls/frame.h"

#include <cassert>

namespace holdfast::calls {

std::string encodeFrame(std::string_view body) {
  assert(body.size() <= kMaxFrame_bytes);
  const auto size = static_cast<std::uint32_t>(body.size());
  std::string frame;
  frame.reserve(kFrameHeader_bytes + body.size());
  for (int shift = 0; shift < 32; shift += 8) frame.push_back(static_cast<char>((size >> shift) & 0xFF));
  frame.append(body);
  return frame;
}

void FrameReader::feed(std::string_view bytes) {
  if (broken_) return;
  // What was handed out is dropped once it is more than half of the buffer, so that feeding stays linear.
  if (offset_ > buffer_.size() / 2) {
    buffer_.erase(0, offset_);
    offset_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<std::string> FrameReader::next() {
  if (broken_ || pending() < kFrameHeader_bytes) return std::nullopt;
  std::uint32_t size = 0;
  for (unsigned i = 0; i < kFrameHeader_bytes; ++i) {
    size |= std::uint32_t{static_cast<unsigned char>(buffer_[offset_ + i])} << (8 * i);
  }
  if (size > limit_bytes_) {
    broken_ = true;
    buffer_.clear();
    offset_ = 0;
    return std::nullopt;
  }
  if (pending() < kFrameHeader_bytes + size) return std::nullopt;
  std::string body = buffer_.substr(offset_ + kFrameHeader_bytes, size);
  offset_ += kFrameHeader_bytes + size;
  return body;
}

}  // namespace holdfast::calls
