#include "core/properties/default_processing.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/properties/catalogue.h"
#include "core/properties/list_reader.h"
#include "core/properties/set_list.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

struct Request {
  const Subject& subject;
  const ObjectValues& values;
  std::span<const std::uint8_t> input;
  std::uint32_t capacity_bytes;
  const Environment& environment;
  Width width;
};

Reply refused(std::uint32_t status) {
  Reply reply;
  reply.status = status;
  return reply;
}

Reply text(const Request& request, std::string_view value) {
  Bytes out;
  appendSz(out, value, request.width);
  return fitted(std::move(out), request.capacity_bytes);
}

Reply strings(const Request& request, const std::vector<std::string>& values) {
  Bytes out;
  appendMultiSz(out, values, request.width);
  return fitted(std::move(out), request.capacity_bytes);
}

Reply dword(const Request& request, std::uint32_t value) {
  Bytes out;
  appendDword(out, value);
  return fitted(std::move(out), request.capacity_bytes);
}

Reply list(const Request& request, const PropertyList& properties) {
  return fitted(writePropertyList(properties, request.width), request.capacity_bytes);
}

std::uint32_t dwordOf(const std::optional<database::Value>& value) {
  const std::uint32_t* number = value ? std::get_if<std::uint32_t>(&value->data) : nullptr;
  return number ? *number : 0;
}

Property commonProperty(const PropertyInfo& info, const Request& request) {
  std::optional<database::Value> value =
      info.home == Home::Computed ? request.values.computed(info.name) : request.values.stored(info.storedName());
  // CM-8: what was never set, or is there in another type, reads as the default.
  if (!value || !fits(info, *value)) value = standardValue(info);
  return propertyOf(std::string(info.name), *value, request.environment);
}

Reply commonProperties(const Request& request, Access access) {
  PropertyList properties;
  for (const PropertyInfo& info : catalogueOf(request.subject.kind)) {
    if (info.access == access) properties.push_back(commonProperty(info, request));
  }
  return list(request, properties);
}

Reply commonNames(const Request& request) {
  std::vector<std::string> names;
  for (const PropertyInfo& info : catalogueOf(request.subject.kind)) {
    if (info.access == Access::ReadWrite) names.emplace_back(info.name);  // CC-64
  }
  return strings(request, names);
}

Reply commonFormats(const Request& request, ObjectKind kind) {
  if (kind == ObjectKind::Node) return refused(status::kInvalidFunction);  // CC-68
  std::vector<PropertyFormat> formats;
  for (const PropertyInfo& info : catalogueOf(kind)) formats.push_back({std::string(info.name), info.format});
  return fitted(writeFormatList(formats, request.width), request.capacity_bytes);
}

Reply privateProperties(const Request& request) {
  PropertyList properties;
  for (const auto& [name, value] : request.values.privateValues()) {
    properties.push_back(propertyOf(name, value, request.environment));
  }
  return list(request, properties);
}

Reply privateNames(const Request& request) {
  std::vector<std::string> names;
  for (const auto& [name, value] : request.values.privateValues()) names.push_back(name);
  return strings(request, names);
}

Reply setting(std::expected<database::Batch, std::uint32_t> batch, bool store) {
  if (!batch) return refused(batch.error());
  Reply reply;
  if (store) reply.batch = std::move(*batch);
  return reply;
}

Reply characteristics(const Request& request) {
  // Of a resource the service computes them (Arbitrate and Release there or not); of a type they are stored.
  const std::optional<database::Value> computed = request.values.computed("Characteristics");
  const std::uint32_t mask = dwordOf(computed ? computed : request.values.stored("Characteristics"));
  Reply reply = dword(request, mask);
  // CC-30: the one code whose size query succeeds.
  if (request.subject.kind == ObjectKind::ResourceType && request.capacity_bytes == 0) reply.status = status::kSuccess;
  return reply;
}

Reply flags(const Request& request) {
  const bool stored = request.subject.kind != ObjectKind::Node;  // M8
  return dword(request, stored ? dwordOf(request.values.stored("Flags")) : 0);
}

Reply identity(const Request& request, std::uint32_t operation) {
  switch (operation) {
    case code::kGetName:
      return text(request, request.subject.name);
    case code::kGetId:
      return text(request, request.subject.id);
    default:
      return text(request, request.subject.typeName);
  }
}

Reply readOnlyPrivate(const Request& request) {
  // A type has no default; everything else answers a list of zero properties (CC §5, M5).
  if (request.subject.kind == ObjectKind::ResourceType) return refused(status::kInvalidFunction);
  return list(request, {});
}

Reply unknown(const Request& request) {
  return request.subject.kind == ObjectKind::Resource ? refused(status::kInvalidFunction) : Reply{};
}

Reply process(const Request& request, std::uint32_t operation) {
  const Subject& subject = request.subject;
  switch (operation) {
    case code::kUnknown:
      return unknown(request);
    case code::kGetCharacteristics:
      return characteristics(request);
    case code::kGetFlags:
      return flags(request);
    case code::kGetClassInfo:
      return fitted(Bytes(8, 0), request.capacity_bytes);
    case code::kGetFailureInfo:
      return dword(request, dwordOf(request.values.computed("FailureInfo")));
    case code::kGetName:
    case code::kGetId:
    case code::kGetResourceType:
      return identity(request, operation);
    case code::kEnumCommonProperties:
      return commonNames(request);
    case code::kGetRoCommonProperties:
      return commonProperties(request, Access::ReadOnly);
    case code::kGetCommonProperties:
      return commonProperties(request, Access::ReadWrite);
    case code::kGetCommonPropertyFormats:
      return commonFormats(request, subject.kind);
    case code::kGetCommonResourcePropertyFormats:
      return commonFormats(request, ObjectKind::Resource);
    case code::kSetCommonProperties:
    case code::kValidateCommonProperties:
      return setting(commonBatch(subject, request.values, request.input, request.width),
                     operation == code::kSetCommonProperties);
    case code::kEnumPrivateProperties:
      return privateNames(request);
    case code::kGetRoPrivateProperties:
      return readOnlyPrivate(request);
    case code::kGetPrivateProperties:
      return privateProperties(request);
    case code::kSetPrivateProperties:
    case code::kValidatePrivateProperties:
      return setting(privateBatch(subject, request.values, request.input, request.width),
                     operation == code::kSetPrivateProperties);
    default:
      return refused(status::kInvalidFunction);
  }
}

}  // namespace

Reply fitted(Bytes output, std::uint32_t capacity_bytes) {
  Reply reply;
  reply.bytesReturned = static_cast<std::uint32_t>(output.size());
  if (output.size() > capacity_bytes) {
    reply.status = status::kMoreData;
  } else {
    reply.output = std::move(output);
  }
  return reply;
}

Reply processDefault(const ControlCode& control, const Subject& subject, const ObjectValues& values,
                     std::span<const std::uint8_t> input, std::uint32_t capacity_bytes, const Environment& environment,
                     Width width) {
  if (control.handler == Handler::Unsupported || control.handler == Handler::Dll) {
    return refused(status::kInvalidFunction);
  }
  if (control.name == "RESOURCE_RW_MODIFY_NOOP") return {};
  const std::uint32_t operation = control.code & code::kFunctionMask;
  return process({subject, values, input, capacity_bytes, environment, width}, operation);
}

}  // namespace holdfast::properties
