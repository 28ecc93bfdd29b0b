// Memory of clussvc and of its monitor with 1,000 and 10,000 resources that do nothing, online; per resource: what each
// adds to the processes as they are with one.
#include "bench/figure.h"
#include "bench/service.h"

namespace {

using namespace holdfast::bench;

constexpr DWORD kIsAlive_ms = 60'000;
constexpr double kMiB_bytes = 1 << 20, kKiB_bytes = 1 << 10;

struct Memory {
  double service_bytes, monitor_bytes;
};

Memory memoryOf(const Service& service) { return {pssBytesOf(service.pid()), pssBytesOf(service.monitor())}; }

/// With so many resources online; returns what each adds to the processes as they are with one.
Memory printAt(unsigned resources, const Memory& now, const Memory& one) {
  const std::string at = "_memory_at_" + std::to_string(resources);
  figure("clussvc" + at, now.service_bytes / kMiB_bytes, "MiB", "with_one_resource", one.service_bytes / kMiB_bytes);
  figure("rhs" + at, now.monitor_bytes / kMiB_bytes, "MiB", "with_one_resource", one.monitor_bytes / kMiB_bytes);
  return {(now.service_bytes - one.service_bytes) / (resources - 1),
          (now.monitor_bytes - one.monitor_bytes) / (resources - 1)};
}

void run() {
  const Service service(kIsAlive_ms);
  service.bringOnline(0, 1);
  const Memory one = memoryOf(service);
  service.bringOnline(1, 1000);
  const Memory few = printAt(1000, memoryOf(service), one);
  service.bringOnline(1000, 10'000);
  const Memory many = printAt(10'000, memoryOf(service), one);
  figure("clussvc_memory_per_resource_at_10000", many.service_bytes / kKiB_bytes, "KiB", "at_1000",
         few.service_bytes / kKiB_bytes);
  figure("rhs_memory_per_resource_at_10000", many.monitor_bytes / kKiB_bytes, "KiB", "at_1000",
         few.monitor_bytes / kKiB_bytes);
}

}  // namespace

int main() { return guarded("memory", run); }
