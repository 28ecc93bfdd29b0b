// The promises of a node, each as a method, run after every step of tests and simulation: what a step did is compared
// with what the steps before it made true.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/node.h"

namespace holdfast::core {

class Invariants {
 public:
  explicit Invariants(const Node& node) : node_(node) {}

  /// Requires: called once for each step, with its event and all its effects. Costs more than the step did: it looks at
  /// everything.
  void afterStep(const Event& event, const Effects& effects);

  /// What was broken, one sentence each; empty while every promise holds.
  const std::vector<std::string>& broken() const { return broken_; }
  /// Requests that still wait for their answer.
  std::size_t unanswered() const { return asked_.size(); }

 private:
  /// GUM-3: a Promise or an Ack leaves only after what it says is on disk; persists are numbered without a gap.
  void answersFollowTheDisk(const Event& event, const Effects& effects);
  /// GUM-19, I5: what readers see only grows, and never goes beyond what was sent as committed or stored as such.
  void appliedOnlyGrows();
  /// The typed views are what a fresh look at the tree gives.
  void indexesEqualRebuilt();
  /// Each request has exactly one answer, whose tag is of an applied update.
  void oneAnswerPerRequest(const Event& event, const Effects& effects);
  /// GUM-38, I11: nothing is brought online by a node that holds no lease.
  void nothingIsStartedWithoutLease(const Effects& effects);
  /// RA §5: a resource has one instance at a time, and calls name one that is open.
  void oneInstancePerResource(const Event& event, const Effects& effects);
  /// Numbers without a gap, causes before consequences.
  void eventsAreAStory(const Effects& effects);
  /// A clean stop leaves nothing running here.
  void nothingRunsAfterStop(const Effects& effects);

  void require(bool holds, std::string_view promise);

  const Node& node_;
  std::vector<std::string> broken_;

  std::uint64_t lastPersist_ = 0, donePersist_ = 0;
  std::map<std::uint64_t, std::uint64_t> persistOfSeq_;   ///< log entry → the persist that carries it
  std::map<gum::Epoch, std::uint64_t> persistOfPromise_;  ///< epoch → the persist that carries it
  std::uint64_t lastTag_ = 0, lastEvent_ = 0;
  std::map<RequestId, unsigned> asked_;
  std::map<monitor::InstanceId, std::pair<monitor::MonitorId, ObjectId>> instances_;
};

}  // namespace holdfast::core
