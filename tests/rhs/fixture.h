// What the process tests start with: a world, a service with incarnation 5, and a monitor that has said Hello.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <memory>

#include "rhs/driver.h"
#include "rhs/world.h"

namespace holdfast::rhs_test {

class RhsTest : public testing::Test {
 protected:
  void start(const std::vector<std::string>& more = {}, const std::vector<std::string>& environment = {}) {
    guard = world.startGuard(7, more, environment);
    ASSERT_TRUE(service->connected());
  }

  /// An instance of fixture_script that is Online.
  void bringOnline(std::uint64_t instance, const std::string& name,
                   const std::function<void(wire::Open&)>& change = {}) {
    ASSERT_EQ(service->opened(instance, name, "Test", change), 0u);
    service->online(instance, instance * 100);
    ASSERT_TRUE(service->waitState(instance, kOnline));
  }

  bool allGone() {
    return service->until([&] {
      while (::waitpid(-1, nullptr, WNOHANG) > 0) {
      }
      return world.processes().empty();
    });
  }

  bool untilCount(const std::string& line, std::size_t count) {
    return service->until([&] { return world.count(line) >= count; });
  }

  std::size_t statesOf(std::uint64_t instance, std::int32_t state, bool terminated) const {
    return static_cast<std::size_t>(std::count_if(service->states.begin(), service->states.end(), [&](const auto& one) {
      return one.instance() == instance && one.state() == state && one.terminated() == terminated;
    }));
  }

  World world;
  std::unique_ptr<Driver> service = std::make_unique<Driver>(world.runDir(), 5);
  pid_t guard = -1;
};

inline void fastPolls(wire::Open& open) {
  open.mutable_settings()->set_looks_alive_ms(20);
  open.mutable_settings()->set_is_alive_ms(40);
}

}  // namespace holdfast::rhs_test
