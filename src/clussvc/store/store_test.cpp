#include "clussvc/store/store.h"

#include <atomic>
#include <deque>

#include "clussvc/error_codes.h"
#include "clussvc/store/testing/fault_vfs.h"
#include "clussvc/store/testing/fixture.h"

namespace holdfast::clussvc::store {
namespace {

using testing::append;
using testing::apply;
using testing::FaultPlan;
using testing::firstPersist;
using testing::Folder;
using testing::update;

/// The loop, run by the test's own thread.
class Loop {
 public:
  Store::Post post() {
    return [this](std::function<void()> function) {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(function));
      wake_.notify_one();
    };
  }
  /// One turn: runs what is posted by now.
  void turn() {
    std::deque<std::function<void()>> now;
    {
      const std::lock_guard lock(mutex_);
      now.swap(posted_);
    }
    for (const auto& function : now) function();
  }
  /// Runs what is posted until `condition` holds; false after 10 s.
  bool runUntil(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      std::function<void()> next;
      {
        std::unique_lock lock(mutex_);
        if (!wake_.wait_until(lock, deadline, [this] { return !posted_.empty(); })) return false;
        next = std::move(posted_.front());
        posted_.pop_front();
      }
      next();
    }
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> posted_;
};

/// The contract of Persister, with real SQLite over a disk that can fail.
class StoreContract : public ::testing::Test {
 protected:
  void open(const std::string& path) {
    auto file = DatabaseFile::open(path, {testing::kFaultVfs});
    ASSERT_TRUE(file) << file.error().error.subject;
    store_.emplace(std::move(*file), loop_.post(),
                   Store::Events{[this](std::uint64_t number) { done_.push_back(number); },
                                 [this](const Error& error) { failed_.push_back(error); }});
  }
  void SetUp() override { testing::resetFaultVfs(); }
  void TearDown() override { testing::setFaultPlan({}); }

  gum::StoredState reopened(const std::string& path) {
    auto file = DatabaseFile::open(path);
    EXPECT_TRUE(file) << file.error().error.subject;
    if (!file) return {};
    auto state = file->load();
    EXPECT_TRUE(state) << state.error().error.subject;
    return state.value_or(gum::StoredState{});
  }

  /// Sends updates one by one, each when the former is done, until `count` are done or the store failed.
  void stream(std::uint64_t count) {
    for (std::uint64_t seq = 1; seq <= count && failed_.empty(); ++seq) {
      const std::size_t before = done_.size();
      store_->submit(append(2 * seq, update(seq, "n", static_cast<std::uint32_t>(seq))));
      store_->submit(apply(2 * seq + 1, update(seq, "n", static_cast<std::uint32_t>(seq))));
      ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == before + 2 || !failed_.empty(); }));
      for (std::size_t i = before; i < done_.size(); ++i)
        if (done_[i] == 2 * seq) acknowledged_ = seq;
    }
  }

  Folder folder_;
  Loop loop_;
  std::vector<std::uint64_t> done_;
  std::vector<Error> failed_;
  std::uint64_t acknowledged_ = 0;
  std::optional<Store> store_;  // last: its thread uses the others
};

TEST_F(StoreContract, persistsAreDoneInOrderAndNeverInsideSubmit) {
  open(folder_.file());
  store_->submit(firstPersist());
  for (std::uint64_t seq = 1; seq <= 500; ++seq) store_->submit(append(seq + 1, update(seq, "n", 1)));
  EXPECT_TRUE(done_.empty());
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 501; }));
  EXPECT_TRUE(std::ranges::is_sorted(done_));
  store_.reset();
  EXPECT_EQ(reopened(folder_.file()).log.size(), 500u);
}

TEST_F(StoreContract, whatWaitsTogetherSharesOneSync) {
  open(folder_.file());
  store_->submit(firstPersist());
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 1; }));
  testing::setFaultPlan({});
  for (std::uint64_t seq = 1; seq <= 400; ++seq) store_->submit(append(seq + 1, update(seq, "n", 1)));
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 401; }));
  EXPECT_LT(testing::syncsSeen(), 200u);
}

TEST_F(StoreContract, whatOneTurnOfTheLoopSubmitsSharesOneSync) {
  open(folder_.file());
  store_->submit(firstPersist());
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 1; }));
  for (std::uint64_t round = 0; round < 20; ++round) {
    testing::setFaultPlan({});
    for (std::uint64_t seq = 10 * round + 1; seq <= 10 * round + 10; ++seq)
      store_->submit(append(seq + 1, update(seq, "n", 1)));
    ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 10 * round + 11; }));
    EXPECT_EQ(testing::syncsSeen(), 1u);
  }
}

TEST_F(StoreContract, applyingAloneIsNotWaitedFor) {
  open(folder_.file());
  store_->submit(firstPersist());
  store_->submit(append(2, update(1, "n", 1)));
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 2; }));
  testing::setFaultPlan({});
  store_->submit(apply(3, update(1, "n", 1)));
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 3; }));
  EXPECT_EQ(testing::syncsSeen(), 0u);
}

TEST_F(StoreContract, GUM20_aCommittedViewEntryIsWaitedFor) {
  open(folder_.file());
  gum::Entry view = update(1, "n", 1);
  view.kind = gum::Entry::Kind::View;
  store_->submit(firstPersist());
  store_->submit(append(2, view));
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 2; }));
  testing::setFaultPlan({});
  store_->submit(apply(3, view));
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 3; }));
  EXPECT_GE(testing::syncsSeen(), 1u);
}

TEST_F(StoreContract, whatWaitsIsExecutedBeforeTheStoreCloses) {
  open(folder_.file());
  store_->submit(firstPersist());
  for (std::uint64_t seq = 1; seq <= 1000; ++seq) store_->submit(append(seq + 1, update(seq, "n", 1)));
  store_.reset();
  EXPECT_EQ(reopened(folder_.file()).log.size(), 1000u);
}

/// At every write (and sync) of a stream of updates in turn: fails once and for all, says so, loses nothing that was
/// acknowledged.
TEST_F(StoreContract, aFailingDiskIsFinalAndLosesNothingAcknowledged) {
  const std::vector<std::pair<FaultPlan::Kind, std::uint32_t>> kinds = {{FaultPlan::Kind::WriteError, code::kIoDevice},
                                                                        {FaultPlan::Kind::DiskFull, code::kDiskFull},
                                                                        {FaultPlan::Kind::ShortWrite, code::kIoDevice},
                                                                        {FaultPlan::Kind::SyncError, code::kIoDevice}};
  int number = 0;
  for (const auto& [kind, expected] : kinds) {
    for (std::uint64_t at = 1; at <= 21; at += 2) {
      const std::string path = folder_.file("fails" + std::to_string(++number) + ".db");
      done_.clear();
      failed_.clear();
      acknowledged_ = 0;
      testing::resetFaultVfs();
      open(path);
      store_->submit(firstPersist());
      ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 1; }));
      testing::setFaultPlan({kind, at});
      stream(100);
      ASSERT_EQ(failed_.size(), 1u);
      EXPECT_EQ(failed_[0].code, expected);
      const std::size_t doneAtFailure = done_.size();
      store_->submit(append(9999, update(acknowledged_ + 50, "late", 1)));
      store_.reset();
      EXPECT_EQ(done_.size(), doneAtFailure);
      testing::setFaultPlan({});

      const auto state = reopened(path);
      ASSERT_LE(acknowledged_, state.log.empty() ? 0 : state.log.back().tag.seq) << "fault at " << at;
      EXPECT_EQ(state.instance, 4711u);
      for (std::size_t i = 0; i < state.log.size(); ++i) EXPECT_EQ(state.log[i].tag.seq, i + 1);
    }
  }
}

/// A power cut at any moment, with writes since the last sync lost, torn or out of order.
TEST_F(StoreContract, aPowerCutLosesNothingAcknowledged) {
  open(folder_.file());
  store_->submit(firstPersist());
  ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 1; }));
  std::vector<std::pair<std::uint64_t, std::map<std::string, std::string>>> cuts;
  for (std::uint64_t seq = 1; seq <= 40; ++seq) {
    store_->submit(append(2 * seq, update(seq, "n", static_cast<std::uint32_t>(seq))));
    store_->submit(apply(2 * seq + 1, update(seq, "n", static_cast<std::uint32_t>(seq))));
    loop_.turn();
    // While the thread is at work …
    const std::uint64_t known = acknowledged_;
    cuts.emplace_back(known, testing::imageAfterPowerCut(seq));
    ASSERT_TRUE(loop_.runUntil([&] { return done_.size() == 2 * seq + 1; }));
    acknowledged_ = seq;
    // … and when all is done.
    cuts.emplace_back(acknowledged_, testing::imageAfterPowerCut(seq + 1000));
  }
  store_.reset();
  int number = 0;
  for (const auto& [known, image] : cuts) {
    const Folder after;
    for (const auto& [name, content] : image) {
      std::FILE* out = std::fopen(after.file(name).c_str(), "wb");
      ASSERT_NE(out, nullptr);
      std::fwrite(content.data(), 1, content.size(), out);
      std::fclose(out);
    }
    const auto state = reopened(after.file());
    EXPECT_LE(known, state.log.empty() ? 0 : state.log.back().tag.seq) << "cut " << number;
    EXPECT_LE(state.applied.seq, state.log.empty() ? 0 : state.log.back().tag.seq);
    ++number;
  }
}

}  // namespace
}  // namespace holdfast::clussvc::store
