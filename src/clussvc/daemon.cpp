#include "clussvc/daemon.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "calls/error_text.h"
#include "clussvc/chance.h"
#include "clussvc/doors/listener.h"
#include "clussvc/engine/loopback.h"
#include "clussvc/error_codes.h"
#include "clussvc/exit_code.h"
#include "clussvc/lane_check.h"
#include "clussvc/monitors/supervisor.h"
#include "clussvc/node_core.h"
#include "clussvc/service_lock.h"
#include "clussvc/shell.h"

namespace holdfast::clussvc {
namespace {

using Level = Service::LogLevel;
using store::StoreError;

/// A loop that was kept this long from its work is worth a line: leases and clients wait meanwhile.
constexpr auto kLateLoop = std::chrono::milliseconds(500);
/// Signs of life: for the lock, and for systemd.
constexpr auto kBeat = std::chrono::milliseconds(250);
/// After a clean stop, for the last answers to reach their clients.
constexpr auto kFarewell = std::chrono::milliseconds(100);
constexpr NodeId kThisNode = 1;

int exitCodeOf(StoreError::Kind kind) {
  switch (kind) {
    case StoreError::Kind::Damaged:
      return kExitDamaged;
    case StoreError::Kind::Foreign:
    case StoreError::Kind::Newer:
      return kExitForeign;
    case StoreError::Kind::Locked:
      return kExitRunning;
    case StoreError::Kind::Unwritable:
    case StoreError::Kind::Full:
    case StoreError::Kind::Failed:
      return kExitUnwritable;
  }
  return kExitFailed;
}

/// Why the service does not start.
struct Refusal {
  int exitCode = kExitFailed;
  Error error;
};

/// Calls of one monitor's DLLs, as a session.
class DllSession final : public monitors::DllCalls {
 public:
  DllSession(Service& service, doors::Peer peer, std::function<void(std::string)> send,
             doors::Session::NeedsHeldLane laneCheck)
      : session_(service, std::move(peer), std::move(send)) {
    session_.setLaneCheck(std::move(laneCheck));
  }
  bool receive(std::string_view frame, const doors::DllContext& where) override {
    return session_.receive(frame, where);
  }

 private:
  doors::Session session_;
};

class Daemon {
 public:
  explicit Daemon(const Config& config) : config_(config), signals_(loop_, SIGTERM, SIGINT, SIGHUP), beat_(loop_) {}

  /// Everything in place and told to start.
  std::expected<void, Refusal> start() {
    if (auto made = makeFolders(); !made) return made;
    auto lock = ServiceLock::take(config_.runFolder + "/clussvc.lock");
    if (!lock) {
      const bool running = lock.error().code == code::kServiceAlreadyRunning;
      return std::unexpected(Refusal{running ? kExitRunning : kExitUnwritable, lock.error()});
    }
    lock_.emplace(std::move(*lock));
    log_.emplace(log::LogOptions{config_.logFile, config_.logSize_bytes, config_.logLevel, true});
    auto file = store::DatabaseFile::open(config_.database);
    if (!file) return refuse(file.error());
    auto stored = file->load();
    if (!stored) return refuse(stored.error());
    const auto incarnation = file->nextIncarnation();
    if (!incarnation) return refuse(incarnation.error());
    log_->write(Level::Information, "clussvc",
                fmt::format("version {}, incarnation {}, pid {}: started with {}", HOLDFAST_VERSION, *incarnation,
                            ::getpid(), config_.database));
    lock_->beat();
    assemble(std::move(*file), *incarnation);
    return begin(std::move(*stored), *incarnation);
  }

  int run() {
    loop_.run();
    return kExitStopped;
  }

 private:
  std::expected<void, Refusal> makeFolders() {
    // Members of the socket's group must get as far as the socket, and no farther.
    const mode_t mode = config_.socketGroup.empty() ? 0700 : 0711;
    std::error_code error;
    std::filesystem::create_directories(config_.runFolder, error);
    if (!error) std::filesystem::create_directories(config_.objectsFolder(), error);
    if (!error) std::filesystem::create_directories(std::filesystem::path(config_.database).parent_path(), error);
    if (!error && ::chmod(config_.runFolder.c_str(), mode) != 0) error = {errno, std::generic_category()};
    if (error)
      return std::unexpected(Refusal{kExitUnwritable,
                                     {code::kAccessDenied, fmt::format("{}: {}", config_.runFolder, error.message()),
                                      "let the user of clussvc write there, or choose another folder"}});
    return {};
  }

  static std::expected<void, Refusal> refuse(const StoreError& error) {
    return std::unexpected(Refusal{exitCodeOf(error.kind), error.error});
  }

  std::function<void(std::function<void()>)> post() {
    return [this](std::function<void()> function) { boost::asio::post(loop_, std::move(function)); };
  }

  void assemble(store::DatabaseFile file, std::uint64_t incarnation) {
    core::NodeConfig node;
    node.id = kThisNode;
    node.nodeName = config_.nodeName;
    node.incarnation = incarnation;
    node.wallAtZero = wallTimeOf(Time{});
    core_.emplace(std::move(node));
    shell_.emplace(loop_, Identity{kThisNode, config_.nodeName, incarnation}, *log_);
    engine_.emplace(post());
    store_.emplace(std::move(file), post(),
                   store::Store::Events{[this](std::uint64_t persist) { shell_->give(core::StoreDone{persist}); },
                                        [this](const Error& error) {
                                          log_->write(Level::Error, "store",
                                                      calls::formatError(error.code, error.subject, error.advice));
                                          shell_->give(core::StoreFailed{error});
                                        }});
    supervisor_.emplace(loop_, supervisorOptions(incarnation), supervisorSurroundings());
    shell_->attach({&*core_, &*store_, &*engine_, &*supervisor_});
    shell_->onStopped([this] { boost::asio::post(loop_, [this] { farewell(); }); });
    listener_.emplace(loop_, *shell_, doors::ListenerOptions{config_.clusterSocket(), config_.socketGroup});
  }

  monitors::SupervisorOptions supervisorOptions(std::uint64_t incarnation) const {
    monitors::SupervisorOptions options;
    options.runFolder = config_.runFolder;
    options.objectsFolder = config_.objectsFolder();
    options.resourcePath = config_.resourcePath;
    options.guardProgram = config_.programs + "/rhs-guard";
    options.rhsProgram = config_.programs + "/rhs";
    options.incarnation = incarnation;
    options.build = HOLDFAST_VERSION;
    return options;
  }

  monitors::Supervisor::Surroundings supervisorSurroundings() {
    monitors::Supervisor::Surroundings out;
    out.give = [this](core::Event event) { shell_->give(std::move(event)); };
    out.log = [this](Level level, std::string_view text) { log_->write(level, "monitors", text); };
    out.logOfDll = [this](Level level, std::string_view room, std::string_view text) {
      log_->write(level, room, text);
    };
    out.leaseTimes = [this] { return monitors::leaseTimesOf(shell_->view()); };
    out.dllCalls = [this](monitor::MonitorId monitor, std::uint32_t pid, std::function<void(std::string)> send) {
      doors::Peer peer;
      peer.actor = fmt::format("monitor {} pid {}", monitor, pid);
      peer.mayRead = peer.mayWrite = peer.isMonitor = true;
      auto laneCheck = [this](const ObjectRef& target, const doors::DllContext& where) {
        return needsHeldLane(shell_->view(), supervisor_->resourceOf(where.instance), target, where);
      };
      return std::make_unique<DllSession>(*shell_, std::move(peer), std::move(send), std::move(laneCheck));
    };
    return out;
  }

  std::expected<void, Refusal> begin(gum::StoredState stored, std::uint64_t incarnation) {
    core::Started started;
    started.newClusterId = randomGuid();
    started.newClusterName = config_.clusterName;
    started.copyInstance = randomNumber() | 1;  // not 0
    const std::uint64_t instance = stored.empty ? started.copyInstance : stored.instance;
    started.stored = std::move(stored);
    shell_->give(std::move(started));
    engine_->start({kThisNode, instance, incarnation},
                   {[this](const gum::View& view) { shell_->give(core::ViewChanged{view}); },
                    [this](gum::Message message) { shell_->give(core::MessageReceived{std::move(message)}); }});
    if (auto begun = supervisor_->begin(); !begun) return std::unexpected(Refusal{kExitUnwritable, begun.error()});
    if (auto listens = listener_->start(); !listens) return std::unexpected(Refusal{kExitUnwritable, listens.error()});
    writePidFile();
    waitForSignal();
    beatAt(bootTime() + kBeat);
    ::sd_notify(0, "READY=1");
    return {};
  }

  /// For scripts: the lock is what counts.
  void writePidFile() const {
    const std::string unfinished = config_.runFolder + "/clussvc.pid.new";
    if (std::FILE* file = std::fopen(unfinished.c_str(), "w")) {
      std::fprintf(file, "%d\n", ::getpid());
      std::fclose(file);
      ::rename(unfinished.c_str(), (config_.runFolder + "/clussvc.pid").c_str());
    }
  }

  void waitForSignal() {
    signals_.async_wait([this](boost::system::error_code cancelled, int number) {
      if (cancelled) return;
      if (stopping_) {
        log_->write(Level::Information, "clussvc", "is stopping already; resources go offline in order");
      } else {
        stopping_ = true;
        log_->write(Level::Information, "clussvc", fmt::format("stops: {}", ::strsignal(number)));
        ::sd_notify(0, "STOPPING=1");
        shell_->give(core::StopRequested{});
      }
      waitForSignal();
    });
  }

  void beatAt(Time due) {
    beat_.expires_after(due - bootTime());
    beat_.async_wait([this, due](boost::system::error_code cancelled) {
      if (cancelled) return;
      const Duration late = bootTime() - due;
      const Duration step = shell_->takeLongestStep();
      if (late > kLateLoop || step > kLateLoop)
        log_->write(Level::Warning, "clussvc",
                    fmt::format("the loop was late by {} ms, the longest step took {} ms",
                                late / std::chrono::milliseconds(1), step / std::chrono::milliseconds(1)));
      lock_->beat();
      ::sd_notify(0, "WATCHDOG=1");
      beatAt(bootTime() + kBeat);
    });
  }

  /// The last answers leave, then nothing keeps the loop any more.
  void farewell() {
    log_->write(Level::Information, "clussvc", "stopped");
    engine_->stop();
    beat_.expires_after(kFarewell);
    beat_.async_wait([this](boost::system::error_code) {
      listener_.reset();
      supervisor_.reset();
      ::unlink((config_.runFolder + "/clussvc.pid").c_str());
      loop_.stop();
    });
  }

  const Config& config_;
  boost::asio::io_context loop_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer beat_;
  bool stopping_ = false;

  // In the order of building: each uses those before it.
  std::optional<ServiceLock> lock_;
  std::optional<log::ClusterLog> log_;
  std::optional<NodeCore> core_;
  std::optional<Shell> shell_;
  std::optional<engine::Loopback> engine_;
  std::optional<store::Store> store_;
  std::optional<monitors::Supervisor> supervisor_;
  std::optional<doors::Listener> listener_;
};

}  // namespace

int runDaemon(const Config& config) {
  ::umask(077);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of the write, not the end
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;  // a descriptor per session, and two per monitor
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  Daemon daemon(config);
  if (auto started = daemon.start(); !started) {
    const Error& error = started.error().error;
    std::fprintf(stderr, "clussvc: %s\n", calls::formatError(error.code, error.subject, error.advice).c_str());
    return started.error().exitCode;
  }
  return daemon.run();
}

}  // namespace holdfast::clussvc
