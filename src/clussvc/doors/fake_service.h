// A Service for tests: a small cluster in memory that obeys operations at once, unless the test answers them itself.
// Everything happens on the caller's thread.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clussvc/service.h"
#include "core/database/schema.h"
#include "core/database/tree.h"

namespace holdfast::clussvc::doors {

/// What readers see: the test writes its parts directly.
class ScriptedView : public core::ClusterView {
 public:
  core::ClusterInfo cluster() const override { return info; }
  const database::Tree& tree() const override { return database; }
  std::vector<core::NodeInfo> nodes() const override { return nodeList; }
  std::vector<core::GroupInfo> groups() const override { return groupList; }
  std::vector<core::ResourceInfo> resources() const override { return resourceList; }
  std::vector<core::ResourceTypeInfo> resourceTypes() const override { return typeList; }
  std::optional<core::NodeInfo> node(std::string_view key) const override { return find(nodeList, key); }
  std::optional<core::GroupInfo> group(std::string_view key) const override { return find(groupList, key); }
  std::optional<core::ResourceInfo> resource(std::string_view key) const override { return find(resourceList, key); }
  std::optional<core::ResourceTypeInfo> resourceType(std::string_view name) const override {
    for (const auto& type : typeList) {
      if (database::sameName(type.name, name)) return type;
    }
    return std::nullopt;
  }
  std::optional<core::Explanation> explain(const ObjectRef& object, Time) const override {
    if (object.kind == ObjectKind::Cluster) return std::nullopt;
    return explanation;
  }
  std::vector<ClusterEvent> eventsAfter(std::uint64_t number, std::size_t atMost) const override {
    std::vector<ClusterEvent> found;
    for (const auto& event : events) {
      if (event.number > number && found.size() < atMost) found.push_back(event);
    }
    return found;
  }

  core::ResourceInfo* resourceById(const ObjectId& id) {
    const auto found = std::ranges::find(resourceList, id, &core::ResourceInfo::id);
    return found != resourceList.end() ? &*found : nullptr;
  }
  core::GroupInfo* groupById(const ObjectId& id) {
    const auto found = std::ranges::find(groupList, id, &core::GroupInfo::id);
    return found != groupList.end() ? &*found : nullptr;
  }

  core::ClusterInfo info{"Harbour", "c1", true, 10};
  database::Tree database;
  std::vector<core::NodeInfo> nodeList{{"1", "north", NodeState::Up}, {"2", "south", NodeState::Up}};
  std::vector<core::GroupInfo> groupList;
  std::vector<core::ResourceInfo> resourceList;
  std::vector<core::ResourceTypeInfo> typeList{{"ClipBook Server", "ClipBook", "clipbook.so"}};
  core::Explanation explanation;
  std::vector<ClusterEvent> events;

 private:
  template <class Info>
  static std::optional<Info> find(const std::vector<Info>& list, std::string_view key) {
    for (const auto& info : list) {
      if (info.id == key) return info;
    }
    for (const auto& info : list) {
      if (database::sameName(info.name, key)) return info;
    }
    return std::nullopt;
  }
};

class FakeService : public Service {
 public:
  using Script = std::function<std::optional<Answer>(const Operation&)>;

  struct Submitted {
    Operation operation;
    Cause cause;
  };

  void submit(Operation operation, Cause cause, OnAnswer onAnswer) override {
    submitted.push_back({operation, cause});
    if (holdAnswers) {
      held.push_back({std::move(operation), std::move(onAnswer)});
      return;
    }
    onAnswer(answerTo(operation));
  }
  const core::ClusterView& view() const override { return scripted; }
  void whenApplied(std::uint64_t tag, std::function<void()> then) override {
    if (scripted.info.tag >= tag) return then();
    waiting.emplace(tag, std::move(then));
  }
  Token onNotification(std::function<void(const Notification&)> listener) override {
    return subscribe(notificationListeners, std::move(listener));
  }
  Token onEvent(std::function<void(const ClusterEvent&)> listener) override {
    return subscribe(eventListeners, std::move(listener));
  }
  Time now() const override { return Time(std::chrono::seconds(100)); }
  WallTime wallTime(Time time) const override { return WallTime(time.time_since_epoch()); }
  std::string newGuid() override {
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-0000-0000-%012d", ++guids);
    return text;
  }
  std::vector<std::string> logTail(std::size_t lines) const override {
    const auto count = std::min(lines, logLines.size());
    return {logLines.end() - static_cast<std::ptrdiff_t>(count), logLines.end()};
  }
  NodeId nodeId() const override { return 1; }
  std::string nodeName() const override { return "north"; }
  std::uint64_t incarnation() const override { return incarnationNumber; }
  void log(LogLevel, std::string_view room, std::string_view text) override {
    logLines.push_back(std::string(room) + ": " + std::string(text));
  }

  // --- what tests do ----------------------------------------------------------------------------------------------

  core::GroupInfo& addGroup(const std::string& name) {
    core::GroupInfo group;
    group.id = newGuid();
    group.name = name;
    group.state = GroupState::Offline;
    group.owner = 1;
    write(database::Batch{}
              .createKey(database::schema::groupKey(group.id))
              .set(database::schema::groupKey(group.id), "Name", database::Value::sz(name)));
    scripted.groupList.push_back(std::move(group));
    return scripted.groupList.back();
  }
  core::ResourceInfo& addResource(const ObjectId& group, const std::string& name) {
    core::ResourceInfo resource;
    resource.id = newGuid();
    resource.name = name;
    resource.group = group;
    resource.type = "ClipBook Server";
    resource.state = ResourceState::Offline;
    resource.owner = 1;
    write(database::Batch{}
              .createKey(database::schema::parametersKey(resource.id))
              .set(database::schema::resourceKey(resource.id), "Name", database::Value::sz(name)));
    scripted.groupById(group)->resources.push_back(resource.id);
    scripted.resourceList.push_back(std::move(resource));
    return scripted.resourceList.back();
  }
  void write(const database::Batch& batch) { (void)scripted.database.apply(batch, ++scripted.info.tag); }
  void applyUpTo(std::uint64_t tag) {
    scripted.info.tag = tag;
    while (!waiting.empty() && waiting.begin()->first <= tag) {
      auto then = std::move(waiting.begin()->second);
      waiting.erase(waiting.begin());
      then();
    }
  }
  void notify(const Notification& notification) { tell(notificationListeners, notification); }
  void setState(const ObjectId& resource, ResourceState state) {
    auto* found = scripted.resourceById(resource);
    found->state = state;
    const auto number = static_cast<std::uint32_t>(state);
    notify({ObjectKind::Resource,
            0x4,
            found->id,
            found->name,
            found->group,
            found->type,
            {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8),
             static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 24)}});
  }
  void happen(ClusterEvent event) {
    event.number = scripted.events.size() + 1;
    scripted.events.push_back(event);
    tell(eventListeners, event);
  }
  void answerHeld() {
    for (auto& [operation, onAnswer] : std::exchange(held, {})) onAnswer(answerTo(operation));
  }

  ScriptedView scripted;
  /// Answers instead of the little cluster below.
  Script script;
  bool holdAnswers = false;
  std::vector<std::pair<Operation, OnAnswer>> held;
  std::vector<Submitted> submitted;
  std::vector<std::string> logLines;
  std::uint64_t incarnationNumber = 1;
  std::multimap<std::uint64_t, std::function<void()>> waiting;
  std::map<int, std::function<void(const Notification&)>> notificationListeners;
  std::map<int, std::function<void(const ClusterEvent&)>> eventListeners;
  int guids = 0;
  int subscriptions = 0;

 private:
  template <class Listeners, class Listener>
  Token subscribe(Listeners& listeners, Listener listener) {
    const int number = ++subscriptions;
    listeners.emplace(number, std::move(listener));
    return Token(nullptr, [&listeners, number](void*) { listeners.erase(number); });
  }
  template <class Listeners, class Happened>
  static void tell(const Listeners& listeners, const Happened& happened) {
    const auto all = listeners;
    for (const auto& [number, listener] : all) listener(happened);
  }

  Answer answerTo(const Operation& operation) {
    if (script) {
      if (auto answer = script(operation)) return *answer;
    }
    Answer answer;
    std::visit([&](const auto& asked) { obey(asked, answer); }, operation);
    answer.tag = scripted.info.tag;
    return answer;
  }
  void obey(const CreateGroup& asked, Answer& answer) {
    if (scripted.group(asked.name)) {
      answer.status = {5010, "there is a group \"" + asked.name + "\" already", "choose another name"};
      return;
    }
    addGroup(asked.name).id = asked.id;
    answer.id = asked.id;
    notify({ObjectKind::Cluster, 0x4, asked.id, asked.name, {}, {}, {}});
  }
  void obey(const DeleteGroup& asked, Answer& answer) {
    const auto* group = scripted.groupById(asked.group);
    if (!group->resources.empty()) {
      answer.status = {5023, "the group is not empty", "delete its resources first"};
      return;
    }
    std::erase_if(scripted.groupList, [&](const auto& each) { return each.id == asked.group; });
  }
  void obey(const RenameGroup& asked, Answer&) { scripted.groupById(asked.group)->name = asked.name; }
  void obey(const CreateResource& asked, Answer& answer) {
    if (!scripted.resourceType(asked.type)) {
      answer.status = {5078, "there is no resource type \"" + asked.type + "\"", "register it"};
      return;
    }
    auto& resource = addResource(asked.group, asked.name);
    std::ranges::replace(scripted.groupById(asked.group)->resources, resource.id, asked.id);
    resource.id = asked.id;
    write(database::Batch{}.createKey(database::schema::parametersKey(asked.id)));
    notify({ObjectKind::Group, 0x40, asked.id, asked.name, asked.group, {}, {}});
  }
  void obey(const DeleteResource& asked, Answer& answer) {
    const auto* resource = scripted.resourceById(asked.resource);
    if (resource->state != ResourceState::Offline) {
      answer.status = {5023, "the resource is not Offline", "take it offline first"};
      return;
    }
    std::erase(scripted.groupById(resource->group)->resources, asked.resource);
    std::erase_if(scripted.resourceList, [&](const auto& each) { return each.id == asked.resource; });
    write(database::Batch{}.deleteKey(database::schema::resourceKey(asked.resource)));
  }
  void obey(const RenameResource& asked, Answer&) { scripted.resourceById(asked.resource)->name = asked.name; }
  void obey(const CreateResourceType& asked, Answer& answer) {
    if (scripted.resourceType(asked.name)) {
      answer.status = {183, "there is a type of this name already", ""};
      return;
    }
    scripted.typeList.push_back({asked.name, asked.displayName, asked.dllName});
    write(database::Batch{}.createKey(database::schema::resourceTypeKey(asked.name)));
  }
  void obey(const DeleteResourceType& asked, Answer& answer) {
    if (std::erase_if(scripted.typeList, [&](const auto& type) { return type.name == asked.name; }) == 0) {
      answer.status = {5078, "there is no such type", ""};
    }
  }
  void obey(const AddDependency& asked, Answer& answer) {
    auto* resource = scripted.resourceById(asked.resource);
    if (std::ranges::find(resource->providers, asked.provider) != resource->providers.end()) {
      answer.status = {5003, "it depends on it already", ""};
      return;
    }
    resource->providers.push_back(asked.provider);
    scripted.resourceById(asked.provider)->dependents.push_back(asked.resource);
  }
  void obey(const RemoveDependency& asked, Answer& answer) {
    if (std::erase(scripted.resourceById(asked.resource)->providers, asked.provider) == 0) {
      answer.status = {5002, "it does not depend on it", ""};
    }
    std::erase(scripted.resourceById(asked.provider)->dependents, asked.resource);
  }
  void obey(const WriteDatabase& asked, Answer& answer) {
    const auto applied = scripted.database.apply(asked.batch, ++scripted.info.tag, asked.key);
    if (!applied) answer.status = applied.error().error;
  }
  void obey(const OnlineResource& asked, Answer& answer) {
    answer.status.code = 997;
    setState(asked.resource, ResourceState::Online);
  }
  void obey(const OfflineResource& asked, Answer& answer) {
    answer.status.code = 997;
    setState(asked.resource, ResourceState::Offline);
  }
  void obey(const OnlineGroup& asked, Answer& answer) {
    answer.status.code = 997;
    for (const auto& id : scripted.groupById(asked.group)->resources) setState(id, ResourceState::Online);
    scripted.groupById(asked.group)->state = GroupState::Online;
  }
  void obey(const OfflineGroup& asked, Answer&) {
    for (const auto& id : scripted.groupById(asked.group)->resources) setState(id, ResourceState::Offline);
    scripted.groupById(asked.group)->state = GroupState::Offline;
  }
  void obey(const FailResource& asked, Answer&) { setState(asked.resource, ResourceState::Failed); }
  /// Gives the input back, as a DLL with an echo would, by the size protocol.
  static void obey(const Control& asked, Answer& answer) {
    answer.bytesReturned = static_cast<std::uint32_t>(asked.input.size());
    if (asked.input.size() > asked.outputCapacity_bytes) {
      answer.status.code = 234;
    } else {
      answer.output = asked.input;
    }
  }
};

}  // namespace holdfast::clussvc::doors
