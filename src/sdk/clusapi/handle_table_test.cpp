#include "sdk/clusapi/handle_table.h"

#include <gtest/gtest.h>
#include <windows.h>

namespace holdfast::clusapi {

namespace {

class Thing : public Object {
 public:
  explicit Thing(Kind kind) : Object(kind) {}
};

}  // namespace

TEST(HandleTable, findsWhatWasPutInUntilItIsRemoved) {
  HandleTable table;
  const auto thing = std::make_shared<Thing>(Object::Kind::Group);
  void* handle = table.add(thing);
  EXPECT_NE(handle, nullptr);
  EXPECT_EQ(table.find(handle), thing);
  EXPECT_EQ(table.remove(handle), thing);
  EXPECT_EQ(table.find(handle), nullptr);
  EXPECT_EQ(table.remove(handle), nullptr);
}

TEST(HandleTable, aStaleHandleDoesNotReachTheNextOccupant) {
  HandleTable table;
  void* old = table.add(std::make_shared<Thing>(Object::Kind::Group));
  table.remove(old);
  void* fresh = table.add(std::make_shared<Thing>(Object::Kind::Group));
  EXPECT_NE(old, fresh);
  EXPECT_EQ(table.find(old), nullptr);
}

TEST(HandleTable, valuesThatItNeverMadeAreNotFound) {
  HandleTable table;
  void* handle = table.add(std::make_shared<Thing>(Object::Kind::Group));
  int local = 0;
  EXPECT_EQ(table.find(nullptr), nullptr);
  EXPECT_EQ(table.find(INVALID_HANDLE_VALUE), nullptr);
  EXPECT_EQ(table.find(&local), nullptr);
  const auto otherKind = reinterpret_cast<std::uintptr_t>(handle) ^ (std::uintptr_t{1} << 56);
  EXPECT_EQ(table.find(reinterpret_cast<void*>(otherKind)), nullptr);
}

}  // namespace holdfast::clusapi
