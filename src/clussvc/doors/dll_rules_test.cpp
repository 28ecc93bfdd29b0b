#include "clussvc/doors/dll_rules.h"

#include <gtest/gtest.h>

#include "clussvc/doors/test_client.h"

namespace holdfast::clussvc::doors {

using calls::Call;

namespace {

constexpr std::uint32_t kIdle = 1, kOpen = 3, kOnline = 4, kIsAlive = 8;

/// The session of a monitor, with a resource whose lane its calls can hold.
class DllRules : public testing::Test {
 protected:
  DllRules()
      : group(service.addGroup("Web").id), resource(service.addResource(group, "Site").id), client(service, monitor()) {
    handle = client.open(calls::RESOURCE, resource);
    client.session->setLaneCheck([this](const ObjectRef& target, const DllContext& where) {
      return !where.lane.empty() && target == ObjectRef{ObjectKind::Resource, resource};
    });
  }
  static Peer monitor() { return {"monitor 1 pid 77", true, true, true}; }
  void callFrom(std::uint32_t entryPoint) {
    client.where = DllContext{7, entryPoint, entryPoint == kIdle ? "" : "clipbook.so"};
  }
  std::uint32_t control(std::uint32_t code) {
    calls::ControlRequest request;
    request.set_handle(handle);
    request.set_code(code);
    return client.statusOf(Call::Control, request);
  }
  std::size_t warnings() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        service.logLines, [](const std::string& line) { return line.find(" calls ") != std::string::npos; }));
  }

  FakeService service;
  ObjectId group, resource;
  TestClient client;
  std::uint64_t handle = 0;
};

}  // namespace

TEST_F(DllRules, aCallThatNeedsTheCallersLaneIsAPossibleDeadlock) {
  callFrom(kOnline);
  EXPECT_EQ(control(0x01000081), 1131u);
  EXPECT_TRUE(service.submitted.empty()) << "nobody was asked";
  callFrom(kIdle);
  EXPECT_EQ(control(0x01000081), 0u) << "a worker holds no lane";
}

TEST_F(DllRules, codesThatTheServiceAnswersItselfNeedNoLane) {
  callFrom(kOpen);
  EXPECT_EQ(control(0x01000029), 0u) << "GET_NAME";
  EXPECT_EQ(control(0x014000A2), 0u) << "ADD_REGISTRY_CHECKPOINT";
  EXPECT_EQ(warnings(), 0u);
}

TEST_F(DllRules, openingAndReadingKeysAreAllowedInEveryEntryPoint) {
  callFrom(kOpen);
  client.open(calls::RESOURCE, resource);
  EXPECT_EQ(client.status, 0u);
  const auto key = client.openKey(handle, "Parameters", 0xF003F);
  EXPECT_EQ(client.status, 0u);
  EXPECT_EQ(client.statusOf(Call::KeyInfo, TestClient::of(key)), 0u);
  EXPECT_EQ(warnings(), 0u);
}

TEST_F(DllRules, forbiddenCallsAreServedWithOneWarningPerDllAndFunction) {
  callFrom(kOnline);
  EXPECT_EQ(client.statusOf(Call::OnlineResource, TestClient::of(handle)), 997u);
  EXPECT_EQ(client.statusOf(Call::OnlineResource, TestClient::of(handle)), 997u);
  EXPECT_EQ(warnings(), 1u);
  EXPECT_EQ(service.logLines.back(),
            "doors: clipbook.so calls OnlineResource in Online: a resource DLL never makes this call; served, and not "
            "reported again");
  EXPECT_EQ(client.statusOf(Call::GetState, TestClient::of(handle)), 0u);
  EXPECT_EQ(warnings(), 2u) << "another function";
  client.where->lane = "other.so";
  EXPECT_EQ(client.statusOf(Call::OnlineResource, TestClient::of(handle)), 997u);
  EXPECT_EQ(warnings(), 3u) << "another DLL";
  callFrom(kIdle);
  EXPECT_EQ(client.statusOf(Call::GetState, TestClient::of(handle)), 0u);
  EXPECT_EQ(warnings(), 3u) << "a worker may read states";
}

TEST_F(DllRules, writesAreWarnedAboutOnlyWhereStateChanges) {
  calls::BatchRequest batch;
  batch.set_key(client.openKey(handle, "Parameters", 0xF003F));
  auto& command = *batch.add_commands();
  command.set_command(1);
  command.set_name("Port");
  command.set_options(4);
  command.set_data(std::string("\1\0\0\0", 4));
  callFrom(kIsAlive);
  EXPECT_EQ(client.statusOf(Call::Batch, batch), 0u);
  EXPECT_EQ(warnings(), 0u);
  callFrom(kOpen);
  EXPECT_EQ(client.statusOf(Call::Batch, batch), 0u) << "served all the same";
  EXPECT_EQ(warnings(), 1u);
}

TEST_F(DllRules, callsOfProgramsAreNotJudged) {
  EXPECT_EQ(client.statusOf(Call::OnlineResource, TestClient::of(handle)), 997u);
  EXPECT_EQ(control(0x01000081), 0u);
  EXPECT_EQ(warnings(), 0u);
}

}  // namespace holdfast::clussvc::doors
