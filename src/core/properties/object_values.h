// What property codes read of an object: an interface, so that codes know neither the tree nor the running state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast::properties {

class ObjectValues {
 public:
  virtual ~ObjectValues() = default;

  /// A value of the object's own key.
  virtual std::optional<database::Value> stored(std::string_view name) const = 0;
  /// A read-only property that only the running service knows; nothing: its default.
  virtual std::optional<database::Value> computed(std::string_view name) const = 0;
  /// The values of the key `Parameters`, sorted by name.
  virtual std::vector<std::pair<std::string, database::Value>> privateValues() const = 0;
};

/// Whose properties and where they lie.
struct Subject {
  ObjectKind kind = ObjectKind::Resource;
  ObjectId id;
  std::string name;
  std::string typeName;  ///< of a resource
  std::string key;       ///< path of the object's key; empty is the root
};

}  // namespace holdfast::properties
