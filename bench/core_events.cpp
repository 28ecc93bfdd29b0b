// What one event costs in core::Node, from 100 to 10,000 resources: flat is the aim (design §9). Store, engine and
// monitors answer at once, so that only core's own work is measured.
#include <cstdlib>
#include <deque>
#include <map>

#include "bench/figure.h"
#include "core/database/schema.h"
#include "core/node.h"

namespace {

using namespace holdfast;
namespace schema = database::schema;

class World {
 public:
  explicit World(unsigned resources) : node_({1, "node1", 1, {}}) {
    gum::StoredState stored;
    stored.empty = true;
    give(core::Started{stored, "c0ffee00-0000-0000-0000-000000000000", "bench", 7});
    give(core::ViewChanged{{1, {{1, 7, 1}}}});
    give(core::AdoptionOver{});
    request(CreateResourceType{"Nothing", "Nothing", "nothing.so", 5000, 60000});
    const unsigned groups = std::max(1u, resources / 10);
    for (unsigned g = 0; g < groups; ++g) request(CreateGroup{"group" + std::to_string(g), id('a', g)});
    for (unsigned r = 0; r < resources; ++r)
      request(CreateResource{id('a', r % groups), "resource" + std::to_string(r), "Nothing", false, id('b', r)});
    for (unsigned g = 0; g < groups; ++g) request(OnlineGroup{id('a', g)});
    for (unsigned r = 0; r < resources; ++r) {
      if (node_.view().resource(id('b', r))->state != ResourceState::Online) {
        std::fprintf(stderr, "core_events: resource %u is not online\n", r);
        std::exit(1);
      }
    }
  }

  static std::string id(char kind, unsigned n) {
    char text[40];
    std::snprintf(text, sizeof text, "%c0000000-0000-0000-0000-%012u", kind, n);
    return text;
  }

  void request(Operation operation) { give(core::Request{{9, ++requests_}, std::move(operation), {}}); }

  /// A failure noticed by the monitor, terminated, restarted after its delay, online again: events of one resource.
  void failAndRestart(unsigned resource) {
    const auto instance = instances_.at(id('b', resource));
    const auto report = [&](bool terminated) {
      give(core::MonitorReported{
          monitor_, monitor::StateChanged{instance, 0, ResourceState::Failed, monitor::Reason::IsAlive, terminated, 0,
                                          0, false, false}});
    };
    report(false);
    report(true);
    now_ += std::chrono::hours(1);  // beyond every delay and window
    give(core::Tick{});
  }

  std::uint64_t events() const { return events_; }

 private:
  void give(core::Event event) {
    queue_.push_back(std::move(event));
    while (!queue_.empty()) {
      const core::Event next = std::move(queue_.front());
      queue_.pop_front();
      effects_.clear();
      node_.step(next, now_, effects_);
      ++events_;
      for (const auto& persist : effects_.persist) queue_.push_back(core::StoreDone{persist.number});
      for (auto& message : effects_.send) queue_.push_back(core::MessageReceived{std::move(message)});
      for (auto& wanted : effects_.monitors) std::visit([&](auto& one) { on(one); }, wanted);
    }
  }

  void on(const core::StartMonitor& start) {
    monitor_ = start.monitor;
    queue_.push_back(core::MonitorConnected{start.monitor, {77, {}}});
  }
  void on(const core::KillMonitor&) {}
  void on(const core::MonitorCommand& command) {
    const auto answer = [&](monitor::Report report) {
      queue_.push_back(core::MonitorReported{command.monitor, std::move(report)});
    };
    const auto changed = [&](monitor::InstanceId instance, monitor::OperationId operation, ResourceState state) {
      answer(monitor::StateChanged{instance, operation, state, monitor::Reason::Requested, true, 0, 0, false, false});
    };
    std::visit(
        [&](const auto& one) {
          using Command = std::decay_t<decltype(one)>;
          if constexpr (std::is_same_v<Command, monitor::Open>) {
            instances_[one.resource] = one.instance;
            answer(monitor::Opened{one.instance, 0, false});
          } else if constexpr (std::is_same_v<Command, monitor::Online>) {
            changed(one.instance, one.operation, ResourceState::Online);
          } else if constexpr (std::is_same_v<Command, monitor::Offline>) {
            changed(one.instance, one.operation, ResourceState::Offline);
          } else if constexpr (std::is_same_v<Command, monitor::ResourceControl> ||
                               std::is_same_v<Command, monitor::ResourceTypeControl>) {
            answer(monitor::ControlDone{one.operation, 1, {}, 0});
          }
        },
        command.command);
  }

  core::Node node_;
  core::Effects effects_;
  std::deque<core::Event> queue_;
  std::map<std::string, monitor::InstanceId> instances_;
  monitor::MonitorId monitor_ = 0;
  std::uint64_t requests_ = 0, events_ = 0;
  Time now_{std::chrono::hours(1)};
};

double microsecondsPerEvent(unsigned resources) {
  World world(resources);
  std::vector<double> runs;
  for (int run = 0; run < 5; ++run) {
    const std::uint64_t before = world.events();
    const double start = bench::cpuSeconds();
    for (unsigned i = 0; i < 200; ++i) world.failAndRestart((i * 37u) % resources);
    runs.push_back((bench::cpuSeconds() - start) * 1e6 / static_cast<double>(world.events() - before));
  }
  return bench::median(runs);
}

double microsecondsPerUpdate(unsigned resources) {
  World world(resources);
  std::vector<double> runs;
  for (int run = 0; run < 5; ++run) {
    const double start = bench::cpuSeconds();
    for (unsigned i = 0; i < 1000; ++i) {
      database::Batch batch;
      batch.set("", "Value", database::Value::dword(i));
      world.request(WriteDatabase{schema::parametersKey(World::id('b', i % resources)), batch});
    }
    runs.push_back((bench::cpuSeconds() - start) * 1e6 / 1000);
  }
  return bench::median(runs);
}

}  // namespace

int main() {
  const double small = microsecondsPerEvent(100);
  holdfast::bench::figure("core_event_cpu_at_1000_resources", microsecondsPerEvent(1000), "us", "at_100_resources",
                          small);
  holdfast::bench::figure("core_event_cpu_at_10000_resources", microsecondsPerEvent(10'000), "us", "at_100_resources",
                          small);
  const double update = microsecondsPerUpdate(100);
  holdfast::bench::figure("core_update_cpu_at_10000_resources", microsecondsPerUpdate(10'000), "us", "at_100_resources",
                          update);
  return 0;
}
