#include "rhs/driver.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

namespace holdfast::rhs_test {

namespace {

constexpr auto kDeadline = std::chrono::seconds(20);
constexpr auto kRenewEvery = std::chrono::milliseconds(100);

int listenOn(const std::string& path, int type) {
  ::unlink(path.c_str());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int file = ::socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (::bind(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::abort();
  ::listen(file, 8);
  return file;
}

std::int64_t boottime_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

}  // namespace

Driver::Driver(const std::string& runDir, std::uint64_t incarnation)
    : incarnation_(incarnation),
      monitorListener_(listenOn(runDir + "/monitors.sock", SOCK_STREAM)),
      guardListener_(listenOn(runDir + "/guards.sock", SOCK_SEQPACKET)) {}

Driver::~Driver() {
  for (const int file : {monitorListener_, guardListener_, monitor_, guard_}) {
    if (file >= 0) ::close(file);
  }
}

bool Driver::until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    step();
  }
  return true;
}

void Driver::during(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) step();
}

bool Driver::connected() {
  return until([&] { return hello && guardHello; });
}

void Driver::step() {
  pollfd files[] = {
      {monitorListener_, POLLIN, 0}, {guardListener_, POLLIN, 0}, {monitor_, POLLIN, 0}, {guard_, POLLIN, 0}};
  ::poll(files, 4, 2);
  if (files[0].revents != 0) {
    if (monitor_ >= 0) ::close(monitor_);
    monitor_ = ::accept4(monitorListener_, nullptr, nullptr, SOCK_CLOEXEC);
    reader_ = calls::FrameReader();
  }
  if (files[1].revents != 0) {
    if (guard_ >= 0) ::close(guard_);
    guard_ = ::accept4(guardListener_, nullptr, nullptr, SOCK_CLOEXEC);
  }
  if (monitor_ >= 0) readMonitor();
  if (guard_ >= 0) readGuard();
  renew();
}

void Driver::readMonitor() {
  char buffer[65536];
  const auto got = ::recv(monitor_, buffer, sizeof buffer, MSG_DONTWAIT);
  if (got < 0) return;
  if (got == 0) {
    ::close(monitor_);
    monitor_ = -1;
    return;
  }
  reader_.feed({buffer, static_cast<std::size_t>(got)});
  while (const auto body = reader_.next()) {
    wire::FromMonitor frame;
    if (frame.ParseFromString(*body)) take(frame);
  }
}

void Driver::take(const wire::FromMonitor& frame) {
  switch (frame.body_case()) {
    case wire::FromMonitor::kHello: {
      hello = frame.hello();
      wire::ToMonitor answer;
      answer.mutable_hello()->set_protocol_lowest(1);
      answer.mutable_hello()->set_protocol_highest(1);
      answer.mutable_hello()->set_incarnation(incarnation_);
      return send(answer);
    }
    case wire::FromMonitor::kOpened:
      openedStatus[frame.opened().instance()] = frame.opened().status();
      break;
    case wire::FromMonitor::kClosed:
      closed.push_back(frame.closed().instance());
      break;
    case wire::FromMonitor::kStateChanged:
      states.push_back(frame.state_changed());
      break;
    case wire::FromMonitor::kProgress:
      progress.push_back(frame.progress());
      break;
    case wire::FromMonitor::kControlDone:
      controls.push_back(frame.control_done());
      break;
    case wire::FromMonitor::kLog:
      lines.push_back(frame.log());
      break;
    case wire::FromMonitor::kApiCall:
      apiCalls.push_back(frame.api_call());
      break;
    default:
      break;
  }
}

void Driver::readGuard() {
  calls::GuardPacket packet;
  const auto got = ::recv(guard_, &packet, sizeof packet, MSG_DONTWAIT);
  if (got < 0) return;
  if (got == 0) {
    ::close(guard_);
    guard_ = -1;
    return;
  }
  if (packet.kind == calls::GuardPacketKind::Hello) guardHello = packet;
  if (packet.kind == calls::GuardPacketKind::Exited) exited = packet;
}

void Driver::order(calls::GuardPacketKind kind) {
  calls::GuardPacket packet;
  packet.kind = kind;
  packet.incarnation = incarnation_;
  packet.leaseEnd_ns = boottime_ns() + std::chrono::nanoseconds(lease).count();
  packet.quorumLossStop_ns = std::chrono::nanoseconds(quorumLossStop).count();
  if (guard_ >= 0) (void)!::send(guard_, &packet, sizeof packet, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void Driver::renew() {
  const auto now = std::chrono::steady_clock::now();
  if (!renewing || guard_ < 0 || now - renewed_ < kRenewEvery) return;
  renewed_ = now;
  order(calls::GuardPacketKind::Renew);
}

void Driver::sendRaw(const std::string& bytes) {
  if (monitor_ >= 0) (void)!::send(monitor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void Driver::send(const wire::ToMonitor& frame) { sendRaw(calls::encodeFrame(frame.SerializeAsString())); }

void Driver::open(std::uint64_t instance, const std::string& name, const std::string& dll, const std::string& type,
                  const std::function<void(wire::Open&)>& change) {
  wire::ToMonitor frame;
  auto& open = *frame.mutable_open();
  open.set_instance(instance);
  open.set_resource("00000000-0000-0000-0000-" + std::to_string(100000000000 + instance));
  open.set_name(name);
  open.mutable_type()->set_name(type);
  open.mutable_type()->set_dll_name(dll);
  open.mutable_type()->set_deadlock_ms(30000);
  open.mutable_settings()->set_looks_alive_ms(5000);
  open.mutable_settings()->set_is_alive_ms(60000);
  open.mutable_settings()->set_pending_ms(30000);
  open.mutable_settings()->set_deadlock_ms(30000);
  if (change) change(open);
  send(frame);
}

void Driver::online(std::uint64_t instance, std::uint64_t operation) {
  wire::ToMonitor frame;
  frame.mutable_online()->set_instance(instance);
  frame.mutable_online()->set_operation(operation);
  send(frame);
}

void Driver::offline(std::uint64_t instance, std::uint64_t operation) {
  wire::ToMonitor frame;
  frame.mutable_offline()->set_instance(instance);
  frame.mutable_offline()->set_operation(operation);
  send(frame);
}

void Driver::terminate(std::uint64_t instance, std::uint64_t operation, bool asFailed) {
  wire::ToMonitor frame;
  frame.mutable_terminate()->set_instance(instance);
  frame.mutable_terminate()->set_operation(operation);
  frame.mutable_terminate()->set_as_failed(asFailed);
  send(frame);
}

void Driver::close(std::uint64_t instance) {
  wire::ToMonitor frame;
  frame.mutable_close()->set_instance(instance);
  send(frame);
}

void Driver::exit() {
  wire::ToMonitor frame;
  frame.mutable_exit();
  send(frame);
}

std::optional<std::uint32_t> Driver::opened(std::uint64_t instance, const std::string& name, const std::string& type,
                                            const std::function<void(wire::Open&)>& change) {
  open(instance, name, "fixture_script", type, change);
  if (!until([&] { return openedStatus.contains(instance); })) return std::nullopt;
  return openedStatus.at(instance);
}

std::int32_t Driver::state(std::uint64_t instance) const {
  for (auto i = states.size(); i-- > 0;) {
    if (states[i].instance() == instance) return states[i].state();
  }
  return -1;
}

bool Driver::waitState(std::uint64_t instance, std::int32_t state, bool terminated) {
  return until([&] {
    for (auto i = states.size(); i-- > 0;) {
      if (states[i].instance() == instance)
        return states[i].state() == state && (!terminated || states[i].terminated());
    }
    return false;
  });
}

std::optional<wire::ControlDone> Driver::control(std::uint64_t instance, std::uint32_t code, const std::string& input,
                                                 std::uint32_t capacity) {
  static std::uint64_t operation = 1000000;
  wire::ToMonitor frame;
  auto& control = *frame.mutable_resource_control();
  control.set_instance(instance);
  control.set_operation(++operation);
  control.set_code(code);
  control.set_input(input);
  control.set_output_capacity(capacity);
  send(frame);
  const auto done = [&] { return !controls.empty() && controls.back().operation() == operation; };
  if (!until(done)) return std::nullopt;
  return controls.back();
}

bool Driver::logged(const std::string& part) const {
  for (const auto& line : lines) {
    if (line.text().find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace holdfast::rhs_test
