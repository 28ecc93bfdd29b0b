#include "core/properties/default_processing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/properties/status.h"
#include "core/properties/values_for_tests.h"

namespace holdfast::properties {
namespace {

using database::Value;

constexpr std::uint32_t kPlenty = 1u << 16;

const Subject kResource{ObjectKind::Resource, "a-guid", "Clip", "ClipBook Server", "Resources\\a-guid"};
const Subject kType{ObjectKind::ResourceType, "ClipBook Server", "ClipBook Server", "", "ResourceTypes\\ClipBook"};
const Subject kGroup{ObjectKind::Group, "g-guid", "db", "", "Groups\\g-guid"};
const Subject kNode{ObjectKind::Node, "1", "alpha", "", "Nodes\\1"};
const Subject kCluster{ObjectKind::Cluster, "", "prod", "", ""};

Reply ask(const Subject& subject, std::uint32_t word, const ObjectValues& values = ValuesForTests{},
          const Bytes& input = {}, std::uint32_t capacity_bytes = kPlenty) {
  const auto control = findControl(subject.kind, word);
  if (!control) ADD_FAILURE() << "no code " << std::hex << word;
  return processDefault(*control, subject, values, input, capacity_bytes);
}

std::vector<std::string> names(const Reply& reply) { return readMultiSz(reply.output, Width::Native); }

PropertyList properties(const Reply& reply) {
  const auto list = readPropertyList(reply.output, Width::Native);
  EXPECT_TRUE(list);
  return list ? *list : PropertyList{};
}

std::optional<Value> property(const Reply& reply, std::string_view name) {
  for (const Property& found : properties(reply)) {
    if (found.name == name) return storedValue(found.values.front());
  }
  return std::nullopt;
}

TEST(CC_26, AndCC_27_AShortBufferIs234WithTheSizeThatThenWorks) {
  const Reply query = ask(kResource, 0x01000029, ValuesForTests{}, {}, 1);
  EXPECT_EQ(query.status, status::kMoreData);
  EXPECT_EQ(query.bytesReturned, 4 * (4 + 1u));
  EXPECT_TRUE(query.output.empty());
  const Reply reply = ask(kResource, 0x01000029, ValuesForTests{}, {}, query.bytesReturned);
  EXPECT_EQ(reply.status, 0u);
  EXPECT_EQ(reply.bytesReturned, query.bytesReturned);
  EXPECT_EQ(readSz(reply.output, Width::Native), "Clip");
}

TEST(DefaultProcessing, answersIdentity) {
  EXPECT_EQ(readSz(ask(kResource, 0x01000039).output, Width::Native), "a-guid");
  EXPECT_EQ(readSz(ask(kResource, 0x0100002D).output, Width::Native), "ClipBook Server");
  EXPECT_EQ(readSz(ask(kGroup, 0x03000029).output, Width::Native), "db");
  EXPECT_EQ(readSz(ask(kNode, 0x04000029).output, Width::Native), "alpha");
}

TEST(CC_30, CharacteristicsOfATypeAreReturnedForASizeQuery) {
  EXPECT_EQ(ask(kType, 0x02000005, ValuesForTests{}, {}, 0).status, 0u);
  EXPECT_EQ(ask(kResource, 0x01000005, ValuesForTests{}, {}, 0).status, status::kMoreData);
}

TEST(CC_34, ValidateAnswersLikeSetAndChangesNothing) {
  const Bytes bad = writePropertyList({propertyOf("RestartAction", Value::dword(9))}, Width::Native);
  EXPECT_EQ(ask(kResource, 0x0140005E, ValuesForTests{}, bad).status, status::kInvalidData);
  EXPECT_EQ(ask(kResource, 0x01000061, ValuesForTests{}, bad).status, status::kInvalidData);
  const Bytes good = writePropertyList({propertyOf("RestartAction", Value::dword(1))}, Width::Native);
  EXPECT_FALSE(ask(kResource, 0x0140005E, ValuesForTests{}, good).batch.commands.empty());
  const Reply validated = ask(kResource, 0x01000061, ValuesForTests{}, good);
  EXPECT_EQ(validated.status, 0u);
  EXPECT_TRUE(validated.batch.commands.empty());
}

TEST(CC_35, EnumOutputEndsWithTwoNulsThatCount) {
  const Reply reply = ask(kResource, 0x01000079);
  EXPECT_EQ(reply.output, Bytes(8, 0));
  EXPECT_EQ(reply.bytesReturned, 8u);
}

TEST(CC_36, ReadOnlyPrivatePropertiesOfAGroupAreFourZeroBytes) {
  EXPECT_EQ(ask(kGroup, 0x0300007D).output, Bytes(4, 0));
  EXPECT_EQ(ask(kResource, 0x0100007D).output, Bytes(4, 0));
  EXPECT_EQ(ask(kType, 0x0200007D).status, status::kInvalidFunction);
}

TEST(CC_37, SetCodesHaveNoOutput) {
  const Bytes list = writePropertyList({propertyOf("Colour", Value::sz("red"))}, Width::Native);
  const Reply reply = ask(kGroup, 0x03400086, ValuesForTests{}, list);
  EXPECT_EQ(reply.status, 0u);
  EXPECT_TRUE(reply.output.empty());
  EXPECT_EQ(reply.bytesReturned, 0u);
}

TEST(CC_41, AndCC_42_UnknownIsAnInvalidFunctionForResourcesOnly) {
  EXPECT_EQ(ask(kResource, 0x01000000).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kType, 0x02000000).status, 0u);
}

TEST(CC_69, UnknownIsZeroForClusterGroupAndNode) {
  EXPECT_EQ(ask(kCluster, 0x07000000).status, 0u);
  EXPECT_EQ(ask(kGroup, 0x03000000).status, 0u);
  EXPECT_EQ(ask(kNode, 0x04000000).status, 0u);
}

TEST(CC_43, AndCC_44_CharacteristicsOfAResourceAreWhatTheServiceKnows) {
  ValuesForTests quorum;
  quorum.service = {{"Characteristics", Value::dword(1)}};
  EXPECT_EQ(ask(kResource, 0x01000005, quorum).output, (Bytes{1, 0, 0, 0}));
  EXPECT_EQ(ask(kResource, 0x01000005).output, Bytes(4, 0));
}

TEST(CC_46, AndCC_47_TypeCharacteristicsAndFlagsAreStoredValues) {
  ValuesForTests values;
  values.common = {{"Characteristics", Value::dword(0x22)}, {"Flags", Value::dword(1)}};
  EXPECT_EQ(ask(kType, 0x02000005, values).output, (Bytes{0x22, 0, 0, 0}));
  EXPECT_EQ(ask(kResource, 0x01000009, values).output, (Bytes{1, 0, 0, 0}));
}

TEST(CC_48, ClassInfoIsEightZeroBytes) { EXPECT_EQ(ask(kResource, 0x0100000D).output, Bytes(8, 0)); }

TEST(CC_49, RequiredDependenciesHaveNoDefault) {
  EXPECT_EQ(ask(kResource, 0x01000011).status, status::kInvalidFunction);
}

TEST(CC_54, SetPrivateStoresAnything) {
  const Bytes list = writePropertyList({propertyOf("Port", Value::dword(70000))}, Width::Native);
  const Reply reply = ask(kResource, 0x01400086, ValuesForTests{}, list);
  EXPECT_EQ(reply.status, 0u);
  ASSERT_FALSE(reply.batch.commands.empty());
  EXPECT_EQ(reply.batch.commands.back().value, Value::dword(70000));
}

TEST(CC_55, AndRA_151_ValidatePrivateChecksTheFormatOnly) {
  Bytes list = writePropertyList({propertyOf("Port", Value::sz("nonsense"))}, Width::Native);
  EXPECT_EQ(ask(kResource, 0x01000089, ValuesForTests{}, list).status, 0u);
  list.pop_back();
  EXPECT_EQ(ask(kResource, 0x01000089, ValuesForTests{}, list).status, status::kInsufficientBuffer);
  EXPECT_EQ(ask(kResource, 0x01000089, ValuesForTests{}, {1, 0}).status, status::kInvalidData);
}

TEST(CC_56, AndPR_47_EnumPrivateListsTheValuesPresent) {
  ValuesForTests values;
  values.own = {{"DataDirectory", Value::sz("/srv")}, {"Port", Value::dword(7)}};
  EXPECT_EQ(names(ask(kResource, 0x01000079, values)), (std::vector<std::string>{"DataDirectory", "Port"}));
  EXPECT_EQ(property(ask(kResource, 0x01000081, values), "Port"), Value::dword(7));
}

TEST(CC_57, AndCC_67_PrivateFormatsHaveNoDefault) {
  EXPECT_EQ(ask(kResource, 0x0100008D).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kGroup, 0x0300008D).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kNode, 0x0400008D).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kCluster, 0x0700008D).status, status::kInvalidFunction);
}

TEST(CC_63, CommonPropertyFormatsOfATypeAreAlwaysRefused) {
  EXPECT_EQ(ask(kType, 0x02000065).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kType, 0x02000069).status, 0u);
}

TEST(CC_64, EnumCommonListsWritableNamesOnly) {
  const auto found = names(ask(kResource, 0x01000051));
  EXPECT_EQ(std::ranges::count(found, "RestartAction"), 1);
  EXPECT_EQ(std::ranges::count(found, "Name"), 0);
  EXPECT_EQ(std::ranges::count(found, "Type"), 0);
}

TEST(CC_68, CommonFormatsAreRefusedForNodesOnly) {
  EXPECT_EQ(ask(kNode, 0x04000065).status, status::kInvalidFunction);
  EXPECT_EQ(ask(kCluster, 0x07000065).status, 0u);
  EXPECT_EQ(ask(kGroup, 0x03000065).status, 0u);
  EXPECT_EQ(ask(kResource, 0x01000065).status, 0u);
}

TEST(CC_70, SetPrivateOnANodeCreatesAProperty) {
  const Bytes list = writePropertyList({propertyOf("Rack", Value::sz("7"))}, Width::Native);
  const Reply reply = ask(kNode, 0x04400086, ValuesForTests{}, list);
  EXPECT_EQ(reply.batch,
            database::Batch{}.createKey("Nodes\\1\\Parameters").set("Nodes\\1\\Parameters", "Rack", Value::sz("7")));
}

TEST(CC_73, GetIdOfANodeIsADecimalString) { EXPECT_EQ(readSz(ask(kNode, 0x04000039).output, Width::Native), "1"); }

TEST(CC_75, FlagsOfANodeAreZero) { EXPECT_EQ(ask(kNode, 0x04000009).output, Bytes(4, 0)); }

TEST(CM_8, APropertyNeverSetReadsAsItsDefault) {
  EXPECT_EQ(property(ask(kGroup, 0x03000059), "FailoverPeriod"), Value::dword(6));
  ValuesForTests wrongType;
  wrongType.common = {{"FailoverPeriod", Value::sz("six")}};
  EXPECT_EQ(property(ask(kGroup, 0x03000059, wrongType), "FailoverPeriod"), Value::dword(6));
}

TEST(DefaultProcessing, readOnlyPropertiesComeFromTheService) {
  ValuesForTests values;
  values.service = {{"MonitorProcessId", Value::dword(4711)}};
  values.common = {{"Name", Value::sz("Clip")}, {"Type", Value::sz("T")}};
  const Reply reply = ask(kResource, 0x01000055, values);
  EXPECT_EQ(property(reply, "MonitorProcessId"), Value::dword(4711));
  EXPECT_EQ(property(reply, "Name"), Value::sz("Clip"));
  EXPECT_EQ(property(reply, "LastOperationStatusCode"), Value::qword(0));
}

TEST(DefaultProcessing, nodeNameIsTheStoredName) {
  ValuesForTests values;
  values.common = {{"Name", Value::sz("alpha")}};
  EXPECT_EQ(property(ask(kNode, 0x04000055, values), "NodeName"), Value::sz("alpha"));
}

TEST(CM_166, TheListShowsDynamicQuorumEnabledOnly) {
  const auto found = names(ask(kCluster, 0x07000051));
  EXPECT_EQ(std::ranges::count(found, "DynamicQuorumEnabled"), 1);
  EXPECT_EQ(std::ranges::count(found, "DynamicQuorum"), 0);
  const Bytes list = writePropertyList({propertyOf("DynamicQuorum", Value::dword(0))}, Width::Native);
  EXPECT_EQ(ask(kCluster, 0x0740005E, ValuesForTests{}, list).batch,
            database::Batch{}.set("", "DynamicQuorumEnabled", Value::dword(0)));
}

TEST(CM_165, RegroupTimeoutsReadBackAndAreReadOnly) {
  EXPECT_EQ(property(ask(kCluster, 0x07000055), "ClusSvcRegroupStageTimeout"), Value::dword(5));
}

}  // namespace
}  // namespace holdfast::properties
