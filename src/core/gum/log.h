// The log of one node as it is in memory: entries tagged (epoch, sequence), some of them committed, some of those
// applied. What is on disk is told apart by the Persist that carried it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/gum/messages.h"
#include "core/gum/weights.h"

namespace holdfast::gum {

/// Entries kept after they were applied, for members that come back soon (GUM-21).
inline constexpr std::size_t kAppliedEntriesKept = 1024;

class Log {
 public:
  /// From the store: `entries` in order, the newest last; `atApplied`: weights that the tree holds at `applied`.
  void load(std::vector<Entry> entries, Tag applied, std::uint64_t committed, Weights atApplied);

  /// GUM-7: tag of the last entry, or `applied` if the log is empty.
  Tag last() const;
  std::uint64_t committed() const { return committed_; }
  std::uint64_t applied() const { return appliedSeq_; }

  /// nullptr if it is not (or no longer) there.
  const Entry* at(std::uint64_t seq) const;
  bool has(const Tag& tag) const;  ///< also true for the tag that the tree stands at

  /// Requires: entry.tag.seq == last().seq + 1.
  void append(Entry entry);
  /// Drops all entries after `seq`. Requires: seq ≥ committed().
  void cutAfter(std::uint64_t seq);
  /// Never lowers (GUM §1).
  void commit(std::uint64_t seq);
  /// The next committed entry that is not applied, nullptr if there is none. The caller applies it and calls applied().
  const Entry* nextToApply() const;
  void markApplied(std::uint64_t seq);

  /// GUM-12, for a commit or an election up to `upTo`.
  bool jointQuorum(std::uint64_t upTo, const std::set<Copy>& voters) const {
    return hasJointQuorum(inForce_, pendingWeights_, upTo, voters);
  }
  const Weights& weightsInForce() const { return inForce_; }

  const std::deque<Entry>& entries() const { return entries_; }

 private:
  void trim();

  std::deque<Entry> entries_;
  Tag appliedTag_;
  std::uint64_t appliedSeq_ = 0;
  std::uint64_t committed_ = 0;
  Weights inForce_;                             ///< at committed_
  std::vector<PendingWeights> pendingWeights_;  ///< after committed_, in order
};

}  // namespace holdfast::gum
