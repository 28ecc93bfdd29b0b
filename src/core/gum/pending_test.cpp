#include "core/gum/pending.h"

#include <gtest/gtest.h>

namespace holdfast::gum {
namespace {

using database::Batch;
using Seqs = std::vector<std::uint64_t>;

TEST(PendingUpdates, ofOtherObjectsMakeNoDifference) {
  PendingUpdates pending;
  pending.add(1, Batch().createKey("Resources\\a\\Parameters"));
  pending.add(2, Batch().createKey("Resources\\b"));
  EXPECT_EQ(pending.before(Batch().createKey("RESOURCES\\A")), Seqs{1});
  EXPECT_EQ(pending.before(Batch().createKey("Resources\\c")), Seqs{});
}

TEST(PendingUpdates, thoseThatOthersDependOnComeToo) {
  PendingUpdates pending;
  pending.add(1, Batch().createKey("Groups\\a"));
  pending.add(2, Batch().createKey("Groups\\a\\x").createKey("Groups\\b"));
  pending.add(3, Batch().createKey("Groups\\c"));
  EXPECT_EQ(pending.before(Batch().deleteKey("Groups\\b")), (Seqs{1, 2}));
  pending.forget(2);
  EXPECT_EQ(pending.before(Batch().deleteKey("Groups\\b")), Seqs{});
}

TEST(PendingUpdates, oneThatNamesATopKeyConcernsEverything) {
  PendingUpdates pending;
  pending.add(1, Batch().createKey("Groups\\a"));
  EXPECT_EQ(pending.before(Batch().deleteKey("Groups")), Seqs{1});
  pending.add(2, Batch().deleteKey("Groups"));
  EXPECT_EQ(pending.before(Batch().createKey("Resources\\z")), (Seqs{1, 2}));
}

}  // namespace
}  // namespace holdfast::gum
