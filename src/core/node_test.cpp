#include "core/node.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/database/tree.h"
#include "simulated/node_under_test.h"

namespace holdfast::core {
namespace {

using database::Batch;
using database::Command;
using database::Value;

/// A joined node with group g, type T, and resources a ← b (b needs a).
struct Cluster : NodeUnderTest {
  Cluster() {
    join();
    EXPECT_EQ(request(CreateResourceType{"T", "Type T", "t.so", 5000, 60000}).status.code, 0u);
    EXPECT_EQ(request(CreateGroup{"G", "g"}).status.code, 0u);
    EXPECT_EQ(request(CreateResource{"g", "A", "T", false, "a"}).status.code, 0u);
    EXPECT_EQ(request(CreateResource{"g", "B", "T", false, "b"}).status.code, 0u);
    EXPECT_EQ(request(AddDependency{"b", "a"}).status.code, 0u);
    commands.clear();
  }
  void online() {
    EXPECT_EQ(request(OnlineGroup{"g"}).status.code, 997u);
    EXPECT_EQ(state("A"), ResourceState::Online);
    EXPECT_EQ(state("B"), ResourceState::Online);
    commands.clear();
  }
};

// --- forming
// -----------------------------------------------------------------------------------------------------------

TEST(GUM_27, ANewClusterHasItsNameItsIdAndItsNodeInTheDatabase) {
  NodeUnderTest node;
  EXPECT_FALSE(node.leaseHeld);
  node.join();
  const ClusterInfo info = node.view().cluster();
  EXPECT_EQ(info.name, "Test");
  EXPECT_EQ(info.id, "c0ffee");
  EXPECT_TRUE(info.quorate);
  ASSERT_EQ(node.view().nodes().size(), 1u);
  EXPECT_EQ(node.view().nodes()[0].name, "node1");
  EXPECT_EQ(node.view().nodes()[0].state, NodeState::Up);
  EXPECT_TRUE(node.leaseHeld);
  EXPECT_EQ(node.disk.state.instance, 77u);
}

TEST(Node, formsOnceAndIsTheSameClusterAfterARestart) {
  NodeUnderTest node;
  node.join();
  const std::uint64_t tag = node.view().cluster().tag;
  node.crash(true);
  EXPECT_EQ(node.view().cluster().id, "c0ffee");
  EXPECT_EQ(node.view().cluster().tag, tag + 1) << "one View entry";
}

// --- requests
// ----------------------------------------------------------------------------------------------------------

TEST(CL_111, WhileJoiningAChangeIsRefusedWith5072) {
  NodeUnderTest node;
  EXPECT_EQ(node.request(CreateGroup{"G", "g"}).status.code, 5072u);
  EXPECT_EQ(node.request(WriteDatabase{"", Batch().createKey("X")}).status.code, 5072u);
}

TEST(CL_7, AWriteIsOneUpdateBelowItsKeyAndSeenWhenAnswered) {
  NodeUnderTest node;
  node.join();
  const Answer answer = node.request(WriteDatabase{"Groups", Batch().createKey("x").set("x", "v", Value::dword(5))});
  EXPECT_EQ(answer.status.code, 0u);
  EXPECT_EQ(answer.tag, node.view().cluster().tag);
  EXPECT_EQ(node.view().tree().find("Groups\\X")->dword("V"), 5u);
  EXPECT_EQ(node.view().tree().find("Groups\\X")->lastWrite(), answer.tag);
}

TEST(CL_85, AFalseConditionRefusesTheWholeBatchWith5986AndNamesIt) {
  NodeUnderTest node;
  node.join();
  const Answer answer = node.request(WriteDatabase{
      "", Batch().createKey("X").require(Command::Kind::ConditionEqual, "", "ClusterName", Value::sz("Other"))});
  EXPECT_EQ(answer.status.code, 5986u);
  EXPECT_EQ(answer.failedCommand, 1);
  EXPECT_EQ(node.view().tree().find("X"), nullptr);
}

TEST(Node, refusesABatchBeyondTheLimitsWholeAndTakesOneAtThem) {
  NodeUnderTest node;
  node.join();
  Batch batch;
  batch.createKey("X");
  for (std::size_t i = 1; i < 10'000; ++i) batch.set("X", "v", Value::dword(1));
  EXPECT_EQ(node.request(WriteDatabase{"", batch}).status.code, 0u);
  batch.set("X", "w", Value::dword(1));
  EXPECT_EQ(node.request(WriteDatabase{"", batch}).status.code, 87u);
  EXPECT_EQ(node.view().tree().find("X")->value("w"), nullptr);
}

TEST(GUM_22, ARequestThatComesAgainIsAnsweredAgainAndDoneOnce) {
  NodeUnderTest node;
  node.join();
  const Request request{
      {9, 1}, WriteDatabase{"", Batch().require(Command::Kind::ConditionKeyMissing, "X").createKey("X")}, {}};
  node.give(request);
  node.run();
  const Answer first = node.answers.at(request.id);
  EXPECT_EQ(first.status.code, 0u);
  const std::uint64_t tag = node.view().cluster().tag;
  node.give(request);
  node.run();
  EXPECT_EQ(node.answers.at(request.id).status.code, 0u);
  EXPECT_EQ(node.answers.at(request.id).tag, first.tag);
  EXPECT_EQ(node.view().cluster().tag, tag);

  node.crash(true);
  node.give(request);
  node.run();
  EXPECT_EQ(node.answers.at(request.id).status.code, 0u);
  EXPECT_EQ(node.answers.at(request.id).tag, first.tag);
}

TEST(GUM_22, ARequestThatComesAgainWhileItsEntryIsCarriedOverIsAnsweredWhenThatIsCommitted) {
  NodeUnderTest node;
  node.join();
  const Request request{{9, 1}, WriteDatabase{"", Batch().createKey("X")}, {}};
  node.step(request);  // on disk; the service is killed before it hears of it
  node.events.clear();
  node.crash(true);
  EXPECT_NE(node.view().tree().find("X"), nullptr);
  node.give(request);
  node.run();
  EXPECT_EQ(node.answers.at(request.id).status.code, 0u);
}

TEST(GUM_23, NothingIsShownOrAnsweredBeforeItIsCommitted) {
  NodeUnderTest node;
  node.join();
  const RequestId id = node.ask(WriteDatabase{"", Batch().createKey("X")});
  while (!node.answers.contains(id)) {
    EXPECT_EQ(node.view().tree().find("X"), nullptr);
    ASSERT_FALSE(node.events.empty());
    const Event event = node.events.front();
    node.events.pop_front();
    node.step(event);
  }
  EXPECT_NE(node.view().tree().find("X"), nullptr);
}

TEST(Node, manyRequestsInFlightAreEachAnsweredOnceAndInOrder) {
  NodeUnderTest node;
  node.join();
  std::vector<RequestId> ids;
  for (int i = 0; i < 50; ++i)
    ids.push_back(node.ask(
        WriteDatabase{"", Batch()
                              .createKey("K" + std::to_string(i % 7))
                              .set("K" + std::to_string(i % 7), "v", Value::dword(static_cast<std::uint32_t>(i)))}));
  node.run();
  std::uint64_t last = 0;
  for (const RequestId& id : ids) {
    ASSERT_TRUE(node.answers.contains(id));
    EXPECT_EQ(node.answers.at(id).status.code, 0u);
    EXPECT_GT(node.answers.at(id).tag, last);
    last = node.answers.at(id).tag;
  }
  EXPECT_EQ(node.view().tree().find("K1")->dword("v"), 43u);
  EXPECT_EQ(node.invariants->unanswered(), 0u);
}

// --- resources
// ---------------------------------------------------------------------------------------------------------

TEST(Node, bringsAGroupOnlineProvidersFirst) {
  Cluster cluster;
  EXPECT_EQ(cluster.state("A"), ResourceState::Offline);
  EXPECT_EQ(cluster.request(OnlineGroup{"g"}).status.code, 997u);
  EXPECT_EQ(cluster.commands, (std::vector<std::string>{"Online a", "Online b"}));
  EXPECT_EQ(cluster.view().group("G")->state, GroupState::Online);
  EXPECT_EQ(cluster.view().resource("B")->providers, std::vector<ObjectId>{"a"});
  EXPECT_EQ(cluster.view().resource("A")->dependents, std::vector<ObjectId>{"b"});
}

TEST(Node, aResourceWhoseOpenFailsIsNeverSeen) {
  Cluster cluster;
  cluster.openFails["c"] = 1337;
  EXPECT_EQ(cluster.request(CreateResource{"g", "C", "T", false, "c"}).status.code, 1337u);
  EXPECT_FALSE(cluster.view().resource("C"));
  EXPECT_EQ(cluster.view().tree().find("Resources\\c"), nullptr);
}

TEST(Node, aFailureIsRestartedAndExplained) {
  Cluster cluster;
  cluster.online();
  cluster.failResource("a");
  cluster.passTime(std::chrono::seconds(30));
  EXPECT_EQ(cluster.state("A"), ResourceState::Online);
  EXPECT_EQ(cluster.state("B"), ResourceState::Online);
  const auto story = cluster.view().explain({ObjectKind::Resource, "a"}, cluster.now);
  ASSERT_TRUE(story);
  EXPECT_FALSE(story->chain.empty());
  for (const auto& event : story->chain) {
    EXPECT_EQ(cluster.view().eventsAfter(event.number - 1, 1).at(0).text, event.text);
  }
}

TEST(Node, aNewServiceTakesOverWhatRunsAndCallsNothing) {
  Cluster cluster;
  cluster.online();
  cluster.crash(false);
  EXPECT_EQ(cluster.state("A"), ResourceState::Online);
  EXPECT_EQ(cluster.state("B"), ResourceState::Online);
  EXPECT_EQ(cluster.commands, std::vector<std::string>{});
}

TEST(CM_14, AfterACrashOfEverythingGroupsReturnToTheirPersistentState) {
  Cluster cluster;
  cluster.online();
  cluster.crash(true);
  cluster.passTime(std::chrono::seconds(5));
  EXPECT_EQ(cluster.state("A"), ResourceState::Online);
  EXPECT_EQ(cluster.state("B"), ResourceState::Online);
}

TEST(Node, aCleanStopTakesDependentsDownFirstAndIsCompleteWhenMonitorsAreGone) {
  Cluster cluster;
  cluster.online();
  cluster.give(StopRequested{});
  cluster.run();
  EXPECT_TRUE(cluster.stopped);
  EXPECT_TRUE(cluster.monitors.empty());
  ASSERT_GE(cluster.commands.size(), 2u);
  EXPECT_EQ(cluster.commands[0], "Offline b");
  EXPECT_EQ(cluster.commands[1], "Offline a");
  EXPECT_EQ(cluster.disk.state.applied.seq, cluster.view().cluster().tag) << "nothing is left to repeat";
  cluster.crash(true);
  cluster.passTime(std::chrono::seconds(5));
  EXPECT_EQ(cluster.state("B"), ResourceState::Online) << "a stop does not touch persistent states";
}

TEST(Node, stopsBeforeItEverLed) {
  NodeUnderTest node;
  node.give(StopRequested{});
  node.give(AdoptionOver{});
  node.run();
  EXPECT_TRUE(node.stopped);
}

// --- the store fails
// ---------------------------------------------------------------------------------------------------

TEST(CL_112, WhenTheStoreFailsCallsInFlightAndLaterOnesAreRefusedWith5925) {
  Cluster cluster;
  cluster.online();
  EXPECT_TRUE(cluster.leaseHeld);
  cluster.storeFails = true;
  const Answer inFlight = cluster.request(WriteDatabase{"", Batch().createKey("X")});
  EXPECT_EQ(inFlight.status.code, 5925u);
  EXPECT_FALSE(cluster.leaseHeld);
  EXPECT_FALSE(cluster.view().cluster().quorate);
  const Answer later = cluster.request(WriteDatabase{"", Batch().createKey("Y")});
  EXPECT_EQ(later.status.code, 5925u);
  EXPECT_NE(later.status.subject.find("no space is left"), std::string::npos);
  EXPECT_EQ(cluster.request(OfflineGroup{"g"}).status.code, 5925u);
  EXPECT_EQ(cluster.view().tree().find("X"), nullptr);
  const auto critical = std::ranges::find(cluster.story, 1080u, &ClusterEvent::id);
  ASSERT_NE(critical, cluster.story.end());
  EXPECT_EQ(critical->level, ClusterEvent::Level::Critical);
  EXPECT_EQ(cluster.invariants->unanswered(), 0u);
}

TEST(CL_111, WithoutQuorumReadingIsServed) {
  Cluster cluster;
  cluster.online();
  cluster.give(StoreFailed{{112, "no space is left on the disk", ""}});
  cluster.run();
  EXPECT_TRUE(cluster.view().resource("A"));
  EXPECT_EQ(cluster.view().cluster().name, "Test");
  EXPECT_FALSE(cluster.view().eventsAfter(0, 5).empty());
}

TEST(Node, stopsCleanlyWithoutAStore) {
  Cluster cluster;
  cluster.online();
  cluster.give(StoreFailed{{112, "no space is left on the disk", ""}});
  cluster.give(StopRequested{});
  cluster.run();
  EXPECT_TRUE(cluster.stopped);
  EXPECT_TRUE(cluster.monitors.empty());
}

// --- chaos
// -------------------------------------------------------------------------------------------------------------

/// Seeds of random requests, failures, kills of monitors and of the service; all invariants after every step.
class NodeAtRandom : public testing::TestWithParam<unsigned> {};

TEST_P(NodeAtRandom, keepsItsPromisesAndReturnsToPersistentState) {
  std::uint64_t seed = GetParam() * 0x9E3779B97F4A7C15u + 1;
  const auto pick = [&](std::size_t of) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return static_cast<std::size_t>(seed % of);
  };
  Cluster cluster;
  int made = 0;
  for (int i = 0; i < 150; ++i) {
    const std::string resource = pick(2) ? "a" : "b";
    switch (pick(10)) {
      case 0:
        cluster.ask(OnlineGroup{"g"});
        break;
      case 1:
        cluster.ask(OfflineResource{resource});
        break;
      case 2:
        cluster.ask(OnlineResource{resource});
        break;
      case 3:
        cluster.ask(CreateResource{"g", "N" + std::to_string(made), "T", pick(2) == 0, "n" + std::to_string(made)});
        ++made;
        break;
      case 4:
        cluster.ask(DeleteResource{"n" + std::to_string(pick(static_cast<std::size_t>(made) + 1))});
        break;
      case 5:
        cluster.ask(WriteDatabase{"Resources\\" + resource, Batch().set("", "Description", Value::sz("x"))});
        break;
      case 6:
        if (cluster.state(resource) == ResourceState::Online) cluster.ask(FailResource{resource});
        break;
      case 7:
        if (!cluster.monitors.empty()) {
          const monitor::MonitorId id = cluster.monitors.begin()->first;
          cluster.monitors.erase(id);
          cluster.give(MonitorExited{id, {monitor::Exited::How::Crashed, 11, {}, {}, "SIGSEGV"}});
        }
        break;
      case 8:
        for (std::size_t steps = pick(6); steps > 0 && !cluster.events.empty(); --steps) {
          const Event event = cluster.events.front();
          cluster.events.pop_front();
          cluster.step(event);
        }
        break;
      default:
        if (pick(5) == 0) cluster.crash(pick(2) == 0);
    }
    if (pick(3) == 0) cluster.passTime(std::chrono::milliseconds(pick(5000)));
  }
  cluster.run();
  cluster.request(OnlineResource{"a"});
  cluster.request(OnlineResource{"b"});
  cluster.passTime(std::chrono::hours(3));
  EXPECT_EQ(cluster.state("A"), ResourceState::Online);
  EXPECT_EQ(cluster.state("B"), ResourceState::Online);
  EXPECT_EQ(cluster.invariants->unanswered(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, NodeAtRandom, testing::Range(1u, 41u));

}  // namespace
}  // namespace holdfast::core
