// Whatever bytes come over a socket: no frame is longer than announced, nothing is invented, nothing is kept after
// garbage.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "calls/frame.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  holdfast::calls::FrameReader reader(1024);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t handedOut = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    reader.feed(bytes.substr(at, 7));
    while (const auto body = reader.next()) {
      if (body->size() > 1024) std::abort();
      handedOut += body->size() + holdfast::calls::kFrameHeader_bytes;
    }
  }
  if (handedOut + reader.pending() > size) std::abort();
  return 0;
}
