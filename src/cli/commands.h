// One function per command. Each throws Failure when it does not end well; arguments.cpp reads the command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/output.h"
#include "cli/waiting.h"

namespace holdfast::cli {

/// What every command gets.
struct Context {
  Output& output;
  WaitOptions wait;
};

enum class Noun { Cluster, Node, Group, Resource, ResourceType };

// cluster, cluster status
void showStatus(Context& context);

// list and show
void listNodes(Context& context);
void showNode(Context& context, const std::string& name);
void listGroups(Context& context);
void showGroup(Context& context, const std::string& name);
void listResources(Context& context, const std::string& group);
void showResource(Context& context, const std::string& name);
void listResourceTypes(Context& context);
void showResourceType(Context& context, const std::string& name);

// configuration
void createGroup(Context& context, const std::string& name);
void deleteGroup(Context& context, const std::string& name);
void renameGroup(Context& context, const std::string& name, const std::string& newName);
struct NewResource {
  std::string name, group, type;
  bool separateMonitor = false;
  std::vector<std::string> privateProperties;  ///< NAME=VALUE, set before the command is done
  std::vector<std::string> providers;
};
void createResource(Context& context, const NewResource& resource);
void deleteResource(Context& context, const std::string& name);
void renameResource(Context& context, const std::string& name, const std::string& newName);
void addDependency(Context& context, const std::string& resource, const std::string& provider);
void removeDependency(Context& context, const std::string& resource, const std::string& provider);
struct NewResourceType {
  std::string name, displayName, dll;
  std::uint32_t looksAlive_ms = 5000, isAlive_ms = 60000;
};
void createResourceType(Context& context, const NewResourceType& type);
void deleteResourceType(Context& context, const std::string& name);

// properties: of the cluster `name` is ignored
void getProperties(Context& context, Noun noun, const std::string& name, bool privateOnes,
                   const std::vector<std::string>& only);
void setProperties(Context& context, Noun noun, const std::string& name, bool privateOnes,
                   const std::vector<std::string>& assignments);

// state
void onlineGroup(Context& context, const std::string& name);
void offlineGroup(Context& context, const std::string& name);
void onlineResource(Context& context, const std::string& name);
void offlineResource(Context& context, const std::string& name);
void failResource(Context& context, const std::string& name);

// the story
void showEvents(Context& context, std::uint64_t after, std::uint32_t atMost, bool follow);
/// One line: what one resource went through after event `after`, in milliseconds since `from_ns` (unix; 0 = its first
/// event).
void showTimeline(Context& context, const std::string& resource, std::uint64_t after, std::int64_t from_ns);
/// The ledger: which resource was away when, how long, why.
void showOutages(Context& context, std::uint64_t after);
void showLog(Context& context, std::uint32_t lines);
void explainObject(Context& context, const std::string& name);

}  // namespace holdfast::cli
