#include "clussvc/doors/listener.h"

#include <grp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <filesystem>
#include <set>

#include "calls/frame.h"
#include "clussvc/doors/limits.h"
#include "clussvc/doors/peer_credentials.h"

namespace holdfast::clussvc::doors {

namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using boost::system::error_code;

constexpr std::uint32_t kAlreadyExists = 183, kOpenFailed = 110, kBadPathname = 161;

/// How long accepting pauses when the process has no descriptors left: long enough for some to come back.
constexpr std::chrono::milliseconds kAcceptPause{200};

}  // namespace

namespace {

/// One client. Owned by the operations that are under way on its socket; the listener knows it to close it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using OnClosed = std::function<void(const std::shared_ptr<Connection>&)>;

  Connection(Protocol::socket socket, Service& service, Peer peer, OnClosed onClosed)
      : socket_(std::move(socket)), service_(service), peer_(std::move(peer)), onClosed_(std::move(onClosed)) {}

  void start() {
    session_.emplace(service_, peer_, [this](std::string body) { write(body); });
    read();
  }

  void close(const std::string& why = {}) {
    if (!socket_.is_open()) return;
    if (!why.empty())
      service_.log(Service::LogLevel::Warning, "doors", "closed the session of " + peer_.actor + ": " + why);
    error_code ignored;
    socket_.close(ignored);
    // The session may be what called: it ends on the loop, when its call is over.
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->session_.reset(); });
    if (onClosed_) std::exchange(onClosed_, {})(shared_from_this());
  }

  /// At the listener's end: the loop may not run any more, and the session must not outlive the service.
  void end() {
    onClosed_ = {};
    close();
    session_.reset();
  }

 private:
  void read() {
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_), [self = shared_from_this()](error_code error, std::size_t size) {
      self->reading_ = false;
      self->onRead(error, size);
    });
  }

  void onRead(error_code error, std::size_t size_bytes) {
    if (!socket_.is_open()) return;
    if (error) return close(frames_.pending() > 0 ? "it ended within a frame" : "");
    frames_.feed({input_.data(), size_bytes});
    serveFrames();
  }

  /// Serves what has come, until answers pile up; then the rest waits until the client has read some.
  void serveFrames() {
    while (socket_.is_open() && queued_bytes_ <= kWriteQueuePause_bytes) {
      const auto body = frames_.next();
      if (!body) break;
      if (!session_->receive(*body)) return close("it sent what is no call");
    }
    if (!socket_.is_open()) return;
    if (frames_.broken())
      return close("it announced a frame of more than " + std::to_string(calls::kMaxFrame_bytes) + " bytes");
    if (!reading_ && queued_bytes_ <= kWriteQueuePause_bytes) read();
  }

  void write(const std::string& body) {
    if (!socket_.is_open()) return;
    output_.push_back(calls::encodeFrame(body));
    queued_bytes_ += output_.back().size();
    if (queued_bytes_ > kWriteQueueEnd_bytes) return close("it does not read its answers");
    if (output_.size() == 1) writeNext();
  }

  void writeNext() {
    asio::async_write(socket_, asio::buffer(output_.front()),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!self->socket_.is_open()) return;
                        if (error) return self->close();
                        self->queued_bytes_ -= self->output_.front().size();
                        self->output_.pop_front();
                        if (!self->output_.empty()) self->writeNext();
                        if (!self->reading_) self->serveFrames();
                      });
  }

  Protocol::socket socket_;
  Service& service_;
  Peer peer_;
  OnClosed onClosed_;
  std::optional<Session> session_;
  calls::FrameReader frames_;
  std::array<char, 64 << 10> input_{};
  bool reading_ = false;
  std::deque<std::string> output_;
  std::size_t queued_bytes_ = 0;
};

}  // namespace

struct Listener::Impl : std::enable_shared_from_this<Impl> {
  Impl(asio::io_context& loop, Service& theService, ListenerOptions theOptions)
      : service(theService), options(std::move(theOptions)), acceptor(loop), pause(loop) {}

  void accept() {
    acceptor.async_accept([weak = weak_from_this()](error_code error, Protocol::socket socket) {
      const auto self = weak.lock();
      if (!self || !self->acceptor.is_open()) return;
      if (error) return self->acceptLater(error);
      self->take(std::move(socket));
      self->accept();
    });
  }

  void acceptLater(error_code error) {
    service.log(Service::LogLevel::Warning, "doors",
                "cannot take a connection: " + error.message() + "; trying again in " +
                    std::to_string(kAcceptPause.count()) + " ms");
    pause.expires_after(kAcceptPause);
    pause.async_wait([weak = weak_from_this()](error_code cancelled) {
      const auto self = weak.lock();
      if (self && !cancelled) self->accept();
    });
  }

  void take(Protocol::socket socket) {
    Peer peer = peerOf(socket.native_handle(), options.group);
    if (connections.size() >= kConnections) {
      service.log(Service::LogLevel::Warning, "doors",
                  "turned " + peer.actor + " away: " + std::to_string(kConnections) + " sessions are open");
      return;
    }
    const auto connection =
        std::make_shared<Connection>(std::move(socket), service, std::move(peer),
                                     [weak = weak_from_this()](const std::shared_ptr<Connection>& closed) {
                                       if (const auto self = weak.lock()) self->connections.erase(closed);
                                     });
    connections.insert(connection);
    connection->start();
  }

  Result<void> bind() {
    if (options.path.size() >= sizeof(sockaddr_un{}.sun_path)) {
      return fail(kBadPathname, "the path of the socket is longer than 107 bytes: " + options.path,
                  "choose a shorter directory");
    }
    error_code error;
    Protocol::socket probe(acceptor.get_executor());
    probe.connect(Protocol::endpoint(options.path), error);
    if (!error) return fail(kAlreadyExists, "somebody listens on " + options.path, "stop the other service");
    std::error_code ignored;
    if (std::filesystem::is_socket(options.path, ignored)) std::filesystem::remove(options.path, ignored);

    const auto refuse = [this](const error_code& why) {
      return fail(kOpenFailed, "cannot listen on " + options.path + ": " + why.message());
    };
    acceptor.open(Protocol(), error);
    if (error) return refuse(error);
    // Nobody can connect before the mode is right: the file is made for its owner alone.
    const mode_t former = umask(0177);
    acceptor.bind(Protocol::endpoint(options.path), error);
    umask(former);
    if (error) return refuse(error);
    if (auto opened = openForGroup(); !opened) return opened;
    acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return refuse(error);
    return {};
  }

  Result<void> openForGroup() {
    if (options.group.empty()) return {};
    const struct group* group = getgrnam(options.group.c_str());
    if (!group) {
      return fail(kOpenFailed, "there is no group \"" + options.group + "\"", "create it, or leave the setting empty");
    }
    if (chown(options.path.c_str(), static_cast<uid_t>(-1), group->gr_gid) != 0 ||
        chmod(options.path.c_str(), 0660) != 0) {
      return fail(kOpenFailed, "cannot give " + options.path + " to group \"" + options.group + "\"");
    }
    return {};
  }

  void stop() {
    error_code ignored;
    if (acceptor.is_open()) {
      acceptor.close(ignored);
      unlink(options.path.c_str());
    }
    pause.cancel();
    for (const auto& connection : std::exchange(connections, {})) connection->end();
  }

  Service& service;
  ListenerOptions options;
  Protocol::acceptor acceptor;
  asio::steady_timer pause;
  std::set<std::shared_ptr<Connection>> connections;
};

Listener::Listener(asio::io_context& loop, Service& service, ListenerOptions options)
    : impl_(std::make_shared<Impl>(loop, service, std::move(options))) {}

Listener::~Listener() { impl_->stop(); }

Result<void> Listener::start() {
  if (auto bound = impl_->bind(); !bound) {
    error_code ignored;
    impl_->acceptor.close(ignored);
    return bound;
  }
  impl_->accept();
  return {};
}

std::size_t Listener::connections() const { return impl_->connections.size(); }

}  // namespace holdfast::clussvc::doors
