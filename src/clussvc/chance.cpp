#include "clussvc/chance.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace holdfast::clussvc {
namespace {

template <std::size_t kSize>
std::array<std::uint8_t, kSize> randomBytes() {
  std::array<std::uint8_t, kSize> bytes{};
  // Up to 256 bytes come whole once the pool is ready.
  while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
  return bytes;
}

}  // namespace

std::uint64_t randomNumber() {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : randomBytes<8>()) number = number << 8 | byte;
  return number;
}

std::string randomToken() { return fmt::format("{:016x}{:016x}", randomNumber(), randomNumber()); }

std::string randomGuid() {
  auto b = randomBytes<16>();
  b[6] = static_cast<std::uint8_t>((b[6] & 0x0F) | 0x40);
  b[8] = static_cast<std::uint8_t>((b[8] & 0x3F) | 0x80);
  std::string text;
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", b[i]);
  }
  return text;
}

}  // namespace holdfast::clussvc
