#include "core/rcm/controls.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/database/schema.h"
#include "core/properties/status.h"
#include "core/rcm/object_properties.h"
#include "core/rcm/settings.h"

namespace holdfast::rcm {
namespace {

using properties::ControlCode;
using properties::Handler;

constexpr std::uint32_t kMaxBuffer_bytes = 16u << 20;  // CC B14

bool isCommon(const ControlCode& code) { return code.name.find("COMMON") != std::string_view::npos; }

/// A type whose DLL cannot be loaded still has its common properties: only then can DllName be looked at and mended.
bool cannotLoad(std::uint32_t answer) {
  return answer == 126 || answer == 127 || answer == 193 || answer == 1114 || answer == 1306 ||
         answer == status::kResmonCreateFailed;
}

Error notFound(const ObjectRef& object) {
  switch (object.kind) {
    case ObjectKind::Group:
      return noGroup(object.id);
    case ObjectKind::ResourceType:
      return noType(object.id);
    case ObjectKind::Node:
      return noNode(object.id);
    default:
      return noResource(object.id);
  }
}

std::string sentence(std::uint32_t answer) {
  switch (answer) {
    case status::kInvalidFunction:
      return "the control code is not supported";
    case status::kInvalidData:
      return "the property list is malformed, or a value is out of range";
    case status::kInvalidParameter:
      return "a property is unknown, read-only, or of another type";
    case status::kInsufficientBuffer:
      return "the property list is longer than its buffer";
    case status::kMoreData:
      return "the output buffer is too small";
    case status::kBadStubData:
      return "there is no property list";
    case status::kPropertiesStored:
      return "stored; it takes effect when the resource is next brought online";
    case status::kTimeout:
      return "the call was not answered within DeadlockTimeout, and its monitor was ended";
    case status::kResmonInvalidState:
      return "the monitor ended while it processed the code";
    default:
      return answer == 0 ? "" : "the resource DLL answered so";
  }
}

}  // namespace

void Controls::reply(const Ask& ask, std::uint32_t status, Bytes output, std::uint32_t bytesReturned,
                     std::uint64_t tag) {
  Answer answered;
  answered.request = ask.id;
  answered.status = {status, sentence(status), ""};
  answered.output = std::move(output);
  answered.bytesReturned = bytesReturned;
  answered.tag = tag;
  context_.effects->answers.push_back(std::move(answered));
}

void Controls::control(const Control& operation, const Ask& ask) {
  if (!subjectOf(context_, operation.object)) return answer(context_, ask, notFound(operation.object));
  const std::uint32_t word = operation.code;
  if (operation.input.size() > kMaxBuffer_bytes || operation.outputCapacity_bytes > kMaxBuffer_bytes) {
    return reply(ask, status::kInvalidParameter);
  }
  // CC §2, steps 2 to 4, in this order.
  if (properties::takesPropertyList(word) && operation.input.empty()) return reply(ask, status::kBadStubData);
  if (properties::isInternalCode(word)) return reply(ask, status::kInvalidFunction);
  const ObjectKind kind = operation.object.kind;
  const bool user = properties::isUserCode(word);
  const auto code = user ? std::nullopt : properties::findControl(kind, word);
  const bool toDll = kind == ObjectKind::Resource || kind == ObjectKind::ResourceType;
  if (!code && !(user && toDll)) return reply(ask, status::kInvalidFunction);

  const auto request = std::make_shared<const Control>(operation);
  if (code && (code->handler == Handler::Service || code->handler == Handler::Unsupported)) {
    return processDefault(request, *code, ask);
  }
  if (kind == ObjectKind::Resource) return ofResource(request, code, ask);
  ofType(request, code, ask);
}

void Controls::ofResource(const Request& request, const std::optional<ControlCode>& code, const Ask& ask) {
  Resource* resource = context_.registry.resource(request->object.id);
  if (resource->open()) return askDll(*resource, request, code, ask);
  monitor::ControlDone declined;
  declined.status = status::kInvalidFunction;
  // CC §3 rule 7: a resource whose DLL cannot be loaded is answered by the defaults alone.
  if (!std::holds_alternative<home::Opening>(resource->home)) return answered(declined, request, code, ask);
  homes_.open(*resource, [this, request, code, ask, declined](std::uint32_t) {
    const Resource* opened = context_.registry.resource(request->object.id);
    if (opened && opened->open()) return askDll(*opened, request, code, ask);
    answered(declined, request, code, ask);
  });
}

void Controls::askDll(const Resource& resource, const Request& request, const std::optional<ControlCode>& code,
                      const Ask& ask) {
  calls_.toResource(
      resource, request->code, request->input, request->outputCapacity_bytes,
      [this, request, code, ask](const monitor::ControlDone& done) { answered(done, request, code, ask); });
}

void Controls::ofType(const Request& request, const std::optional<ControlCode>& code, const Ask& ask) {
  const monitor::TypeInfo type = typeInfo(context_.durable, request->object.id);
  calls_.toType(type, request->code, request->input, request->outputCapacity_bytes,
                [this, request, code, ask](const monitor::ControlDone& done) { answered(done, request, code, ask); });
}

void Controls::answered(const monitor::ControlDone& done, const Request& request,
                        const std::optional<ControlCode>& code, const Ask& ask) {
  const bool declined = done.status == status::kInvalidFunction;
  const bool noDll =
      request->object.kind == ObjectKind::ResourceType && code && isCommon(*code) && cannotLoad(done.status);
  if (code && (declined || noDll)) return processDefault(request, *code, ask);
  const std::uint32_t capacity = request->outputCapacity_bytes;
  if (done.status == 0 && capacity > 0 && done.bytesReturned > capacity) {
    return reply(ask, status::kMoreData, {}, done.bytesReturned);  // CC B12
  }
  reply(ask, done.status, done.output, done.bytesReturned);
}

void Controls::processDefault(const Request& request, const ControlCode& code, const Ask& ask) {
  auto subject = subjectOf(context_, request->object);
  if (!subject) return answer(context_, ask, notFound(request->object));
  const ObjectProperties values(context_, homes_, std::move(*subject));
  properties::Reply made = properties::processDefault(code, values.subject(), values, request->input,
                                                      request->outputCapacity_bytes, context_.config.environment);
  if (made.status != 0 || made.batch.commands.empty()) {
    return reply(ask, made.status, std::move(made.output), made.bytesReturned);
  }
  const bool separate = std::ranges::any_of(
      made.batch.commands, [](const database::Command& command) { return command.name == "SeparateMonitor"; });
  const bool isPrivate = !isCommon(code);
  made.batch.commands.insert(made.batch.commands.begin(),
                             {database::Command::Kind::ConditionKeyExists, values.subject().key, {}, {}});
  proposals_.propose(std::move(made.batch), ask.cause, ask.id,
                     [this, ask, object = request->object, separate, isPrivate](const Result<std::uint64_t>& result) {
                       if (!result) return answer(context_, ask, result);
                       const Resource* resource =
                           object.kind == ObjectKind::Resource ? context_.registry.resource(object.id) : nullptr;
                       // What a running resource does not notice by itself takes effect at its next online: 5024 (CC
                       // §5, RA-131).
                       const bool later = resource && isUp(resource->state) && (isPrivate || separate);
                       reply(ask, later ? status::kPropertiesStored : status::kSuccess, {}, 0, *result);
                     });
}

}  // namespace holdfast::rcm
