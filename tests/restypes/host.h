// A host for one resource DLL: loads it and calls its entry points as a Resource Monitor would. One DLL per program.
#pragma once

#include <gtest/gtest.h>
#include <resapi.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "conformance/resutils/fake_registry.h"
#include "conformance/resutils/lists.h"

namespace holdfast::testing {

/// What Startup of the DLL answers; its table in `table`.
DWORD startup(std::string const& dll, LPCWSTR type, CLRES_V1_FUNCTIONS& functions, DWORD minVersion = 0x100,
              DWORD maxVersion = 0x400);

/// One instance, opened over the fake registry's key `Parameters`. Closed with the object.
class Resource {
 public:
  Resource(CLRES_V1_FUNCTIONS const& functions, std::wstring const& name);
  ~Resource();
  Resource(Resource const&) = delete;
  Resource& operator=(Resource const&) = delete;

  RESID id() const { return id_; }
  CLRES_V1_FUNCTIONS const& dll() const { return functions_; }

  /// Online or Offline to its end. The code of the call, or ERROR_IO_PENDING and the last report in `state`.
  DWORD online();
  DWORD offline();
  CLUSTER_RESOURCE_STATE state() const;  // of the last report
  HANDLE eventHandle() const { return event_; }
  std::vector<RESOURCE_STATUS> reports() const;
  /// From now on SetResourceStatus answers ResourceExitStateTerminate.
  void giveUp();
  void forgetReports();
  DWORD waitForEnd(DWORD code);

  DWORD control(DWORD code, Bytes const& in = {});
  DWORD control(DWORD code, Bytes const& in, Bytes& out, DWORD capacity);

  DWORD report(RESOURCE_STATUS const& status);

 private:
  CLRES_V1_FUNCTIONS functions_;
  RESID id_ = nullptr;
  HKEY key_ = nullptr;
  HANDLE event_ = nullptr;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<RESOURCE_STATUS> reports_;
  bool givenUp_ = false;
};

/// Polls until it holds, at most 20 s.
template <class Condition>
bool eventually(Condition const& condition) {
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
  return true;
}

/// Living processes whose directory, command line or environment contains the text.
std::set<int> processesWith(std::string const& text);
int openDescriptors();
int threads();

/// Terminate on one thread against `call` on another, over and over.
void race(Resource& resource, void (*call)(Resource&), int rounds);

}  // namespace holdfast::testing
