// Which requests became updates (GUM-22): a table in the tree, so that every member knows it and it survives with what
// it speaks of. One value per request, dropped after a fixed distance in sequence numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "core/database/tree.h"
#include "core/gum/messages.h"

namespace holdfast::gum {

/// Entries after which a request is forgotten. A client that repeats one later than that gets "unknown".
inline constexpr std::uint64_t kRequestsKept_entries = 16'384;
/// Old requests that one entry drops at most; more than one, so that the table shrinks after an idle time.
inline constexpr std::size_t kDroppedAtOnce = 32;

class Requests {
 public:
  explicit Requests(const database::Tree& tree) : tree_(tree) {}

  /// From the tree as it is.
  void load();
  /// Adds to the entry's batch what the table shall say after it. Requires: entry.tag is set.
  void remember(Entry& entry) const;

  void onAppended(const Entry& entry);
  void onApplied(const Entry& entry);
  /// Entries after `seq` were cut from the log.
  void onCut(std::uint64_t seq);

  enum class Fate { Never, InFlight, Done, Unknown };
  struct Seen {
    Fate fate = Fate::Never;
    std::uint64_t seq = 0;  ///< of its entry, for InFlight and Done
  };
  Seen seen(const RequestId& request) const;

 private:
  struct Kept {
    std::uint64_t seq = 0;
    RequestId request;
    auto operator<=>(const Kept&) const = default;
  };

  const database::Tree& tree_;
  std::map<RequestId, std::uint64_t> inFlight_;  ///< appended, not applied
  std::deque<Kept> kept_;                        ///< what the tree's table holds, oldest first
};

}  // namespace holdfast::gum
