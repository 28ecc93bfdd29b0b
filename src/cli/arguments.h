// The command line of `cluster`: the only file that knows CLI11 (it costs seconds to compile) is arguments.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace holdfast::cli {

struct Arguments {
  bool json = false;
  std::string directory;  ///< --dir: a private cluster's folder
  WaitOptions wait;
  std::function<void(Context&)> command;
  std::string help;  ///< not empty: print it and be done
};

/// Throws Failure{kUsage} with a sentence that names what is wrong and where help is.
Arguments parseArguments(const std::vector<std::string>& arguments);

}  // namespace holdfast::cli
