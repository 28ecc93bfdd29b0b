#include "clussvc/shell.h"

#include "clussvc/error_codes.h"
#include "clussvc/testing/empty_view.h"

namespace holdfast::clussvc {
namespace {

using namespace std::chrono_literals;

Answer answerTo(const RequestId& id, std::uint64_t tag = 0) {
  Answer answer;
  answer.request = id;
  answer.tag = tag;
  return answer;
}

gum::Persist persistNumber(std::uint64_t number) {
  gum::Persist persist;
  persist.number = number;
  return persist;
}

/// Stands for core::Node and everything around it, and writes down what happens in which order.
class ShellTest : public ::testing::Test,
                  public Core,
                  public store::Persister,
                  public engine::Engine,
                  public MonitorHost {
 protected:
  ShellTest() { shell_.attach({this, this, this, this}); }

  // Core: what the next step shall do.
  void step(const core::Event& event, Time, core::Effects& effects) override {
    trace_.push_back("step " + std::to_string(event.index()));
    if (onStep_) onStep_(event, effects);
  }
  Time nextDeadline() const override { return deadline_; }
  const core::ClusterView& view() const override { return view_; }

  void submit(gum::Persist persist) override { trace_.push_back("persist " + std::to_string(persist.number)); }
  void start(const gum::MemberId&, Events) override {}
  void send(gum::Message) override { trace_.push_back("send"); }
  void stop() override {}
  void start(const core::StartMonitor& start) override { trace_.push_back("start " + start.name); }
  void kill(const core::KillMonitor& kill) override { trace_.push_back("kill " + kill.why); }
  void command(const core::MonitorCommand&) override { trace_.push_back("command"); }
  void setLease(bool held) override { trace_.push_back(held ? "lease" : "no lease"); }

  boost::asio::io_context loop_;
  log::ClusterLog log_{{}};
  Shell shell_{loop_, {1, "node1", 3}, log_};
  testing::EmptyView view_;
  Time deadline_ = kNever;
  std::function<void(const core::Event&, core::Effects&)> onStep_;
  std::vector<std::string> trace_;
};

TEST_F(ShellTest, effectsAreObeyedInTheirFixedOrder) {
  auto events = shell_.onEvent([this](const ClusterEvent&) { trace_.push_back("event"); });
  auto notifications = shell_.onNotification([this](const Notification&) { trace_.push_back("notification"); });
  onStep_ = [](const core::Event& event, core::Effects& effects) {
    effects.notifications.emplace_back();
    effects.events.emplace_back();
    effects.answers.push_back(answerTo(std::get<core::Request>(event).id));
    effects.leaseHeld = true;
    effects.monitors = {core::StartMonitor{1, "m"}, core::MonitorCommand{1, {}}, core::KillMonitor{1, "k"}};
    effects.send.emplace_back();
    effects.persist = {persistNumber(1), persistNumber(2)};
  };
  shell_.submit(OnlineGroup{"g"}, {}, [this](const Answer&) { trace_.push_back("answer"); });
  EXPECT_EQ(trace_, (std::vector<std::string>{"step 5", "persist 1", "persist 2", "send", "lease", "start m", "command",
                                              "kill k", "answer", "event", "notification"}));
}

TEST_F(ShellTest, whatAListenerAsksWaitsUntilTheStepIsObeyedWhole) {
  auto token = shell_.onEvent([this](const ClusterEvent&) {
    trace_.push_back("event");
    if (trace_.size() < 5) shell_.submit(OnlineGroup{"g"}, {}, [](const Answer&) {});
  });
  onStep_ = [](const core::Event&, core::Effects& effects) {
    effects.events.emplace_back();
    effects.notifications.emplace_back();
  };
  auto notifications = shell_.onNotification([this](const Notification&) { trace_.push_back("notification"); });
  shell_.give(core::Tick{});
  EXPECT_EQ(trace_, (std::vector<std::string>{"step 10", "event", "notification", "step 5", "event", "notification"}));
}

TEST_F(ShellTest, anAnswerComesOnceAndAnUnknownOneIsNobodys) {
  RequestId id;
  int answers = 0;
  onStep_ = [&](const core::Event& event, core::Effects& effects) {
    if (const auto* request = std::get_if<core::Request>(&event)) id = request->id;
    if (std::holds_alternative<core::Tick>(event)) effects.answers = {answerTo(id, 7), answerTo(id), answerTo({1, 1})};
  };
  shell_.submit(OnlineGroup{"g"}, {}, [&](const Answer& answer) {
    ++answers;
    EXPECT_EQ(answer.tag, 7u);
  });
  EXPECT_EQ(answers, 0);
  shell_.give(core::Tick{});
  EXPECT_EQ(answers, 1);
}

TEST_F(ShellTest, requestIdsDiffer) {
  std::set<RequestId> ids;
  onStep_ = [&](const core::Event& event, core::Effects&) { ids.insert(std::get<core::Request>(event).id); };
  for (int i = 0; i < 10; ++i) shell_.submit(OnlineGroup{"g"}, {}, [](const Answer&) {});
  EXPECT_EQ(ids.size(), 10u);
}

TEST_F(ShellTest, readersOfATagWaitUntilItIsApplied) {
  std::vector<int> run;
  shell_.whenApplied(0, [&] { run.push_back(0); });
  shell_.whenApplied(2, [&] { run.push_back(2); });
  shell_.whenApplied(1, [&] { run.push_back(1); });
  EXPECT_EQ(run, std::vector<int>{0});
  onStep_ = [&](const core::Event&, core::Effects&) { ++view_.info_.tag; };
  shell_.give(core::Tick{});
  EXPECT_EQ(run, (std::vector<int>{0, 1}));
  shell_.give(core::Tick{});
  EXPECT_EQ(run, (std::vector<int>{0, 1, 2}));
}

TEST_F(ShellTest, aTickComesWhenTheDeadlineIsReached) {
  deadline_ = shell_.now() + 20ms;
  shell_.give(core::Tick{});
  onStep_ = [this](const core::Event&, core::Effects&) { deadline_ = kNever; };
  const Time start = shell_.now();
  while (trace_.size() < 2 && shell_.now() < start + 5s) loop_.run_one_for(1s);
  ASSERT_EQ(trace_.size(), 2u);
  EXPECT_EQ(trace_[1], "step 10");
}

TEST_F(ShellTest, aListenerIsCalledForAsLongAsItsTokenLives) {
  int calls = 0;
  auto token = shell_.onEvent([&](const ClusterEvent&) { ++calls; });
  onStep_ = [](const core::Event&, core::Effects& effects) { effects.events.emplace_back(); };
  shell_.give(core::Tick{});
  token.reset();
  shell_.give(core::Tick{});
  EXPECT_EQ(calls, 1);
}

TEST_F(ShellTest, theLeaseIsToldWhenItChanges) {
  bool held = true;
  onStep_ = [&](const core::Event&, core::Effects& effects) { effects.leaseHeld = held; };
  shell_.give(core::Tick{});
  shell_.give(core::Tick{});
  held = false;
  shell_.give(core::Tick{});
  std::erase_if(trace_, [](const std::string& line) { return line.starts_with("step"); });
  EXPECT_EQ(trace_, (std::vector<std::string>{"lease", "no lease"}));
}

TEST_F(ShellTest, afterACleanStopEverybodyIsAnsweredAndNothingIsStepped) {
  std::vector<std::uint32_t> codes;
  bool stopped = false;
  shell_.onStopped([&] { stopped = true; });
  const auto note = [&](const Answer& answer) { codes.push_back(answer.status.code); };
  shell_.submit(OnlineGroup{"g"}, {}, note);
  onStep_ = [](const core::Event&, core::Effects& effects) { effects.stopped = true; };
  shell_.give(core::StopRequested{});
  EXPECT_TRUE(stopped);
  shell_.submit(OnlineGroup{"g"}, {}, note);
  shell_.give(core::Tick{});
  EXPECT_EQ(codes, (std::vector<std::uint32_t>{code::kNodeShuttingDown, code::kNodeShuttingDown}));
  EXPECT_EQ(trace_.size(), 2u);
}

TEST_F(ShellTest, eventsAreLinesOfTheClusterLog) {
  onStep_ = [](const core::Event&, core::Effects& effects) {
    ClusterEvent event;
    event.number = 5;
    event.object = {ObjectKind::Group, "g1"};
    event.step = "online";
    effects.events.push_back(event);
  };
  shell_.give(core::Tick{});
  ASSERT_EQ(shell_.logTail(9).size(), 1u);
  EXPECT_NE(shell_.logTail(9)[0].find("group \"g1\": online"), std::string::npos);
}

}  // namespace
}  // namespace holdfast::clussvc
