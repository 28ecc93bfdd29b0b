#include "clussvc/doors/limits.h"

#include <gtest/gtest.h>

#include "clussvc/doors/test_client.h"

namespace holdfast::clussvc::doors {

using calls::Call;

TEST(Limits, handlesOfASession) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service);
  std::uint64_t group = 0;
  for (std::size_t i = 0; i < kClientLimits.handles; ++i) {
    group = client.open(calls::GROUP, web);
    ASSERT_EQ(client.status, 0u);
  }
  client.open(calls::GROUP, web);
  EXPECT_EQ(client.status, 1816u);
  calls::CreateResourceRequest create;
  create.set_group(group);
  create.set_name("R");
  create.set_type("ClipBook Server");
  EXPECT_EQ(client.statusOf(Call::CreateResource, create), 1816u);
  EXPECT_TRUE(service.submitted.empty()) << "nothing is created that could not be handed out";
  EXPECT_EQ(client.statusOf(Call::Close, TestClient::of(group)), 0u);
  EXPECT_NE(client.open(calls::GROUP, web), 0u) << "closing one makes room";
}

TEST(Limits, aMonitorMayHoldMoreBecauseAllItsDllsShareTheSession) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service, {"monitor 1 pid 5", true, true, true});
  for (std::size_t i = 0; i < kClientLimits.handles + 1; ++i) client.open(calls::GROUP, web);
  EXPECT_EQ(client.status, 0u);
}

TEST(Limits, enumerationsThatKeepASnapshot) {
  FakeService service;
  TestClient client(service);
  for (int i = 0; i < 2000; ++i) service.addGroup("group number " + std::to_string(i));
  calls::EnumRequest request;
  request.set_handle(client.open(calls::CLUSTER));
  request.set_mask(8);
  for (std::size_t i = 0; i < kClientLimits.enumerations; ++i) ASSERT_EQ(client.statusOf(Call::Enumerate, request), 0u);
  EXPECT_EQ(client.statusOf(Call::Enumerate, request), 1816u);
  request.set_mask(1);
  EXPECT_EQ(client.statusOf(Call::Enumerate, request), 0u) << "what fits into one page keeps nothing";
}

TEST(Limits, requestsInFlight) {
  FakeService service;
  TestClient client(service);
  const auto cluster = client.open(calls::CLUSTER);
  for (std::size_t i = 0; i < kClientLimits.inFlight; ++i) {
    client.send(Call::ClusterInformation, TestClient::of(cluster), 1'000);
  }
  const auto id = client.send(Call::ClusterInformation, TestClient::of(cluster));
  EXPECT_EQ(client.answers[id].status(), 1816u);
  service.applyUpTo(1'000);
  EXPECT_EQ(client.answers.size(), kClientLimits.inFlight + 1);
  EXPECT_EQ(client.statusOf(Call::ClusterInformation, TestClient::of(cluster)), 0u);
}

TEST(Limits, portsAndFilters) {
  FakeService service;
  TestClient client(service);
  calls::FilterRequest filter;
  filter.set_handle(client.open(calls::CLUSTER));
  filter.set_object_type(2);
  filter.set_flags(8);
  for (std::size_t i = 0; i < kClientLimits.ports; ++i) {
    filter.set_port(client.call<calls::HandleAnswer>(Call::CreatePort, calls::CreatePortRequest()).handle());
    ASSERT_EQ(client.status, 0u);
  }
  EXPECT_EQ(client.statusOf(Call::CreatePort, calls::CreatePortRequest()), 1816u);
  for (std::size_t i = 0; i < kPortFilters; ++i) ASSERT_EQ(client.statusOf(Call::AddFilter, filter), 0u);
  EXPECT_EQ(client.statusOf(Call::AddFilter, filter), 1816u);
}

TEST(Limits, commandsOfABatchAndBuffersOfControlCodes) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service);
  calls::BatchRequest batch;
  batch.set_key(client.openKey(client.open(calls::GROUP, web), {}, 0xF003F));
  for (int i = 0; i <= kBatchCommands; ++i) batch.add_commands()->set_command(4);
  const auto answer = client.call<calls::BatchAnswer>(Call::Batch, batch);
  EXPECT_EQ(client.status, 87u);
  EXPECT_EQ(answer.failed_command(), -1);
  calls::ControlRequest control;
  control.set_handle(client.open(calls::GROUP, web));
  control.set_code(0x03000059);
  control.set_output_capacity(kControlBuffer_bytes + 1);
  EXPECT_EQ(client.statusOf(Call::Control, control), 87u);
}

TEST(Limits, namesOfObjects) {
  FakeService service;
  TestClient client(service);
  calls::CreateGroupRequest create;
  create.set_cluster(client.open(calls::CLUSTER));
  std::string name;
  for (std::size_t i = 0; i < kObjectName_chars; ++i) name += "ü";
  create.set_name(name);
  EXPECT_EQ(client.statusOf(Call::CreateGroup, create), 0u);
  create.set_name(name + "x");
  EXPECT_EQ(client.statusOf(Call::CreateGroup, create), 87u);
  create.set_name("");
  EXPECT_EQ(client.statusOf(Call::CreateGroup, create), 87u);
}

TEST(Limits, anAnswerThatNoFrameHoldsIsRefusedInstead) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service);
  service.script = [](const Operation&) {
    Answer answer;
    answer.output.resize(kAnswer_bytes + 1);
    return std::optional(answer);
  };
  calls::ControlRequest control;
  control.set_handle(client.open(calls::GROUP, web));
  control.set_code(0x03000059);
  EXPECT_EQ(client.statusOf(Call::Control, control), 1816u);
}

}  // namespace holdfast::clussvc::doors
