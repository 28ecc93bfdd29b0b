#include "clussvc/doors/key_path.h"

#include <algorithm>
#include <array>
#include <vector>

#include "clussvc/doors/codes.h"
#include "clussvc/doors/limits.h"
#include "core/database/schema.h"

namespace holdfast::clussvc::doors {

namespace {

namespace schema = database::schema;

constexpr std::uint32_t kBadPathname = 161;

std::vector<std::string_view> componentsOf(std::string_view path) {
  std::vector<std::string_view> components;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(schema::kSeparator), path.size());
    components.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return components;
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& letter : lowered) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
  }
  return lowered;
}

std::optional<ObjectKind> kindOfTop(std::string_view top) {
  constexpr std::array<std::pair<std::string_view, ObjectKind>, 4> kTops = {
      {{schema::kGroups, ObjectKind::Group},
       {schema::kResources, ObjectKind::Resource},
       {schema::kResourceTypes, ObjectKind::ResourceType},
       {schema::kNodes, ObjectKind::Node}}};
  for (const auto& [name, kind] : kTops) {
    if (lower(name) == lower(top)) return kind;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> keyBelow(std::string_view parent, std::string_view subkey) {
  if (subkey.empty()) return std::string(parent);
  if (subkey.front() == schema::kSeparator || subkey.back() == schema::kSeparator) {
    return fail(kBadPathname, "the key's name begins or ends with a backslash", "name keys relative to the open one");
  }
  for (const std::string_view component : componentsOf(subkey)) {
    const auto length =
        std::ranges::count_if(component, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; });
    if (component.empty()) return fail(kBadPathname, "a part of the key's name is empty");
    if (static_cast<std::size_t>(length) > kKeyName_chars) {
      return fail(kInvalidParameter, "a part of the key's name has " + std::to_string(length) + " characters",
                  "use at most " + std::to_string(kKeyName_chars));
    }
  }
  std::string path = schema::join(parent, subkey);
  if (path.size() > kKeyPath_bytes) return fail(kInvalidParameter, "the key lies too deep");
  return path;
}

bool belongsToObject(std::string_view path) {
  const auto components = componentsOf(path);
  return components.empty() || (components.size() <= 2 && kindOfTop(components.front()).has_value());
}

ObjectRef objectOfKey(std::string_view path) {
  const auto components = componentsOf(path);
  if (components.size() < 2) return {};
  const auto kind = kindOfTop(components[0]);
  return kind ? ObjectRef{*kind, std::string(components[1])} : ObjectRef{};
}

}  // namespace holdfast::clussvc::doors
