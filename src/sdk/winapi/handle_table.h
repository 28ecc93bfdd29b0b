// The handles of dispatcher objects: entries of one table of the process, never pointers. A stale or made-up value is
// not found, and so gives ERROR_INVALID_HANDLE.
#pragma once

#include <windows.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "sdk/winapi/object.h"

namespace holdfast::winapi {

class HandleTable {
 public:
  struct Entry {
    std::shared_ptr<Object> object;
    DWORD access = 0;  ///< rights that were asked for
  };

  /// The one table of this process. Never destroyed: threads may call until the end.
  static HandleTable& instance();

  HANDLE add(std::shared_ptr<Object> object, DWORD access);
  /// No object in the entry if the handle names none.
  Entry find(HANDLE handle);
  Entry remove(HANDLE handle);

 private:
  struct Slot {
    std::uint32_t generation = 0;
    Entry entry;
  };
  Slot* slotOf(HANDLE handle);

  std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

/// The object of that class under the handle, or null after SetLastError: ERROR_INVALID_HANDLE, or ERROR_ACCESS_DENIED
/// when the handle was not opened with (one of) the rights `needed`; 0 needs none.
template <class AnObject>
std::shared_ptr<AnObject> objectOf(HANDLE handle, DWORD needed) {
  HandleTable::Entry entry = HandleTable::instance().find(handle);
  auto object = std::dynamic_pointer_cast<AnObject>(entry.object);
  if (!object) {
    SetLastError(ERROR_INVALID_HANDLE);
    return nullptr;
  }
  if (needed != 0 && (entry.access & needed) == 0) {
    SetLastError(ERROR_ACCESS_DENIED);
    return nullptr;
  }
  return object;
}

/// Rights as asked for, with generic ones and MAXIMUM_ALLOWED turned into those of the kind.
DWORD grantedAccess(DWORD desired, DWORD all);

}  // namespace holdfast::winapi
