// core::Node as the shell's core.
#pragma once

#include "clussvc/parts.h"

namespace holdfast::clussvc {

class NodeCore final : public Core {
 public:
  explicit NodeCore(core::NodeConfig config) : node_(std::move(config)) {}
  void step(const core::Event& event, Time now, core::Effects& effects) override { node_.step(event, now, effects); }
  Time nextDeadline() const override { return node_.nextDeadline(); }
  const core::ClusterView& view() const override { return node_.view(); }

 private:
  core::Node node_;
};

}  // namespace holdfast::clussvc
