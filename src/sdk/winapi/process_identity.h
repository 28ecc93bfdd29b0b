// Processes by number: which one this is, whether another one still lives.
#pragma once

#include <cstdint>

namespace holdfast::winapi {

struct ProcessIdentity {
  std::uint32_t process;
  std::uint64_t processStart;  ///< when it started, in ticks since the machine did; 0 when the system does not tell
};

/// Right also in a child that was forked.
const ProcessIdentity& ownProcess();

/// False for one that has ended, waits to be reaped, or only has the number of one that started at another time.
bool processLives(std::uint32_t process, std::uint64_t start);

/// A pidfd, or -1 with errno.
int openProcess(std::uint32_t process);

/// The descriptor of a process is readable: it has ended.
bool hasEnded(int descriptor);

}  // namespace holdfast::winapi
