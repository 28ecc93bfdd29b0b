// clipbook-client: talks to a clipbook-server on this machine. See ../README.md.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "connection.h"

namespace {

constexpr int kNoAnswer = 1;
constexpr int kUsage = 2;
volatile std::sig_atomic_t stopped = 0;

int noAnswer(std::uint16_t port) {
  std::fprintf(stderr, "clipbook-client: no answer from port %u; is the server online?\n", unsigned{port});
  return kNoAnswer;
}

/// One question, one printed answer. ERROR answers go to stderr.
int askOnce(std::uint16_t port, std::string const& line) {
  clipbook::Connection connection;
  std::string answer;
  clipbook::Patience const patience{std::chrono::seconds{2}};
  if (!connection.open(port, patience) || !connection.ask(line, answer, patience)) {
    return noAnswer(port);
  }
  bool const refused = answer.rfind("ERROR", 0) == 0;
  std::fprintf(refused ? stderr : stdout, "%s\n", answer.c_str());
  if (line == "LIST" && !refused) {
    for (long left = std::atol(answer.c_str() + 3); left > 0; --left) {
      if (!connection.next(answer, patience)) {
        return noAnswer(port);
      }
      std::printf("%s\n", answer.c_str());
    }
  }
  return refused ? kNoAnswer : 0;
}

void pause(long milliseconds) {
  timespec const time{milliseconds / 1000, milliseconds % 1000 * 1000000};
  ::nanosleep(&time, nullptr);
}

struct Watch {
  long interval_ms = 100;
  long dotsPerLine = 0;  // 0: no line breaks
  long count = -1;       // questions; -1: until a signal
  bool quiet = false;
};

bool parseWatch(std::vector<std::string> const& words, std::size_t at, Watch& options) {
  for (; at < words.size(); ++at) {
    if (words[at] == "--quiet") {
      options.quiet = true;
      continue;
    }
    long* const number = words[at] == "--interval-ms"     ? &options.interval_ms
                         : words[at] == "--dots-per-line" ? &options.dotsPerLine
                         : words[at] == "--count"         ? &options.count
                                                          : nullptr;
    if (number == nullptr || ++at == words.size() || (*number = std::atol(words[at].c_str())) < 1) {
      return false;
    }
  }
  return true;
}

/// Asks again and again: a dot per answer, an x where none came.
int watch(std::uint16_t port, Watch const& options) {
  struct sigaction onStop{};
  onStop.sa_handler = [](int) { stopped = 1; };
  sigaction(SIGINT, &onStop, nullptr);
  sigaction(SIGTERM, &onStop, nullptr);
  clipbook::Patience const patience{std::chrono::milliseconds{500}, [] { return stopped != 0; }};
  clipbook::Connection connection;
  for (long asked = 0; stopped == 0 && asked != options.count; ++asked) {
    std::string answer;
    bool const answered =
        (connection.isOpen() || connection.open(port, patience)) && connection.ask("GET", answer, patience);
    if (stopped == 0 && !options.quiet) {
      bool const lineFull = options.dotsPerLine > 0 && (asked + 1) % options.dotsPerLine == 0;
      std::fputs(answered ? "." : "x", stdout);
      std::fputs(lineFull ? "\n" : "", stdout);
      std::fflush(stdout);
    }
    pause(options.interval_ms);
  }
  if (!options.quiet) {
    std::putchar('\n');
  }
  return 0;
}

int usage() {
  std::fprintf(stderr,
               "usage: clipbook-client --port PORT put TEXT|get|list\n"
               "       clipbook-client --port PORT watch [--interval-ms N] [--count N] [--dots-per-line N] [--quiet]\n"
               "watch prints a dot per answer and an x where none came, until it is interrupted.\n");
  return kUsage;
}

}  // namespace

int main(int count, char** given) {
  std::vector<std::string> const words(given + 1, given + count);
  if (words.size() < 3 || words[0] != "--port") {
    return usage();
  }
  long const port = std::atol(words[1].c_str());
  if (port < 1 || port > 65535) {
    return usage();
  }
  auto const to = static_cast<std::uint16_t>(port);
  std::string const& verb = words[2];
  if (verb == "put" && words.size() == 4) {
    return askOnce(to, "PUT " + words[3]);
  }
  if (verb == "get" && words.size() == 3) {
    return askOnce(to, "GET");
  }
  if (verb == "list" && words.size() == 3) {
    return askOnce(to, "LIST");
  }
  Watch options;
  if (verb == "watch" && parseWatch(words, 3, options)) {
    return watch(to, options);
  }
  return usage();
}
