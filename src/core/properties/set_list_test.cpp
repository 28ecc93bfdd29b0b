#include "core/properties/set_list.h"

#include <gtest/gtest.h>

#include "core/properties/status.h"
#include "core/properties/values_for_tests.h"

namespace holdfast::properties {
namespace {

using database::Batch;
using database::Value;

const Subject kResource{ObjectKind::Resource, "r1", "Clip", "T", "Resources\\r1"};
const Subject kGroup{ObjectKind::Group, "g1", "db", "", "Groups\\g1"};

Bytes listOf(const PropertyList& list) { return writePropertyList(list, Width::Native); }

std::expected<Batch, std::uint32_t> setCommon(const Subject& subject, const ValuesForTests& values,
                                              const PropertyList& list) {
  return commonBatch(subject, values, listOf(list), Width::Native);
}

TEST(SetList, makesOneBatchOfWhatChanges) {
  ValuesForTests values;
  values.common = {{"RestartAction", Value::dword(1)}};
  const auto batch =
      setCommon(kResource, values,
                {propertyOf("restartaction", Value::dword(1)), propertyOf("Description", Value::sz("clip")),
                 propertyOf("RestartThreshold", Value::dword(4))});
  ASSERT_TRUE(batch);
  EXPECT_EQ(*batch, Batch{}
                        .set("Resources\\r1", "Description", Value::sz("clip"))
                        .set("Resources\\r1", "RestartThreshold", Value::dword(4)));
}

TEST(CC_65, PrivateAndReadOnlyNamesAreRefused) {
  EXPECT_EQ(setCommon(kResource, {}, {propertyOf("Port", Value::dword(1))}).error(), status::kInvalidParameter);
  EXPECT_EQ(setCommon(kResource, {}, {propertyOf("MonitorProcessId", Value::dword(1))}).error(),
            status::kInvalidParameter);
}

TEST(CM_7, AndCC_66_NameIsReadOnly) {
  EXPECT_EQ(setCommon(kGroup, {}, {propertyOf("Name", Value::sz("x"))}).error(), status::kInvalidParameter);
  EXPECT_EQ(setCommon(kResource, {}, {propertyOf("Name", Value::sz("x"))}).error(), status::kInvalidParameter);
}

TEST(CM_182, ResourceSpecificStatusIsRefused) {
  EXPECT_EQ(setCommon(kResource, {}, {propertyOf("ResourceSpecificStatus", Value::sz("x"))}).error(),
            status::kInvalidParameter);
}

TEST(CM_19, DllNameOfATypeIsRefused) {
  const Subject type{ObjectKind::ResourceType, "T", "T", "", "ResourceTypes\\T"};
  EXPECT_EQ(setCommon(type, {}, {propertyOf("DllName", Value::sz("x"))}).error(), status::kInvalidParameter);
  EXPECT_TRUE(setCommon(type, {}, {propertyOf("Name", Value::sz("display"))}));
}

TEST(RA_128, TheRetryPeriodMustNotEndUpBelowTheRestartPeriod) {
  const auto period = [](std::uint32_t value) { return propertyOf("RestartPeriod", Value::dword(value)); };
  const auto retry = [](std::uint32_t value) { return propertyOf("RetryPeriodOnFailure", Value::dword(value)); };
  EXPECT_EQ(setCommon(kResource, {}, {period(4'000'000)}).error(), status::kInvalidData);
  EXPECT_EQ(setCommon(kResource, {}, {retry(899'999)}).error(), status::kInvalidData);
  EXPECT_TRUE(setCommon(kResource, {}, {period(4'000'000), retry(4'000'000)}));
  EXPECT_TRUE(setCommon(kResource, {}, {retry(10'000), period(10'000)}));
  ValuesForTests bad;  // written into the key by hand: other lists are not blocked by it
  bad.common = {{"RestartPeriod", Value::dword(10)}, {"RetryPeriodOnFailure", Value::dword(1)}};
  EXPECT_TRUE(setCommon(kResource, bad, {propertyOf("RestartAction", Value::dword(0))}));
}

TEST(CM_21, AListWithOneBadValueChangesNothing) {
  const auto batch = setCommon(
      kResource, {}, {propertyOf("RestartAction", Value::dword(1)), propertyOf("RestartAction", Value::dword(3))});
  EXPECT_EQ(batch.error(), status::kInvalidData);
}

TEST(SetList, theLastOfTwoEqualNamesWins) {
  const auto batch = setCommon(
      kResource, {}, {propertyOf("RestartAction", Value::dword(1)), propertyOf("RestartAction", Value::dword(0))});
  EXPECT_EQ(batch, Batch{}.set("Resources\\r1", "RestartAction", Value::dword(0)));
}

TEST(CC_32, AListCutOffIs122) {
  Bytes list = listOf({propertyOf("RestartAction", Value::dword(1))});
  list.pop_back();
  EXPECT_EQ(commonBatch(kResource, ValuesForTests{}, list, Width::Native).error(), status::kInsufficientBuffer);
}

TEST(PR_42, ANameWithABackslashLiesInASubkey) {
  const auto batch =
      privateBatch(kResource, ValuesForTests{}, listOf({propertyOf("Sub\\Val", Value::dword(1))}), Width::Native);
  EXPECT_EQ(batch, Batch{}
                       .createKey("Resources\\r1\\Parameters\\Sub")
                       .set("Resources\\r1\\Parameters\\Sub", "Val", Value::dword(1)));
}

TEST(SetList, namesThatAreNoPathAreRefused) {
  for (const char* name : {"\\Val", "Sub\\", "\\"}) {
    const auto batch =
        privateBatch(kResource, ValuesForTests{}, listOf({propertyOf(name, Value::dword(1))}), Width::Native);
    EXPECT_EQ(batch.error(), status::kInvalidData) << name;
  }
}

TEST(CM_20, AnUnknownPrivatePropertyIsStoredAndEqualOnesAreSkipped) {
  ValuesForTests values;
  values.own = {{"Colour", Value::sz("red")}};
  const auto batch = privateBatch(kGroup, values,
                                  listOf({propertyOf("colour", Value::sz("red")), propertyOf("Size", Value::qword(3))}),
                                  Width::Native);
  EXPECT_EQ(batch, Batch{}.createKey("Groups\\g1\\Parameters").set("Groups\\g1\\Parameters", "Size", Value::qword(3)));
}

TEST(PR_118, AndPR_119_TheTwinIsNeverStoredAndNeverFirst) {
  const auto stored =
      privateBatch(kResource, ValuesForTests{}, listOf({propertyOf("P", Value::expandSz("%H%"))}), Width::Native);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->commands.back().value, Value::expandSz("%H%"));
  const PropertyList twinFirst{{"P", {{Format::ExpandedSz, std::string("x")}}}};
  EXPECT_EQ(privateBatch(kResource, ValuesForTests{}, listOf(twinFirst), Width::Native).error(),
            status::kInvalidParameter);
}

}  // namespace
}  // namespace holdfast::properties
