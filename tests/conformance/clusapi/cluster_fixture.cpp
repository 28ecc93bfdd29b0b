#include "cluster_fixture.h"

#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>

#include "clussvc/doors/listener.h"

namespace holdfast::conformance {

namespace asio = boost::asio;
using clussvc::doors::FakeService;
using clussvc::doors::Listener;

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

struct ServiceProcess::Impl {
  std::string directory;
  std::string path;
  FakeService service;
  asio::io_context loop;
  asio::executor_work_guard<asio::io_context::executor_type> work{loop.get_executor()};
  std::unique_ptr<Listener> listener;
  std::thread thread;
};

ServiceProcess::ServiceProcess() : impl_(std::make_unique<Impl>()) {
  std::string pattern = std::filesystem::temp_directory_path() / "holdfast-XXXXXX";
  impl_->directory = mkdtemp(pattern.data());
  impl_->path = impl_->directory + "/cluster.sock";
  setenv("HOLDFAST_CLUSTER_SOCKET", impl_->path.c_str(), 1);
  impl_->thread = std::thread([this] { impl_->loop.run(); });
  start();
}

ServiceProcess::~ServiceProcess() {
  stop();
  impl_->work.reset();
  impl_->loop.stop();
  impl_->thread.join();
  std::filesystem::remove_all(impl_->directory);
}

const std::string& ServiceProcess::socketPath() const { return impl_->path; }

void ServiceProcess::onLoop(const std::function<void(FakeService&)>& work) {
  std::promise<void> done;
  asio::post(impl_->loop, [&] {
    work(impl_->service);
    done.set_value();
  });
  done.get_future().wait();
}

void ServiceProcess::stop() {
  onLoop([this](FakeService&) { impl_->listener.reset(); });
}

void ServiceProcess::start() {
  onLoop([this](FakeService& service) {
    ++service.incarnationNumber;
    impl_->listener =
        std::make_unique<Listener>(impl_->loop, service, clussvc::doors::ListenerOptions{impl_->path, {}});
    const auto started = impl_->listener->start();
    ASSERT_TRUE(started.has_value()) << started.error().subject;
  });
}

std::size_t ServiceProcess::connections() {
  return ask<std::size_t>([this](FakeService&) { return impl_->listener->connections(); });
}

ClusterTest::ClusterTest() {
  service.onLoop([](FakeService& cluster) {
    const ObjectId web = cluster.addGroup("Web").id;
    cluster.addResource(web, "Address");
    cluster.addResource(web, "Site");
  });
}

}  // namespace holdfast::conformance
