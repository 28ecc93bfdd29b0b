#include "core/rcm/explain.h"

#include <gtest/gtest.h>

#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;

core::Explanation explained(const World& world, const std::string& name) {
  return *world.rcm->explain({ObjectKind::Resource, World::idOf(name)}, world.now);
}

TEST(Explain, aFailureIsTracedToWhatTheMonitorSaid) {
  Node node;
  node.up("A");
  node.fail("A");
  node.run(100ms);
  const auto waiting = explained(node, "A");
  EXPECT_NE(waiting.now.find("IsAlive returned FALSE"), std::string::npos) << waiting.now;
  EXPECT_NE(waiting.next.find("will be restarted in"), std::string::npos) << waiting.next;
  ASSERT_TRUE(waiting.nextIn);
  node.run(1s);
  const auto now = explained(node, "A");
  std::string steps;
  for (const ClusterEvent& event : now.chain) steps += event.step + " ";
  EXPECT_EQ(steps, "failed terminated restarting online ");
}

TEST(Explain, aDependentIsTracedToItsProvidersFailure) {
  Node node;
  node.create("A", "db");
  node.create("B", "db");
  node.needs("B", "A");
  node.online("B");
  node.settle();
  node.set("A", "RestartThreshold", 0);
  node.fail("A");
  node.run(1s);
  const auto dependent = explained(node, "B");
  EXPECT_EQ(dependent.next, "waits for provider \"A\"");
  ASSERT_FALSE(dependent.chain.empty());
  EXPECT_EQ(dependent.chain.front().step, "failed");
  EXPECT_EQ(dependent.chain.front().object.id, World::idOf("A"));
  const auto provider = explained(node, "A");
  EXPECT_NE(provider.next.find("will be tried again in"), std::string::npos) << provider.next;
  const auto group = *node.rcm->explain({ObjectKind::Group, "g-db"}, node.now);
  EXPECT_NE(group.now.find("resource \"A\" is Failed"), std::string::npos) << group.now;
}

TEST(Explain, anOnlineIsTracedToTheRequest) {
  Node node;
  node.up("A");
  const auto now = explained(node, "A");
  EXPECT_EQ(now.chain.front().step, "online-requested");
  EXPECT_EQ(now.chain.front().cause.actor, "administrator");
}

TEST(Explain, whatIsNotThereIsNotExplained) {
  Node node;
  EXPECT_FALSE(node.rcm->explain({ObjectKind::Resource, "nothing"}, node.now));
  EXPECT_FALSE(node.rcm->explain({ObjectKind::Cluster, ""}, node.now));
}

}  // namespace
}  // namespace holdfast::rcm
