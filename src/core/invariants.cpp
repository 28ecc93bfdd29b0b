#include "core/invariants.h"

#include <algorithm>

#include "core/database/indexes.h"
#include "core/database/tree.h"

namespace holdfast::core {

void Invariants::require(bool holds, std::string_view promise) {
  if (!holds) broken_.emplace_back(promise);
}

void Invariants::afterStep(const Event& event, const Effects& effects) {
  answersFollowTheDisk(event, effects);
  appliedOnlyGrows();
  indexesEqualRebuilt();
  oneAnswerPerRequest(event, effects);
  nothingIsStartedWithoutLease(effects);
  oneInstancePerResource(event, effects);
  eventsAreAStory(effects);
  nothingRunsAfterStop(effects);
}

void Invariants::answersFollowTheDisk(const Event& event, const Effects& effects) {
  if (const auto* started = std::get_if<Started>(&event)) {
    for (const auto& entry : started->stored.log) persistOfSeq_[entry.tag.seq] = 0;
    persistOfSeq_[started->stored.applied.seq] = 0;
    persistOfPromise_[started->stored.promised] = 0;
  }
  if (const auto* done = std::get_if<StoreDone>(&event)) donePersist_ = std::max(donePersist_, done->persist);
  for (const auto& persist : effects.persist) {
    require(persist.number == lastPersist_ + 1, "persists are numbered without a gap");
    lastPersist_ = persist.number;
    for (const auto& entry : persist.append) persistOfSeq_[entry.tag.seq] = persist.number;
    if (persist.promised) persistOfPromise_[*persist.promised] = persist.number;
  }
  for (const auto& message : effects.send) {
    if (const auto* ack = std::get_if<gum::Ack>(&message.body)) {
      const auto stored = persistOfSeq_.find(ack->seq);
      require(stored != persistOfSeq_.end() && stored->second <= donePersist_,
              "GUM-3: an Ack is sent for what is not on disk");
    }
    if (const auto* promise = std::get_if<gum::Promise>(&message.body)) {
      const auto stored = persistOfPromise_.find(promise->epoch);
      require(stored != persistOfPromise_.end() && stored->second <= donePersist_,
              "GUM-3: a Promise is sent that is not on disk");
    }
  }
}

void Invariants::appliedOnlyGrows() {
  const std::uint64_t tag = node_.view().cluster().tag;
  require(tag >= lastTag_, "GUM-19: what was applied is not taken back");
  lastTag_ = tag;
  const auto stored = persistOfSeq_.find(tag);
  // A Forced entry is committed by decree; everything else has been on this node's disk before it counted.
  require(tag <= 1 || (stored != persistOfSeq_.end() && stored->second <= donePersist_),
          "GUM-17: an update is applied that is not on disk");
}

void Invariants::indexesEqualRebuilt() {
  database::Indexes fresh;
  fresh.rebuild(node_.view().tree());
  const auto groups = node_.view().groups();
  require(groups.size() == fresh.groups().size(), "the groups shown are those of the tree");
  for (const auto& group : groups) {
    const auto* record = fresh.group(group.id);
    const auto& members = fresh.resourcesOfGroup(group.id);
    require(record && record->name == group.name && record->owner == group.owner &&
                std::ranges::equal(group.resources, members),
            "a group is shown as the tree has it");
  }
  std::size_t visible = 0;
  for (const auto& [id, record] : fresh.resources()) {
    if (record.creating) continue;
    ++visible;
    const auto shown = node_.view().resource(id);
    require(shown && shown->name == record.name && shown->group == record.group && shown->type == record.type &&
                shown->providers == record.providers && std::ranges::equal(shown->dependents, fresh.dependentsOf(id)),
            "a resource is shown as the tree has it");
  }
  require(visible == node_.view().resources().size(), "the resources shown are those of the tree");
}

void Invariants::oneAnswerPerRequest(const Event& event, const Effects& effects) {
  if (const auto* request = std::get_if<Request>(&event)) asked_[request->id] = 1;
  for (const auto& answer : effects.answers) {
    const bool asked = asked_.erase(answer.request) == 1;
    require(asked, "each request has one answer, and no answer comes unasked");
    require(answer.tag <= node_.view().cluster().tag, "an answer reflects what is applied");
  }
}

void Invariants::nothingIsStartedWithoutLease(const Effects& effects) {
  for (const auto& effect : effects.monitors) {
    const auto* command = std::get_if<MonitorCommand>(&effect);
    const bool online = command && std::holds_alternative<monitor::Online>(command->command);
    require(!online || effects.leaseHeld, "GUM-38: a resource is brought online without a lease");
  }
}

void Invariants::oneInstancePerResource(const Event& event, const Effects& effects) {
  if (const auto* connected = std::get_if<MonitorConnected>(&event)) {
    for (const auto& there : connected->hello.instances)
      instances_[there.instance] = {connected->monitor, there.resource};
  }
  if (const auto* exited = std::get_if<MonitorExited>(&event))
    std::erase_if(instances_, [&](const auto& entry) { return entry.second.first == exited->monitor; });
  if (const auto* reported = std::get_if<MonitorReported>(&event)) {
    if (const auto* closed = std::get_if<monitor::Closed>(&reported->report)) instances_.erase(closed->instance);
    if (const auto* opened = std::get_if<monitor::Opened>(&reported->report))
      if (opened->status != 0) instances_.erase(opened->instance);
  }
  for (const auto& effect : effects.monitors) {
    const auto* command = std::get_if<MonitorCommand>(&effect);
    if (!command) continue;
    if (const auto* open = std::get_if<monitor::Open>(&command->command)) {
      const bool second =
          std::ranges::any_of(instances_, [&](const auto& entry) { return entry.second.second == open->resource; });
      require(!second, "RA-5: a resource is opened again only when its former life is gone");
      instances_[open->instance] = {command->monitor, open->resource};
    }
    if (const auto* online = std::get_if<monitor::Online>(&command->command))
      require(instances_.contains(online->instance), "a resource is brought online that is not open");
    if (const auto* offline = std::get_if<monitor::Offline>(&command->command))
      require(instances_.contains(offline->instance), "a resource is taken offline that is not open");
  }
}

void Invariants::eventsAreAStory(const Effects& effects) {
  for (const auto& event : effects.events) {
    require(event.number == lastEvent_ + 1, "events are numbered without a gap");
    require(event.cause.parent < event.number, "a cause comes before its consequence");
    lastEvent_ = event.number;
  }
}

void Invariants::nothingRunsAfterStop(const Effects& effects) {
  if (!effects.stopped) return;
  require(instances_.empty(), "a clean stop leaves no instance behind");
  require(std::ranges::none_of(node_.view().resources(),
                               [](const ResourceInfo& resource) { return resource.state == ResourceState::Online; }),
          "a clean stop leaves nothing online");
}

}  // namespace holdfast::core
