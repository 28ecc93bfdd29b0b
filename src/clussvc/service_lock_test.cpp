#include "clussvc/service_lock.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "clussvc/error_codes.h"
#include "clussvc/monitors/process.h"

namespace holdfast::clussvc {
namespace {

using namespace std::chrono_literals;

class ServiceLockTest : public ::testing::Test {
 protected:
  ServiceLockTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-lock-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    path_ = folder_ + "/clussvc.lock";
  }
  ~ServiceLockTest() override {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
  }
  /// Another process that takes the lock and beats, or not.
  void hold(bool beats) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    child_ = ::fork();
    if (child_ == 0) {
      auto lock = ServiceLock::take(path_);
      [[maybe_unused]] const auto told = ::write(pipe[1], "x", 1);
      for (;; ::poll(nullptr, 0, 10))
        if (beats) lock->beat();
    }
    char byte;
    ASSERT_EQ(::read(pipe[0], &byte, 1), 1);
    ::close(pipe[0]);
    ::close(pipe[1]);
  }
  std::string folder_, path_;
  pid_t child_ = 0;
};

TEST_F(ServiceLockTest, isFreeAgainWhenItsHolderIsGone) {
  {
    ASSERT_TRUE(ServiceLock::take(path_));
  }
  ASSERT_TRUE(ServiceLock::take(path_));
  hold(true);
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = 0;
  EXPECT_TRUE(ServiceLock::take(path_));
}

TEST_F(ServiceLockTest, aHealthyHolderIsLeftAloneAndNamed) {
  hold(true);
  const auto lock = ServiceLock::take(path_);
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, code::kServiceAlreadyRunning);
  EXPECT_NE(lock.error().subject.find(std::to_string(child_)), std::string::npos);
  EXPECT_EQ(::kill(child_, 0), 0);
}

TEST_F(ServiceLockTest, GUM42_aHungHolderIsKilledAfterTheGrace) {
  hold(false);
  const auto before = std::chrono::steady_clock::now();
  const auto lock = ServiceLock::take(path_, 300ms);
  EXPECT_TRUE(lock);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 300ms);
  EXPECT_EQ(::waitpid(child_, nullptr, 0), child_);
  child_ = 0;
}

TEST_F(ServiceLockTest, GUM42_aStoppedHolderIsKilledAfterTheGrace) {
  hold(true);
  ::kill(child_, SIGSTOP);
  int status = 0;
  ASSERT_EQ(::waitpid(child_, &status, WUNTRACED), child_);
  EXPECT_TRUE(ServiceLock::take(path_, 300ms));
}

TEST_F(ServiceLockTest, aFolderThatIsNotThereIsAnError) { EXPECT_FALSE(ServiceLock::take("/proc/none/lock")); }

}  // namespace
}  // namespace holdfast::clussvc
