#include "rhs/callback_side.h"

#include <gtest/gtest.h>

namespace holdfast::rhs {
namespace {

CallbackSide::Report of(int state, std::uint32_t checkPoint = 0, HANDLE handle = nullptr) {
  CallbackSide::Report report;
  report.status.state = state;
  report.status.checkPoint = checkPoint;
  report.eventHandle = handle;
  return report;
}

struct Side : testing::Test {
  CallbackSide side{1, "Type", "Name"};
  bool queued = false;
};

using RA_68 = Side;
TEST_F(RA_68, InAnOperationReportsGoOn) {
  side.openGate(1);
  EXPECT_EQ(side.report(of(129), queued), 0u);
  EXPECT_TRUE(queued);
}

using RA_69 = Side;
TEST_F(RA_69, AfterTheGateIsClosedAReportIsToldToEnd) {
  side.openGate(1);
  side.closeGate(1);
  EXPECT_EQ(side.report(of(129), queued), 1u);
  EXPECT_FALSE(queued);
  side.openGate(1);  // the entry that comes a moment after its Terminate
  EXPECT_EQ(side.report(of(129), queued), 1u);
  side.openGate(2);
  EXPECT_EQ(side.report(of(129), queued), 0u);
}

using RA_72 = Side;
TEST_F(RA_72, OutsideAnOperationNothingIsTaken) {
  EXPECT_EQ(side.report(of(2), queued), 1u);
  side.openGate(1);
  EXPECT_EQ(side.report(of(2), queued), 0u);
  EXPECT_EQ(side.report(of(2), queued), 1u);  // after the end
}

TEST_F(Side, progressIsFetchedOnceTheNewestWithTheHandleOfAnEarlierOne) {
  side.openGate(3);
  side.report(of(129, 1, this), queued);
  EXPECT_TRUE(queued);
  side.report(of(129, 2), queued);
  EXPECT_FALSE(queued);
  side.report(of(2, 2), queued);
  EXPECT_TRUE(queued);
  const auto progress = side.takeReport();
  EXPECT_EQ(progress.status.checkPoint, 2u);
  EXPECT_EQ(progress.eventHandle, this);
  EXPECT_EQ(progress.status.serial, 3u);
  EXPECT_EQ(side.takeReport().status.state, 2);
}

TEST(RA_38, AHandleIsFoundFromOpenToClose) {
  const auto side = std::make_shared<CallbackSide>(1, "Type", "Name");
  EXPECT_EQ(CallbackSide::find(side->handle()), nullptr);
  CallbackSide::enlist(side);
  EXPECT_EQ(CallbackSide::find(side->handle()), side);
  CallbackSide::strike(side->handle());
  EXPECT_EQ(CallbackSide::find(side->handle()), nullptr);
  const CallbackSide other(2, "Type", "Name");
  EXPECT_NE(other.handle(), side->handle());  // RA-32
}

}  // namespace
}  // namespace holdfast::rhs
