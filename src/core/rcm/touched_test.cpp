#include "core/rcm/touched.h"

#include <gtest/gtest.h>

namespace holdfast::rcm {
namespace {

using database::Batch;
using database::Command;
using database::Value;

TEST(Touched, sortsKeysByObject) {
  const Touched touched = touchedBy(Batch{}
                                        .set("resources\\r1", "Name", Value::sz("x"))
                                        .set("Resources\\R1\\Parameters\\Sub", "Port", Value::dword(1))
                                        .createKey("Groups\\g1")
                                        .set("ResourceTypes\\T", "DllName", Value::sz("t.so"))
                                        .set("Nodes\\1", "Description", Value::sz("x"))
                                        .set("", "ClusterName", Value::sz("c"))
                                        .set("Elsewhere\\x", "y", Value::dword(1))
                                        .require(Command::Kind::ConditionKeyExists, "Resources\\r9"));
  ASSERT_EQ(touched.resources.size(), 1u);
  EXPECT_TRUE(touched.resources.at("r1").values.contains("name"));
  EXPECT_TRUE(touched.resources.at("r1").parameters);
  EXPECT_TRUE(touched.groups.contains("g1"));
  EXPECT_TRUE(touched.types.contains("T"));
  EXPECT_TRUE(touched.nodes.contains("1"));
  EXPECT_TRUE(touched.cluster.values.contains("ClusterName"));
  EXPECT_FALSE(touched.everything);
  EXPECT_TRUE(touchedBy(Batch{}.deleteKey("Groups")).everything);
}

TEST(Touched, aNewParametersKeyIsNoPropertyChange) {
  EXPECT_FALSE(touchedBy(Batch{}.createKey("Resources\\r1\\Parameters")).resources.at("r1").parameters);
}

}  // namespace
}  // namespace holdfast::rcm
