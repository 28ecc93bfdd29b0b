#include "core/properties/property_list.h"

#include <algorithm>
#include <utility>

#include "core/properties/list_reader.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

using Data = decltype(ListValue::data);

std::uint64_t number(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

/// PR V5: the length must fit the format; formats that we do not know are opaque (L12).
std::expected<Data, std::uint32_t> readData(Format format, std::span<const std::uint8_t> bytes, Width width) {
  const auto fixed = [&](std::size_t size) { return bytes.size() == size; };
  switch (format) {
    case Format::Dword:
    case Format::Long:
      if (!fixed(4)) return std::unexpected(status::kInvalidData);
      return Data(static_cast<std::uint32_t>(number(bytes)));
    case Format::Word:
      if (!fixed(2)) return std::unexpected(status::kInvalidData);
      return Data(static_cast<std::uint32_t>(number(bytes)));
    case Format::UlargeInteger:
    case Format::LargeInteger:
    case Format::Filetime:
      if (!fixed(8)) return std::unexpected(status::kInvalidData);
      return Data(number(bytes));
    case Format::Sz:
    case Format::ExpandSz:
    case Format::ExpandedSz:
      if (!isTerminated(bytes, width)) return std::unexpected(status::kInvalidData);
      return Data(readSz(bytes, width));
    case Format::MultiSz:
      if (!isTerminated(bytes, width)) return std::unexpected(status::kInvalidData);
      return Data(readMultiSz(bytes, width));
    case Format::Unknown:
    case Format::Binary:
    case Format::SecurityDescriptor:
    case Format::ValueList:
    case Format::PropertyList:
      break;
  }
  return Data(Bytes(bytes.begin(), bytes.end()));
}

struct Entry {
  std::uint32_t entrySyntax = 0;
  std::span<const std::uint8_t> data;
};

/// PR V3: header or data past the end is 122.
std::expected<Entry, std::uint32_t> readEntry(ListReader& reader) {
  if (reader.left() < 8) return std::unexpected(status::kInsufficientBuffer);
  const std::uint32_t entrySyntax = reader.next();
  const std::uint32_t size = reader.next();
  if (reader.left() < size) return std::unexpected(status::kInsufficientBuffer);
  return Entry{entrySyntax, reader.data(size)};
}

std::expected<Property, std::uint32_t> readProperty(ListReader& reader, Width width) {
  if (reader.left() >= 4 && reader.peek() != syntax(Type::Name, Format::Sz)) {
    return std::unexpected(status::kInvalidData);  // V4
  }
  const auto name = readEntry(reader);
  if (!name) return std::unexpected(name.error());
  Property property;
  if (!isTerminated(name->data, width)) return std::unexpected(status::kInvalidData);
  property.name = readSz(name->data, width);
  if (property.name.empty()) return std::unexpected(status::kInvalidData);
  for (;;) {
    if (reader.left() < 4) return std::unexpected(status::kInsufficientBuffer);
    if (reader.peek() == 0) break;
    const auto type = static_cast<std::uint16_t>(reader.peek() >> 16);
    if (type != static_cast<std::uint16_t>(Type::ListValue) && type < static_cast<std::uint16_t>(Type::User)) {
      return std::unexpected(status::kInvalidData);  // neither a value nor the endmark that belongs here
    }
    const auto entry = readEntry(reader);
    if (!entry) return std::unexpected(entry.error());
    const auto format = static_cast<Format>(entry->entrySyntax & 0xFFFF);
    const bool opaque = type >= static_cast<std::uint16_t>(Type::User);
    auto data = opaque ? Data(Bytes(entry->data.begin(), entry->data.end())) : readData(format, entry->data, width);
    if (!data) return std::unexpected(data.error());
    property.values.push_back({format, std::move(*data), static_cast<Type>(type)});
  }
  reader.next();
  if (property.values.empty()) return std::unexpected(status::kInvalidData);
  return property;
}

void appendNumber(Bytes& out, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

struct DataWriter {
  Format format;
  Width width;
  Bytes operator()(std::uint32_t value) const {
    Bytes out;
    appendNumber(out, value, format == Format::Word ? 2 : 4);
    return out;
  }
  Bytes operator()(std::uint64_t value) const {
    Bytes out;
    appendNumber(out, value, 8);
    return out;
  }
  Bytes operator()(const std::string& text) const {
    Bytes out;
    appendSz(out, text, width);
    return out;
  }
  Bytes operator()(const std::vector<std::string>& strings) const {
    Bytes out;
    appendMultiSz(out, strings, width);
    return out;
  }
  Bytes operator()(const Bytes& bytes) const { return bytes; }
};

void appendName(Bytes& out, const std::string& name, Width width) {
  Bytes text;
  appendSz(text, name, width);
  appendEntry(out, syntax(Type::Name, Format::Sz), text);
}

}  // namespace

std::expected<PropertyList, std::uint32_t> readPropertyList(std::span<const std::uint8_t> bytes, Width width) {
  if (bytes.size() > kMaxListSize_bytes) return std::unexpected(status::kInvalidParameter);
  if (bytes.size() < 4) return std::unexpected(status::kInvalidData);
  ListReader reader(bytes);
  const std::uint32_t count = reader.next();
  PropertyList list;  // not reserved for `count`, which is only a claim so far
  for (std::uint32_t i = 0; i < count; ++i) {
    auto property = readProperty(reader, width);
    if (!property) return std::unexpected(property.error());
    list.push_back(std::move(*property));
  }
  return list;
}

Bytes writePropertyList(const PropertyList& list, Width width) {
  Bytes out;
  appendDword(out, static_cast<std::uint32_t>(list.size()));
  for (const Property& property : list) {
    appendName(out, property.name, width);
    for (const ListValue& value : property.values) {
      appendEntry(out, syntax(value.type, value.format), std::visit(DataWriter{value.format, width}, value.data));
    }
    appendDword(out, 0);
  }
  return out;
}

Bytes writeFormatList(const std::vector<PropertyFormat>& formats, Width width) {
  Bytes out;
  appendDword(out, static_cast<std::uint32_t>(formats.size()));
  for (const PropertyFormat& format : formats) {
    appendName(out, format.name, width);
    Bytes word;
    appendNumber(word, static_cast<std::uint16_t>(format.format), 2);
    appendEntry(out, syntax(Type::ListValue, Format::Word), word);
    appendDword(out, 0);
  }
  return out;
}

std::string expand(std::string_view text, const Environment& environment) {
  std::string out;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t open = text.find('%', position);
    const std::size_t close = open == std::string_view::npos ? open : text.find('%', open + 1);
    if (close == std::string_view::npos) return out.append(text.substr(position));
    out.append(text.substr(position, open - position));
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto found = std::find_if(environment.begin(), environment.end(),
                                    [&](const auto& variable) { return equalNames(variable.first, name); });
    if (found != environment.end()) {
      out += found->second;
      position = close + 1;
    } else {
      out.append(text.substr(open, close - open));  // the second % may open the next name
      position = close;
    }
  }
  return out;
}

Property propertyOf(std::string name, const database::Value& value, const Environment& environment) {
  using database::ValueType;
  Property property{std::move(name), {}};
  const auto add = [&](Format format, Data data) { property.values.push_back({format, std::move(data)}); };
  switch (value.type) {
    case ValueType::Sz:
      add(Format::Sz, std::get<std::string>(value.data));
      break;
    case ValueType::ExpandSz: {
      const std::string& text = std::get<std::string>(value.data);
      add(Format::ExpandSz, text);
      add(Format::ExpandedSz, expand(text, environment));
      break;
    }
    case ValueType::Binary:
      add(Format::Binary, std::get<Bytes>(value.data));
      break;
    case ValueType::Dword:
      add(Format::Dword, std::get<std::uint32_t>(value.data));
      break;
    case ValueType::MultiSz:
      add(Format::MultiSz, std::get<std::vector<std::string>>(value.data));
      break;
    case ValueType::Qword:
      add(Format::UlargeInteger, std::get<std::uint64_t>(value.data));
      break;
  }
  return property;
}

database::Value storedValue(const ListValue& value) {
  struct Store {
    Format format;
    database::Value operator()(std::uint32_t number) const { return database::Value::dword(number); }
    database::Value operator()(std::uint64_t number) const { return database::Value::qword(number); }
    database::Value operator()(const std::string& text) const {
      return format == Format::ExpandSz ? database::Value::expandSz(text) : database::Value::sz(text);
    }
    database::Value operator()(const std::vector<std::string>& strings) const {
      return database::Value::multiSz(strings);
    }
    database::Value operator()(const Bytes& bytes) const { return database::Value::binary(bytes); }
  };
  return std::visit(Store{value.format}, value.data);
}

}  // namespace holdfast::properties
