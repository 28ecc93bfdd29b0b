// What a dying monitor leaves for its guard: which thread got the fatal signal, and which exception it was.
#pragma once

namespace holdfast::rhs {

/// Installs the terminate handler, handlers of fatal signals that note the thread and let the signal take its course,
/// handlers that ignore polite requests to end (the guard decides), and a hook that makes exit() from a DLL the end
/// at once, instead of running destructors under threads that still work. Requires: setSharedBlock() was called.
void prepareLastWords();

/// Gives the calling thread a stack of its own for signals, so that an overflow of its stack is noted too.
void prepareThreadForSignals();

/// The end that follows is meant. Does not return.
[[noreturn]] void leave(int status);

}  // namespace holdfast::rhs
