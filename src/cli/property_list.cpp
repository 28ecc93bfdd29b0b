#include "cli/property_list.h"

#include <charconv>
#include <cstring>
#include <limits>

#include "cli/failure.h"
#include "cli/text.h"

namespace holdfast::cli {
namespace {

constexpr std::uint32_t kNameSyntax = 0x00040003;
constexpr std::uint32_t kListValue = 0x00010000;
constexpr std::uint32_t kEndMark = 0;

/// Walks over the list, and notices when it runs past its end.
class Reader {
 public:
  explicit Reader(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}

  bool dword(std::uint32_t& value) {
    if (bytes_.size() - at_ < 4) return false;
    std::memcpy(&value, bytes_.data() + at_, 4);
    at_ += 4;
    return true;
  }
  /// `size` bytes and their padding to four (the last padding may be missing).
  bool data(std::uint32_t size, const std::uint8_t*& begin) {
    if (bytes_.size() - at_ < size) return false;
    begin = bytes_.data() + at_;
    at_ = std::min(bytes_.size(), at_ + ((std::size_t{size} + 3) & ~std::size_t{3}));
    return true;
  }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_ = 0;
};

std::wstring wideText(const std::uint8_t* data, std::size_t size_bytes) {
  std::wstring text(size_bytes / sizeof(wchar_t), L'\0');
  std::memcpy(text.data(), data, text.size() * sizeof(wchar_t));
  return text;
}

std::string terminated(const std::uint8_t* data, std::size_t size_bytes) {
  std::wstring text = wideText(data, size_bytes);
  text.resize(std::min(text.find(L'\0'), text.size()));
  return narrow(text);
}

std::string hex(const std::uint8_t* data, std::size_t size_bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size_bytes; ++i) {
    text += kDigits[data[i] >> 4];
    text += kDigits[data[i] & 15];
  }
  return text;
}

template <class Number>
Cell number(const std::uint8_t* data, std::uint32_t size_bytes) {
  Number value{};
  std::memcpy(&value, data, std::min<std::size_t>(sizeof value, size_bytes));
  return static_cast<std::int64_t>(value);
}

Cell readValue(Format format, const std::uint8_t* data, std::uint32_t size_bytes) {
  switch (format) {
    case Format::Dword:
      return number<std::uint32_t>(data, size_bytes);
    case Format::Long:
      return number<std::int32_t>(data, size_bytes);
    case Format::Word:
      return number<std::uint16_t>(data, size_bytes);
    case Format::ULargeInteger:
    case Format::LargeInteger:
    case Format::FileTime:
      return number<std::uint64_t>(data, size_bytes);
    case Format::Sz:
    case Format::ExpandSz:
    case Format::ExpandedSz:
      return terminated(data, size_bytes);
    case Format::MultiSz: {
      std::vector<std::string> strings;
      std::wstring text = wideText(data, size_bytes);
      for (std::size_t at = 0; at < text.size() && text[at] != L'\0';) {
        const std::size_t end = std::min(text.find(L'\0', at), text.size());
        strings.push_back(narrow(text.substr(at, end - at)));
        at = end + 1;
      }
      return strings;
    }
    case Format::Unknown:
    case Format::Binary:
    case Format::SecurityDescriptor:
      break;
  }
  return hex(data, size_bytes);
}

}  // namespace

std::optional<std::vector<Property>> parsePropertyList(const std::vector<std::uint8_t>& list) {
  Reader reader(list);
  std::uint32_t count = 0;
  if (list.empty()) return std::vector<Property>{};
  if (!reader.dword(count)) return std::nullopt;
  std::vector<Property> properties;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t syntax = 0, size = 0;
    const std::uint8_t* data = nullptr;
    if (!reader.dword(syntax) || syntax != kNameSyntax || !reader.dword(size) || !reader.data(size, data))
      return std::nullopt;
    Property property{terminated(data, size), Format::Unknown, std::string(), false};
    for (bool first = true;; first = false) {
      if (!reader.dword(syntax)) return std::nullopt;
      if (syntax == kEndMark) break;
      if (!reader.dword(size) || !reader.data(size, data)) return std::nullopt;
      if (!first) continue;  // further values (EXPANDED_SZ twins) are for programs
      property.format = static_cast<Format>(syntax & 0xFFFF);
      property.value = readValue(property.format, data, size);
    }
    properties.push_back(std::move(property));
  }
  return properties;
}

std::optional<Format> formatFromWord(std::string_view word) {
  static constexpr std::pair<std::string_view, Format> kWords[] = {{"string", Format::Sz},
                                                                   {"sz", Format::Sz},
                                                                   {"dword", Format::Dword},
                                                                   {"long", Format::Long},
                                                                   {"expandstring", Format::ExpandSz},
                                                                   {"multistring", Format::MultiSz},
                                                                   {"binary", Format::Binary},
                                                                   {"qword", Format::ULargeInteger},
                                                                   {"word", Format::Word}};
  for (const auto& [text, format] : kWords) {
    if (sameName(word, text)) return format;
  }
  return std::nullopt;
}

std::string_view formatWord(Format format) {
  switch (format) {
    case Format::Binary:
      return "binary";
    case Format::Dword:
      return "dword";
    case Format::Sz:
      return "string";
    case Format::ExpandSz:
      return "expandstring";
    case Format::MultiSz:
      return "multistring";
    case Format::ULargeInteger:
      return "qword";
    case Format::Long:
      return "long";
    case Format::ExpandedSz:
      return "expandedstring";
    case Format::SecurityDescriptor:
      return "securitydescriptor";
    case Format::LargeInteger:
      return "largeinteger";
    case Format::Word:
      return "word";
    case Format::FileTime:
      return "filetime";
    case Format::Unknown:
      break;
  }
  return "unknown";
}

namespace {

template <class Number>
std::vector<std::uint8_t> parseNumber(std::string_view name, std::string_view text) {
  Number value{};
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hexadecimal ? text.substr(2) : text;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty()) {
    throw Failure{87,
                  std::string(name) + " takes a number between " + std::to_string(std::numeric_limits<Number>::min()) +
                      " and " + std::to_string(std::numeric_limits<Number>::max()) + ", not \"" + std::string(text) +
                      "\"",
                  kUsage};
  }
  std::vector<std::uint8_t> bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

void appendWide(std::vector<std::uint8_t>& bytes, std::string_view text) {
  const std::wstring wide = widen(text);
  const auto* data = reinterpret_cast<const std::uint8_t*>(wide.c_str());
  bytes.insert(bytes.end(), data, data + (wide.size() + 1) * sizeof(wchar_t));
}

std::vector<std::uint8_t> parseHex(std::string_view name, std::string_view text) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned value = 0;
    const std::string_view pair = text.substr(i, 2);
    const auto [end, error] = std::from_chars(pair.data(), pair.data() + pair.size(), value, 16);
    if (pair.size() != 2 || error != std::errc{} || end != pair.data() + 2) {
      throw Failure{87, std::string(name) + " takes bytes as pairs of hexadecimal digits", kUsage};
    }
    bytes.push_back(static_cast<std::uint8_t>(value));
  }
  return bytes;
}

std::vector<std::uint8_t> encodeValue(std::string_view name, Format format, std::string_view text) {
  std::vector<std::uint8_t> bytes;
  switch (format) {
    case Format::Dword:
      return parseNumber<std::uint32_t>(name, text);
    case Format::Long:
      return parseNumber<std::int32_t>(name, text);
    case Format::Word:
      return parseNumber<std::uint16_t>(name, text);
    case Format::ULargeInteger:
    case Format::FileTime:
      return parseNumber<std::uint64_t>(name, text);
    case Format::LargeInteger:
      return parseNumber<std::int64_t>(name, text);
    case Format::MultiSz:
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) appendWide(bytes, text.substr(at, end - at));
        at = end + 1;
      }
      appendWide(bytes, {});
      return bytes;
    case Format::Binary:
    case Format::SecurityDescriptor:
      return parseHex(name, text);
    case Format::Sz:
    case Format::ExpandSz:
    case Format::ExpandedSz:
    case Format::Unknown:
      break;
  }
  appendWide(bytes, text);
  return bytes;
}

void appendDword(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(&value);
  bytes.insert(bytes.end(), data, data + sizeof value);
}

void appendEntry(std::vector<std::uint8_t>& bytes, std::uint32_t syntax, const std::vector<std::uint8_t>& data) {
  appendDword(bytes, syntax);
  appendDword(bytes, static_cast<std::uint32_t>(data.size()));
  bytes.insert(bytes.end(), data.begin(), data.end());
  while (bytes.size() % 4 != 0) bytes.push_back(0);
}

}  // namespace

void PropertyListBuilder::add(std::string_view name, Format format, std::string_view text) {
  std::vector<std::uint8_t> nameBytes;
  appendWide(nameBytes, name);
  appendEntry(bytes_, kNameSyntax, nameBytes);
  if (format == Format::Unknown || format == Format::ExpandedSz) format = Format::Sz;
  appendEntry(bytes_, kListValue | static_cast<std::uint32_t>(format), encodeValue(name, format, text));
  appendDword(bytes_, kEndMark);
  ++count_;
}

std::vector<std::uint8_t> PropertyListBuilder::take() {
  std::memcpy(bytes_.data(), &count_, sizeof count_);
  return std::move(bytes_);
}

}  // namespace holdfast::cli
