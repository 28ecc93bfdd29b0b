// rhs: the Resource Monitor. Started by rhs-guard, never by hand.
#include <fcntl.h>
#include <getopt.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "calls/environment.h"
#include "rhs/call_scope.h"
#include "rhs/dll_search.h"
#include "rhs/last_words.h"
#include "rhs/limits.h"
#include "rhs/parent_watch.h"
#include "rhs/resource_monitor.h"
#include "sdk/clusapi/host.h"

namespace {

using namespace holdfast;

struct Arguments {
  rhs::ResourceMonitor::Options monitor;
  std::string runDir, name, objects;
  int shared = -1;
  int wake = -1;
};

bool parse(int argc, char** argv, Arguments& arguments) {
  static const option known[] = {{"monitor", required_argument, nullptr, 'm'},
                                 {"run-dir", required_argument, nullptr, 'd'},
                                 {"name", required_argument, nullptr, 'n'},
                                 {"objects", required_argument, nullptr, 'o'},
                                 {"shared", required_argument, nullptr, 's'},
                                 {"wake", required_argument, nullptr, 'w'},
                                 {nullptr, 0, nullptr, 0}};
  for (int found; (found = ::getopt_long(argc, argv, "", known, nullptr)) != -1;) {
    switch (found) {
      case 'm':
        arguments.monitor.monitor = static_cast<std::uint32_t>(std::strtoul(optarg, nullptr, 10));
        break;
      case 'd':
        arguments.runDir = optarg;
        break;
      case 'n':
        arguments.name = optarg;
        break;
      case 'o':
        arguments.objects = optarg;
        break;
      case 's':
        arguments.shared = std::atoi(optarg);
        break;
      case 'w':
        arguments.wake = std::atoi(optarg);
        break;
      default:
        return false;
    }
  }
  return arguments.shared >= 0 && arguments.wake >= 0 && !arguments.runDir.empty();
}

rhs::SharedBlock* mapShared(int file) {
  void* memory = ::mmap(nullptr, sizeof(rhs::SharedBlock), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) return nullptr;
  auto* shared = static_cast<rhs::SharedBlock*>(memory);
  const bool same = shared->version == rhs::kSharedVersion && shared->size_bytes == sizeof(rhs::SharedBlock);
  return same ? shared : nullptr;
}

/// What a DLL starts does not inherit the token, and /proc shows it no more.
std::string takeToken() {
  char* inEnvironment = std::getenv(calls::kTokenVariable);
  if (!inEnvironment) return {};
  std::string token = inEnvironment;
  std::memset(inEnvironment, '*', token.size());
  ::unsetenv(calls::kTokenVariable);
  return token;
}

void becomeMonitor(const Arguments& arguments) {
  if (!arguments.objects.empty()) ::setenv("HOLDFAST_OBJECTS", arguments.objects.c_str(), 1);
  char name[16];
  std::snprintf(name, sizeof name, "rhs:%.11s", arguments.name.c_str());
  ::prctl(PR_SET_NAME, name);
}

std::uint32_t sendToService(void* monitor, const void* frame, std::size_t size_bytes) {
  constexpr std::uint32_t kServerUnavailable = 1722;  // RPC_S_SERVER_UNAVAILABLE
  return static_cast<rhs::ResourceMonitor*>(monitor)->sendApiCall(frame, size_bytes) ? 0 : kServerUnavailable;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!parse(argc, argv, arguments)) {
    std::fprintf(stderr, "rhs is started by rhs-guard, which clussvc starts\n");
    return 2;
  }
  arguments.monitor.token = takeToken();
  auto* shared = mapShared(arguments.shared);
  if (!shared) {
    std::fprintf(stderr, "rhs: it and its guard are not of one build\n");
    return 2;
  }
  ::close(arguments.shared);
  ::fcntl(arguments.wake, F_SETFD, FD_CLOEXEC);
  rhs::setSharedBlock(shared);
  rhs::prepareLastWords();
  if (!rhs::watchParent()) return 2;
  becomeMonitor(arguments);

  if (const char* folders = std::getenv(calls::kResourcePathVariable)) {
    arguments.monitor.folders = rhs::splitPath(folders);
  }
  arguments.monitor.socket = arguments.runDir + "/monitors.sock";
  // Never destroyed: DLL threads may call back until the process ends.
  auto& loop = *new rhs::Loop;
  auto& pool = *new rhs::Pool([](std::uint32_t slot) {
    rhs::takeCallRecord(slot);
    rhs::prepareThreadForSignals();
  });
  auto& monitor = *new rhs::ResourceMonitor(loop, pool, arguments.monitor);
  const HoldfastHostTransport transport{sendToService, &monitor};
  holdfast_clusapi_attach_host(&transport);
  loop.watch(arguments.wake, EPOLLIN, [&](std::uint32_t) {
    std::uint64_t count;
    (void)!::read(arguments.wake, &count, sizeof count);
    if (shared->runDown != 0) monitor.runDown();
  });
  loop.run();
  rhs::leave(0);
}
