#include "core/rcm/requirements.h"

#include <algorithm>
#include <utility>

#include "core/properties/list_reader.h"
#include "core/properties/payloads.h"
#include "core/properties/status.h"
#include "core/properties/text.h"

namespace holdfast::rcm {
namespace {

constexpr std::uint32_t kAnswerCapacity_bytes = 64 * 1024;
constexpr std::uint32_t kGetClassInfo = 0x0100'000D;

home::Open* openOf(Resource& resource) { return std::get_if<home::Open>(&resource.home); }

std::string inWords(const properties::RequiredDependency& required) {
  if (const auto* type = std::get_if<std::string>(&required)) return "a provider of type \"" + *type + "\"";
  switch (std::get<std::uint32_t>(required)) {
    case 1:
      return "a provider of class Storage";
    case 2:
      return "a provider of class Network";
    default:
      return "a provider of class " + std::to_string(std::get<std::uint32_t>(required));
  }
}

/// Network Name says "IP Address" and takes IPv6 Address as well (CM §12).
bool typeServes(std::string_view type, std::string_view required) {
  return properties::equalNames(type, required) ||
         (properties::equalNames(required, "IP Address") && properties::equalNames(type, "IPv6 Address"));
}

}  // namespace

void Requirements::ask(Resource& resource, Checked done) {
  calls_.toResource(resource, properties::code::kResourceGetRequiredDependencies, {}, kAnswerCapacity_bytes,
                    [this, id = resource.id, done = std::move(done)](const monitor::ControlDone& answer) {
                      Resource* asked = context_.registry.resource(id);
                      home::Open* open = asked ? openOf(*asked) : nullptr;
                      if (!open) return done(std::nullopt);
                      open->required.emplace();
                      if (answer.status == status::kSuccess) {
                        auto list = properties::readRequiredDependencies(answer.output, properties::Width::Native);
                        if (list) open->required = std::move(*list);
                      }
                      check(*asked, done);
                    });
}

void Requirements::askClass(Resource& resource, Resource& provider, Checked done) {
  calls_.toResource(
      provider, kGetClassInfo, {}, 8,
      [this, id = resource.id, providerId = provider.id, done = std::move(done)](const monitor::ControlDone& answer) {
        Resource* asked = context_.registry.resource(providerId);
        home::Open* open = asked ? openOf(*asked) : nullptr;
        if (open) {
          const bool answered = answer.status == status::kSuccess && answer.output.size() >= 4;
          open->resourceClass = answered ? properties::ListReader(answer.output).peek() : 0;
        }
        Resource* dependent = context_.registry.resource(id);
        if (!dependent || !open) return done(std::nullopt);
        check(*dependent, done);
      });
}

void Requirements::check(Resource& resource, Checked done) {
  const home::Open* open = resource.open();
  if (!open) return done(std::nullopt);
  if (!open->required) return ask(resource, std::move(done));
  for (const properties::RequiredDependency& required : *open->required) {
    const auto* type = std::get_if<std::string>(&required);
    bool served = false;
    for (Resource* provider : resource.providers) {
      if (type) {
        served = served || typeServes(provider->type, *type);
        continue;
      }
      const home::Open* there = provider->open();
      if (there && !there->resourceClass) return askClass(resource, *provider, std::move(done));
      served = served || (there && *there->resourceClass == std::get<std::uint32_t>(required));
    }
    if (!served) return done(inWords(required));
  }
  done(std::nullopt);
}

}  // namespace holdfast::rcm
