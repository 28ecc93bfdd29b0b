#include "clussvc/doors/key_path.h"

#include <gtest/gtest.h>

namespace holdfast::clussvc::doors {

TEST(KeyPath, joinsNamesBelowTheOpenKey) {
  EXPECT_EQ(*keyBelow("", "Groups"), "Groups");
  EXPECT_EQ(*keyBelow("Groups", "g\\Parameters"), "Groups\\g\\Parameters");
  EXPECT_EQ(*keyBelow("Groups", ""), "Groups");
}

TEST(KeyPath, refusesWhatNoKeyCanBeNamed) {
  EXPECT_EQ(keyBelow("", "\\Groups").error().code, 161u);
  EXPECT_EQ(keyBelow("", "Groups\\").error().code, 161u);
  EXPECT_EQ(keyBelow("", "a\\\\b").error().code, 161u);
  EXPECT_EQ(keyBelow("", std::string(256, 'x')).error().code, 87u);
  EXPECT_TRUE(keyBelow("", std::string(255, 'x')).has_value());
  std::string deep = "a";
  while (deep.size() < 9000) deep += "\\a";
  EXPECT_EQ(keyBelow("", deep).error().code, 87u);
}

TEST(KeyPath, objectsOwnTheirKeyButNotWhatIsBelow) {
  EXPECT_TRUE(belongsToObject(""));
  EXPECT_TRUE(belongsToObject("resources"));
  EXPECT_TRUE(belongsToObject("Resources\\abc"));
  EXPECT_FALSE(belongsToObject("Resources\\abc\\Parameters"));
  EXPECT_FALSE(belongsToObject("Vendor"));
  EXPECT_FALSE(belongsToObject("Vendor\\Resources"));
}

TEST(KeyPath, tellsWhoseKeyItIs) {
  EXPECT_EQ(objectOfKey("resources\\abc\\Parameters"), (ObjectRef{ObjectKind::Resource, "abc"}));
  EXPECT_EQ(objectOfKey("Vendor\\x"), ObjectRef{});
  EXPECT_EQ(objectOfKey("Groups"), ObjectRef{});
}

}  // namespace holdfast::clussvc::doors
