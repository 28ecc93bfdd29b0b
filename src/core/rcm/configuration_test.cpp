#include "core/rcm/configuration.h"

#include <gtest/gtest.h>

#include "core/properties/text.h"
#include "core/rcm/changes.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

TEST(Configuration, groupsAreCreatedOnceRenamedAndDeletedEmpty) {
  Node node;
  EXPECT_EQ(node.ask(CreateGroup{"DB", "g-2"})->status.code, 5010u);
  const auto made = node.ask(CreateGroup{"web", "g-web"});
  EXPECT_EQ(made->status.code, 0u);
  EXPECT_EQ(made->id, "g-web");
  EXPECT_EQ(node.groupState("web"), GroupState::Offline);
  EXPECT_TRUE(node.notified("g-web", change::cluster::kGroupAdded));
  EXPECT_EQ(node.ask(RenameGroup{"g-web", "db"})->status.code, 5010u);
  EXPECT_EQ(node.ask(RenameGroup{"g-web", "WEB"})->status.code, 0u);
  EXPECT_EQ(node.ask(RenameGroup{"g-web", ""})->status.code, 87u);
  EXPECT_EQ(node.ask(RenameGroup{"nothing", "x"})->status.code, 5013u);
  node.create("A", "db");
  EXPECT_EQ(node.ask(DeleteGroup{"g-db"})->status.code, 145u);
  EXPECT_EQ(node.ask(DeleteGroup{"g-web"})->status.code, 0u);
  EXPECT_EQ(node.ask(DeleteGroup{"g-web"})->status.code, 5013u);
  EXPECT_EQ(node.groupState("web"), GroupState::Unknown);
  EXPECT_TRUE(node.notified("g-web", change::group::kDeleted));
}

TEST(CM_7, AGroupIsRenamedByItsOwnCall) {
  Node node;
  node.ask(RenameGroup{"g-db", "data"});
  EXPECT_EQ(node.indexes.group("data")->id, "g-db");
}

TEST(RA_186, AResourceTypeIsStoredWithoutLoading) {
  Node node;
  EXPECT_EQ(node.ask(CreateResourceType{"U", "You", "u.so", 100, 200})->status.code, 0u);
  const database::Key* key = node.durable.find("ResourceTypes\\U");
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(key->text("DllName"), "u.so");
  EXPECT_EQ(key->text("Name"), "You");
  EXPECT_EQ(key->dword("LooksAlivePollInterval"), 100u);
  EXPECT_EQ(key->dword("IsAlivePollInterval"), 200u);
  EXPECT_EQ(node.monitorsStarted, 0u);
  EXPECT_EQ(node.ask(CreateResourceType{"u", "", "u.so", 100, 200})->status.code, 183u);
  EXPECT_EQ(node.ask(CreateResourceType{"V", "", "", 100, 200})->status.code, 87u);
  EXPECT_EQ(node.ask(CreateResourceType{"a\\b", "", "x", 100, 200})->status.code, 87u);
  EXPECT_EQ(node.ask(CreateResourceType{"V", "", "x", 0, 200})->status.code, 13u);
}

TEST(RA_188, ATypeInUseIsNotDeleted) {
  Node node;
  node.create("A", "db");
  EXPECT_EQ(node.ask(DeleteResourceType{"T"})->status.code, 5909u);
  node.ask(DeleteResource{"r-A"});
  node.settle();
  EXPECT_EQ(node.ask(DeleteResourceType{"t"})->status.code, 0u);
  EXPECT_EQ(node.ask(DeleteResourceType{"T"})->status.code, 5078u);
}

TEST(CC_96, AndRA_161_SetNameComesAfterTheDatabaseShowsTheName) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  EXPECT_EQ(node.ask(RenameResource{"r-A", "b"})->status.code, 5010u);
  EXPECT_EQ(node.ask(RenameResource{"r-A", "Clip"})->status.code, 0u);
  EXPECT_EQ(node.durable.find("Resources\\r-A")->text("Name"), "Clip");
  EXPECT_EQ(node.countCalls("Control A 01500026"), 0);
  node.settle();
  EXPECT_EQ(node.countCalls("Control Clip 01500026"), 1);
  EXPECT_EQ(properties::readSz(node.controlInputs.back(), properties::Width::Native), "Clip");
}

}  // namespace
}  // namespace holdfast::rcm
