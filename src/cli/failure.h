// How a command ends when it does not end well: thrown by whatever notices, caught once in main().
#pragma once

#include <cstdint>
#include <string>

namespace holdfast::cli {

/// Exit codes of `cluster`; documented in `cluster --help` and docs/reference/cluster.md.
enum Exit : int {
  kDone = 0,
  kRefused = 1,      ///< the cluster said no: the message has the Win32 code, its name and what to do
  kUsage = 2,        ///< the command line makes no sense
  kNoService = 3,    ///< no Cluster service answers
  kStillGoing = 4,   ///< accepted, but not finished within --timeout; it goes on
  kEndedFailed = 5,  ///< waited, and the resource or group ended in Failed
};

struct Failure {
  std::uint32_t code = 0;  ///< Win32 code, 0 if it is none
  std::string text;
  int exitCode = kRefused;
};

}  // namespace holdfast::cli
