#include "core/properties/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

std::uint32_t check(ObjectKind kind, std::string_view name, std::uint32_t value) {
  return checkValue(*find(kind, name), {Format::Dword, value});
}

TEST(Catalogue, listsAreSortedSoThatListsOfTwoNodesAreEqual) {
  for (const ObjectKind kind :
       {ObjectKind::Cluster, ObjectKind::Group, ObjectKind::Resource, ObjectKind::ResourceType, ObjectKind::Node}) {
    EXPECT_FALSE(catalogueOf(kind).empty());
    EXPECT_TRUE(std::ranges::is_sorted(catalogueOf(kind), {}, &PropertyInfo::name));
  }
}

TEST(Catalogue, everyDefaultIsAllowed) {
  for (const ObjectKind kind :
       {ObjectKind::Cluster, ObjectKind::Group, ObjectKind::Resource, ObjectKind::ResourceType, ObjectKind::Node}) {
    for (const PropertyInfo& info : catalogueOf(kind)) {
      EXPECT_TRUE(fits(info, standardValue(info))) << info.name;
      if (info.access == Access::ReadOnly) continue;
      EXPECT_EQ(checkValue(info, propertyOf("", standardValue(info)).values.front()), 0u) << info.name;
    }
  }
}

TEST(CM_9, FailoverPeriodAccepts0And1193AndRejects1194) {
  EXPECT_EQ(check(ObjectKind::Group, "FailoverPeriod", 0), 0u);
  EXPECT_EQ(check(ObjectKind::Group, "FailoverPeriod", 1193), 0u);
  EXPECT_EQ(check(ObjectKind::Group, "FailoverPeriod", 1194), status::kInvalidData);
}

TEST(CM_10, FailbackWindowStartAccepts23AndUnsetAndRejects24) {
  EXPECT_EQ(check(ObjectKind::Group, "FailbackWindowStart", 23), 0u);
  EXPECT_EQ(check(ObjectKind::Group, "FailbackWindowStart", 0xFFFFFFFF), 0u);
  EXPECT_EQ(check(ObjectKind::Group, "FailbackWindowStart", 24), status::kInvalidData);
}

TEST(CM_11, PriorityOfANewGroupIs2000) { EXPECT_EQ(standardDword(ObjectKind::Group, "Priority"), 2000u); }

TEST(CM_13, SameSubnetDelayRejects249And2001) {
  EXPECT_EQ(check(ObjectKind::Cluster, "SameSubnetDelay", 249), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Cluster, "SameSubnetDelay", 2001), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Cluster, "SameSubnetDelay", 2000), 0u);
}

TEST(CM_14, CrossSubnetDelayAccepts4000AndRejects4001) {
  EXPECT_EQ(check(ObjectKind::Cluster, "CrossSubnetDelay", 4000), 0u);
  EXPECT_EQ(check(ObjectKind::Cluster, "CrossSubnetDelay", 4001), status::kInvalidData);
}

TEST(CM_15, SameSubnetThresholdRejects2And121) {
  EXPECT_EQ(check(ObjectKind::Cluster, "SameSubnetThreshold", 2), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Cluster, "SameSubnetThreshold", 121), status::kInvalidData);
}

TEST(CM_16, IsAlivePollIntervalOfAResourceRejects0) {
  EXPECT_EQ(check(ObjectKind::Resource, "IsAlivePollInterval", 0), status::kInvalidData);
}

TEST(CM_18, LooksAlivePollIntervalOfATypeDefaultsTo5000AndRejects0) {
  EXPECT_EQ(standardDword(ObjectKind::ResourceType, "LooksAlivePollInterval"), 5000u);
  EXPECT_EQ(check(ObjectKind::ResourceType, "LooksAlivePollInterval", 0), status::kInvalidData);
}

TEST(CM_146, QuorumLossStopTimeoutAndRunLeaseTimeHaveTheirRanges) {
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "QuorumLossStopTimeout"), 15u);
  EXPECT_EQ(check(ObjectKind::Cluster, "QuorumLossStopTimeout", 2), 0u);
  EXPECT_EQ(check(ObjectKind::Cluster, "QuorumLossStopTimeout", 600), 0u);
  EXPECT_EQ(check(ObjectKind::Cluster, "QuorumLossStopTimeout", 1), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Cluster, "QuorumLossStopTimeout", 601), status::kInvalidData);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "RunLeaseTime"), 3000u);
  EXPECT_EQ(check(ObjectKind::Cluster, "RunLeaseTime", 500), 0u);
  EXPECT_EQ(check(ObjectKind::Cluster, "RunLeaseTime", 499), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Cluster, "RunLeaseTime", 60001), status::kInvalidData);
}

TEST(CM_166, DynamicQuorumIsAnotherNameOfDynamicQuorumEnabled) {
  EXPECT_EQ(find(ObjectKind::Cluster, "DynamicQuorum"), find(ObjectKind::Cluster, "dynamicquorumenabled"));
}

TEST(CM_181, HeartbeatDefaults) {
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "SameSubnetDelay"), 250u);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "SameSubnetThreshold"), 9u);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "CrossSubnetDelay"), 250u);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "CrossSubnetThreshold"), 18u);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "CrossSiteDelay"), 250u);
  EXPECT_EQ(standardDword(ObjectKind::Cluster, "CrossSiteThreshold"), 18u);
}

TEST(RA_64, PendingTimeoutDefaultsTo180000AndRefusesBelow10) {
  EXPECT_EQ(standardDword(ObjectKind::Resource, "PendingTimeout"), 180000u);
  EXPECT_EQ(check(ObjectKind::Resource, "PendingTimeout", 9), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Resource, "PendingTimeout", 10), 0u);
}

TEST(RA_102, PollIntervalsHaveTheirMinima) {
  for (const char* name : {"LooksAlivePollInterval", "IsAlivePollInterval"}) {
    EXPECT_EQ(check(ObjectKind::Resource, name, 0), status::kInvalidData);
    EXPECT_EQ(check(ObjectKind::Resource, name, 9), status::kInvalidData);
    EXPECT_EQ(check(ObjectKind::Resource, name, 10), 0u);
    EXPECT_EQ(check(ObjectKind::ResourceType, name, 0), status::kInvalidData);
    EXPECT_EQ(check(ObjectKind::ResourceType, name, 1), 0u);
  }
}

TEST(RA_125, RestartPolicyDefaults) {
  EXPECT_EQ(standardDword(ObjectKind::Resource, "RestartThreshold"), 1u);
  EXPECT_EQ(standardDword(ObjectKind::Resource, "RestartPeriod"), 900000u);
  EXPECT_EQ(standardDword(ObjectKind::Resource, "RestartDelay"), 500u);
  EXPECT_EQ(standardDword(ObjectKind::Resource, "RetryPeriodOnFailure"), 3600000u);
}

TEST(RA_141, DeadlockTimeoutHasItsMinima) {
  EXPECT_EQ(check(ObjectKind::Resource, "DeadlockTimeout", 999), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::Resource, "DeadlockTimeout", 1000), 0u);
  EXPECT_EQ(check(ObjectKind::ResourceType, "DeadlockTimeout", 29999), status::kInvalidData);
  EXPECT_EQ(check(ObjectKind::ResourceType, "DeadlockTimeout", 30000), 0u);
}

TEST(PR_27, AValueOfAnotherFormatIsRefused) {
  const PropertyInfo& info = *find(ObjectKind::Resource, "RestartAction");
  EXPECT_EQ(checkValue(info, {Format::Sz, std::string("2")}), status::kInvalidParameter);
  EXPECT_EQ(checkValue(info, {Format::Long, 2u}), status::kInvalidParameter);
}

TEST(PR_30, AReadOnlyPropertyIsRefused) {
  EXPECT_EQ(check(ObjectKind::Resource, "MonitorProcessId", 1), status::kInvalidParameter);
}

}  // namespace
}  // namespace holdfast::properties
