#include "rhs/callbacks.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <vector>

namespace holdfast::rhs {
namespace {

struct Sink : CallbackSink {
  void reportQueued(const std::shared_ptr<CallbackSide>& side) override { reports.push_back(side->takeReport()); }
  void failureSignalled(monitor::InstanceId, std::uint32_t error) override { failures.push_back(error); }
  void logLine(std::uint32_t, std::string type, std::string resource, std::string text) override {
    lines.push_back(type + " <" + resource + ">: " + text);
  }
  std::vector<CallbackSide::Report> reports;
  std::vector<std::uint32_t> failures;
  std::vector<std::string> lines;
};

struct Callbacks : testing::Test {
  Callbacks() {
    setCallbackSink(&sink);
    CallbackSide::enlist(side);
  }
  ~Callbacks() override { CallbackSide::strike(side->handle()); }
  Sink sink;
  std::shared_ptr<CallbackSide> side = std::make_shared<CallbackSide>(1, "Type", "Name");
  const CLRES_CALLBACK_FUNCTION_TABLE& table = *callbackTable();
};

using RA_207 = Callbacks;
TEST_F(RA_207, TheSlotsBeyondTheDocumentedOnesAnswer120) {
  const auto* slots = reinterpret_cast<DWORD (*const*)()>(callbackTable());
  for (int slot = 0; slot < 32; ++slot) EXPECT_NE(slots[slot], nullptr);  // RA-21
  for (int slot = 17; slot < 32; ++slot) EXPECT_EQ(slots[slot](), 120u);
}

using RA_74 = Callbacks;
TEST_F(RA_74, AStatusOf24BytesAtTheEndOfAPageIsNotReadBeyond) {
  const auto pages =
      static_cast<char*>(::mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ::mprotect(pages + 4096, 4096, PROT_NONE);
  auto* status = reinterpret_cast<RESOURCE_STATUS_EX*>(pages + 4096 - 24);
  status->ResourceState = ClusterResourceOnline;
  status->ApplicationSpecificErrorCode = 77;
  side->openGate(1);
  EXPECT_EQ(table.SetResourceStatusEx(side->handle(), status), 0u);
  ASSERT_EQ(sink.reports.size(), 1u);
  EXPECT_EQ(sink.reports[0].status.resourceSpecific, 77u);
  ::munmap(pages, 8192);
}

using RA_185 = Callbacks;
TEST_F(RA_185, UnknownHandlesAndNullAreAnswered) {
  table.LogEvent(nullptr, LOG_SEVERE, L"%1!s! said", L"somebody");
  table.LogEvent(side->handle(), LOG_INFORMATION, nullptr);
  EXPECT_EQ(sink.lines, (std::vector<std::string>{"(unknown) <>: somebody said", "Type <Name>: "}));
  EXPECT_EQ(table.SignalFailure(nullptr, static_cast<FAILURE_TYPE>(0), 0), 5007u);
  EXPECT_EQ(table.EndControlCall(1, 0), 87u);
  EXPECT_EQ(table.SetResourceStatusEx(side->handle(), nullptr), 1u);
  EXPECT_EQ(table.SetResourceWprPolicy(side->handle(), 1), 0u);
}

TEST_F(Callbacks, onlyAGeneralFailureFailsTheResource) {
  EXPECT_EQ(table.SignalFailure(side->handle(), static_cast<FAILURE_TYPE>(1), 5), 0u);
  EXPECT_TRUE(sink.failures.empty());
  EXPECT_EQ(table.SignalFailure(side->handle(), static_cast<FAILURE_TYPE>(0), 6), 0u);
  EXPECT_EQ(sink.failures, std::vector<std::uint32_t>{6});
}

}  // namespace
}  // namespace holdfast::rhs
