// Memory of clussvc and of its monitor with 1,000 and 10,000 resources that do nothing, online; per resource: what each
// adds to the processes as they are with one.
#include "bench/figure.h"
#include "bench/service.h"

namespace {

using namespace holdfast::bench;

constexpr unsigned kResourcesOfGroup = 500;
constexpr DWORD kIsAlive_ms = 60'000;
constexpr double kMiB_bytes = 1 << 20, kKiB_bytes = 1 << 10;

struct Memory {
  double service_bytes, monitor_bytes;
};

Memory memoryOf(const Service& service) { return {pssBytesOf(service.pid()), pssBytesOf(service.monitor())}; }

void bringOnline(const Service& service, const std::wstring& name, unsigned resources) {
  const HGROUP group = service.createGroup(name, resources);
  service.online(group);
  CloseClusterGroup(group);
}

void print(const char* process, unsigned resources, double bytes, double withOne_bytes) {
  const std::string at = "_at_" + std::to_string(resources);
  figure(std::string(process) + "_memory" + at, bytes / kMiB_bytes, "MiB", "with_one_resource",
         withOne_bytes / kMiB_bytes);
}

void run() {
  const Service service(kIsAlive_ms);
  bringOnline(service, L"first", 1);
  const Memory one = memoryOf(service);
  Memory perResource{};
  unsigned made = 1;
  for (const unsigned resources : {1000u, 10'000u}) {
    while (made < resources) {
      const unsigned more = std::min(resources - made, kResourcesOfGroup);
      bringOnline(service, L"g" + std::to_wstring(made), more);
      made += more;
    }
    const Memory now = memoryOf(service);
    print("clussvc", resources, now.service_bytes, one.service_bytes);
    print("rhs", resources, now.monitor_bytes, one.monitor_bytes);
    const Memory each{(now.service_bytes - one.service_bytes) / (resources - 1),
                      (now.monitor_bytes - one.monitor_bytes) / (resources - 1)};
    if (resources == 1000) perResource = each;
    if (resources == 1000) continue;
    figure("clussvc_memory_per_resource_at_10000", each.service_bytes / kKiB_bytes, "KiB", "at_1000",
           perResource.service_bytes / kKiB_bytes);
    figure("rhs_memory_per_resource_at_10000", each.monitor_bytes / kKiB_bytes, "KiB", "at_1000",
           perResource.monitor_bytes / kKiB_bytes);
  }
}

}  // namespace

int main() { return guarded("memory", run); }
