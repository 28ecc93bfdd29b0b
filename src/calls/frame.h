// Length-prefixed frames: four bytes of length, little endian, then that many bytes (design §8). Used on monitors.sock
// and cluster.sock alike. Pure: bytes in, frames out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::calls {

/// Largest body of a frame. A longer one is refused before a byte of it is stored: control-code buffers of 1 MiB and
/// enumeration pages of 64 kB fit with room; what is bigger travels in pages.
inline constexpr std::size_t kMaxFrame_bytes = 4u << 20;
inline constexpr std::size_t kFrameHeader_bytes = 4;

/// Header and body as one string, ready to write. Requires: body.size() ≤ kMaxFrame_bytes.
std::string encodeFrame(std::string_view body);

/// Collects bytes of a stream and hands out whole frames.
class FrameReader {
 public:
  void feed(std::string_view bytes);

  /// The next whole body, nullopt if more bytes are needed. After broken() nothing comes any more.
  std::optional<std::string> next();

  /// A length above kMaxFrame_bytes (or the limit given) was announced: the stream is garbage, close it.
  bool broken() const { return broken_; }

  /// Bytes held that are not yet a whole frame: what a closed connection cut off.
  std::size_t pending() const { return buffer_.size() - offset_; }

  explicit FrameReader(std::size_t limit_bytes = kMaxFrame_bytes) : limit_bytes_(limit_bytes) {}

 private:
  std::string buffer_;
  std::size_t offset_ = 0;
  std::size_t limit_bytes_;
  bool broken_ = false;
};

}  // namespace holdfast::calls
