// Stands for rhs-guard and rhs in tests of the supervisor: the guard's arguments, the protocol of both sockets, and
// misbehaviour on demand (by the monitor's name, or by control codes).
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "calls/environment.h"
#include "calls/frame.h"
#include "calls/guard_packet.h"
#include "calls/monitor.pb.h"
#include "clussvc/monitors/testing/fake_codes.h"

namespace {

using namespace holdfast;
namespace proto = calls::monitor;

std::map<std::string, std::string> options;

int connectTo(const std::string& name, int type) {
  const std::string path = options["--run-dir"] + "/" + name;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int socket = ::socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

void pause20ms() { ::poll(nullptr, 0, 20); }

// --- rhs
// --------------------------------------------------------------------------------------------------------------

struct Rhs {
  int socket = -1;
  std::map<std::uint64_t, std::pair<std::string, std::int32_t>> instances;  ///< resource and state

  void send(const std::string& bytes) const { ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  void send(const proto::FromMonitor& frame) const { send(calls::encodeFrame(frame.SerializeAsString())); }

  void hello() const {
    proto::FromMonitor frame;
    auto& hello = *frame.mutable_hello();
    const bool late = options["--name"] == "from-the-future";
    hello.set_protocol_lowest(late ? 90 : 1);
    hello.set_protocol_highest(late ? 99 : 1);
    hello.set_token(options["--name"] == "wrong-token" ? "guessed" : std::getenv(calls::kTokenVariable));
    hello.set_monitor(static_cast<std::uint32_t>(std::stoul(options["--monitor"])));
    hello.set_pid(static_cast<std::uint32_t>(::getpid()));
    for (const auto& [id, instance] : instances) {
      auto& to = *hello.add_instances();
      to.set_instance(id);
      to.set_resource(instance.first);
      to.set_state(instance.second);
      to.set_terminated(true);
    }
    send(frame);
  }

  void state(std::uint64_t instance, std::uint64_t operation, std::int32_t state) {
    instances[instance].second = state;
    proto::FromMonitor frame;
    auto& change = *frame.mutable_state_changed();
    change.set_instance(instance);
    change.set_operation(operation);
    change.set_state(state);
    send(frame);
  }

  void control(const proto::Control& control) const {
    proto::FromMonitor frame;
    switch (control.code()) {
      case kFakeCrash:
        ::abort();
      case kFakeExit:
        ::_exit(7);
      case kFakeGarbage:
        return send(calls::encodeFrame("\xff\xff\xff"));
      case kFakeOversized:
        return send(std::string("\xff\xff\xff\x7f", 4) + "x");
      case kFakeHalfFrameAndCrash:
        send(std::string("\x10\0\0\0half", 8));
        ::abort();
      case kFakeReportAndCrash:
        frame.mutable_progress()->set_check_point(42);
        send(frame);
        ::abort();
      case kFakeLog:
        frame.mutable_log()->set_level(2);
        frame.mutable_log()->set_type("Fake");
        frame.mutable_log()->set_resource("Clip");
        frame.mutable_log()->set_text("a line of the DLL");
        return send(frame);
      case kFakeApiCall:
        frame.mutable_api_call()->set_frame("call");
        frame.mutable_api_call()->set_instance(control.instance());
        frame.mutable_api_call()->set_entry_point(4);
        frame.mutable_api_call()->set_lane("lane");
        return send(frame);
      case kFakeOrphan:
        if (::fork() == 0) {
          ::setsid();
          if (::fork() != 0) ::_exit(0);
          for (;;) ::pause();
        }
        ::wait(nullptr);
        break;
      default:
        break;
    }
    frame.mutable_control_done()->set_operation(control.operation());
    frame.mutable_control_done()->set_output(control.input());
    frame.mutable_control_done()->set_bytes_returned(static_cast<std::uint32_t>(control.input().size()));
    send(frame);
  }

  void obey(const proto::ToMonitor& frame) {
    switch (frame.body_case()) {
      case proto::ToMonitor::kOpen: {
        instances[frame.open().instance()] = {frame.open().resource(), 3};
        proto::FromMonitor answer;
        answer.mutable_opened()->set_instance(frame.open().instance());
        return send(answer);
      }
      case proto::ToMonitor::kOnline:
        return state(frame.online().instance(), frame.online().operation(), 2);
      case proto::ToMonitor::kOffline:
        return state(frame.offline().instance(), frame.offline().operation(), 3);
      case proto::ToMonitor::kResourceControl:
        return control(frame.resource_control());
      case proto::ToMonitor::kApiAnswer: {
        proto::FromMonitor answer;
        answer.mutable_control_done()->set_output(frame.api_answer().frame());
        return send(answer);
      }
      case proto::ToMonitor::kExit:
        ::_exit(0);
      default:
        return;
    }
  }

  [[noreturn]] void run() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::string& name = options["--name"];
    if (name == "exits") ::_exit(3);
    if (name == "silent")
      for (;;) ::pause();
    for (;; pause20ms()) {
      socket = connectTo("monitors.sock", SOCK_STREAM);
      if (socket < 0) continue;
      hello();
      calls::FrameReader reader;
      char buffer[65536];
      for (ssize_t size; (size = ::read(socket, buffer, sizeof buffer)) > 0;) {
        reader.feed({buffer, static_cast<std::size_t>(size)});
        while (const auto body = reader.next()) {
          proto::ToMonitor frame;
          if (frame.ParseFromString(*body)) obey(frame);
        }
      }
      ::close(socket);
    }
  }
};

// --- guard
// ------------------------------------------------------------------------------------------------------------

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

struct Guard {
  pid_t rhs = 0;
  int socket = -1;
  std::int64_t killAt_ns = INT64_MAX;
  std::uint64_t incarnation = 0;

  calls::GuardPacket packet(calls::GuardPacketKind kind) const {
    calls::GuardPacket packet;
    packet.kind = kind;
    packet.monitor = static_cast<std::uint32_t>(std::stoul(options["--monitor"]));
    packet.incarnation = incarnation;
    packet.guardPid = ::getpid();
    packet.rhsPid = rhs;
    return packet;
  }

  [[noreturn]] void reportAndEnd(calls::GuardExit exit, int signalOrStatus) const {
    calls::GuardPacket last = packet(calls::GuardPacketKind::Exited);
    last.exit = exit;
    last.signalOrStatus = signalOrStatus;
    last.inCallCount = 1;
    last.inCall[0] = 77;
    last.entryPoint = 4;
    std::strcpy(last.text, "the fake ended");
    if (socket >= 0) {
      ::send(socket, &last, sizeof last, MSG_NOSIGNAL);
      ::recv(socket, &last, sizeof last, 0);
    }
    ::_exit(0);
  }

  void obey(const calls::GuardPacket& order) {
    if (order.incarnation < incarnation) return;
    incarnation = order.incarnation;
    if (order.kind == calls::GuardPacketKind::Renew) killAt_ns = order.leaseEnd_ns + order.quorumLossStop_ns / 3;
    if (order.kind == calls::GuardPacketKind::Renew || options["--name"] == "stubborn") return;
    ::kill(rhs, SIGKILL);
    ::waitpid(rhs, nullptr, 0);
    reportAndEnd(order.kind == calls::GuardPacketKind::Kill ? calls::GuardExit::Killed : calls::GuardExit::LeaseLapsed,
                 SIGKILL);
  }

  [[noreturn]] void run() {
    rhs = ::fork();
    if (rhs == 0) Rhs{}.run();
    for (;; pause20ms()) {
      if (socket < 0 && options["--name"] != "mute-guard") {
        socket = connectTo("guards.sock", SOCK_SEQPACKET);
        const calls::GuardPacket hello = packet(calls::GuardPacketKind::Hello);
        if (socket >= 0) ::send(socket, &hello, sizeof hello, MSG_NOSIGNAL);
      }
      calls::GuardPacket order;
      ssize_t size;
      while (socket >= 0 && (size = ::recv(socket, &order, sizeof order, MSG_DONTWAIT)) >= 0) {
        if (size > 0) {
          obey(order);
        } else {
          ::close(socket);
          socket = -1;
        }
      }
      int status = 0;
      if (::waitpid(rhs, &status, WNOHANG) == rhs) {
        if (WIFSIGNALED(status)) reportAndEnd(calls::GuardExit::Signalled, WTERMSIG(status));
        reportAndEnd(calls::GuardExit::Exited, WEXITSTATUS(status));
      }
      if (now_ns() > killAt_ns) {
        ::kill(rhs, SIGKILL);
        ::_exit(0);
      }
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  Guard{}.run();
}
