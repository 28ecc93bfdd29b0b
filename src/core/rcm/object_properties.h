// An object as property codes see it: its key in the database, and what only the running service knows.
#pragma once

#include <optional>

#include "core/properties/object_values.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"

namespace holdfast::rcm {

/// Nothing if there is no such object.
std::optional<properties::Subject> subjectOf(const Context& context, const ObjectRef& object);

class ObjectProperties : public properties::ObjectValues {
 public:
  ObjectProperties(const Context& context, const Homes& homes, properties::Subject subject)
      : context_(context), homes_(homes), subject_(std::move(subject)) {}

  const properties::Subject& subject() const { return subject_; }

  std::optional<database::Value> stored(std::string_view name) const override;
  std::optional<database::Value> computed(std::string_view name) const override;
  std::vector<std::pair<std::string, database::Value>> privateValues() const override;

 private:
  std::optional<database::Value> ofResource(std::string_view name) const;

  const Context& context_;
  const Homes& homes_;
  properties::Subject subject_;
};

}  // namespace holdfast::rcm
