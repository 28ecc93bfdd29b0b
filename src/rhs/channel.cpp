#include "rhs/channel.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "rhs/clocks.h"
#include "rhs/limits.h"

namespace holdfast::rhs {

namespace {

namespace wire = calls::monitor;

constexpr std::uint32_t kProtocol = 1;
constexpr std::size_t kCompactAbove_bytes = 1u << 16;

}  // namespace

Channel::Channel(Loop& loop, std::string socket, std::string token, std::uint32_t monitor, Events events)
    : loop_(loop),
      socket_(std::move(socket)),
      token_(std::move(token)),
      monitor_(monitor),
      events_(std::move(events)) {}

Channel::~Channel() { drop(); }

void Channel::onTime(Time now) {
  if (file_ >= 0 || now < tryAt_) return;
  tryAt_ = now + kReconnectEvery;
  connect();
}

void Channel::connect() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket_.c_str(), socket_.size() + 1);
  const int file = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (file < 0) return;
  if (::connect(file, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(file);
    return;
  }
  file_ = file;
  reader_ = calls::FrameReader();
  outbox_.clear();
  written_ = 0;
  wantsWrite_ = false;
  loop_.watch(file_, EPOLLIN, [this](std::uint32_t ready) { this->ready(ready); });
  wire::FromMonitor frame;
  auto& hello = *frame.mutable_hello();
  hello.set_protocol_lowest(kProtocol);
  hello.set_protocol_highest(kProtocol);
  hello.set_build(HOLDFAST_VERSION);
  hello.set_token(token_);
  hello.set_monitor(monitor_);
  hello.set_pid(static_cast<std::uint32_t>(::getpid()));
  events_.hello(hello);
  append(frame);
}

void Channel::drop() {
  if (file_ < 0) return;
  loop_.forget(file_);
  ::close(file_);
  file_ = -1;
  service_ = 0;
  tryAt_ = monotonicNow() + kReconnectEvery;
}

void Channel::ready(std::uint32_t events) {
  if ((events & EPOLLOUT) != 0) write();
  if (file_ >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) readAll();
}

void Channel::readAll() {
  char buffer[65536];
  while (file_ >= 0) {
    const auto got = ::recv(file_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return drop();
    reader_.feed({buffer, static_cast<std::size_t>(got)});
    while (const auto body = reader_.next()) {
      wire::ToMonitor frame;
      if (!frame.ParseFromString(*body)) return drop();  // no monitor guesses what garbage meant
      handle(frame);
      if (file_ < 0) return;
    }
    if (reader_.broken()) return drop();
  }
}

void Channel::handle(const wire::ToMonitor& frame) {
  if (frame.has_hello()) {
    const auto& hello = frame.hello();
    const bool speaks = hello.protocol_lowest() <= kProtocol && hello.protocol_highest() >= kProtocol;
    if (!speaks || hello.incarnation() < highest_) return drop();
    highest_ = service_ = hello.incarnation();
    sendKeptLines();
    events_.connected(service_);
    return;
  }
  // The first frame both ways is Hello.
  if (service_ == 0) return drop();
  events_.received(frame);
}

void Channel::send(const wire::FromMonitor& frame) {
  if (file_ < 0) return;
  const bool mayBeLost = frame.has_progress();
  if (mayBeLost && outbox_.size() > kMaxOutbox_bytes) return;
  append(frame);
}

void Channel::sendLog(wire::LogLine line) {
  if (service_ != 0 && outbox_.size() <= kMaxOutbox_bytes && keptLines_.empty()) {
    wire::FromMonitor frame;
    *frame.mutable_log() = std::move(line);
    return append(frame);
  }
  if (keptLines_.size() >= kMaxLogLines) {
    ++droppedLines_;
    return;
  }
  keptLines_.push_back(std::move(line));
}

void Channel::sendKeptLines() {
  if (droppedLines_ != 0) {
    wire::LogLine line;
    line.set_level(1);
    line.set_text(std::to_string(std::exchange(droppedLines_, 0)) + " lines were lost while no service read them");
    keptLines_.push_back(std::move(line));
  }
  // Taken out first: append() may come back here.
  auto lines = std::exchange(keptLines_, {});
  for (auto& line : lines) {
    wire::FromMonitor frame;
    *frame.mutable_log() = std::move(line);
    append(frame);
  }
}

void Channel::append(const wire::FromMonitor& frame) {
  std::string body;
  if (!frame.SerializeToString(&body) || body.size() > calls::kMaxFrame_bytes) return;
  outbox_ += calls::encodeFrame(body);
  if (!wantsWrite_) write();
}

void Channel::write() {
  while (file_ >= 0 && written_ < outbox_.size()) {
    const auto done = ::send(file_, outbox_.data() + written_, outbox_.size() - written_, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0 && errno == EAGAIN) break;
    if (done < 0) return;  // the reading side finds the end, outside the caller's frame
    written_ += static_cast<std::size_t>(done);
  }
  const bool wants = written_ < outbox_.size();
  if (!wants || written_ > kCompactAbove_bytes) {
    outbox_.erase(0, written_);
    written_ = 0;
  }
  if (file_ >= 0 && wants != wantsWrite_) {
    wantsWrite_ = wants;
    loop_.change(file_, wants ? EPOLLIN | EPOLLOUT : static_cast<std::uint32_t>(EPOLLIN));
  }
  if (!wants && service_ != 0 && !keptLines_.empty()) sendKeptLines();
}

void Channel::flush(Duration patience) {
  const auto until = monotonicNow() + patience;
  while (file_ >= 0 && written_ < outbox_.size() && monotonicNow() < until) {
    pollfd writable{file_, POLLOUT, 0};
    ::poll(&writable, 1, 10);
    write();
  }
}

}  // namespace holdfast::rhs
