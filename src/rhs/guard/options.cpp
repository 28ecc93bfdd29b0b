#include "rhs/guard/options.h"

#include <getopt.h>

#include <cstdio>
#include <cstdlib>

#include "calls/environment.h"

namespace holdfast::guard {

bool parseOptions(int argc, char** argv, Options& options) {
  static const option known[] = {{"monitor", required_argument, nullptr, 'm'},
                                 {"run-dir", required_argument, nullptr, 'd'},
                                 {"name", required_argument, nullptr, 'n'},
                                 {"rhs", required_argument, nullptr, 'r'},
                                 {"objects", required_argument, nullptr, 'o'},
                                 {"loop-silence-ms", required_argument, nullptr, 'l'},
                                 {nullptr, 0, nullptr, 0}};
  for (int found; (found = ::getopt_long(argc, argv, "", known, nullptr)) != -1;) {
    switch (found) {
      case 'm':
        options.monitor = static_cast<std::uint32_t>(std::strtoul(optarg, nullptr, 10));
        break;
      case 'd':
        options.runDir = optarg;
        break;
      case 'n':
        options.name = optarg;
        break;
      case 'r':
        options.rhs = optarg;
        break;
      case 'o':
        options.objects = optarg;
        break;
      case 'l':
        options.loopSilence = std::chrono::milliseconds(std::strtoul(optarg, nullptr, 10));
        break;
      default:
        return false;
    }
  }
  if (options.monitor != 0 && std::getenv(calls::kTokenVariable) && options.runDir && options.rhs && optind == argc &&
      options.loopSilence > Duration::zero()) {
    return true;
  }
  std::fprintf(stderr,
               "usage: %s=TOKEN rhs-guard --monitor N --run-dir DIR --rhs PATH [--name NAME] [--objects DIR] "
               "[--loop-silence-ms N]\nStarted by clussvc; N is not 0.\n",
               calls::kTokenVariable);
  return false;
}

}  // namespace holdfast::guard
