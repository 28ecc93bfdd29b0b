// rhs-guard: what clussvc starts instead of rhs itself.
#include <linux/close_range.h>
#include <unistd.h>

#include "rhs/guard/guard.h"
#include "rhs/guard/options.h"

int main(int argc, char** argv) {
  holdfast::guard::Options options;
  if (!holdfast::guard::parseOptions(argc, argv, options)) return 2;
  // Nothing of the service is to live on in what it starts: no socket, no terminal.
  ::close_range(3, ~0u, 0);
  ::setsid();
  return holdfast::guard::Guard(options).run();
}
