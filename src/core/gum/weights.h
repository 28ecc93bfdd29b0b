// Quorum by the weights that the log says, weighed jointly (GUM-10 to GUM-12).
#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "core/gum/messages.h"

namespace holdfast::gum {

/// Votes of database copies: (node, instance) → weight. The incarnation of a process plays no part (GUM-10).
using Weights = std::vector<std::pair<MemberId, std::uint32_t>>;

/// A copy of the database, to which a vote belongs.
struct Copy {
  NodeId node = 0;
  std::uint64_t instance = 0;
  auto operator<=>(const Copy&) const = default;
};

/// GUM-10: Σ w(S) ≥ ⌊Σ w / 2⌋ + 1. Without any weight nobody has quorum.
bool hasQuorum(const Weights& weights, const std::set<Copy>& voters);

/// One Weights or Forced entry that is not yet committed.
struct PendingWeights {
  std::uint64_t seq = 0;
  Weights weights;
};

/// GUM-12: quorum under the weights in force at `committed` and under every pending one up to and including `upTo`.
bool hasJointQuorum(const Weights& inForce, const std::vector<PendingWeights>& pending, std::uint64_t upTo,
                    const std::set<Copy>& voters);

}  // namespace holdfast::gum
