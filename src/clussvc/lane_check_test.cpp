#include "clussvc/lane_check.h"

#include "clussvc/testing/empty_view.h"

namespace holdfast::clussvc {
namespace {

/// Resources a and b of one DLL in monitor 10, c of another DLL there, d of the first DLL in monitor 11.
struct View : testing::EmptyView {
  std::optional<core::ResourceInfo> resource(std::string_view id) const override {
    core::ResourceInfo info;
    info.id = id;
    info.type = id == "c" ? "Other" : "Type";
    info.monitorPid = id == "d" ? 11 : 10;
    if (id.size() != 1) return std::nullopt;
    return info;
  }
  std::optional<core::ResourceTypeInfo> resourceType(std::string_view name) const override {
    return core::ResourceTypeInfo{std::string(name), "", name == "Other" ? "other.so" : "type.so"};
  }
};

const doors::DllContext kInLane{1, 4, "type.so"};

ObjectRef resource(const char* id) { return {ObjectKind::Resource, id}; }

TEST(LaneCheck, aCallForTheCallersOwnDllInItsOwnMonitorNeedsTheHeldLane) {
  const View view;
  EXPECT_TRUE(needsHeldLane(view, "a", resource("a"), kInLane));
  EXPECT_TRUE(needsHeldLane(view, "a", resource("b"), kInLane));
  EXPECT_FALSE(needsHeldLane(view, "a", resource("c"), kInLane));
  EXPECT_FALSE(needsHeldLane(view, "a", resource("d"), kInLane));
  EXPECT_TRUE(needsHeldLane(view, "a", {ObjectKind::ResourceType, "Type"}, kInLane));
  EXPECT_FALSE(needsHeldLane(view, "a", {ObjectKind::ResourceType, "Other"}, kInLane));
  EXPECT_FALSE(needsHeldLane(view, "a", {ObjectKind::Group, "g"}, kInLane));
}

TEST(LaneCheck, aThreadOfTheDllsOwnHoldsNone) {
  EXPECT_FALSE(needsHeldLane(View(), "a", resource("a"), {1, 1, ""}));
  EXPECT_FALSE(needsHeldLane(View(), "", resource("a"), kInLane));
}

TEST(LaneCheck, withALanePerInstanceOnlyTheCallersOwnIsHeld) {
  View view;
  ASSERT_TRUE(view.tree_.apply(database::Batch()
                                   .createKey("ResourceTypes\\Type")
                                   .set("ResourceTypes\\Type", "DllConcurrency", database::Value::dword(1)),
                               1));
  EXPECT_TRUE(needsHeldLane(view, "a", resource("a"), kInLane));
  EXPECT_FALSE(needsHeldLane(view, "a", resource("b"), kInLane));
}

}  // namespace
}  // namespace holdfast::clussvc
