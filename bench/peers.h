// What the figures of the cluster are compared with: the least that two processes must pay to do anything at all.
#pragma once

#include <cstddef>

namespace holdfast::bench {

struct Cost {
  double wall_us = 0;
  double cpu_us = 0;  ///< of both processes
};

/// fork and exec of /bin/true, and the wait for its end: what one action of a script costs at least.
Cost forkAndExec();

/// One byte to another process and back through a socketpair.
Cost socketpairRoundTrip();

/// A frame (four bytes of length, then so many bytes) to another process through a Unix socket, and one back.
Cost framedRoundTrip(std::size_t request_bytes, std::size_t answer_bytes);

}  // namespace holdfast::bench
