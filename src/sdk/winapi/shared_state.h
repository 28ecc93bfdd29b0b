// The part of a dispatcher object that processes share: one page of a file, mapped by each holder.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <type_traits>

namespace holdfast::winapi {

enum class SharedKind : std::uint32_t { Event = 1, Semaphore, Mutex };

/// Who owns a shared mutex. A process is told from a later one with its number by the time it started.
struct SharedOwner {
  std::uint32_t process;
  std::uint32_t thread;
  std::uint64_t processStart;
};

/// The state of an event, a semaphore or a mutex, wherever it is kept. Every change of it is one store, or becomes true
/// with its last store, so that a process killed in the middle leaves nothing half done.
struct ObjectState {
  std::uint32_t manualReset;
  std::int32_t count;  ///< of a semaphore; 1 or 0 for an event that is set or not; how often a mutex is owned, 0 = free
  std::int32_t maximum;  ///< of a semaphore
  std::uint32_t abandoned;
  SharedOwner owner;
};

/// What the file holds.
struct SharedLayout {
  std::uint64_t magic;
  SharedKind kind;
  std::uint32_t nameLength;
  ObjectState state;
  pthread_mutex_t guard;
  std::uint8_t ring;  ///< written to tell the other processes of a change
  wchar_t name[261];
};
static_assert(std::is_trivially_copyable_v<SharedLayout>);

/// A mapped SharedLayout with its guard.
class SharedState {
 public:
  SharedState(SharedLayout* layout, std::uint64_t order) : layout_(layout), order_(order) {}

  SharedLayout& operator*() { return *layout_; }
  SharedLayout* operator->() { return layout_; }

  /// The same in every process; guards are locked in ascending order.
  std::uint64_t order() const { return order_; }

  /// Taken over from a holder who was killed; never fails.
  void lock();
  void unlock();

 private:
  SharedLayout* layout_;
  std::uint64_t order_;
};

/// Makes the guard of a new file.
void initialiseGuard(pthread_mutex_t& guard);

}  // namespace holdfast::winapi
