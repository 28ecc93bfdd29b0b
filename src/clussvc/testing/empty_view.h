// A view of a cluster with nothing in it: tests override what they need.
#pragma once

#include "core/database/tree.h"
#include "core/views.h"

namespace holdfast::clussvc::testing {

class EmptyView : public core::ClusterView {
 public:
  core::ClusterInfo cluster() const override { return info_; }
  const database::Tree& tree() const override { return tree_; }
  std::vector<core::NodeInfo> nodes() const override { return {}; }
  std::vector<core::GroupInfo> groups() const override { return {}; }
  std::vector<core::ResourceInfo> resources() const override { return {}; }
  std::vector<core::ResourceTypeInfo> resourceTypes() const override { return {}; }
  std::optional<core::NodeInfo> node(std::string_view) const override { return std::nullopt; }
  std::optional<core::GroupInfo> group(std::string_view) const override { return std::nullopt; }
  std::optional<core::ResourceInfo> resource(std::string_view) const override { return std::nullopt; }
  std::optional<core::ResourceTypeInfo> resourceType(std::string_view) const override { return std::nullopt; }
  std::optional<core::Explanation> explain(const ObjectRef&, Time) const override { return std::nullopt; }
  std::vector<ClusterEvent> eventsAfter(std::uint64_t, std::size_t) const override { return {}; }

  core::ClusterInfo info_{};
  database::Tree tree_;
};

}  // namespace holdfast::clussvc::testing
