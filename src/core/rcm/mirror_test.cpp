#include "core/rcm/mirror.h"

#include <gtest/gtest.h>

#include "core/rcm/changes.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using database::Batch;
using database::Value;

TEST(Mirror, aStateChangeIsNotifiedWithTheNewState) {
  Node node;
  node.up("A");
  Bytes payload;
  for (const Notification& n : node.notifications) {
    if (n.id == "r-A" && n.filter == change::resource::kState) payload = n.payload;
  }
  EXPECT_EQ(payload, (Bytes{2, 0, 0, 0}));
  EXPECT_TRUE(node.notified("g-db", change::group::kState));
  EXPECT_EQ(node.volatileTree.find("Resources\\r-A")->dword("State"), 2u);
}

TEST(Mirror, aNewResourceIsNotifiedToItsGroup) {
  Node node;
  node.create("A", "db");
  bool found = false;
  for (const Notification& n : node.notifications) {
    found = found || (n.kind == ObjectKind::Group && n.filter == change::group::kResourceAdded &&
                      n.parentId == "g-db" && n.name == "A");
  }
  EXPECT_TRUE(found);
}

TEST(Mirror, aResourceDeletedByARawWriteIsClosedAndForgotten) {
  Node node;
  node.up("A");
  node.create("B", "db");
  node.needs("B", "A");
  node.write(Batch{}.deleteKey("Resources\\r-A"));
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Unknown);
  EXPECT_EQ(node.countCalls("Close A"), 1);
  EXPECT_EQ(node.groupState("db"), GroupState::Offline);
  node.online("B");
  node.settle();
  EXPECT_EQ(node.state("B"), ResourceState::Online);
}

TEST(Mirror, everythingDeletedByARawWriteIsForgotten) {
  Node node;
  node.up("A");
  node.write(Batch{}.deleteKey("Resources").deleteKey("Groups"));
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Unknown);
  EXPECT_EQ(node.groupState("db"), GroupState::Unknown);
}

TEST(Mirror, aResourceWrittenByHandIsOpened) {
  Node node;
  node.write(Batch{}
                 .createKey("Resources\\r-H\\Parameters")
                 .set("Resources\\r-H", "Name", Value::sz("H"))
                 .set("Resources\\r-H", "Type", Value::sz("T"))
                 .set("Resources\\r-H", "Group", Value::sz("g-db")));
  node.settle();
  EXPECT_EQ(node.countCalls("Open H"), 1);
  EXPECT_EQ(node.state("H"), ResourceState::Offline);
}

TEST(Mirror, aCircleWrittenByHandNeverComesOnlineAndHangsNothing) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  node.write(Batch{}
                 .set("Resources\\r-A", "Dependencies", Value::multiSz({"r-B", "r-A", "nobody"}))
                 .set("Resources\\r-B", "Dependencies", Value::multiSz({"r-A"})));
  node.settle();
  node.online("A");
  node.settle();
  EXPECT_EQ(node.state("A"), ResourceState::Offline);
}

TEST(Mirror, aResourceMovedByARawWriteChangesItsGroup) {
  Node node;
  node.up("A");
  node.group("web");
  node.write(Batch{}.set("Resources\\r-A", "Group", Value::sz("g-web")));
  EXPECT_EQ(node.groupState("web"), GroupState::Online);
  EXPECT_EQ(node.groupState("db"), GroupState::Offline);
  EXPECT_TRUE(node.notified("r-A", change::resource::kOwnerGroup));
}

}  // namespace
}  // namespace holdfast::rcm
