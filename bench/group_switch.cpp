// A group of 1,000 resources that do nothing, online and offline through the Cluster API and the real daemon: how long,
// and CPU of clussvc and monitor per resource, against one fork and exec per resource, which is what a cluster of
// scripts pays before a script has done anything.
#include "bench/figure.h"
#include "bench/peers.h"
#include "bench/service.h"

namespace {

using namespace holdfast::bench;

constexpr unsigned kResources = 1000;
constexpr int kRuns = 5;
constexpr DWORD kIsAlive_ms = 60'000;

struct Switch {
  std::vector<double> wall_s, cpu_us;

  void add(const Service& service, double (Service::*change)(HGROUP) const, HGROUP group) {
    const double before = service.cpuSeconds();
    wall_s.push_back((service.*change)(group));
    cpu_us.push_back((service.cpuSeconds() - before) * 1e6 / kResources);
  }
  void print(const std::string& name, const Cost& script) const {
    figure(name + "_1000_resources", median(wall_s), "s", "1000_fork_exec_true", script.wall_us * kResources / 1e6);
    figure(name + "_cpu_per_resource", median(cpu_us), "us", "fork_exec_true", script.cpu_us);
  }
};

void run() {
  const Cost script = forkAndExec();
  const Service service(kIsAlive_ms);
  const HGROUP group = service.createGroup(L"g", kResources);
  service.online(group);  // starts the monitor and opens the resources: once in their life, not at each switch
  service.offline(group);
  Switch online, offline;
  for (int i = 0; i < kRuns; ++i) {
    online.add(service, &Service::online, group);
    offline.add(service, &Service::offline, group);
  }
  CloseClusterGroup(group);
  online.print("group_online", script);
  offline.print("group_offline", script);
}

}  // namespace

int main() { return guarded("group_switch", run); }
