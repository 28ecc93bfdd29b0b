#include "clussvc/doors/handles.h"

#include <gtest/gtest.h>

namespace holdfast::clussvc::doors {

TEST(Handles, areFoundByTheirKindOnly) {
  HandleTable table;
  const auto handle = table.add({ObjectRef{ObjectKind::Group, "g"}, Access::All});
  ASSERT_NE(table.find<ObjectRef>(handle), nullptr);
  EXPECT_EQ(table.find<ObjectRef>(handle)->id, "g");
  EXPECT_EQ(table.find<KeyHandle>(handle), nullptr);
  EXPECT_EQ(table.count<ObjectRef>(), 1u);
}

TEST(Handles, aStaleOneIsNotTheNewOccupantOfItsSlot) {
  HandleTable table;
  const auto old = table.add({ObjectRef{ObjectKind::Group, "old"}, Access::All});
  EXPECT_TRUE(table.remove(old));
  const auto fresh = table.add({ObjectRef{ObjectKind::Group, "new"}, Access::All});
  EXPECT_NE(old, fresh);
  EXPECT_EQ(table.find(old), nullptr);
  EXPECT_FALSE(table.remove(old));
  EXPECT_EQ(table.size(), 1u);
}

TEST(Handles, madeUpNumbersFindNothing) {
  HandleTable table;
  EXPECT_EQ(table.find(0), nullptr);
  EXPECT_EQ(table.find(1), nullptr);
  EXPECT_EQ(table.find(~std::uint64_t{0}), nullptr);
  table.add({KeyHandle{"Groups", {}, 0, false}, Access::Read});
  EXPECT_EQ(table.find(1), nullptr) << "a slot number alone is no handle";
}

}  // namespace holdfast::clussvc::doors
