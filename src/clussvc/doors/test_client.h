// A client of a Session in tests: makes calls, keeps what comes back.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>

#include "calls/numbers.h"
#include "calls/session.pb.h"
#include "clussvc/doors/fake_service.h"
#include "clussvc/doors/session.h"

namespace holdfast::clussvc::doors {

inline constexpr std::uint32_t kGenericRead = 0x80000000;
inline constexpr std::uint32_t kGenericAll = 0x10000000;

class TestClient {
 public:
  explicit TestClient(FakeService& service, Peer peer = {"uid 1 pid 2 (test)", true, true, false}, bool greet = true)
      : session(std::make_unique<Session>(service, std::move(peer), [this](std::string body) { take(body); })) {
    if (greet) call<calls::Empty>(calls::Call::Hello, hello());
  }

  static calls::HelloRequest hello() {
    calls::HelloRequest request;
    request.set_protocol_lowest(1);
    request.set_protocol_highest(1);
    return request;
  }

  /// Sends it; the answer, when it comes, is in `answers`.
  std::uint64_t send(calls::Call number, const google::protobuf::MessageLite& request, std::uint64_t atTag = 0) {
    calls::ClientFrame frame;
    frame.set_id(++lastId);
    frame.set_call(static_cast<std::uint32_t>(number));
    frame.set_body(request.SerializeAsString());
    frame.set_at_tag(atTag);
    EXPECT_TRUE(session->receive(frame.SerializeAsString(), where));
    return lastId;
  }

  /// Sends it and expects the answer at once; `status` is its code.
  template <class AnAnswer>
  AnAnswer call(calls::Call number, const google::protobuf::MessageLite& request) {
    const auto id = send(number, request);
    AnAnswer answer;
    EXPECT_TRUE(answers.contains(id)) << "no answer";
    last = answers[id];
    answers.erase(id);
    status = last.status();
    EXPECT_TRUE(answer.ParseFromString(last.body()));
    return answer;
  }
  std::uint32_t statusOf(calls::Call number, const google::protobuf::MessageLite& request) {
    call<calls::Empty>(number, request);
    return status;
  }

  std::uint64_t open(calls::Object kind, const std::string& name = {}, std::uint32_t access = kGenericAll) {
    calls::OpenRequest request;
    request.set_object(kind);
    request.set_name(name);
    request.set_desired_access(access);
    return call<calls::OpenAnswer>(calls::Call::Open, request).handle();
  }
  std::uint64_t openKey(std::uint64_t handle, const std::string& subkey, std::uint32_t sam, bool create = false) {
    calls::OpenKeyRequest request;
    request.set_handle(handle);
    request.set_subkey(subkey);
    request.set_sam_desired(sam);
    request.set_create(create);
    return call<calls::OpenKeyAnswer>(calls::Call::OpenKey, request).handle();
  }
  static calls::HandleRequest of(std::uint64_t handle) {
    calls::HandleRequest request;
    request.set_handle(handle);
    return request;
  }

  std::unique_ptr<Session> session;
  std::map<std::uint64_t, calls::ServerFrame> answers;
  std::deque<calls::NotificationEvent> events;
  calls::ServerFrame last;
  std::uint32_t status = 0;
  std::uint64_t lastId = 0;
  std::optional<DllContext> where;

 private:
  void take(const std::string& body) {
    calls::ServerFrame frame;
    ASSERT_TRUE(frame.ParseFromString(body));
    if (frame.id() == 0) {
      events.push_back(frame.event());
      return;
    }
    EXPECT_TRUE(answers.emplace(frame.id(), frame).second) << "answered twice";
  }
};

}  // namespace holdfast::clussvc::doors
