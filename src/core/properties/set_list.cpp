#include "core/properties/set_list.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/database/schema.h"
#include "core/properties/catalogue.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

namespace schema = database::schema;

using Changes = std::map<const PropertyInfo*, database::Value>;  // a name given twice: the last wins (PR L9)

std::uint32_t dwordAfter(const Subject& subject, const ObjectValues& values, const Changes& changes,
                         std::string_view name) {
  const PropertyInfo* info = find(subject.kind, name);
  if (const auto changed = changes.find(info); changed != changes.end()) {
    return std::get<std::uint32_t>(changed->second.data);
  }
  const std::optional<database::Value> now = values.stored(info->storedName());
  return std::get<std::uint32_t>((now && fits(*info, *now) ? *now : standardValue(*info)).data);
}

/// RA-128: whichever of the two the list names, the pair that holds afterwards counts.
bool retryBelowRestart(const Subject& subject, const ObjectValues& values, const Changes& changes) {
  if (subject.kind != ObjectKind::Resource) return false;
  const bool named = std::ranges::any_of(changes, [](const auto& change) {
    return change.first->name == "RestartPeriod" || change.first->name == "RetryPeriodOnFailure";
  });
  return named && dwordAfter(subject, values, changes, "RetryPeriodOnFailure") <
                      dwordAfter(subject, values, changes, "RestartPeriod");
}

}  // namespace

std::expected<database::Batch, std::uint32_t> commonBatch(const Subject& subject, const ObjectValues& values,
                                                          std::span<const std::uint8_t> list, Width width) {
  const auto properties = readPropertyList(list, width);
  if (!properties) return std::unexpected(properties.error());
  Changes changes;
  for (const Property& property : *properties) {
    const PropertyInfo* info = find(subject.kind, property.name);
    if (!info) return std::unexpected(status::kInvalidParameter);  // V6, CC-65: private names among them
    const ListValue& first = property.values.front();
    if (const std::uint32_t refused = checkValue(*info, first); refused != 0) return std::unexpected(refused);
    changes.insert_or_assign(info, storedValue(first));
  }
  if (retryBelowRestart(subject, values, changes)) return std::unexpected(status::kInvalidData);

  database::Batch batch;
  for (const PropertyInfo& info : catalogueOf(subject.kind)) {  // in the order of the catalogue
    const auto change = changes.find(&info);
    if (change == changes.end() || values.stored(info.storedName()) == change->second) continue;
    batch.set(subject.key, std::string(info.storedName()), change->second);
  }
  return batch;
}

std::expected<database::Batch, std::uint32_t> privateBatch(const Subject& subject, const ObjectValues& values,
                                                           std::span<const std::uint8_t> list, Width width) {
  const auto properties = readPropertyList(list, width);
  if (!properties) return std::unexpected(properties.error());
  const std::string parameters = schema::join(subject.key, schema::kParameters);
  const auto now = values.privateValues();
  database::Batch batch;
  for (const Property& property : *properties) {
    const ListValue& first = property.values.front();
    if (first.format == Format::ExpandedSz) return std::unexpected(status::kInvalidParameter);  // V8
    const std::size_t slash = property.name.rfind(schema::kSeparator);
    const bool below = slash != std::string::npos;
    const std::string name = below ? property.name.substr(slash + 1) : property.name;
    if (name.empty() || slash == 0) return std::unexpected(status::kInvalidData);
    const database::Value value = storedValue(first);
    const bool same = !below && std::ranges::any_of(now, [&](const auto& stored) {
      return equalNames(stored.first, name) && stored.second == value;
    });
    if (same) continue;
    const std::string key = below ? schema::join(parameters, property.name.substr(0, slash)) : parameters;
    batch.createKey(key).set(key, name, value);
  }
  return batch;
}

}  // namespace holdfast::properties
