#include "sdk/winapi/handle_table.h"

#include "sdk/winapi/stateful_object.h"

namespace holdfast::winapi {
namespace {

TEST(HandleTable, aClosedHandleNeverNamesTheNextObjectOfItsSlot) {
  HandleTable table;
  const auto make = [] { return std::make_shared<EventObject>(EventObject::initial(true, false), nullptr); };
  HANDLE first = table.add(make(), EVENT_ALL_ACCESS);
  EXPECT_TRUE(table.remove(first).object);
  HANDLE second = table.add(make(), EVENT_ALL_ACCESS);
  EXPECT_NE(first, second);
  EXPECT_FALSE(table.find(first).object);
  EXPECT_FALSE(table.remove(first).object);
  EXPECT_TRUE(table.find(second).object);
}

TEST(HandleTable, genericRightsBecomeThoseOfTheKind) {
  EXPECT_EQ(grantedAccess(GENERIC_ALL, EVENT_ALL_ACCESS), EVENT_ALL_ACCESS);
  EXPECT_EQ(grantedAccess(MAXIMUM_ALLOWED, EVENT_ALL_ACCESS), EVENT_ALL_ACCESS);
  EXPECT_EQ(grantedAccess(GENERIC_READ, EVENT_ALL_ACCESS), SYNCHRONIZE);
  EXPECT_EQ(grantedAccess(EVENT_MODIFY_STATE, EVENT_ALL_ACCESS), EVENT_MODIFY_STATE);
}

}  // namespace
}  // namespace holdfast::winapi
