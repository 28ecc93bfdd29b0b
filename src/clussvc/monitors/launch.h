// Starts a program that outlives us: in a session of its own, nobody's child but init's, with nothing of ours open.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/base/types.h"

namespace holdfast::clussvc::monitors {

struct Program {
  std::string path;
  std::vector<std::string> arguments;    ///< without argv[0]
  std::vector<std::string> environment;  ///< NAME=value, complete
};

/// Returns its pid. Its working folder is `/`, its standard streams are /dev/null, its signals are as by default, its
/// umask is 077. A program that cannot be executed ends at once with status 127; one that is plainly not there is
/// refused here.
Result<pid_t> launchDetached(const Program& program);

/// What our own environment may hand down: the paths that the loader and the C library need, language and time zone,
/// and sanitizer options.
std::vector<std::string> inheritedEnvironment();

}  // namespace holdfast::clussvc::monitors
