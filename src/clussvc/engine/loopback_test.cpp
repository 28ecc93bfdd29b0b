#include "clussvc/engine/loopback.h"

#include <memory>
#include <optional>

namespace holdfast::clussvc::engine {
namespace {

/// The contract of Engine, for every engine that one node can run alone.
class EngineContract : public ::testing::Test {
 protected:
  void start() {
    engine_->start({1, 4711, 3}, {[this](const gum::View& view) { views_.push_back(view); },
                                  [this](const gum::Message& message) {
                                    seen_.push_back(std::get<gum::Commit>(message.body).seq);
                                    if (onMessage_) onMessage_();
                                  }});
  }
  void send(std::uint64_t number) { engine_->send({{1, 4711, 3}, 3, 0, gum::Commit{{}, number}}); }
  void runLoop() {
    while (!posted_.empty()) {
      const auto next = std::move(posted_.front());
      posted_.pop_front();
      next();
    }
  }

  std::deque<std::function<void()>> posted_;
  std::vector<gum::View> views_;
  std::vector<std::uint64_t> seen_;
  std::function<void()> onMessage_;
  std::unique_ptr<Engine> engine_ =
      std::make_unique<Loopback>([this](std::function<void()> function) { posted_.push_back(std::move(function)); });
};

TEST_F(EngineContract, theFirstThingIsAViewWithThisMember) {
  start();
  send(1);
  EXPECT_TRUE(views_.empty());
  onMessage_ = [this] { EXPECT_EQ(views_.size(), 1u); };
  runLoop();
  ASSERT_EQ(views_.size(), 1u);
  EXPECT_EQ(views_[0].members, (std::vector<gum::MemberId>{{1, 4711, 3}}));
  EXPECT_NE(views_[0].id, 0u);
}

TEST_F(EngineContract, messagesComeBackInOrderAndNeverInsideSend) {
  start();
  for (std::uint64_t i = 1; i <= 100; ++i) send(i);
  EXPECT_TRUE(seen_.empty());
  runLoop();
  ASSERT_EQ(seen_.size(), 100u);
  EXPECT_TRUE(std::ranges::is_sorted(seen_));
}

TEST_F(EngineContract, aMessageSentFromAMessageComesInATurnOfItsOwn) {
  start();
  bool inside = false;
  onMessage_ = [&] {
    EXPECT_FALSE(inside);
    inside = true;
    if (seen_.size() < 5) send(seen_.size() + 1);
    inside = false;
  };
  send(1);
  runLoop();
  EXPECT_EQ(seen_, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

TEST_F(EngineContract, nothingComesAfterStopOrAfterTheEngineIsGone) {
  start();
  send(1);
  engine_->stop();
  send(2);
  runLoop();
  EXPECT_TRUE(seen_.empty());
  EXPECT_TRUE(views_.empty());
  start();
  send(3);
  engine_.reset();
  runLoop();
  EXPECT_TRUE(seen_.empty());
}

TEST_F(EngineContract, aRestartedProcessHasAnotherView) {
  start();
  runLoop();
  engine_->start({1, 4711, 4}, {[this](const gum::View& view) { views_.push_back(view); }, {}});
  runLoop();
  ASSERT_EQ(views_.size(), 2u);
  EXPECT_NE(views_[0].id, views_[1].id);
}

}  // namespace
}  // namespace holdfast::clussvc::engine
