#include "core/rcm/settings.h"

#include <optional>
#include <string>

#include "core/database/schema.h"
#include "core/properties/catalogue.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;

constexpr std::uint32_t kUnset = 0xFFFF'FFFF;

std::optional<std::uint32_t> stored(const database::Tree& tree, std::string_view key, std::string_view name) {
  const database::Key* found = tree.find(key);
  return found ? found->dword(name) : std::nullopt;
}

std::uint32_t resourceElseType(const database::Tree& tree, std::string_view resource, std::string_view type,
                               std::string_view name, std::optional<std::uint32_t> unset = {}) {
  const auto own = stored(tree, schema::resourceKey(resource), name);
  if (own && *own != unset) return *own;
  return commonDword(tree, ObjectKind::ResourceType, schema::resourceTypeKey(type), name);
}

}  // namespace

std::uint32_t commonDword(const database::Tree& tree, ObjectKind kind, std::string_view key, std::string_view name) {
  if (const auto own = stored(tree, key, name)) return *own;
  return properties::standardDword(kind, name);
}

monitor::Settings effectiveSettings(const database::Tree& tree, std::string_view resource, std::string_view type) {
  monitor::Settings settings;
  settings.looksAlive_ms = resourceElseType(tree, resource, type, "LooksAlivePollInterval", kUnset);
  settings.isAlive_ms = resourceElseType(tree, resource, type, "IsAlivePollInterval", kUnset);
  settings.pending_ms = resourceElseType(tree, resource, type, "PendingTimeout");
  settings.deadlock_ms = resourceElseType(tree, resource, type, "DeadlockTimeout");
  return settings;
}

monitor::TypeInfo typeInfo(const database::Tree& tree, std::string_view type) {
  const std::string key = schema::resourceTypeKey(type);
  const database::Key* found = tree.find(key);
  monitor::TypeInfo info;
  info.name = found ? found->name() : std::string(type);  // as registered, whatever case the caller wrote (RA-8)
  info.dllName = found ? found->text(schema::kDllName) : std::string();
  info.concurrency = commonDword(tree, ObjectKind::ResourceType, key, "DllConcurrency");
  info.deadlock_ms = commonDword(tree, ObjectKind::ResourceType, key, "DeadlockTimeout");
  return info;
}

RestartRules restartRules(const database::Tree& tree, std::string_view resource) {
  const std::string key = schema::resourceKey(resource);
  const auto value = [&](std::string_view name) { return commonDword(tree, ObjectKind::Resource, key, name); };
  const auto time = [&](std::string_view name) { return Duration(std::chrono::milliseconds(value(name))); };
  RestartRules rules;
  rules.action = value("RestartAction");
  rules.threshold = value("RestartThreshold");
  rules.period = time("RestartPeriod");
  rules.delay = time("RestartDelay");
  rules.retry = time("RetryPeriodOnFailure");
  rules.retries = value("RetryPeriodOnFailure") != kUnset;
  return rules;
}

bool persistentlyOnline(const database::Tree& tree, std::string_view resource, std::string_view group) {
  if (const auto own = stored(tree, schema::resourceKey(resource), schema::kPersistentState)) return *own != 0;
  return stored(tree, schema::groupKey(group), schema::kPersistentState).value_or(0) != 0;
}

}  // namespace holdfast::rcm
