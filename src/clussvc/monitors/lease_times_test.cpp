#include "clussvc/monitors/lease_times.h"

#include "clussvc/testing/empty_view.h"

namespace holdfast::clussvc::monitors {
namespace {

using namespace std::chrono_literals;
using database::Value;

TEST(LeaseTimes, areTheDefaultsUnlessTheClusterSaysOtherwise) {
  testing::EmptyView view;
  EXPECT_EQ(leaseTimesOf(view).lease, 3s);
  EXPECT_EQ(leaseTimesOf(view).quorumLossStop, 15s);
  ASSERT_TRUE(view.tree_.apply(
      database::Batch().set("", "RunLeaseTime", Value::dword(500)).set("", "QuorumLossStopTimeout", Value::dword(600)),
      1));
  EXPECT_EQ(leaseTimesOf(view).lease, 500ms);
  EXPECT_EQ(leaseTimesOf(view).quorumLossStop, 600s);
}

TEST(LeaseTimes, valuesOutOfRangeAreNotObeyed) {
  testing::EmptyView view;
  ASSERT_TRUE(view.tree_.apply(
      database::Batch().set("", "RunLeaseTime", Value::dword(0)).set("", "QuorumLossStopTimeout", Value::sz("soon")),
      1));
  EXPECT_EQ(leaseTimesOf(view).lease, 3s);
  EXPECT_EQ(leaseTimesOf(view).quorumLossStop, 15s);
}

}  // namespace
}  // namespace holdfast::clussvc::monitors
