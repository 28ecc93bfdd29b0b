#include "core/properties/catalogue.h"

#include <algorithm>
#include <array>

#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

constexpr std::uint32_t kMax = 0xFFFF'FFFF;

constexpr PropertyInfo dword(std::string_view name, std::uint32_t minimum, std::uint32_t maximum,
                             std::uint32_t standard, std::string_view unit = {}) {
  return {.name = name, .minimum = minimum, .maximum = maximum, .standard = standard, .unit = unit};
}
constexpr PropertyInfo text(std::string_view name) {
  return {.name = name, .format = Format::Sz, .standard = std::string_view{}};
}
constexpr PropertyInfo strings(std::string_view name) { return {.name = name, .format = Format::MultiSz}; }
constexpr PropertyInfo ularge(std::string_view name) {
  return {.name = name, .format = Format::UlargeInteger, .standard = std::uint64_t{0}};
}
constexpr PropertyInfo readOnly(PropertyInfo info) {
  info.access = Access::ReadOnly;
  return info;
}
constexpr PropertyInfo computed(PropertyInfo info) {
  info.home = Home::Computed;
  return readOnly(info);
}
constexpr PropertyInfo orUnset(PropertyInfo info) {
  info.alsoAllowed = kMax;
  return info;
}
constexpr PropertyInfo storedAs(PropertyInfo info, std::string_view valueName) {
  info.stored = valueName;
  return info;
}
constexpr PropertyInfo alias(PropertyInfo info, std::string_view other) {
  info.alias = other;
  return info;
}

// CM §4: those that mean something to this version, and those whose effect the page itself calls "stored only".
constexpr std::array kCluster{
    readOnly(dword("AdminAccessPoint", 0, 3, 1)),
    dword("AllowPresumedStop", 0, 1, 0),
    readOnly(dword("ClusSvcRegroupOpeningTimeout", 1, 20, 5, "s")),
    readOnly(dword("ClusSvcRegroupPruningTimeout", 1, 30, 5, "s")),
    readOnly(dword("ClusSvcRegroupStageTimeout", 2, 30, 5, "s")),
    readOnly(dword("ClusSvcRegroupTickInMilliseconds", 50, 1000, 300, "ms")),
    dword("ClusterGroupWaitDelay", 0, 3600, 120, "s"),
    dword("ClusterLogLevel", 0, 5, 3),
    dword("ClusterLogSize", 8, 2048, 1536, "MB"),
    readOnly(text("ClusterName")),
    dword("CrossSiteDelay", 250, 4000, 250, "ms"),
    dword("CrossSiteThreshold", 3, 120, 18),
    dword("CrossSubnetDelay", 250, 4000, 250, "ms"),
    dword("CrossSubnetThreshold", 3, 120, 18),
    dword("DatabaseReadWriteMode", 0, 2, 0),
    dword("DefaultNetworkRole", 0, 3, 3),
    text("Description"),
    dword("DrainOnShutdown", 0, 1, 1),
    alias(dword("DynamicQuorumEnabled", 0, 1, 1), "DynamicQuorum"),
    computed(dword("FixQuorum", 0, 1, 0)),
    dword("GroupDependencyTimeout", 0, kMax, 600, "s"),
    dword("IgnorePersistentStateOnStartup", 0, 1, 0),
    dword("LogResourceControls", 0, 1, 0),
    dword("MassFailurePause", 10, 3600, 60, "s"),
    dword("MassFailureThreshold", 0, 100, 50, "% of groups"),
    computed(dword("PreventQuorum", 0, 1, 0)),
    dword("QuarantineDuration", 0, kMax, 7200, "s"),
    dword("QuarantineThreshold", 0, kMax, 3),
    dword("QuorumArbitrationTimeMax", 1, 3600, 20, "s"),
    dword("QuorumLossStopTimeout", 2, 600, 15, "s"),
    dword("RebootOnStuckStop", 0, 1, 0),
    dword("RequestReplyTimeout", 5, 1440, 60, "min"),
    dword("RunLeaseTime", 500, 60000, 3000, "ms"),
    dword("SameSubnetDelay", 250, 2000, 250, "ms"),
    dword("SameSubnetThreshold", 3, 120, 9),
    readOnly(dword("SecurityLevel", 0, 2, 2)),
    dword("ShutdownTimeoutInMinutes", 0, 1440, 20, "min"),
    dword("WitnessDatabaseWriteTimeout", 1, 86400, 300, "s"),
    computed(dword("WitnessDynamicWeight", 0, 1, 0)),
    dword("WitnessRestartInterval", 5, 1440, 15, "min"),
};

// CM §5.
constexpr std::array kNode{
    text("Description"),
    computed(dword("DynamicWeight", 0, 1, 0)),
    computed(dword("NodeDrainStatus", 0, 3, 0)),
    storedAs(readOnly(text("NodeName")), "Name"),
    dword("NodeWeight", 0, 1, 1),
    computed(dword("StatusInformation", 0, 0, 0)),
};

// CM §6.
constexpr std::array kGroup{
    strings("AntiAffinityClassNames"),
    dword("AutoFailbackType", 0, 1, 0),
    dword("ColdStartSetting", 0, 2, 0),
    orUnset(dword("DefaultOwner", 0, 512, kMax)),
    text("Description"),
    orUnset(dword("FailbackWindowEnd", 0, 23, kMax, "h")),
    orUnset(dword("FailbackWindowStart", 0, 23, kMax, "h")),
    dword("FailoverPeriod", 0, 1193, 6, "h"),
    dword("FailoverThreshold", 0, kMax, kMax),
    dword("GroupStartDelay", 0, 1800000, 0, "ms"),
    readOnly(dword("GroupType", 0, 9999, 9999)),
    dword("LockedFromMoving", 0, 1, 0),
    readOnly(text("Name")),
    dword("PersistentState", 0, 1, 0),
    strings("PreferredSite"),
    dword("Priority", 0, 3000, 2000),
    dword("ResiliencyPeriod", 0, kMax, 0, "s"),
    computed(ularge("StatusInformation")),
};

// CM §7.
constexpr std::array kResource{
    dword("DeadlockTimeout", 1000, kMax, 300000, "ms"),
    text("Description"),
    dword("EmbeddedFailureAction", 0, 2, 2),
    dword("IsAlivePollInterval", 10, kMax, kMax, "ms"),
    computed(ularge("LastOperationStatusCode")),
    dword("LooksAlivePollInterval", 10, kMax, kMax, "ms"),
    computed(dword("MonitorProcessId", 0, 0, 0)),
    readOnly(text("Name")),
    dword("PendingTimeout", 10, kMax, 180000, "ms"),
    dword("PersistentState", 0, 1, 0),
    computed(ularge("ResourceSpecificData1")),
    computed(ularge("ResourceSpecificData2")),
    computed(text("ResourceSpecificStatus")),
    dword("RestartAction", 0, 2, 2),
    dword("RestartDelay", 0, kMax, 500, "ms"),
    dword("RestartPeriod", 0, kMax, 900000, "ms"),
    dword("RestartThreshold", 0, kMax, 1),
    dword("RetryPeriodOnFailure", 0, kMax, 3600000, "ms"),
    dword("SeparateMonitor", 0, 1, 0),
    computed(ularge("StatusInformation")),
    readOnly(text("Type")),
};

// CM §8. DllConcurrency and Characteristics: RA §4.2, CC §5.
constexpr std::array kResourceType{
    strings("AdminExtensions"),
    readOnly(dword("Characteristics", 0, 0, 0)),
    dword("DeadlockTimeout", 30000, kMax, 300000, "ms"),
    text("Description"),
    dword("DllConcurrency", 0, 1, 0),
    readOnly(text("DllName")),
    dword("IsAlivePollInterval", 1, kMax, 60000, "ms"),
    dword("LooksAlivePollInterval", 1, kMax, 5000, "ms"),
    dword("MaximumMonitors", 1, 64, 1),
    text("Name"),
    dword("PendingTimeout", 10, kMax, 180000, "ms"),
};

}  // namespace

std::span<const PropertyInfo> catalogueOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Cluster:
      return kCluster;
    case ObjectKind::Group:
      return kGroup;
    case ObjectKind::Resource:
      return kResource;
    case ObjectKind::ResourceType:
      return kResourceType;
    case ObjectKind::Node:
      return kNode;
  }
  return {};
}

const PropertyInfo* find(ObjectKind kind, std::string_view name) {
  for (const PropertyInfo& info : catalogueOf(kind)) {
    if (equalNames(info.name, name) || (!info.alias.empty() && equalNames(info.alias, name))) return &info;
  }
  return nullptr;
}

database::Value standardValue(const PropertyInfo& info) {
  switch (info.format) {
    case Format::MultiSz:
      return database::Value::multiSz({});
    case Format::Sz:
      return database::Value::sz(std::string(std::get<std::string_view>(info.standard)));
    case Format::UlargeInteger:
      return database::Value::qword(std::get<std::uint64_t>(info.standard));
    default:
      return database::Value::dword(std::get<std::uint32_t>(info.standard));
  }
}

std::uint32_t standardDword(ObjectKind kind, std::string_view name) {
  return std::get<std::uint32_t>(find(kind, name)->standard);
}

bool fits(const PropertyInfo& info, const database::Value& value) { return value.type == standardValue(info).type; }

std::uint32_t checkValue(const PropertyInfo& info, const ListValue& value) {
  if (info.access == Access::ReadOnly) return status::kInvalidParameter;
  if (value.format != info.format || value.type != Type::ListValue) return status::kInvalidParameter;
  const std::uint32_t* number = std::get_if<std::uint32_t>(&value.data);
  if (!number || (info.minimum == 0 && info.maximum == 0)) return status::kSuccess;
  const bool inside = *number >= info.minimum && *number <= info.maximum;
  return inside || info.alsoAllowed == *number ? status::kSuccess : status::kInvalidData;
}

}  // namespace holdfast::properties
