// cluster: the command line, built on libclusapi like any other client.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "cli/arguments.h"

namespace {

/// --json is needed before the line is read, so that even a bad line is answered in the form asked for.
bool wantsJson(const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), "--json") != words.end();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace holdfast::cli;
  const std::vector<std::string> words(argv + 1, argv + argc);
  Output output(wantsJson(words) ? Output::Form::Json : Output::Form::Text, std::cout, std::cerr,
                isatty(STDOUT_FILENO) && isatty(STDERR_FILENO));
  int exitCode = kDone;
  try {
    const Arguments arguments = parseArguments(words);
    if (!arguments.help.empty()) {
      std::cout << arguments.help;
      return kDone;
    }
    if (!arguments.directory.empty())
      setenv("HOLDFAST_CLUSTER_SOCKET", (arguments.directory + "/run/cluster.sock").c_str(), 1);
    Context context{output, arguments.wait};
    arguments.command(context);
  } catch (const Failure& failure) {
    output.failure(failure);
    exitCode = failure.exitCode;
  }
  output.finish();
  return exitCode;
}
