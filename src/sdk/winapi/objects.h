// Dispatcher objects: what can be waited for. One gate guards all of them, so that waiting for several takes them all
// at once or none; a waiter sleeps on the gate's condition and looks again at every change.
#pragma once

#include <windows.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace holdfast::winapi {

enum class Kind : std::uint8_t { Event, Semaphore, Mutex, Thread, Process };

/// All methods are called with the gate held.
class Object {
 public:
  explicit Object(Kind kind) : kind_(kind) {}
  virtual ~Object();
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  Kind kind() const { return kind_; }
  /// May a waiter of this thread go on?
  virtual bool signalled(DWORD thread) const = 0;
  /// A waiter goes on: takes what waiting takes. Returns WAIT_ABANDONED for an abandoned mutex, else 0.
  virtual DWORD take(DWORD thread) = 0;

  /// A descriptor that polls readable while the object is signalled; made on the first call.
  int watch();
  /// After every change of state: brings the descriptor in line and wakes the waiters.
  void changed();

 private:
  Kind kind_;
  int shadow_ = -1;
  bool shadowReadable_ = false;
};

std::mutex& gate();
std::condition_variable& gateChanged();

/// Puts an object into the table. Requires: gate held.
HANDLE insertHandle(std::shared_ptr<Object> object);
/// nullptr and ERROR_INVALID_HANDLE for a stale or wrong one. Requires: gate held.
std::shared_ptr<Object> findHandle(HANDLE handle);
/// The same, of one kind.
template <class T>
std::shared_ptr<T> findHandle(HANDLE handle, Kind kind) {
  auto object = findHandle(handle);
  if (object && object->kind() != kind) {
    SetLastError(ERROR_INVALID_HANDLE);
    return nullptr;
  }
  return std::static_pointer_cast<T>(object);
}

/// Creates or opens by name (empty: always creates). GetLastError() is 0 or ERROR_ALREADY_EXISTS; NULL and
/// ERROR_INVALID_HANDLE if the name belongs to an object of another kind. Requires: gate held.
HANDLE createNamed(LPCWSTR name, Kind kind, const std::function<std::shared_ptr<Object>()>& make);
/// NULL and ERROR_FILE_NOT_FOUND if there is none. Requires: gate held.
HANDLE openNamed(LPCWSTR name, Kind kind);

std::string toUtf8(LPCWSTR text);
std::wstring toWide(const std::string& text);

}  // namespace holdfast::winapi
