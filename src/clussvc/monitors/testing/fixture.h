// A supervisor over a private run folder, with fake guards; what it tells the shell is written down.
#pragma once

#include <signal.h>
#include <stdlib.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <vector>

#include "clussvc/clock.h"
#include "clussvc/monitors/supervisor.h"
#include "clussvc/monitors/testing/fake_codes.h"

namespace holdfast::clussvc::monitors::testing {

using namespace std::chrono_literals;

class SupervisorTest : public ::testing::Test {
 protected:
  SupervisorTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-mon-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~SupervisorTest() override {
    supervisor_.reset();
    for (const auto& [number, process] : processesMarked(mark())) signalProcess(process, SIGKILL);
    const Time end = bootTime() + 10s;
    while (!processesMarked(mark()).empty() && bootTime() < end) run();
    std::filesystem::remove_all(folder_);
  }

  /// A (new) service.
  void serve() {
    ++incarnation_;
    SupervisorOptions options;
    options.runFolder = folder_;
    options.objectsFolder = folder_ + "/objects";
    options.resourcePath = "/nowhere";
    options.guardProgram = guardProgram_;
    options.rhsProgram = "/nowhere/rhs";
    options.incarnation = incarnation_;
    Supervisor::Surroundings out;
    out.give = [this](core::Event event) { events_.push_back(std::move(event)); };
    out.log = [this](Service::LogLevel, std::string_view text) { log_.emplace_back(text); };
    out.logOfDll = [this](Service::LogLevel level, std::string_view, std::string_view text) {
      dllLog_.emplace_back(level, text);
    };
    out.leaseTimes = [this] { return times_; };
    out.dllCalls = [this](monitor::MonitorId, std::uint32_t, std::function<void(std::string)> send) {
      struct Echo : DllCalls {
        bool receive(std::string_view frame, const doors::DllContext& where) override {
          test->calls_.emplace_back(std::string(frame), where.lane);
          send("answer");
          return true;
        }
        SupervisorTest* test = nullptr;
        std::function<void(std::string)> send;
      };
      auto calls = std::make_unique<Echo>();
      calls->test = this;
      calls->send = std::move(send);
      return calls;
    };
    supervisor_ = std::make_unique<Supervisor>(loop_, options, out);
    const auto begun = supervisor_->begin();
    ASSERT_TRUE(begun) << begun.error().subject;
  }

  bool runUntil(const std::function<bool()>& condition, Duration limit = 20s) {
    const Time end = bootTime() + limit;
    while (!condition() && bootTime() < end) run();
    return condition();
  }
  void run() {
    loop_.restart();  // it stops when there is nothing to wait for
    loop_.run_for(2ms);
  }
  template <class Event>
  std::vector<Event> all() const {
    std::vector<Event> found;
    for (const auto& event : events_)
      if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
    return found;
  }
  template <class Event>
  bool wait(std::size_t count = 1) {
    return runUntil([&] { return all<Event>().size() >= count; });
  }
  template <class Report>
  std::vector<Report> reports() const {
    std::vector<Report> found;
    for (const auto& event : all<core::MonitorReported>())
      if (const auto* one = std::get_if<Report>(&event.report)) found.push_back(*one);
    return found;
  }
  bool logged(const std::string& text) const {
    return std::ranges::any_of(log_, [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }

  /// A new monitor with a lease, connected.
  void startConnected(monitor::MonitorId id = 7, const std::string& name = "default") {
    supervisor_->setLease(true);
    supervisor_->start({id, name});
    const std::size_t before = all<core::MonitorConnected>().size();
    ASSERT_TRUE(wait<core::MonitorConnected>(before + 1));
  }
  void control(std::uint32_t code, monitor::MonitorId id = 7, Bytes input = {}) {
    supervisor_->command({id, monitor::ResourceControl{5, 99, code, std::move(input), 100}});
  }
  MonitorRecord record(monitor::MonitorId id = 7) const {
    std::vector<std::string> unreadable;
    for (const auto& one : Records(folder_ + "/monitors").load(unreadable))
      if (one.monitor == id) return one;
    return {};
  }
  std::string mark() const { return "HOLDFAST_MONITOR=" + folder_ + "#"; }
  bool nothingRuns() { return processesMarked(mark()).empty(); }

  boost::asio::io_context loop_;
  std::string folder_;
  std::string guardProgram_ = FAKE_GUARD;
  std::uint64_t incarnation_ = 0;
  LeaseTimes times_;
  std::vector<core::Event> events_;
  std::vector<std::string> log_;
  std::vector<std::pair<Service::LogLevel, std::string>> dllLog_;
  std::vector<std::pair<std::string, std::string>> calls_;
  std::unique_ptr<Supervisor> supervisor_;
};

}  // namespace holdfast::clussvc::monitors::testing
