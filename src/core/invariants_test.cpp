#include "core/invariants.h"

#include <gtest/gtest.h>

#include "simulated/node_under_test.h"

namespace holdfast::core {
namespace {

/// A joined node, and invariants that see made-up steps.
struct Watched : NodeUnderTest {
  Watched() { join(); }
  std::vector<std::string> after(const Event& event, const Effects& claimed) {
    invariants->afterStep(event, claimed);
    return invariants->broken();
  }
  Effects honest() const {
    Effects claimed;
    claimed.leaseHeld = true;
    return claimed;
  }
};

TEST(Invariants, noticeAnAckForWhatIsNotOnDisk) {
  Watched node;
  Effects claimed = node.honest();
  gum::Message message;
  message.body = gum::Ack{{1, 2, 1}, 99, 0, 0};
  claimed.send.push_back(message);
  EXPECT_EQ(node.after(Tick{}, claimed), std::vector<std::string>{"GUM-3: an Ack is sent for what is not on disk"});
}

TEST(Invariants, noticeAPromiseThatIsNotOnDisk) {
  Watched node;
  Effects claimed = node.honest();
  gum::Message message;
  message.body = gum::Promise{{1, 70, 1}, {}, 0};
  claimed.send.push_back(message);
  EXPECT_EQ(node.after(Tick{}, claimed), std::vector<std::string>{"GUM-3: a Promise is sent that is not on disk"});
}

TEST(Invariants, noticeASecondAnswerAndOneThatIsAheadOfTheDatabase) {
  Watched node;
  Effects claimed = node.honest();
  Answer answer;
  answer.request = {1, 1};
  claimed.answers = {answer, answer};
  EXPECT_EQ(node.after(Request{{1, 1}, CreateGroup{}, {}}, claimed).size(), 1u);
  answer.request = {1, 2};
  answer.tag = 1'000'000;
  claimed.answers = {answer};
  EXPECT_EQ(node.after(Request{{1, 2}, CreateGroup{}, {}}, claimed).size(), 2u);
}

TEST(Invariants, noticeAnOnlineWithoutLeaseAndOfAnInstanceThatIsNotOpen) {
  Watched node;
  Effects claimed;
  claimed.monitors.emplace_back(MonitorCommand{1, monitor::Online{5, 6}});
  EXPECT_EQ(node.after(Tick{}, claimed).size(), 2u);
}

TEST(Invariants, noticeASecondLifeOfAResource) {
  Watched node;
  Effects claimed = node.honest();
  monitor::Open open;
  open.instance = 5;
  open.resource = "a";
  claimed.monitors.emplace_back(MonitorCommand{1, open});
  EXPECT_TRUE(node.after(Tick{}, claimed).empty());
  open.instance = 6;
  claimed.monitors.clear();
  claimed.monitors.emplace_back(MonitorCommand{2, open});
  EXPECT_EQ(node.after(Tick{}, claimed).size(), 1u);
}

TEST(Invariants, noticeEventsOutOfOrderAndAStopThatLeavesSomething) {
  Watched node;
  Effects claimed = node.honest();
  ClusterEvent event;
  event.number = 1'000'000;
  claimed.events.push_back(event);
  EXPECT_EQ(node.after(Tick{}, claimed).size(), 1u);
  Effects stopped = node.honest();
  stopped.stopped = true;
  node.after(MonitorConnected{1, {5, {{7, "a", ResourceState::Online, 0, 0, true}}}}, stopped);
  EXPECT_EQ(node.invariants->broken().size(), 2u);
}

}  // namespace
}  // namespace holdfast::core
