#include "core/rcm/controls.h"

#include <gtest/gtest.h>

#include "core/properties/property_list.h"
#include "core/properties/text.h"
#include "core/rcm/changes.h"
#include "golden/node.h"

namespace holdfast::rcm {
namespace {

using namespace std::chrono_literals;
using namespace properties;
using database::Value;

Bytes listOf(const std::string& name, Value value) {
  return writePropertyList({propertyOf(name, value)}, Width::Native);
}

struct WithA : Node {
  WithA() {
    create("A", "db");
    calls.clear();
  }
  std::shared_ptr<const Answer> done(std::uint32_t code, Bytes input = {}, std::uint32_t capacity = 1 << 16) {
    auto answer = control("A", code, std::move(input), capacity);
    settle();
    return answer;
  }
};

TEST(CC_21, AndRA_156_InternalCodesOfClientsAreRefused) {
  WithA node;
  EXPECT_EQ(node.done(0x01500006)->status.code, 1u);
  EXPECT_TRUE(node.calls.empty());
}

TEST(CC_22, ACodeOfAnotherObjectIsRefused) {
  WithA node;
  EXPECT_EQ(node.done(0x03000029)->status.code, 1u);
}

TEST(CC_25, AnUnknownTypeIs5078) {
  WithA node;
  EXPECT_EQ(node.ask(Control{{ObjectKind::ResourceType, "nothing"}, 0x02000005, {}, 0})->status.code, 5078u);
  EXPECT_EQ(node.ask(Control{{ObjectKind::Resource, "nothing"}, 0x01000029, {}, 0})->status.code, 5007u);
  EXPECT_EQ(node.ask(Control{{ObjectKind::Group, "nothing"}, 0x03000029, {}, 0})->status.code, 5013u);
}

TEST(CC_31, ANullListIs1783AndNoDllIsCalled) {
  WithA node;
  EXPECT_EQ(node.done(0x01400086)->status.code, 1783u);
  EXPECT_EQ(node.done(0x01000089)->status.code, 1783u);
  EXPECT_TRUE(node.calls.empty());
}

TEST(CC_50, AndRA_154_IdentityIsAnsweredByTheService) {
  WithA node;
  const auto answer = node.done(0x01000029);
  EXPECT_EQ(readSz(answer->output, Width::Native), "A");
  EXPECT_EQ(readSz(node.done(0x01000039)->output, Width::Native), "r-A");
  EXPECT_EQ(readSz(node.done(0x0100002D)->output, Width::Native), "T");
  EXPECT_TRUE(node.calls.empty());
}

TEST(CC_52, AndRA_146_CommonPropertiesAreOfferedToTheDllFirst) {
  WithA node;
  const auto answer = node.done(0x01000059);
  EXPECT_EQ(node.calls, (std::vector<std::string>{"Control A 01000059"}));
  EXPECT_EQ(answer->status.code, 0u);
  EXPECT_TRUE(readPropertyList(answer->output, Width::Native));
}

TEST(CC_59, AndCC_60_UserCodesGoToTheDllAsTheyAre) {
  WithA node;
  EXPECT_EQ(node.done(0x01800004)->status.code, 1u);
  node.behaviours["A"].controls[0xDD815955] = {7, {1, 2, 3}, 3};
  const auto answer = node.done(0xDD815955, {9});
  EXPECT_EQ(answer->status.code, 7u);
  EXPECT_EQ(answer->output, (Bytes{1, 2, 3}));
  EXPECT_EQ(node.controlInputs.back(), Bytes{9});
}

TEST(RA_147, SuccessOfTheDllSuppressesTheDefault) {
  WithA node;
  node.behaviours["A"].controls[0x01000005] = {0, {0x22, 0, 0, 0}, 4};
  EXPECT_EQ(node.done(0x01000005)->output, (Bytes{0x22, 0, 0, 0}));
}

TEST(RA_148, CharacteristicsHaveTheQuorumBitOfTheFunctionTable) {
  WithA node;
  EXPECT_EQ(node.done(0x01000005)->output, Bytes(4, 0));
  node.behaviours["Q"].quorumCapable = true;
  node.create("Q", "db");
  const auto answer = node.control("Q", 0x01000005);
  node.settle();
  EXPECT_EQ(answer->output, (Bytes{1, 0, 0, 0}));
}

TEST(CC_39, AndCC_40_ATooLargeAnswerIs234OnlyWithABuffer) {
  WithA node;
  node.behaviours["A"].controls[0x01000081] = {0, {}, 100};
  EXPECT_EQ(node.done(0x01000081, {}, 8)->status.code, 234u);
  const auto query = node.done(0x01000081, {}, 0);
  EXPECT_EQ(query->status.code, 0u);
  EXPECT_EQ(query->bytesReturned, 100u);
}

TEST(RA_150, AndCM_22_DefaultSetPrivateStoresAndSays5024WhileOnline) {
  WithA node;
  EXPECT_EQ(node.done(0x01400086, listOf("Port", Value::dword(7)))->status.code, 0u);
  EXPECT_EQ(node.durable.find("Resources\\r-A\\Parameters")->dword("Port"), 7u);
  EXPECT_TRUE(node.notified("r-A", change::resource::kPrivateProperty));
  node.online("A");
  node.settle();
  EXPECT_EQ(node.done(0x01400086, listOf("Port", Value::dword(8)))->status.code, 5024u);
  EXPECT_EQ(node.durable.find("Resources\\r-A\\Parameters")->dword("Port"), 8u);
}

TEST(RA_152, ADllsOwn5024ReachesTheCaller) {
  WithA node;
  node.behaviours["A"].controls[0x01400086] = {5024, {}, 0};
  EXPECT_EQ(node.done(0x01400086, listOf("Port", Value::dword(7)))->status.code, 5024u);
}

TEST(CC_66, SetCommonWithNameIs87AndChangesNothing) {
  WithA node;
  EXPECT_EQ(node.done(0x0140005E, listOf("Name", Value::sz("x")))->status.code, 87u);
  EXPECT_EQ(node.durable.find("Resources\\r-A")->text("Name"), "A");
}

TEST(Controls, setCommonStoresAndNotifies) {
  WithA node;
  EXPECT_EQ(node.done(0x0140005E, listOf("Description", Value::sz("clip")))->status.code, 0u);
  EXPECT_EQ(node.durable.find("Resources\\r-A")->text("Description"), "clip");
  EXPECT_TRUE(node.notified("r-A", change::resource::kCommonProperty));
}

TEST(Controls, theClusterGroupsNodesAndTypesHavePropertiesToo) {
  WithA node;
  const Bytes text = listOf("Description", Value::sz("x"));
  node.write(database::Batch{}.createKey("Nodes\\1").set("Nodes\\1", "Name", Value::sz("alpha")));
  EXPECT_EQ(node.ask(Control{{ObjectKind::Cluster, ""}, 0x0740005E, text, 0})->status.code, 0u);
  EXPECT_EQ(node.ask(Control{{ObjectKind::Group, "g-db"}, 0x0340005E, text, 0})->status.code, 0u);
  EXPECT_EQ(node.ask(Control{{ObjectKind::Node, "1"}, 0x0440005E, text, 0})->status.code, 0u);
  const auto type = node.ask(Control{{ObjectKind::ResourceType, "T"}, 0x0240005E, text, 0});
  node.settle();
  EXPECT_EQ(type->status.code, 0u);
  EXPECT_EQ(node.durable.root().text("Description"), "x");
  EXPECT_EQ(node.durable.find("ResourceTypes\\T")->text("Description"), "x");
  EXPECT_TRUE(node.notified("", change::cluster::kCommonProperty));
  EXPECT_TRUE(node.notified("T", change::type::kCommonProperty));
}

TEST(Controls, aTypeWhoseDllIsMissingStillHasItsCommonProperties) {
  WithA node;
  node.behaviours["T"].controls[0x02000059] = {126, {}, 0};
  const auto answer = node.ask(Control{{ObjectKind::ResourceType, "T"}, 0x02000059, {}, 1 << 16});
  node.settle();
  EXPECT_EQ(answer->status.code, 0u);
}

TEST(CC_109, AndRA_166_ACallThatHangsIsAnswered1460) {
  WithA node;
  node.behaviours["A"].holdsControls = true;
  const auto answer = node.done(0x01800004);
  EXPECT_EQ(answer->status.code, 0xFFFFFFFF);
  node.crash("A", {"A"}, monitor::Exited::How::Deadlocked);
  EXPECT_EQ(answer->status.code, 1460u);
}

TEST(Controls, aCallUnderWhichTheMonitorDiesIsAnswered) {
  WithA node;
  node.behaviours["A"].holdsControls = true;
  const auto answer = node.done(0x01800004);
  node.crash("A", {"A"});
  EXPECT_EQ(answer->status.code, 5084u);
}

TEST(Controls, aResourceThatIsNotOpenIsAnsweredByTheDefaults) {
  WithA node;
  node.behaviours["A"].openStatus = 126;
  node.restartService(false);
  node.settle();
  node.calls.clear();
  EXPECT_EQ(node.done(0x01000059)->status.code, 0u);
  EXPECT_EQ(node.done(0x01800004)->status.code, 1u);
  EXPECT_TRUE(node.calls.empty());
}

TEST(RA_101, IntervalsAreTheResourcesElseTheTypes) {
  WithA node;
  EXPECT_EQ(node.settingsOf("A").looksAlive_ms, 5000u);
  node.set("A", "LooksAlivePollInterval", 100);
  EXPECT_EQ(node.settingsOf("A").looksAlive_ms, 100u);
  node.set("A", "LooksAlivePollInterval", 0xFFFFFFFF);
  EXPECT_EQ(node.settingsOf("A").looksAlive_ms, 5000u);
}

TEST(CM_17, AndRA_103_AChangedTypeReachesItsRunningResources) {
  WithA node;
  const auto answer = node.ask(
      Control{{ObjectKind::ResourceType, "T"}, 0x0240005E, listOf("LooksAlivePollInterval", Value::dword(50)), 0});
  node.settle();
  EXPECT_EQ(answer->status.code, 0u);
  EXPECT_EQ(node.settingsOf("A").looksAlive_ms, 50u);
}

TEST(RA_130, MonitorProcessIdIsThePidOfTheMonitor) {
  WithA node;
  const auto answer = node.done(0x01000055);
  const auto list = readPropertyList(answer->output, Width::Native);
  ASSERT_TRUE(list);
  for (const Property& property : *list) {
    if (property.name == "MonitorProcessId") {
      EXPECT_EQ(storedValue(property.values[0]), Value::dword(node.pidOf("A")));
    }
  }
  EXPECT_NE(node.pidOf("A"), 0u);
}

}  // namespace
}  // namespace holdfast::rcm
