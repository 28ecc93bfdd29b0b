#include "core/monitor/run_lease.h"

#include <gtest/gtest.h>

namespace holdfast::monitor {
namespace {

using namespace std::chrono_literals;
using Verdict = RunLease::Verdict;
constexpr Time at(Duration since) { return Time(since); }

TEST(RA_142, ASilentServiceIsWaitedForUntilAThirdOfXAfterTheLapse) {
  RunLease lease(at(0s));
  ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(0s)));
  EXPECT_EQ(lease.next(), at(8s));
  EXPECT_EQ(lease.verdict(at(7999ms)), Verdict::Run);
  EXPECT_EQ(lease.verdict(at(8s)), Verdict::RunDown);
  EXPECT_EQ(lease.next(), at(15500ms));
}

TEST(RA_204, AServiceThatIsThereHasUntilHalfOfXAfterTheLapse) {
  RunLease lease(at(0s));
  for (auto now = 0s; now < 20s; now += 1s) ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(now)));
  EXPECT_EQ(lease.verdict(at(10499ms)), Verdict::Run);
  EXPECT_EQ(lease.verdict(at(10500ms)), Verdict::RunDown);
}

TEST(RA_205, FiveSixthsOfXAfterTheLapseItIsKilled) {
  RunLease lease(at(0s));
  ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(0s)));
  EXPECT_EQ(lease.verdict(at(15499ms)), Verdict::RunDown);
  EXPECT_EQ(lease.verdict(at(15500ms)), Verdict::Kill);
}

TEST(RA_216, AnOrderToRunDownIsObeyedBeforeTheLapse) {
  RunLease lease(at(0s));
  ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(0s)));
  ASSERT_TRUE(lease.runDown(5, at(1s)));
  EXPECT_EQ(lease.verdict(at(1s)), Verdict::RunDown);
}

TEST(RunLease, aRundownIsCarriedThroughAlsoWhereTheLeaseIsRenewed) {
  RunLease lease(at(0s));
  ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(0s)));
  ASSERT_EQ(lease.verdict(at(9s)), Verdict::RunDown);
  ASSERT_TRUE(lease.renew(5, at(100s), 15s, at(9s)));
  EXPECT_EQ(lease.verdict(at(9s)), Verdict::RunDown);
  EXPECT_EQ(lease.verdict(at(15500ms)), Verdict::Kill);
}

TEST(RunLease, onlyTheHighestIncarnationIsObeyed) {
  RunLease lease(at(0s));
  ASSERT_TRUE(lease.renew(5, at(3s), 15s, at(0s)));
  EXPECT_FALSE(lease.renew(4, at(50s), 15s, at(1s)));
  EXPECT_FALSE(lease.runDown(4, at(1s)));
  EXPECT_EQ(lease.end(), at(3s));
  EXPECT_TRUE(lease.renew(6, at(5s), 15s, at(1s)));
  EXPECT_EQ(lease.incarnation(), 6u);
}

TEST(RunLease, aMonitorThatNobodyRenewsRunsForTheDefaultLease) {
  RunLease lease(at(0s));
  EXPECT_EQ(lease.verdict(at(7999ms)), Verdict::Run);
  EXPECT_EQ(lease.verdict(at(8s)), Verdict::RunDown);
}

TEST(RunLease, whoSleptOverTheEndKillsAtOnce) {
  RunLease lease(at(0s));
  EXPECT_EQ(lease.verdict(at(1000s)), Verdict::Kill);
}

}  // namespace
}  // namespace holdfast::monitor
