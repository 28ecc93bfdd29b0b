// clipbook-server: a clipboard that several programs share over TCP. See ../README.md.
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "server.h"

namespace {

constexpr int kUsage = 2;
constexpr int kDirectoryUnusable = 3;
constexpr int kPortUnusable = 4;

struct Options {
  std::string directory;
  std::string address = "127.0.0.1";
  long port = -1;
};

bool parse(int count, char** arguments, Options& options) {
  for (int i = 1; i + 1 < count; i += 2) {
    std::string const name = arguments[i];
    if (name == "--port") {
      char* end = nullptr;
      options.port = std::strtol(arguments[i + 1], &end, 10);
      if (end == arguments[i + 1] || *end != '\0') {
        return false;
      }
    } else if (name == "--data-dir") {
      options.directory = arguments[i + 1];
    } else if (name == "--listen") {
      options.address = arguments[i + 1];
    } else {
      return false;
    }
  }
  return count % 2 == 1 && !options.directory.empty() && options.port >= 0 && options.port <= 65535;
}

/// For people and scripts. The lock, not this file, keeps a second server out.
void writePid(std::string const& name) {
  std::string const fresh = name + ".new";
  if (FILE* file = std::fopen(fresh.c_str(), "we")) {
    std::fprintf(file, "%d\n", getpid());
    if (std::fclose(file) == 0) {
      std::rename(fresh.c_str(), name.c_str());
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  if (!parse(count, arguments, options)) {
    std::fprintf(stderr,
                 "usage: clipbook-server --port PORT --data-dir DIRECTORY [--listen 127.0.0.1]\n"
                 "PORT 0 lets the system choose; the port is printed.\n");
    return kUsage;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  int const stop = signalfd(-1, &signals, SFD_CLOEXEC);
  std::string problem;
  clipbook::History history;
  if (!history.open(options.directory, problem)) {
    std::fprintf(stderr, "clipbook-server: %s\n", problem.c_str());
    return kDirectoryUnusable;
  }
  clipbook::Server server(history);
  unsigned const port = server.listen(options.address, static_cast<std::uint16_t>(options.port), problem);
  if (port == 0) {
    std::fprintf(stderr, "clipbook-server: %s\n", problem.c_str());
    return kPortUnusable;
  }
  std::string const pidFile = options.directory + "/server.pid";
  writePid(pidFile);
  std::printf("listening on %s:%u\n", options.address.c_str(), port);
  std::fflush(stdout);
  server.run(stop);
  std::remove(pidFile.c_str());
  return 0;
}
