#include "clussvc/doors/listener.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>

#include "calls/frame.h"
#include "clussvc/doors/limits.h"
#include "clussvc/doors/peer_credentials.h"
#include "clussvc/doors/test_client.h"

namespace holdfast::clussvc::doors {

using calls::Call;

namespace {

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-XXXXXX";
    directory = mkdtemp(pattern.data());
    path = directory + "/s";
    listener = std::make_unique<Listener>(loop, service, ListenerOptions{path, {}});
    const auto started = listener->start();
    EXPECT_TRUE(started.has_value());
  }
  ~ListenerTest() override {
    listener.reset();
    loop.restart();
    loop.poll();
    std::filesystem::remove_all(directory);
  }

  int connect() const {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return socket;
  }
  /// Runs the loop until it holds.
  bool until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      loop.restart();
      loop.run_for(std::chrono::milliseconds(1));
    }
    return true;
  }
  /// The listener closed it: nothing but the end is left to read.
  bool ended(int socket) {
    return until([socket] {
      char buffer[65536];
      ssize_t size = 0;
      while ((size = ::recv(socket, buffer, sizeof buffer, 0)) > 0) {
      }
      return size == 0 || (size < 0 && errno != EAGAIN);
    });
  }
  static std::string frame(std::uint64_t id, Call call, const google::protobuf::MessageLite& request) {
    calls::ClientFrame made;
    made.set_id(id);
    made.set_call(static_cast<std::uint32_t>(call));
    made.set_body(request.SerializeAsString());
    return calls::encodeFrame(made.SerializeAsString());
  }
  static void send(int socket, const std::string& bytes) {
    EXPECT_EQ(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  calls::ServerFrame receive(int socket) {
    calls::FrameReader reader;
    std::optional<std::string> body;
    EXPECT_TRUE(until([&] {
      char buffer[4096];
      const ssize_t size = ::recv(socket, buffer, sizeof buffer, 0);
      if (size > 0) reader.feed({buffer, static_cast<std::size_t>(size)});
      return (body = reader.next()).has_value();
    }));
    calls::ServerFrame answer;
    EXPECT_TRUE(answer.ParseFromString(body.value_or("")));
    return answer;
  }
  bool logged(const std::string& text) const {
    return std::ranges::any_of(service.logLines,
                               [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }

  boost::asio::io_context loop;
  FakeService service;
  std::string directory, path;
  std::unique_ptr<Listener> listener;
};

}  // namespace

TEST_F(ListenerTest, servesASessionWithFullAccessForTheSameUser) {
  const int socket = connect();
  send(socket, frame(1, Call::Hello, TestClient::hello()));
  EXPECT_EQ(receive(socket).status(), 0u);
  calls::OpenRequest open;
  open.set_desired_access(kGenericAll);
  send(socket, frame(2, Call::Open, open));
  EXPECT_EQ(receive(socket).status(), 0u);
  ::close(socket);
  EXPECT_TRUE(until([&] { return listener->connections() == 0; }));
}

TEST_F(ListenerTest, theSocketIsItsOwnersAlone) {
  struct stat info{};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(ListenerTest, garbageEndsTheConnectionAndIsLogged) {
  const int socket = connect();
  send(socket, calls::encodeFrame("\xFF\xFF\xFF"));
  EXPECT_TRUE(ended(socket));
  EXPECT_TRUE(logged("it sent what is no call"));
  EXPECT_EQ(listener->connections(), 0u);
  ::close(socket);
}

TEST_F(ListenerTest, anOversizedFrameEndsTheConnectionAndIsLogged) {
  const int socket = connect();
  send(socket, "\xFF\xFF\xFF\xFF");
  EXPECT_TRUE(ended(socket));
  EXPECT_TRUE(logged("it announced a frame of more than"));
  ::close(socket);
}

TEST_F(ListenerTest, halfAFrameIsLoggedAndHarmsNobody) {
  const int other = connect();
  const int socket = connect();
  const std::string whole = frame(1, Call::Hello, TestClient::hello());
  send(socket, whole.substr(0, whole.size() - 1));
  ASSERT_TRUE(until([&] { return listener->connections() == 2; }));
  ::close(socket);
  EXPECT_TRUE(until([&] { return listener->connections() == 1; }));
  EXPECT_TRUE(logged("it ended within a frame"));
  send(other, whole);
  EXPECT_EQ(receive(other).status(), 0u);
  ::close(other);
}

TEST_F(ListenerTest, aFrameMayComeByteByByte) {
  const int socket = connect();
  for (const char byte : frame(1, Call::Hello, TestClient::hello())) {
    send(socket, std::string(1, byte));
    loop.restart();
    loop.poll();
  }
  EXPECT_EQ(receive(socket).status(), 0u);
  ::close(socket);
}

TEST_F(ListenerTest, aClientThatDoesNotReadIsNotReadEither) {
  service.logLines.assign(1'000, std::string(1'000, 'x'));
  const int socket = connect();
  send(socket, frame(1, Call::Hello, TestClient::hello()));
  receive(socket);
  calls::OpenRequest open;
  open.set_desired_access(kGenericRead);
  send(socket, frame(2, Call::Open, open));
  calls::OpenAnswer opened;
  ASSERT_TRUE(opened.ParseFromString(receive(socket).body()));
  calls::LogRequest log;
  log.set_cluster(opened.handle());
  log.set_lines(1'000);
  // Answers of a megabyte: the service stops taking requests long before it holds a thousand of them.
  std::uint64_t asked = 0;
  bool blocked = false;
  while (!blocked && asked < 100'000) {
    const std::string request = frame(3 + asked, Call::Log, log);
    blocked = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0;
    ++asked;
    loop.restart();
    loop.poll();
  }
  EXPECT_TRUE(blocked);
  EXPECT_LT(asked, 10'000u);
  EXPECT_EQ(listener->connections(), 1u) << "nobody is disconnected for being slow";
  ::close(socket);
  EXPECT_TRUE(until([&] { return listener->connections() == 0; }));
}

TEST_F(ListenerTest, moreConnectionsThanTheLimitAreTurnedAway) {
  std::vector<int> sockets;
  for (std::size_t i = 0; i < kConnections; ++i) {
    sockets.push_back(connect());
    ASSERT_TRUE(until([&] { return listener->connections() == i + 1; }));
  }
  const int extra = connect();
  EXPECT_TRUE(ended(extra));
  EXPECT_TRUE(logged("turned uid"));
  ::close(extra);
  for (const int socket : sockets) ::close(socket);
  EXPECT_TRUE(until([&] { return listener->connections() == 0; }));
}

TEST_F(ListenerTest, aSecondServiceOnTheSameSocketIsRefused) {
  Listener second(loop, service, {path, {}});
  const auto started = second.start();
  ASSERT_FALSE(started.has_value());
  EXPECT_EQ(started.error().code, 183u);
}

TEST_F(ListenerTest, aSocketLeftBehindIsTakenOver) {
  const std::string left = directory + "/left";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  left.copy(address.sun_path, sizeof address.sun_path - 1);
  const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(dead);
  Listener heir(loop, service, {left, {}});
  EXPECT_TRUE(heir.start().has_value());
}

TEST_F(ListenerTest, whatCannotBeIsRefusedWithAReason) {
  Listener tooLong(loop, service, {std::string(200, 'x'), {}});
  EXPECT_EQ(tooLong.start().error().code, 161u);
  Listener nowhere(loop, service, {directory + "/none/s", {}});
  EXPECT_EQ(nowhere.start().error().code, 110u);
  Listener noGroup(loop, service, {directory + "/t", "no-such-group-here"});
  EXPECT_EQ(noGroup.start().error().code, 110u);
}

TEST(PeerCredentials, membershipIsThatOfTheSystem) {
  EXPECT_FALSE(isMemberOf(0, 0, ""));
  EXPECT_FALSE(isMemberOf(0, 0, "no-such-group-here"));
  EXPECT_TRUE(isMemberOf(0, 0, "root"));
  EXPECT_FALSE(isMemberOf(65534, 65534, "root"));
}

TEST(PeerCredentials, aSocketWithoutThemMayNothing) {
  const Peer peer = peerOf(-1, "root");
  EXPECT_FALSE(peer.mayRead);
  EXPECT_FALSE(peer.mayWrite);
}

}  // namespace holdfast::clussvc::doors
