#include "sdk/winapi/shared_state.h"

#include <cerrno>
#include <cstdlib>

namespace holdfast::winapi {

void SharedState::lock() {
  const int status = pthread_mutex_lock(&layout_->guard);
  if (status == 0) return;
  // A broken guard cannot be told from a lie about what it guards.
  if (status != EOWNERDEAD || pthread_mutex_consistent(&layout_->guard) != 0) std::abort();
}

void SharedState::unlock() { pthread_mutex_unlock(&layout_->guard); }

void initialiseGuard(pthread_mutex_t& guard) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&guard, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

}  // namespace holdfast::winapi
