// Property lists as the Cluster API carries them (native WCHAR), read and built for people: names, formats, text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/output.h"

namespace holdfast::cli {

/// CLUSTER_PROPERTY_FORMAT of one value.
enum class Format : std::uint16_t {
  Unknown = 0,
  Binary = 1,
  Dword = 2,
  Sz = 3,
  ExpandSz = 4,
  MultiSz = 5,
  ULargeInteger = 6,
  Long = 7,
  ExpandedSz = 8,
  SecurityDescriptor = 9,
  LargeInteger = 10,
  Word = 11,
  FileTime = 12
};

struct Property {
  std::string name;
  Format format = Format::Unknown;
  Cell value;
  bool readOnly = false;
};

/// Reads a whole list; nullopt if it is malformed (it came from a resource DLL, so it may be anything).
std::optional<std::vector<Property>> parsePropertyList(const std::vector<std::uint8_t>& list);

/// A list of one property each, as SET_*_PROPERTIES takes it.
class PropertyListBuilder {
 public:
  /// Throws Failure (kUsage) if the text is not a value of the format; `name` is for the message.
  void add(std::string_view name, Format format, std::string_view text);
  /// The list; the builder is used up.
  std::vector<std::uint8_t> take();

 private:
  std::vector<std::uint8_t> bytes_ = {0, 0, 0, 0};
  std::uint32_t count_ = 0;
};

/// "dword" → Dword; nullopt for an unknown word.
std::optional<Format> formatFromWord(std::string_view word);
std::string_view formatWord(Format format);

}  // namespace holdfast::cli
