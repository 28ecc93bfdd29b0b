// clussvc: the Cluster service of one node.
#include <cstdio>
#include <exception>
#include <filesystem>

#include "calls/error_text.h"
#include "clussvc/config.h"
#include "clussvc/daemon.h"
#include "clussvc/exit_code.h"

using namespace holdfast::clussvc;

int main(int argc, char** argv) try {
  std::error_code unknown;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  const auto line = readCommandLine({argv + 1, argv + argc}, program.parent_path());
  if (!line) {
    const auto& error = line.error();
    std::fprintf(stderr, "clussvc: %s\n",
                 holdfast::calls::formatError(error.code, error.subject, error.advice).c_str());
    return kExitUsage;
  }
  switch (line->what) {
    case CommandLine::What::Help:
      std::fputs(usage().c_str(), stdout);
      return kExitStopped;
    case CommandLine::What::Version:
      std::puts("clussvc " HOLDFAST_VERSION);
      return kExitStopped;
    case CommandLine::What::Run:
      return runDaemon(line->config);
  }
} catch (const std::exception& problem) {
  std::fprintf(stderr, "clussvc: %s\n", problem.what());
  return kExitFailed;
}
