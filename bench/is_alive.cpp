// CPU of the monitor per IsAlive of a type that does nothing, with 1, 1,000 and 10,000 instances, against what a
// monitor of scripts pays (fork and exec), and against the least that two processes pay to ask and answer.
#include <unistd.h>

#include "bench/figure.h"
#include "bench/nothing.h"
#include "bench/peers.h"
#include "bench/service.h"

namespace {

using namespace holdfast::bench;

constexpr int kWindows = 3;
constexpr useconds_t kWindow_us = 2'000'000;

double cpuPerIsAlive_us(unsigned instances, DWORD interval_ms) {
  const Service service(interval_ms);
  service.bringOnline(0, instances);
  const HRESOURCE one = service.resource(L"g0", 0);
  const pid_t monitor = service.monitor();
  ::usleep(kWindow_us);  // the first polls lie where coming online has put them
  std::vector<double> windows;
  for (int window = 0; window < kWindows; ++window) {
    const ULONGLONG calls = askNothing(one, kCountIsAlive);
    const double cpu = cpuSecondsOf(monitor);
    ::usleep(kWindow_us);
    const double used = cpuSecondsOf(monitor) - cpu;
    windows.push_back(used * 1e6 / static_cast<double>(askNothing(one, kCountIsAlive) - calls));
  }
  CloseClusterResource(one);
  return median(windows);
}

void run() {
  const Cost script = forkAndExec(), roundTrip = socketpairRoundTrip();
  const struct {
    unsigned instances;
    DWORD interval_ms;
  } sizes[] = {{1, 10}, {1000, 1000}, {10'000, 1000}};
  for (const auto& size : sizes) {
    const double cpu_us = cpuPerIsAlive_us(size.instances, size.interval_ms);
    const std::string name = "is_alive_cpu_at_" + std::to_string(size.instances);
    figure(name, cpu_us, "us", "fork_exec_true", script.cpu_us);
    figure(name, cpu_us, "us", "socketpair_round_trip", roundTrip.cpu_us);
  }
}

}  // namespace

int main() { return guarded("is_alive", run); }
