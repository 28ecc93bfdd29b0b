// Where things lie in the cluster database (CL §7). Paths are below the root key "Cluster", which is the empty path
// here.
#pragma once

#include <string>
#include <string_view>

namespace holdfast::database::schema {

inline constexpr char kSeparator = '\\';

// Top keys.
inline constexpr std::string_view kGroups = "Groups";
inline constexpr std::string_view kResources = "Resources";
inline constexpr std::string_view kResourceTypes = "ResourceTypes";
inline constexpr std::string_view kNodes = "Nodes";

// Values of the root key.
inline constexpr std::string_view kClusterName = "ClusterName";
inline constexpr std::string_view kClusterInstanceId = "ClusterInstanceID";

// Values of every object key.
inline constexpr std::string_view kName = "Name";
inline constexpr std::string_view kDescription = "Description";
inline constexpr std::string_view kPersistentState = "PersistentState";  ///< DWORD 0/1; absent = unset (CM §14)

// Groups\<guid>
inline constexpr std::string_view kOwner = "Owner";  ///< DWORD node id

// Resources\<guid>; common properties are values here, private ones below Parameters.
inline constexpr std::string_view kType = "Type";                  ///< SZ registered type name
inline constexpr std::string_view kGroup = "Group";                ///< SZ guid of the group
inline constexpr std::string_view kDependencies = "Dependencies";  ///< MULTI_SZ guids of providers (all of them needed)
inline constexpr std::string_view kCreating =
    "Creating";  ///< DWORD 1 while the Open of its creation runs: not enumerated
inline constexpr std::string_view kParameters = "Parameters";

// ResourceTypes\<name>
inline constexpr std::string_view kDllName = "DllName";

/// Volatile tree (never persisted): Resources\<guid> State, …; Groups\<guid> …; Monitors\<id> ….
inline constexpr std::string_view kState = "State";

inline std::string join(std::string_view parent, std::string_view child) {
  if (parent.empty()) return std::string(child);
  if (child.empty()) return std::string(parent);
  std::string path(parent);
  path += kSeparator;
  path += child;
  return path;
}
inline std::string resourceKey(std::string_view guid) { return join(kResources, guid); }
inline std::string parametersKey(std::string_view guid) { return join(resourceKey(guid), kParameters); }
inline std::string groupKey(std::string_view guid) { return join(kGroups, guid); }
inline std::string resourceTypeKey(std::string_view name) { return join(kResourceTypes, name); }
inline std::string nodeKey(unsigned id) { return join(kNodes, std::to_string(id)); }

}  // namespace holdfast::database::schema
