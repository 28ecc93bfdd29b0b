#include "rhs/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

namespace holdfast::rhs {
namespace {

using namespace std::chrono_literals;
constexpr auto kDeadline = 10s;

CallPtr call(std::function<void()> work, bool exclusive = false) {
  return std::make_shared<QueuedCall>(std::move(work), exclusive);
}

bool until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + kDeadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

// A call that has begun and returns when it is let go.
/// The call keeps what it uses: it may still be on its way out when the test has let it go and ended.
struct Held {
  struct State {
    std::promise<void> begun, go;
  };
  std::shared_ptr<State> state = std::make_shared<State>();
  std::promise<void>& go = state->go;
  CallPtr make(bool exclusive = false) {
    return call(
        [kept = state] {
          kept->begun.set_value();
          kept->go.get_future().wait();
        },
        exclusive);
  }
  bool hasBegun() { return state->begun.get_future().wait_for(kDeadline) == std::future_status::ready; }
};

struct PoolTest : testing::Test {
  Pool pool{[](std::uint32_t) {}};
  std::shared_ptr<LockGroup> group = pool.makeLockGroup();
  std::shared_ptr<Lane> lane = pool.makeLane(group, "lane");
};

using RA_85 = PoolTest;
TEST_F(RA_85, TheCallsOfALaneRunOneByOneInOrder) {
  std::vector<int> order;
  std::atomic<int> inside{0}, done{0};
  for (int i = 0; i < 200; ++i) {
    pool.submit(lane, call([&, i] {
                  EXPECT_EQ(++inside, 1);
                  order.push_back(i);
                  --inside;
                  ++done;
                }));
  }
  ASSERT_TRUE(until([&] { return done == 200; }));
  for (int i = 0; i < 200; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

using RA_86 = PoolTest;
TEST_F(RA_86, DifferentLanesRunInParallelHoweverManyBlock) {
  std::vector<std::unique_ptr<Held>> held;
  for (int i = 0; i < 20; ++i) {
    held.push_back(std::make_unique<Held>());
    pool.submit(pool.makeLane(pool.makeLockGroup(), "own"), held.back()->make());
  }
  for (auto& one : held) EXPECT_TRUE(one->hasBegun());
  for (auto& one : held) one->go.set_value();
}

using RA_82 = PoolTest;
TEST_F(RA_82, TerminateOverlapsACallOfItsLane) {
  Held blocked, terminate;
  pool.submit(lane, blocked.make());
  ASSERT_TRUE(blocked.hasBegun());
  pool.submitTerminate(group, terminate.make());
  EXPECT_TRUE(terminate.hasBegun());
  terminate.go.set_value();
  blocked.go.set_value();
}

using RA_83 = PoolTest;
TEST_F(RA_83, TerminateAndExclusiveCallsWaitForEachOther) {
  Held open;
  std::atomic<bool> terminated{false}, closed{false};
  pool.submit(lane, open.make(true));
  ASSERT_TRUE(open.hasBegun());
  pool.submitTerminate(group, call([&] {
                         EXPECT_FALSE(closed);
                         terminated = true;
                       }));
  pool.submit(lane, call([&] { closed = true; }, true));
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(terminated);
  open.go.set_value();
  EXPECT_TRUE(until([&] { return terminated && closed; }));
}

TEST_F(RA_83, AnExclusiveCallWaitsForARunningTerminate) {
  Held terminate;
  std::atomic<bool> closed{false};
  pool.submitTerminate(group, terminate.make());
  ASSERT_TRUE(terminate.hasBegun());
  pool.submit(lane, call([&] { closed = true; }, true));
  std::this_thread::sleep_for(20ms);
  EXPECT_FALSE(closed);
  terminate.go.set_value();
  EXPECT_TRUE(until([&] { return closed.load(); }));
}

TEST_F(PoolTest, aQueuedCallCanBeTakenBackAndABegunOneCannot) {
  Held blocked;
  std::atomic<int> ran{0};
  const auto first = blocked.make();
  const auto second = call([&] { ++ran; });
  pool.submit(lane, first);
  ASSERT_TRUE(blocked.hasBegun());
  pool.submit(lane, second);
  pool.submit(lane, call([&] { ran += 10; }));
  EXPECT_FALSE(pool.withdraw(first));
  EXPECT_TRUE(pool.withdraw(second));
  blocked.go.set_value();
  EXPECT_TRUE(until([&] { return ran == 10; }));
}

TEST_F(PoolTest, aFirstCallGoesBeforeWhatWaits) {
  Held blocked;
  std::vector<int> order;
  std::atomic<int> done{0};
  pool.submit(lane, blocked.make());
  ASSERT_TRUE(blocked.hasBegun());
  pool.submit(lane, call([&] { order.push_back(1), ++done; }));
  pool.submit(lane, call([&] { order.push_back(0), ++done; }), true);
  blocked.go.set_value();
  ASSERT_TRUE(until([&] { return done == 2; }));
  EXPECT_EQ(order, (std::vector<int>{0, 1}));
}

}  // namespace
}  // namespace holdfast::rhs
