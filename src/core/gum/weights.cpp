#include "core/gum/weights.h"

namespace holdfast::gum {

bool hasQuorum(const Weights& weights, const std::set<Copy>& voters) {
  std::uint64_t total = 0, present = 0;
  for (const auto& [member, weight] : weights) {
    total += weight;
    if (voters.contains({member.node, member.instance})) present += weight;
  }
  return total > 0 && present >= total / 2 + 1;
}

bool hasJointQuorum(const Weights& inForce, const std::vector<PendingWeights>& pending, std::uint64_t upTo,
                    const std::set<Copy>& voters) {
  for (const auto& [seq, weights] : pending) {
    if (seq <= upTo && !hasQuorum(weights, voters)) return false;
  }
  return hasQuorum(inForce, voters);
}

}  // namespace holdfast::gum
