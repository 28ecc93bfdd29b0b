// Members of a parameter block as the rows of a property table describe them (PR §3, §4).
#pragma once

#include <vector>

#include "sdk/resutils/table.h"

namespace holdfast::resutils {

/// The member of a row. nullopt: its pointer is NULL.
std::optional<Value> memberOf(const BYTE* block, const Row& row);

/// Changes of members, allocated before the first of them is applied, so that a failure leaves the block as it was.
class BlockUpdate {
 public:
  BlockUpdate() = default;
  ~BlockUpdate();
  BlockUpdate(const BlockUpdate&) = delete;
  BlockUpdate& operator=(const BlockUpdate&) = delete;

  /// nullopt: a NULL pointer of size 0, or 0. A later change of the same member replaces an earlier one.
  /// Requires: `row` outlives this. Throws std::bad_alloc.
  void set(const Row& row, const std::optional<Value>& value);

  /// Memory that a member may point into without owning it: its former pointer is then not released (PR B5).
  void borrow(const void* begin, std::size_t size_bytes);

  /// Releases the former pointers and puts the new ones in their place. `shared` (may be NULL) is a block whose
  /// pointers stay alive. Cannot fail.
  void apply(BYTE* block, const BYTE* shared);

 private:
  struct Member {
    const Row* row;
    std::optional<Value> value;
    LPBYTE copy;  // of a pointer member, ours until applied
  };
  bool isBorrowed(const BYTE* pointer) const;

  std::vector<Member> members_;
  const BYTE* borrowed_ = nullptr;
  std::size_t borrowedSize_bytes_ = 0;
};

/// PR B3: releases the pointers of `block` that `shared` (may be NULL) does not have too, and sets them to NULL (B7).
void freeMembers(BYTE* block, const BYTE* shared, const Table& table);

}  // namespace holdfast::resutils
