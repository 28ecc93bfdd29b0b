#include "rhs/last_words.h"

#include <cxxabi.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <memory>

#include "rhs/call_scope.h"

namespace holdfast::rhs {

namespace {

constexpr std::size_t kSignalStack_bytes = 32768;

void noteThread(int) {
  // SA_RESETHAND: the instruction is run again, or abort() raises again, and the default follows.
  if (auto* shared = sharedBlock()) shared->fatalThread = ::gettid();
}

void ignore(int) {}

const char* whatOf(std::exception_ptr exception) {
  static char text[128];
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& standard) {
    std::snprintf(text, sizeof text, "%s", standard.what());
    return text;
  } catch (...) {
    return "";
  }
}

// RA §12.4: an exception that leaves an entry point is logged with its type and text and ends the process; the stack
// is still whole here, because the frame that calls a DLL is noexcept.
[[noreturn]] void onTerminate() {
  static std::atomic_flag once = ATOMIC_FLAG_INIT;
  auto* shared = sharedBlock();
  if (shared && !once.test_and_set()) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type) {
      int status = -1;
      char* readable = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
      const char* what = std::current_exception() ? whatOf(std::current_exception()) : "";
      std::snprintf(shared->lastWords, sizeof shared->lastWords, "%s%s%s%s", status == 0 ? readable : type->name(),
                    *what ? " \"" : "", what, *what ? "\"" : "");
      std::free(readable);
    } else {
      std::snprintf(shared->lastWords, sizeof shared->lastWords, "%s",
                    std::current_exception() ? "an exception of unknown type" : "std::terminate");
    }
    shared->hasLastWords = 1;
  }
  std::abort();
}

/// Not where the thread has one already, as a sanitizer gives it.
struct SignalStack {
  SignalStack() {
    stack_t present{};
    if (::sigaltstack(nullptr, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;
    memory = std::make_unique<char[]>(kSignalStack_bytes);
    stack_t stack{};
    stack.ss_sp = memory.get();
    stack.ss_size = kSignalStack_bytes;
    ::sigaltstack(&stack, nullptr);
  }
  ~SignalStack() {
    if (!memory) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    ::sigaltstack(&none, nullptr);
  }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;
  std::unique_ptr<char[]> memory;
};

// RA §13.4: exit() from a DLL is a crash. Destructors of a process whose threads go on working would only add to it.
void onExit(int status, void*) { ::_exit(status); }

}  // namespace

void prepareLastWords() {
  std::set_terminate(onTerminate);
  struct sigaction fatal{};
  fatal.sa_handler = noteThread;
  fatal.sa_flags = static_cast<int>(SA_RESETHAND) | SA_ONSTACK;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::sigaction(signal, &fatal, nullptr);
  // Handlers, not SIG_IGN: those would be inherited by the programs that DLLs start.
  struct sigaction polite{};
  polite.sa_handler = ignore;
  polite.sa_flags = SA_RESTART;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) ::sigaction(signal, &polite, nullptr);
  ::on_exit(onExit, nullptr);
}

void prepareThreadForSignals() { thread_local const SignalStack stack; }

void leave(int status) {
  if (auto* shared = sharedBlock()) shared->leaving = 1;
  ::_exit(status);
}

}  // namespace holdfast::rhs
