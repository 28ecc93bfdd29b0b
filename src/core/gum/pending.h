// Updates that are appended and not yet applied, by the objects they touch: a request is judged after those that could
// make a difference to it (GUM-15), not after all of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/database/tree.h"
#include "core/database/value.h"

namespace holdfast::gum {

class PendingUpdates {
 public:
  /// Requires: `seq` above all earlier ones.
  void add(std::uint64_t seq, const database::Batch& batch);
  /// It was applied, or cut from the log.
  void forget(std::uint64_t seq);
  void clear() { *this = PendingUpdates(); }

  /// Sequence numbers of those that must be run before `batch` is judged, ascending: they touch an object that it
  /// touches, or one that such an update touches.
  std::vector<std::uint64_t> before(const database::Batch& batch) const;

 private:
  using Objects = std::set<std::string, database::NameLess>;
  static bool touches(const database::Batch& batch, Objects& objects);

  std::map<std::uint64_t, Objects> updates_;
  std::map<std::string, std::set<std::uint64_t>, database::NameLess> byObject_;
  std::set<std::uint64_t> wide_;  ///< they touch a top key as a whole
};

}  // namespace holdfast::gum
