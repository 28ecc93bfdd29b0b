// An object whose values a test writes down.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/properties/object_values.h"
#include "core/properties/text.h"

namespace holdfast::properties {

class ValuesForTests : public ObjectValues {
 public:
  std::map<std::string, database::Value> common, service, own;

  std::optional<database::Value> stored(std::string_view name) const override { return of(common, name); }
  std::optional<database::Value> computed(std::string_view name) const override { return of(service, name); }
  std::vector<std::pair<std::string, database::Value>> privateValues() const override {
    return {own.begin(), own.end()};
  }

 private:
  static std::optional<database::Value> of(const std::map<std::string, database::Value>& values,
                                           std::string_view name) {
    for (const auto& [valueName, value] : values) {
      if (equalNames(valueName, name)) return value;
    }
    return std::nullopt;
  }
};

}  // namespace holdfast::properties
