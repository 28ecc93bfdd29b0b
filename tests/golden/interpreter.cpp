#include "golden/interpreter.h"

#include <cctype>
#include <cstdio>
#include <functional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "core/properties/value_list.h"
#include "golden/world.h"

namespace holdfast::rcm {
namespace {

using Words = std::smatch;

Duration durationOf(const std::string& text) {
  static const std::regex shape(R"((\d+)(ms|s|min|h))");
  Words words;
  if (!std::regex_match(text, words, shape)) throw std::runtime_error("no duration: " + text);
  const long count = std::stol(words[1]);
  const std::string unit = words[2];
  if (unit == "ms") return std::chrono::milliseconds(count);
  if (unit == "s") return std::chrono::seconds(count);
  if (unit == "min") return std::chrono::minutes(count);
  return std::chrono::hours(count);
}

const char* nameOf(GroupState state) {
  switch (state) {
    case GroupState::Online:
      return "Online";
    case GroupState::Offline:
      return "Offline";
    case GroupState::Failed:
      return "Failed";
    case GroupState::PartialOnline:
      return "PartialOnline";
    case GroupState::Pending:
      return "Pending";
    case GroupState::Unknown:
      return "Unknown";
  }
  return "Unknown";
}

const char* nameOf(ResourceState state) {
  switch (state) {
    case ResourceState::Online:
      return "Online";
    case ResourceState::Offline:
      return "Offline";
    case ResourceState::Failed:
      return "Failed";
    case ResourceState::OnlinePending:
      return "OnlinePending";
    case ResourceState::OfflinePending:
      return "OfflinePending";
    default:
      return "Unknown";
  }
}

std::vector<std::string> splitNames(const std::string& text) {
  std::vector<std::string> names;
  std::istringstream in(text);
  for (std::string name; std::getline(in, name, ',');) names.push_back(name);
  return names;
}

class Player {
 public:
  Player() {
    world_.start();
    rule(R"(type (.+))", [](World& w, const Words& m) { w.type(m[1]); });
    rule(R"(group (\w+))", [](World& w, const Words& m) { w.group(m[1]); });
    rule(R"(resource (\w+) needs (\w+))", [](World& w, const Words& m) { w.needs(m[1], m[2]); });
    rule(R"(resource (\w+)(?: type (.+?))?(?: in (\w+))?( separate)?)", [this](World& w, const Words& m) {
      const std::string typeName = m[2].matched ? m[2].str() : "T";
      const std::string groupName = m[3].matched ? m[3].str() : "db";
      if (!w.indexes.type(typeName)) w.type(typeName);
      if (!w.indexes.group(groupName)) w.group(groupName);
      answered(w.create(m[1], groupName, typeName, m[4].matched), "create " + m[1].str());
    });
    rule(R"(set (\w+) (\w+) (\d+|MAX))", [](World& w, const Words& m) {
      w.set(m[1], m[2], m[3] == "MAX" ? 0xFFFF'FFFF : static_cast<std::uint32_t>(std::stoul(m[3])));
    });
    rule(R"(online (\w+))", [this](World& w, const Words& m) {
      const bool isGroup = w.indexes.group(m[1].str()) != nullptr;
      ask(w, isGroup ? Operation(OnlineGroup{World::groupId(m[1])}) : OnlineResource{World::idOf(m[1])},
          "online " + m[1].str());
    });
    rule(R"(offline (\w+))", [this](World& w, const Words& m) {
      const bool isGroup = w.indexes.group(m[1].str()) != nullptr;
      ask(w, isGroup ? Operation(OfflineGroup{World::groupId(m[1])}) : OfflineResource{World::idOf(m[1])},
          "offline " + m[1].str());
    });
    rule(R"(delete (\w+))",
         [this](World& w, const Words& m) { ask(w, DeleteResource{World::idOf(m[1])}, "delete " + m[1].str()); });
    rule(R"(simulate failure of (\w+))",
         [this](World& w, const Words& m) { ask(w, FailResource{World::idOf(m[1])}, "fail " + m[1].str()); });
    faults();
    rule(R"(restart service)", [](World& w, const Words&) { w.restartService(true); });
    rule(R"(restart service and monitors)", [](World& w, const Words&) { w.restartService(false); });
    rule(R"(stop service)", [](World& w, const Words&) { w.stop(); });
    rule(R"(run (\w+))", [](World& w, const Words& m) { w.run(durationOf(m[1])); });
  }

  void line(std::string text) {
    static const std::regex timed(R"((.+) at (\d+(?:ms|s|min|h)))");
    Words words;
    if (std::regex_match(text, words, timed)) {
      const std::string what = words[1];
      const Time due = Time(durationOf(words[2]));
      world_.run(due > world_.now ? due - world_.now : Duration{});
      text = what;
    }
    for (const auto& [shape, act] : rules_) {
      if (!std::regex_match(text, words, shape)) continue;
      try {
        act(world_, words);
      } catch (const std::exception& problem) {
        note("! " + text + ": " + problem.what());
      }
      world_.run(std::chrono::milliseconds(0));
      tell();
      return;
    }
    note("? " + text);
  }

  std::string outcome() {
    tell();
    out_ << "\n";
    for (const auto& [id, record] : world_.indexes.groups()) {
      out_ << "group " << record.name << ": " << nameOf(world_.groupState(record.name)) << "\n";
    }
    for (const auto& [id, record] : world_.indexes.resources()) {
      if (record.creating) continue;
      out_ << record.name << ": " << nameOf(world_.rcm->resourceState(id)) << ", persistent "
           << world_.mark(record.name) << "; " << world_.why(record.name) << "\n";
    }
    if (world_.stopped) out_ << "the service has stopped\n";
    return out_.str();
  }

 private:
  void rule(const char* shape, std::function<void(World&, const Words&)> act) {
    rules_.emplace_back(std::regex(shape), std::move(act));
  }

  void faults() {
    rule(R"(fail (\w+))", [](World& w, const Words& m) { w.fail(m[1]); });
    rule(R"(crash (\w+)(?: in a call of ([\w,]+))?)",
         [](World& w, const Words& m) { w.crash(m[1], m[2].matched ? splitNames(m[2]) : std::vector<std::string>{}); });
    rule(R"(hang (\w+))", [](World& w, const Words& m) { w.crash(m[1], {m[1]}, monitor::Exited::How::Deadlocked); });
    rule(R"((\w+) takes (\w+) to go online)",
         [](World& w, const Words& m) { w.behaviours[m[1]].onlineTakes = durationOf(m[2]); });
    rule(R"((\w+) takes (\w+) to go offline)",
         [](World& w, const Words& m) { w.behaviours[m[1]].offlineTakes = durationOf(m[2]); });
    rule(R"((\w+) takes (\w+) to terminate)",
         [](World& w, const Words& m) { w.behaviours[m[1]].terminateTakes = durationOf(m[2]); });
    rule(R"((\w+) refuses to open with (\d+))", [](World& w, const Words& m) {
      w.behaviours[m[1]].openStatus = static_cast<std::uint32_t>(std::stoul(m[2]));
    });
    rule(R"((\w+) fails online with (\d+))", [](World& w, const Words& m) {
      w.behaviours[m[1]].onlineStatus = static_cast<std::uint32_t>(std::stoul(m[2]));
    });
    rule(R"((\w+) never comes online)", [](World& w, const Words& m) { w.behaviours[m[1]].ignoresOnline = true; });
    rule(R"re((\w+) needs a provider of type "(.+)")re", [](World& w, const Words& m) {
      const Bytes list = properties::writeRequiredDependencies({m[2].str()}, properties::Width::Native);
      w.behaviours[m[1]].controls[0x01000011] = {0, list, static_cast<std::uint32_t>(list.size())};
    });
    rule(R"((\w+) works again)", [](World& w, const Words& m) { w.behaviours[m[1]] = Behaviour{}; });
    rule(R"(monitors cannot be started)", [](World& w, const Words&) { w.monitorsStart = false; });
    rule(R"(monitors can be started)", [](World& w, const Words&) { w.monitorsStart = true; });
  }

  void ask(World& world, Operation operation, const std::string& what) {
    auto answer = world.ask(std::move(operation));
    for (int i = 0; i < 100 && answer->status.code == 0xFFFF'FFFF; ++i) world.run(std::chrono::milliseconds(1));
    answered(answer, what);
  }

  void answered(const std::shared_ptr<const Answer>& answer, const std::string& what) {
    const std::uint32_t code = answer->status.code;
    if (code == 0 || code == 997) return;
    if (code == 0xFFFF'FFFF) return note("no answer to " + what + " yet");
    note(what + " is refused with " + std::to_string(code) + ": " + answer->status.subject);
  }

  /// Events since the last call, one line each.
  void tell() {
    for (; told_ < world_.events.all.size(); ++told_) {
      const ClusterEvent& event = world_.events.all[told_];
      if (event.step == "created") continue;
      stamp(event.time);
      out_ << world_.nameOf(event.object) << " " << event.step << ": " << event.text << "\n";
    }
  }

  void note(const std::string& text) {
    tell();
    stamp(world_.now);
    out_ << text << "\n";
  }

  void stamp(Time time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%9.3f  ", static_cast<double>(ms) / 1000.0);
    out_ << buffer;
  }

  World world_;
  std::vector<std::pair<std::regex, std::function<void(World&, const Words&)>>> rules_;
  std::ostringstream out_;
  std::size_t told_ = 0;
};

}  // namespace

std::string outcomeOf(const std::string& situation) {
  Player player;
  std::istringstream in(situation);
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(" \t"));
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    player.line(line);
  }
  return player.outcome();
}

}  // namespace holdfast::rcm
