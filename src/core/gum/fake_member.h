// A member for tests: gum with its tree, a store that works when told to, and an engine that gives every message back.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/database/tree.h"
#include "core/gum/gum.h"

namespace holdfast::gum {

inline std::string textOf(const Epoch& epoch) {
  return std::to_string(epoch.generation) + "." + std::to_string(epoch.round) + "." + std::to_string(epoch.node);
}
inline std::string textOf(const Tag& tag) { return textOf(tag.epoch) + "/" + std::to_string(tag.seq); }
inline std::string textOf(const Entry& entry) {
  static constexpr const char* kKinds[] = {"Update", "View", "Weights", "Forced"};
  return std::string(kKinds[static_cast<int>(entry.kind)]) + " " + textOf(entry.tag);
}

struct TextOfBody {
  std::string operator()(const Hello& m) const { return "Hello last " + textOf(m.last); }
  std::string operator()(const Establish& m) const { return "Establish " + textOf(m.epoch); }
  std::string operator()(const Promise& m) const { return "Promise " + textOf(m.epoch); }
  std::string operator()(const Refuse& m) const { return "Refuse promised " + textOf(m.promised); }
  std::string operator()(const Append& m) const {
    std::string text = "Append after " + textOf(m.previous) + ":";
    for (const Entry& entry : m.entries) text += " [" + textOf(entry) + "]";
    return text;
  }
  std::string operator()(const Ack& m) const { return "Ack " + textOf(m.epoch) + " seq " + std::to_string(m.seq); }
  std::string operator()(const Behind& m) const { return "Behind, match " + std::to_string(m.lastMatch); }
  std::string operator()(const Commit& m) const { return "Commit seq " + std::to_string(m.seq); }
  std::string operator()(const Volatile&) const { return "Volatile"; }
};
inline std::string textOf(const Message& message) { return std::visit(TextOfBody(), message.body); }

inline std::string textOf(const Persist& persist) {
  std::string text = "persist " + std::to_string(persist.number) + ":";
  if (persist.instance) text += " instance";
  if (persist.promised) text += " promised " + textOf(*persist.promised);
  if (persist.cutAfter) text += " cut after " + textOf(*persist.cutAfter);
  for (const Entry& entry : persist.append) text += " append [" + textOf(entry) + "]";
  if (persist.committed) text += " committed " + std::to_string(*persist.committed);
  for (const Entry& entry : persist.apply) text += " apply [" + textOf(entry) + "]";
  return text;
}

/// What is durable, as the real store keeps it: a persist counts once it is done.
struct FakeDisk {
  StoredState state;
  database::Tree tree;

  void execute(const Persist& persist) {
    state.empty = false;
    if (persist.instance) state.instance = *persist.instance;
    if (persist.promised) state.promised = *persist.promised;
    if (persist.cutAfter) std::erase_if(state.log, [&](const Entry& e) { return e.tag.seq > persist.cutAfter->seq; });
    for (const Entry& entry : persist.append) state.log.push_back(entry);
    if (persist.committed) state.committed = std::max(state.committed, *persist.committed);
    for (const Entry& entry : persist.apply) {
      [[maybe_unused]] const auto applied = tree.apply(entry.batch, entry.tag.seq);
      state.applied = entry.tag;
      state.committed = std::max(state.committed, entry.tag.seq);
    }
  }
  StoredState stored() const {
    StoredState result = state;
    result.tree = tree.toBatch();
    std::erase_if(result.log, [&](const Entry& e) { return e.tag.seq <= state.applied.seq; });
    return result;
  }
};

class FakeMember {
 public:
  explicit FakeMember(Config config = {1, 1}, const StoredState& stored = {}) : gum_(config, tree_), config_(config) {
    [[maybe_unused]] const auto loaded = tree_.load(stored.tree, stored.applied.seq);
    disk.state = stored;
    [[maybe_unused]] const auto copied = disk.tree.load(stored.tree, stored.applied.seq);
    if (stored.empty) disk.state = {};
    Output output;
    gum_.start(stored, kInstance + config.node, output);
    take(output);
  }

  static constexpr std::uint64_t kInstance = 700;
  MemberId id() const { return {config_.node, kInstance + config_.node, config_.incarnation}; }
  Gum& gum() { return gum_; }
  const database::Tree& tree() const { return tree_; }

  void view(const View& view) {
    Output output;
    gum_.onView(view, now, output);
    take(output);
  }
  /// One event, the oldest message if there is one, else the oldest persist. False: nothing is left.
  bool deliverOne() {
    if (!messages.empty()) {
      const Message message = messages.front();
      messages.pop_front();
      trace.push_back("<- " + textOf(message));
      receive(message);
      return true;
    }
    return !persists.empty() && (storeDone(), true);
  }
  void storeDone() {
    const Persist persist = persists.front();
    persists.pop_front();
    disk.execute(persist);
    trace.push_back("<- StoreDone " + std::to_string(persist.number));
    Output output;
    gum_.onStoreDone(persist.number, now, output);
    take(output);
  }
  void receive(const Message& message) {
    Output output;
    gum_.onMessage(message, now, output);
    take(output);
  }
  void run() {
    while (deliverOne()) {
    }
  }
  void establish() {
    view({1, {id()}});
    run();
  }
  void tick() {
    Output output;
    gum_.onTick(now, output);
    take(output);
  }
  void propose(std::uint64_t token, database::Batch batch, RequestId request = {}) {
    Output output;
    gum_.propose(token, std::move(batch), request, {}, WallTime{}, output);
    take(output);
  }
  void take(Output& output) {
    for (auto& persist : output.persist) {
      trace.push_back("-> " + textOf(persist));
      persists.push_back(std::move(persist));
    }
    for (auto& message : output.send) {
      trace.push_back("-> " + textOf(message));
      sent.push_back(message);
      messages.push_back(std::move(message));
    }
    for (const auto& committed : output.committed) {
      [[maybe_unused]] const auto applied = tree_.apply(committed.entry.batch, committed.entry.tag.seq);
      trace.push_back("applied [" + textOf(committed.entry) + "]");
      if (committed.token != 0) {
        trace.push_back("done " + std::to_string(committed.token));
        done.push_back(committed.token);
      }
    }
    for (auto& one : output.refused) {
      trace.push_back("refused " + std::to_string(one.token));
      refused.push_back(one);
    }
    volatileUpdates += output.volatileUpdates.size();
    if (output.activated) trace.push_back("active");
    if (output.lost) trace.push_back("lost");
  }
  std::string takeTrace() {
    std::string text;
    for (const std::string& line : trace) text += line + "\n";
    trace.clear();
    return text;
  }

  Time now{};
  FakeDisk disk;
  std::deque<Persist> persists;
  std::deque<Message> messages;
  std::vector<Message> sent;
  std::vector<std::string> trace;
  std::vector<std::uint64_t> done;
  std::vector<Output::Refused> refused;
  std::size_t volatileUpdates = 0;

 private:
  database::Tree tree_;
  Gum gum_;
  Config config_;
};

}  // namespace holdfast::gum
