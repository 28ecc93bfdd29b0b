#include "bench/peers.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <stdexcept>

#include "bench/figure.h"

namespace holdfast::bench {

namespace {

constexpr int kRuns = 5;

double cpuOfEndedChildren() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds_s = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds_s(used.ru_utime) + seconds_s(used.ru_stime);
}

/// Median cost of one of `times` repetitions; `run` ends all the processes that it starts.
Cost costOf(unsigned times, const std::function<void()>& run) {
  std::vector<double> wall, cpu;
  for (int i = 0; i < kRuns; ++i) {
    const double wallBefore = wallSeconds(), cpuBefore = cpuSeconds() + cpuOfEndedChildren();
    run();
    wall.push_back((wallSeconds() - wallBefore) * 1e6 / times);
    cpu.push_back((cpuSeconds() + cpuOfEndedChildren() - cpuBefore) * 1e6 / times);
  }
  return {median(wall), median(cpu)};
}

void require(bool holds) {
  if (!holds) throw std::runtime_error("a peer to compare with cannot be run");
}

bool readAll(int file, char* to, std::size_t size_bytes) {
  while (size_bytes > 0) {
    const ssize_t got = ::read(file, to, size_bytes);
    if (got <= 0) return false;
    to += got;
    size_bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

bool readFrame(int file, std::vector<char>& frame) {
  std::uint32_t size_bytes = 0;
  if (!readAll(file, reinterpret_cast<char*>(&size_bytes), sizeof size_bytes)) return false;
  frame.resize(size_bytes);
  return readAll(file, frame.data(), size_bytes);
}

bool writeFrame(int file, std::size_t size_bytes) {
  std::vector<char> frame(sizeof(std::uint32_t) + size_bytes, 'x');
  const auto length = static_cast<std::uint32_t>(size_bytes);
  std::memcpy(frame.data(), &length, sizeof length);
  return ::write(file, frame.data(), frame.size()) == static_cast<ssize_t>(frame.size());
}

/// `times` exchanges between `ask` here and `answer`, until it returns false, in a child.
void exchange(unsigned times, const std::function<bool(int)>& ask, const std::function<bool(int)>& answer) {
  int ends[2];
  require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  const pid_t child = ::fork();
  require(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    while (answer(ends[1])) {
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  bool works = true;
  for (unsigned i = 0; i < times && works; ++i) works = ask(ends[0]);
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  require(works);
}

}  // namespace

Cost forkAndExec() {
  constexpr unsigned kTimes = 100;
  return costOf(kTimes, [] {
    for (unsigned i = 0; i < kTimes; ++i) {
      const pid_t child = ::fork();
      require(child >= 0);
      if (child == 0) {
        ::execl("/bin/true", "true", static_cast<char*>(nullptr));
        ::_exit(127);
      }
      int status = 0;
      require(::waitpid(child, &status, 0) == child && status == 0);
    }
  });
}

Cost socketpairRoundTrip() {
  constexpr unsigned kTimes = 20'000;
  const auto there = [](int file) {
    char byte = 'x';
    return ::write(file, &byte, 1) == 1 && ::read(file, &byte, 1) == 1;
  };
  const auto back = [](int file) {
    char byte;
    return ::read(file, &byte, 1) == 1 && ::write(file, &byte, 1) == 1;
  };
  return costOf(kTimes, [&] { exchange(kTimes, there, back); });
}

Cost framedRoundTrip(std::size_t request_bytes, std::size_t answer_bytes) {
  constexpr unsigned kTimes = 20'000;
  const auto there = [&](int file) {
    std::vector<char> frame;
    return writeFrame(file, request_bytes) && readFrame(file, frame);
  };
  const auto back = [&](int file) {
    std::vector<char> frame;
    return readFrame(file, frame) && writeFrame(file, answer_bytes);
  };
  return costOf(kTimes, [&] { exchange(kTimes, there, back); });
}

}  // namespace holdfast::bench
