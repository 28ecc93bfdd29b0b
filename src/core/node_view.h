// ClusterView over the parts of a node.
#pragma once

#include "core/database/indexes.h"
#include "core/database/tree.h"
#include "core/event_ring.h"
#include "core/gum/gum.h"
#include "core/rcm/rcm.h"
#include "core/views.h"

namespace holdfast::core {

class NodeView : public ClusterView {
 public:
  NodeView(NodeId self, const database::Tree& tree, const database::Indexes& indexes, const gum::Gum& gum,
           const rcm::Rcm& rcm, const EventRing& events)
      : self_(self), tree_(tree), indexes_(indexes), gum_(gum), rcm_(rcm), events_(events) {}

  ClusterInfo cluster() const override;
  const database::Tree& tree() const override { return tree_; }
  std::vector<NodeInfo> nodes() const override;
  std::vector<GroupInfo> groups() const override;
  std::vector<ResourceInfo> resources() const override;
  std::vector<ResourceTypeInfo> resourceTypes() const override;
  std::optional<NodeInfo> node(std::string_view idOrName) const override;
  std::optional<GroupInfo> group(std::string_view idOrName) const override;
  std::optional<ResourceInfo> resource(std::string_view idOrName) const override;
  std::optional<ResourceTypeInfo> resourceType(std::string_view name) const override;
  std::optional<Explanation> explain(const ObjectRef& object, Time now) const override {
    return rcm_.explain(object, now);
  }
  std::vector<ClusterEvent> eventsAfter(std::uint64_t number, std::size_t atMost) const override {
    return events_.after(number, atMost);
  }

 private:
  NodeInfo info(const database::NodeRecord& record) const;
  GroupInfo info(const database::GroupRecord& record) const;
  ResourceInfo info(const database::ResourceRecord& record) const;

  NodeId self_;
  const database::Tree& tree_;
  const database::Indexes& indexes_;
  const gum::Gum& gum_;
  const rcm::Rcm& rcm_;
  const EventRing& events_;
};

}  // namespace holdfast::core
