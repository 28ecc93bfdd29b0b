#include "clussvc/doors/session.h"

#include <gtest/gtest.h>

#include "calls/table.h"
#include "clussvc/doors/limits.h"
#include "clussvc/doors/test_client.h"

namespace holdfast::clussvc::doors {

using calls::Call;

namespace {

const Peer kReader{"uid 1000 pid 3 (reader)", true, false, false};

calls::EventsRequest eventsAfter(std::uint64_t cluster, std::uint64_t after, bool wait) {
  calls::EventsRequest request;
  request.set_cluster(cluster);
  request.set_after(after);
  request.set_wait(wait);
  return request;
}

}  // namespace

TEST(Session, helloComesFirstAndTellsTheCluster) {
  FakeService service;
  TestClient client(service, kReader, false);
  EXPECT_EQ(client.statusOf(Call::Open, calls::OpenRequest()), 1728u);
  const auto answer = client.call<calls::HelloAnswer>(Call::Hello, TestClient::hello());
  EXPECT_EQ(client.status, 0u);
  EXPECT_EQ(answer.cluster_name(), "Harbour");
  EXPECT_EQ(answer.node_name(), "north");
  EXPECT_EQ(answer.incarnation(), 1u);
  calls::HelloRequest future;
  future.set_protocol_lowest(7);
  future.set_protocol_highest(9);
  EXPECT_EQ(client.statusOf(Call::Hello, future), 1306u);
}

TEST(Session, garbageEndsItAndARefusalDoesNot) {
  FakeService service;
  TestClient client(service);
  EXPECT_FALSE(client.session->receive("\xFF\xFF\xFF garbage"));
  calls::ClientFrame frame;
  frame.set_call(2);
  EXPECT_FALSE(client.session->receive(frame.SerializeAsString())) << "an id of 0 is for notifications";
  frame.set_id(1000);
  frame.set_call(999);
  EXPECT_TRUE(client.session->receive(frame.SerializeAsString()));
  EXPECT_EQ(client.answers[1000].status(), 1745u);
  frame.set_id(1001);
  frame.set_call(static_cast<std::uint32_t>(Call::GetState));
  frame.set_body("\xFF\xFF");
  EXPECT_TRUE(client.session->receive(frame.SerializeAsString()));
  EXPECT_EQ(client.answers[1001].status(), 1783u);
}

TEST(Session, anIdThatIsInFlightMayNotBeUsedAgain) {
  FakeService service;
  TestClient client(service);
  const auto cluster = client.open(calls::CLUSTER);
  const auto id = client.send(Call::Events, eventsAfter(cluster, 0, true));
  calls::ClientFrame frame;
  frame.set_id(id);
  frame.set_call(static_cast<std::uint32_t>(Call::Hello));
  EXPECT_FALSE(client.session->receive(frame.SerializeAsString()));
}

TEST(Session, everyCallRefusesAHandleThatIsNotOne) {
  FakeService service;
  TestClient client(service);
  for (const auto& info : calls::callTable()) {
    if (info.right == calls::RIGHT_NONE) continue;
    EXPECT_EQ(client.statusOf(info.call, TestClient::of(12345)), 6u) << info.name;
  }
}

TEST(Session, everyCallThatNeedsFullAccessIsDeniedToAReader) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service, kReader);
  const auto group = client.open(calls::GROUP, web, kGenericRead);
  EXPECT_NE(group, 0u);
  client.open(calls::GROUP, web, kGenericAll);
  EXPECT_EQ(client.status, 5u);
  EXPECT_FALSE(client.last.advice().empty());
  for (const auto& info : calls::callTable()) {
    if (info.right != calls::RIGHT_ALL) continue;
    EXPECT_EQ(client.statusOf(info.call, TestClient::of(group)), 5u) << info.name;
  }
  EXPECT_TRUE(service.submitted.empty());
}

TEST(Session, accessIsGrantedAsAskedForAndNeverMore) {
  FakeService service;
  TestClient admin(service);
  TestClient reader(service, kReader);
  const auto granted = [](TestClient& client, std::uint32_t desired) {
    calls::OpenRequest request;
    request.set_desired_access(desired);
    return client.call<calls::OpenAnswer>(Call::Open, request).granted_access();
  };
  constexpr std::uint32_t kMaximumAllowed = 0x02000000;
  EXPECT_EQ(granted(admin, kGenericRead), kGenericRead);
  EXPECT_EQ(granted(admin, kGenericAll), kGenericAll);
  EXPECT_EQ(granted(admin, kMaximumAllowed), kGenericAll);
  EXPECT_EQ(granted(reader, kMaximumAllowed), kGenericRead);
  EXPECT_EQ(granted(reader, 0), 0u);
  EXPECT_EQ(reader.status, 87u);
  TestClient nobody(service, {"unknown peer", false, false, false});
  nobody.open(calls::CLUSTER, {}, kGenericRead);
  EXPECT_EQ(nobody.status, 5u);
}

TEST(Session, objectsAreFoundByNameIdAndIdInBraces) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service);
  EXPECT_NE(client.open(calls::GROUP, "wEB"), 0u);
  EXPECT_NE(client.open(calls::GROUP, web), 0u);
  EXPECT_NE(client.open(calls::GROUP, "{" + web + "}"), 0u);
  client.open(calls::GROUP, "none");
  EXPECT_EQ(client.status, 5013u);
  client.open(calls::RESOURCE, "none");
  EXPECT_EQ(client.status, 5007u);
  client.open(calls::NODE, "none");
  EXPECT_EQ(client.status, 5042u);
  client.open(calls::KEY, "none");
  EXPECT_EQ(client.status, 87u);
}

TEST(Session, causesNameWhoAskedForWhat) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  TestClient client(service);
  EXPECT_EQ(client.statusOf(Call::OnlineGroup, TestClient::of(client.open(calls::GROUP, web))), 997u);
  const Cause& cause = service.submitted.back().cause;
  EXPECT_EQ(cause.kind, Cause::Kind::Request);
  EXPECT_EQ(cause.actor, "uid 1 pid 2 (test)");
  EXPECT_EQ(cause.object, (ObjectRef{ObjectKind::Group, web}));
  EXPECT_EQ(cause.text, "asked to bring online group \"Web\"");
}

TEST(Session, aReadAtATagWaitsUntilItIsApplied) {
  FakeService service;
  TestClient client(service);
  const auto cluster = client.open(calls::CLUSTER);
  const auto id = client.send(Call::ClusterInformation, TestClient::of(cluster), 12);
  EXPECT_FALSE(client.answers.contains(id));
  service.applyUpTo(11);
  EXPECT_FALSE(client.answers.contains(id));
  service.applyUpTo(12);
  ASSERT_TRUE(client.answers.contains(id));
  EXPECT_EQ(client.answers[id].tag(), 12u);
}

TEST(Session, whatWaitsCanBeCancelledAndIsAnsweredOnce) {
  FakeService service;
  TestClient client(service);
  const auto cluster = client.open(calls::CLUSTER);
  const auto events = client.send(Call::Events, eventsAfter(cluster, 0, true));
  const auto read = client.send(Call::ClusterInformation, TestClient::of(cluster), 12);
  for (const auto id : {events, read, std::uint64_t{777}}) {
    calls::CancelRequest request;
    request.set_request(id);
    EXPECT_EQ(client.statusOf(Call::Cancel, request), 0u);
  }
  EXPECT_EQ(client.answers[events].status(), 1223u);
  EXPECT_EQ(client.answers[read].status(), 1223u);
  service.applyUpTo(12);
  service.happen({});
}

TEST(Session, answersAfterItsEndAreDropped) {
  FakeService service;
  const ObjectId web = service.addGroup("Web").id;
  service.holdAnswers = true;
  auto client = std::make_unique<TestClient>(service);
  client->send(Call::OnlineGroup, TestClient::of(client->open(calls::GROUP, web)));
  client->send(Call::Events, eventsAfter(client->open(calls::CLUSTER), 0, true));
  EXPECT_EQ(service.eventListeners.size(), 1u);
  client->session.reset();
  EXPECT_TRUE(service.eventListeners.empty()) << "the session ran down with its subscriptions";
  service.answerHeld();
  service.happen({});
  EXPECT_TRUE(client->answers.empty());
}

TEST(Session, enumerationsAreSnapshotsInPages) {
  FakeService service;
  TestClient client(service);
  for (int i = 0; i < 4000; ++i) service.addGroup("group number " + std::to_string(i));
  calls::EnumRequest request;
  request.set_handle(client.open(calls::CLUSTER));
  request.set_mask(8);
  auto answer = client.call<calls::EnumAnswer>(Call::Enumerate, request);
  EXPECT_EQ(answer.count(), 4000u);
  ASSERT_NE(answer.enumeration(), 0u);
  const auto total = answer.count();
  service.addGroup("later");
  std::uint32_t read = static_cast<std::uint32_t>(answer.items_size());
  while (read < total) {
    calls::EnumPageRequest page;
    page.set_enumeration(answer.enumeration());
    page.set_first(read);
    answer = client.call<calls::EnumAnswer>(Call::EnumeratePage, page);
    ASSERT_EQ(client.status, 0u);
    EXPECT_LE(client.last.body().size(), kEnumerationPage_bytes + 32'000);
    read += static_cast<std::uint32_t>(answer.items_size());
  }
  EXPECT_EQ(read, total);
  EXPECT_EQ(answer.items(answer.items_size() - 1).name(), "group number 3999");
  calls::EnumPageRequest beyond;
  beyond.set_enumeration(answer.enumeration());
  beyond.set_first(total);
  EXPECT_EQ(client.statusOf(Call::EnumeratePage, beyond), 259u);
}

TEST(Session, theLogIsCutToWhatFitsFromItsEnd) {
  FakeService service;
  TestClient client(service);
  service.logLines.assign(100, std::string(100'000, 'x'));
  service.logLines.push_back("last");
  calls::LogRequest request;
  request.set_cluster(client.open(calls::CLUSTER));
  request.set_lines(1'000);
  const auto answer = client.call<calls::LogAnswer>(Call::Log, request);
  EXPECT_EQ(answer.lines_size(), 21);
  EXPECT_EQ(answer.lines(20), "last");
}

}  // namespace holdfast::clussvc::doors
