#include "bench/service.h"

#include <holdfast/cluster.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/figure.h"

namespace holdfast::bench {

namespace {

constexpr double kPatience_s = 60;
constexpr useconds_t kLookAgain_us = 2000;
constexpr unsigned kSessions = 8;
constexpr unsigned kResourcesOfGroup = 500;

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void become(const std::string& folder) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::execl(HOLDFAST_BENCH_CLUSSVC, "clussvc", "--dir", folder.c_str(), "--resource-path", HOLDFAST_BENCH_RESOURCES,
          static_cast<char*>(nullptr));
  ::_exit(127);
}

double waitFor(HGROUP group, CLUSTER_GROUP_STATE state, double start) {
  for (;;) {
    const auto seen = GetClusterGroupState(group, nullptr, nullptr);
    if (seen == state) return wallSeconds() - start;
    if (seen == ClusterGroupFailed || wallSeconds() - start > kPatience_s)
      throw std::runtime_error("a group did not change its state, it is " + std::to_string(seen));
    ::usleep(kLookAgain_us);
  }
}

}  // namespace

int guarded(const char* name, void (*benchmark)()) {
  try {
    benchmark();
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s: %s\n", name, problem.what());
    return 1;
  }
}

void refused(const char* what, DWORD code) {
  char sentence[512] = "";
  HoldfastErrorText(code, sentence, sizeof sentence);
  throw std::runtime_error(std::string(what) + ": " + sentence);
}

double cpuSecondsOf(pid_t process) {
  clockid_t clock{};
  if (::clock_getcpuclockid(process, &clock) != 0) throw std::runtime_error("a process of the cluster has ended");
  return seconds(clock);
}

double pssBytesOf(pid_t process) {
  const std::string rollup = contentOf("/proc/" + std::to_string(process) + "/smaps_rollup");
  const auto found = rollup.find("\nPss:");
  if (found == std::string::npos) throw std::runtime_error("/proc does not tell the memory of a process");
  return std::strtod(rollup.c_str() + found + 5, nullptr) * 1024;
}

ULONGLONG askNothing(HRESOURCE resource, DWORD code, DWORD input) {
  ULONGLONG answer = 0;
  DWORD returned = 0;
  const DWORD status =
      ClusterResourceControl(resource, nullptr, code, &input, sizeof input, &answer, sizeof answer, &returned);
  if (status != ERROR_SUCCESS) refused("cannot ask a resource", status);
  return answer;
}

Service::Folder::Folder() {
  char name[] = "/tmp/hfXXXXXX";  // short: a socket path has 108 bytes
  if (!::mkdtemp(name)) throw std::runtime_error("cannot make a folder in /tmp");
  path = name;
}

Service::Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Service::Process::Process(const std::string& folder) : pid(::fork()) {
  if (pid == 0) become(folder);
  if (pid < 0) throw std::runtime_error("cannot start clussvc");
}

Service::Process::~Process() {
  ::kill(pid, SIGTERM);
  ::waitpid(pid, nullptr, 0);
}

Service::Service(DWORD isAlive_ms) : service_(folder_.path) {
  ::setenv("HOLDFAST_CLUSTER_SOCKET", (folder_.path + "/run/cluster.sock").c_str(), 1);
  const double start = wallSeconds();
  for (;;) {
    if (!cluster_) cluster_ = OpenCluster(nullptr);
    const DWORD status =
        cluster_ ? CreateClusterResourceType(cluster_, kNothing, kNothing, L"nothing.so", INFINITE, isAlive_ms)
                 : GetLastError();
    if (status == ERROR_SUCCESS) return;
    if (wallSeconds() - start > kPatience_s) refused("clussvc is not ready", status);
    ::usleep(kLookAgain_us);
  }
}

Service::~Service() { CloseCluster(cluster_); }

pid_t Service::monitor() const {
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    const auto pid = std::atoi(process.path().filename().c_str());
    if (pid > 0 && contentOf(process.path() / "comm").starts_with("rhs:") &&
        contentOf(process.path() / "cmdline").find(folder_.path) != std::string::npos)
      return pid;
  }
  throw std::runtime_error("there is no monitor");
}

double Service::cpuSeconds() const { return cpuSecondsOf(service_.pid) + cpuSecondsOf(monitor()); }

HGROUP Service::createGroup(const std::wstring& name, unsigned resources) const {
  const HGROUP group = CreateClusterGroup(cluster_, name.c_str());
  if (!group) refused("cannot create a group", GetLastError());
  std::vector<std::thread> sessions;
  std::exception_ptr problem;
  std::mutex mutex;
  for (unsigned session = 0; session < kSessions; ++session) {
    sessions.emplace_back([&, session] {
      try {
        createResources(name, session, kSessions, resources);
      } catch (...) {
        const std::lock_guard lock(mutex);
        problem = std::current_exception();
      }
    });
  }
  for (auto& session : sessions) session.join();
  if (problem) std::rethrow_exception(problem);
  return group;
}

void Service::createResources(const std::wstring& group, unsigned first, unsigned step, unsigned end) const {
  const HCLUSTER cluster = OpenCluster(nullptr);
  const HGROUP opened = cluster ? OpenClusterGroup(cluster, group.c_str()) : nullptr;
  if (!opened) refused("cannot open a group", GetLastError());
  for (unsigned number = first; number < end; number += step) {
    const std::wstring name = group + L"-" + std::to_wstring(number);
    const HRESOURCE made = CreateClusterResource(opened, name.c_str(), kNothing, 0);
    if (!made) refused("cannot create a resource", GetLastError());
    CloseClusterResource(made);
  }
  CloseClusterGroup(opened);
  CloseCluster(cluster);
}

HRESOURCE Service::resource(const std::wstring& group, unsigned number) const {
  const HRESOURCE opened = OpenClusterResource(cluster_, (group + L"-" + std::to_wstring(number)).c_str());
  if (!opened) refused("cannot open a resource", GetLastError());
  return opened;
}

void Service::bringOnline(unsigned first, unsigned end) const {
  while (first < end) {
    const unsigned more = std::min(end - first, kResourcesOfGroup);
    const HGROUP group = createGroup(L"g" + std::to_wstring(first), more);
    online(group);
    CloseClusterGroup(group);
    first += more;
  }
}

double Service::online(HGROUP group) const {
  const double start = wallSeconds();
  const DWORD status = OnlineClusterGroup(group, nullptr);
  if (status != ERROR_SUCCESS && status != ERROR_IO_PENDING) refused("cannot bring a group online", status);
  return waitFor(group, ClusterGroupOnline, start);
}

double Service::offline(HGROUP group) const {
  const double start = wallSeconds();
  const DWORD status = OfflineClusterGroup(group);
  if (status != ERROR_SUCCESS && status != ERROR_IO_PENDING) refused("cannot take a group offline", status);
  return waitFor(group, ClusterGroupOffline, start);
}

}  // namespace holdfast::bench
