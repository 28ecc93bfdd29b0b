// A Cluster service in this process: real socket, real sessions, and a small cluster in memory. Tests are its clients
// through libclusapi.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "clussvc/doors/fake_service.h"

namespace holdfast::conformance {

/// Waits until `condition` holds, at most ten seconds.
bool eventually(const std::function<bool()>& condition);

class ServiceProcess {
 public:
  /// Listens on a socket of its own in a temporary directory and makes libclusapi use it.
  ServiceProcess();
  ~ServiceProcess();

  const std::string& socketPath() const;

  /// Ends the listener and all sessions with it, as the end of the daemon would.
  void stop();
  /// Starts it again, another incarnation with the same cluster.
  void start();

  /// Runs on the service's loop and waits for the end: the only way to touch the cluster.
  void onLoop(const std::function<void(clussvc::doors::FakeService&)>& work);
  template <class Returned>
  Returned ask(const std::function<Returned(clussvc::doors::FakeService&)>& work) {
    Returned result{};
    onLoop([&](clussvc::doors::FakeService& service) { result = work(service); });
    return result;
  }

  /// Open connections.
  std::size_t connections();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A test with a service, a group "Web" and in it the resources "Address" and "Site".
class ClusterTest : public testing::Test {
 protected:
  ClusterTest();
  ServiceProcess service;
};

}  // namespace holdfast::conformance
