// CreateEvent … ReleaseMutex: the exported functions around events, semaphores and mutexes.
#include <map>

#include "sdk/winapi/handle_table.h"
#include "sdk/winapi/mutex_object.h"
#include "sdk/winapi/stateful_object.h"
#include "sdk/winapi/system_error.h"

namespace holdfast::winapi {
namespace {

/// Named objects of this process by path of their file: handles to one name share one object.
struct Names {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<Object>> objects;
};
Names& names() {
  static Names& all = *new Names;
  return all;
}

/// The object of that name; `initial` null opens only. Null and a code in `error` on failure.
template <class AnObject>
std::shared_ptr<AnObject> namedObject(const wchar_t* text, const ObjectState* initial, bool& created, DWORD& error) {
  created = false;
  ObjectName name;
  error = parseObjectName(text, name);
  if (error != ERROR_SUCCESS) return nullptr;
  const std::lock_guard lock(names().mutex);
  std::erase_if(names().objects, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<Object>& known = names().objects[name.path];
  if (const auto object = known.lock()) {
    auto found = std::dynamic_pointer_cast<AnObject>(object);
    if (!found) error = ERROR_INVALID_HANDLE;
    return found;
  }
  NamedFile::Opened opened = NamedFile::open(name, AnObject::kKind, initial);
  error = opened.error;
  if (!opened.file) return nullptr;
  created = opened.created;
  // Out of the listener's reach before its destruction begins: halfway through it is no longer what the listener calls.
  std::shared_ptr<AnObject> object(new AnObject(ObjectState{}, std::move(opened.file)), [](AnObject* gone) {
    {
      const std::lock_guard listenerLock(dispatcherLock());
      gone->endListening();
    }
    delete gone;
  });
  known = object;
  return object;
}

/// What CreateX do: the handle, and 0 or ERROR_ALREADY_EXISTS as last error.
template <class AnObject>
HANDLE createObject(const wchar_t* name, const ObjectState& initial, DWORD access) {
  return guarded<HANDLE>(nullptr, [&]() -> HANDLE {
    std::shared_ptr<AnObject> object;
    bool created = true;
    DWORD error = ERROR_SUCCESS;
    if (name == nullptr || *name == 0) {
      object = std::make_shared<AnObject>(initial, nullptr);
    } else {
      object = namedObject<AnObject>(name, &initial, created, error);
      if (!object) return fail<HANDLE>(error, nullptr);
    }
    const std::shared_ptr<Object> same = object;
    rememberOwned({&same, 1});
    HANDLE handle = HandleTable::instance().add(object, access);
    SetLastError(created ? ERROR_SUCCESS : ERROR_ALREADY_EXISTS);
    return handle;
  });
}

template <class AnObject>
HANDLE openObject(const wchar_t* name, DWORD access) {
  if (name == nullptr) return fail<HANDLE>(ERROR_INVALID_PARAMETER, nullptr);
  return guarded<HANDLE>(nullptr, [&]() -> HANDLE {
    bool created = false;
    DWORD error = ERROR_SUCCESS;
    auto object = namedObject<AnObject>(name, nullptr, created, error);
    if (!object) return fail<HANDLE>(error, nullptr);
    return HandleTable::instance().add(std::move(object), access);
  });
}

}  // namespace
}  // namespace holdfast::winapi

using namespace holdfast::winapi;

HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES, BOOL bManualReset, BOOL bInitialState, LPCWSTR lpName) {
  return createObject<EventObject>(lpName, EventObject::initial(bManualReset != 0, bInitialState != 0),
                                   EVENT_ALL_ACCESS);
}

HANDLE WINAPI CreateEventExW(LPSECURITY_ATTRIBUTES, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess) {
  const bool manual = (dwFlags & CREATE_EVENT_MANUAL_RESET) != 0;
  const bool set = (dwFlags & CREATE_EVENT_INITIAL_SET) != 0;
  return createObject<EventObject>(lpName, EventObject::initial(manual, set),
                                   grantedAccess(dwDesiredAccess, EVENT_ALL_ACCESS));
}

HANDLE WINAPI OpenEventW(DWORD dwDesiredAccess, BOOL, LPCWSTR lpName) {
  return openObject<EventObject>(lpName, grantedAccess(dwDesiredAccess, EVENT_ALL_ACCESS));
}

BOOL WINAPI SetEvent(HANDLE hEvent) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto event = objectOf<EventObject>(hEvent, EVENT_MODIFY_STATE);
    if (!event) return FALSE;
    event->set(true);
    return TRUE;
  });
}

BOOL WINAPI ResetEvent(HANDLE hEvent) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto event = objectOf<EventObject>(hEvent, EVENT_MODIFY_STATE);
    if (!event) return FALSE;
    event->set(false);
    return TRUE;
  });
}

HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES, LONG lInitialCount, LONG lMaximumCount, LPCWSTR lpName) {
  if (lMaximumCount <= 0 || lInitialCount < 0 || lInitialCount > lMaximumCount) {
    return fail<HANDLE>(ERROR_INVALID_PARAMETER, nullptr);
  }
  return createObject<SemaphoreObject>(lpName, SemaphoreObject::initial(lInitialCount, lMaximumCount),
                                       SEMAPHORE_ALL_ACCESS);
}

HANDLE WINAPI OpenSemaphoreW(DWORD dwDesiredAccess, BOOL, LPCWSTR lpName) {
  return openObject<SemaphoreObject>(lpName, grantedAccess(dwDesiredAccess, SEMAPHORE_ALL_ACCESS));
}

BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LPLONG lpPreviousCount) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto semaphore = objectOf<SemaphoreObject>(hSemaphore, SEMAPHORE_MODIFY_STATE);
    if (!semaphore) return FALSE;
    if (lReleaseCount <= 0) return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
    LONG previous = 0;
    if (!semaphore->release(lReleaseCount, previous)) return fail<BOOL>(ERROR_TOO_MANY_POSTS, FALSE);
    if (lpPreviousCount != nullptr) *lpPreviousCount = previous;
    return TRUE;
  });
}

HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES, BOOL bInitialOwner, LPCWSTR lpName) {
  return createObject<MutexObject>(lpName, MutexObject::initial(bInitialOwner != 0), MUTEX_ALL_ACCESS);
}

HANDLE WINAPI CreateMutexExW(LPSECURITY_ATTRIBUTES, LPCWSTR lpName, DWORD dwFlags, DWORD dwDesiredAccess) {
  return createObject<MutexObject>(lpName, MutexObject::initial((dwFlags & CREATE_MUTEX_INITIAL_OWNER) != 0),
                                   grantedAccess(dwDesiredAccess, MUTEX_ALL_ACCESS));
}

HANDLE WINAPI OpenMutexW(DWORD dwDesiredAccess, BOOL, LPCWSTR lpName) {
  return openObject<MutexObject>(lpName, grantedAccess(dwDesiredAccess, MUTEX_ALL_ACCESS));
}

BOOL WINAPI ReleaseMutex(HANDLE hMutex) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto mutex = objectOf<MutexObject>(hMutex, 0);
    if (!mutex) return FALSE;
    return mutex->release(currentThread()) ? TRUE : fail<BOOL>(ERROR_NOT_OWNER, FALSE);
  });
}
