#include "clussvc/doors/port.h"

#include <gtest/gtest.h>

#include "clussvc/doors/fake_service.h"
#include "clussvc/doors/limits.h"

namespace holdfast::clussvc::doors {

namespace {

class PortTest : public testing::Test {
 protected:
  PortTest() : port(77, [this](const calls::NotificationEvent& event) { delivered.push_back(event); }) {}
  void change(std::uint64_t flags = 0x4, const ObjectId& id = "r1") {
    port.offer({ObjectKind::Resource, flags, id, "Site", "g1", "ClipBook Server", {}}, service.scripted);
  }
  static PortFilter all(std::uint64_t flags) { return {{}, 1, 3, flags, 5, {}}; }

  FakeService service;
  std::vector<calls::NotificationEvent> delivered;
  Port port;
};

}  // namespace

TEST_F(PortTest, onlyAWindowTravelsBeforeItIsAcknowledged) {
  ASSERT_TRUE(port.add(all(0x4)));
  for (std::size_t i = 0; i < kPortWindow_events + 10; ++i) change();
  EXPECT_EQ(delivered.size(), kPortWindow_events);
  EXPECT_EQ(port.queued(), kPortWindow_events + 10);
  port.acknowledge(4);
  EXPECT_EQ(delivered.size(), kPortWindow_events + 4);
  port.acknowledge(1'000'000);
  port.acknowledge(1'000'000);
  EXPECT_EQ(delivered.size(), kPortWindow_events + 10);
  EXPECT_EQ(port.queued(), 0u);
}

TEST_F(PortTest, theLossOfEventsIsTheLastInTheQueueAndToldOnce) {
  ASSERT_TRUE(port.add(all(0x4)));
  for (std::size_t i = 0; i < kPortQueue_events + 1'000; ++i) change();
  EXPECT_EQ(port.queued(), kPortQueue_events + 1);
  while (port.queued() > 0) port.acknowledge(100);
  EXPECT_EQ(delivered.size(), kPortQueue_events + 1);
  EXPECT_EQ(delivered.back().object_type(), 1u);
  EXPECT_EQ(delivered.back().flags(), 0x200u);
  EXPECT_EQ(delivered.back().key(), 5u);
  change();
  EXPECT_EQ(delivered.back().flags(), 0x4u) << "drained: events come again";
}

TEST_F(PortTest, filtersSelectByObjectKindAndFlags) {
  ASSERT_TRUE(port.add({{ObjectKind::Resource, "r1"}, 1, 3, 0x4, 1, {}}));
  ASSERT_TRUE(port.add({{ObjectKind::Group, "g1"}, 2, 2, 0x40, 2, {}}));
  change(0x4, "r2");
  change(0x80, "r1");
  EXPECT_TRUE(delivered.empty());
  change(0x4 | 0x80, "r1");
  ASSERT_EQ(delivered.size(), 1u);
  EXPECT_EQ(delivered[0].flags(), 0x4u) << "what was asked for only";
  port.offer({ObjectKind::Group, 0x40, "r3", "New", "g1", {}, {}}, service.scripted);
  ASSERT_EQ(delivered.size(), 2u);
  EXPECT_EQ(delivered[1].key(), 2u);
  EXPECT_EQ(delivered[1].parent_id(), "g1");
}

TEST_F(PortTest, everyFilterThatAnEventPassesBringsItsOwnKey) {
  ASSERT_TRUE(port.add(all(0x4)));
  ASSERT_TRUE(port.add({{ObjectKind::Resource, "r1"}, 2, 3, 0x4, 6, {}}));
  change();
  ASSERT_EQ(delivered.size(), 2u);
  EXPECT_EQ(delivered[0].key() + delivered[1].key(), 11u);
}

TEST(CL_72, DependenciesAndPossibleOwnersArePropertiesOfTheFirstVersion) {
  for (const std::uint64_t flag : {0x1, 0x2, 0x10, 0x20, 0x40}) {
    EXPECT_EQ(firstVersionOf(ObjectKind::Resource, flag).flags, 0x800u) << flag;
  }
  EXPECT_EQ(firstVersionOf(ObjectKind::Resource, 0x4 | 0x80).flags, 0x100u | 0x200u);
}

}  // namespace holdfast::clussvc::doors
