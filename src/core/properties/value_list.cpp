#include "core/properties/value_list.h"

#include "core/properties/list_reader.h"
#include "core/properties/property_list.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

constexpr std::uint32_t kNameSyntax = syntax(Type::Name, Format::Sz);
constexpr std::uint32_t kClassSyntax = syntax(Type::ResourceClass, Format::Dword);

/// Calls `take(syntax, data)` for each entry up to the endmark; 0 or why the list is refused.
template <class Take>
std::uint32_t forEachEntry(std::span<const std::uint8_t> bytes, Take take) {
  if (bytes.size() < 4) return status::kInvalidData;
  ListReader reader(bytes);
  for (;;) {
    if (reader.left() < 4) return status::kInsufficientBuffer;
    const std::uint32_t entrySyntax = reader.next();
    if (entrySyntax == 0) return status::kSuccess;
    if (reader.left() < 4) return status::kInsufficientBuffer;
    const std::uint32_t size = reader.next();
    if (reader.left() < size) return status::kInsufficientBuffer;
    if (const std::uint32_t refused = take(entrySyntax, reader.data(size)); refused != 0) return refused;
  }
}

bool isText(std::uint32_t entrySyntax) {
  switch (static_cast<Format>(entrySyntax & 0xFFFF)) {
    case Format::Sz:
    case Format::ExpandSz:
    case Format::ExpandedSz:
    case Format::MultiSz:
      return (entrySyntax >> 16) < static_cast<std::uint32_t>(Type::User);
    default:
      return false;
  }
}

}  // namespace

std::expected<std::vector<RequiredDependency>, std::uint32_t> readRequiredDependencies(
    std::span<const std::uint8_t> bytes, Width width) {
  std::vector<RequiredDependency> found;
  const std::uint32_t refused = forEachEntry(bytes, [&](std::uint32_t entrySyntax, std::span<const std::uint8_t> data) {
    if (entrySyntax == kNameSyntax) {
      if (!isTerminated(data, width)) return status::kInvalidData;
      found.emplace_back(readSz(data, width));
    } else if (entrySyntax == kClassSyntax) {
      if (data.size() != 4 && data.size() != 8) return status::kInvalidData;
      found.emplace_back(ListReader(data).peek());
    }
    return status::kSuccess;
  });
  if (refused != 0) return std::unexpected(refused);
  return found;
}

Bytes writeRequiredDependencies(const std::vector<RequiredDependency>& dependencies, Width width) {
  Bytes out;
  for (const RequiredDependency& dependency : dependencies) {
    Bytes data;
    if (const std::uint32_t* resourceClass = std::get_if<std::uint32_t>(&dependency)) {
      appendDword(data, *resourceClass);
      appendEntry(out, kClassSyntax, data);
    } else {
      appendSz(data, std::get<std::string>(dependency), width);
      appendEntry(out, kNameSyntax, data);
    }
  }
  appendDword(out, 0);
  return out;
}

std::expected<Bytes, std::uint32_t> convertValueList(std::span<const std::uint8_t> bytes, Width from, Width to) {
  Bytes out;
  const std::uint32_t refused = forEachEntry(bytes, [&](std::uint32_t entrySyntax, std::span<const std::uint8_t> data) {
    Bytes converted;
    if (isText(entrySyntax)) {
      if (data.size() % bytesPerCharacter(from) != 0) return status::kInvalidData;
      appendText(converted, readText(data, from), to);
    } else {
      converted.assign(data.begin(), data.end());
    }
    appendEntry(out, entrySyntax, converted);
    return status::kSuccess;
  });
  if (refused != 0) return std::unexpected(refused);
  appendDword(out, 0);
  return out;
}

}  // namespace holdfast::properties
