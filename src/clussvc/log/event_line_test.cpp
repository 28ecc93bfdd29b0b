#include "clussvc/log/event_line.h"

#include "clussvc/testing/empty_view.h"

namespace holdfast::clussvc::log {
namespace {

struct ViewWithClip : testing::EmptyView {
  std::optional<core::ResourceInfo> resource(std::string_view idOrName) const override {
    if (idOrName != "guid-1") return std::nullopt;
    core::ResourceInfo info;
    info.id = "guid-1";
    info.name = "Clip";
    return info;
  }
};

TEST(EventLine, namesTheObjectTheCauseAndTheEventBefore) {
  ClusterEvent event;
  event.number = 12;
  event.id = 1069;
  event.level = ClusterEvent::Level::Error;
  event.object = {ObjectKind::Resource, "guid-1"};
  event.step = "failed";
  event.text = "it is not alive";
  event.cause.text = "IsAlive returned FALSE";
  event.cause.actor = "monitor 2 pid 77";
  event.cause.parent = 11;
  EXPECT_EQ(
      eventLine(event, ViewWithClip()),
      "resource \"Clip\": failed: it is not alive; cause: IsAlive returned FALSE (monitor 2 pid 77) [event 12, id "
      "1069, because of 11]");
  EXPECT_EQ(levelOf(event), Service::LogLevel::Error);
}

TEST(EventLine, anObjectThatIsGoneIsCalledByItsId) {
  ClusterEvent event;
  event.number = 3;
  event.object = {ObjectKind::Group, "guid-9"};
  event.step = "deleted";
  EXPECT_EQ(eventLine(event, ViewWithClip()), "group \"guid-9\": deleted [event 3]");
}

}  // namespace
}  // namespace holdfast::clussvc::log
