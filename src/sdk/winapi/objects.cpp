#include "sdk/winapi/objects.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <map>
#include <unordered_map>

#include "sdk/winapi/host.h"

namespace holdfast::winapi {
namespace {

/// A handle is its slot and the slot's generation, marked so that no small number or pointer looks like one.
constexpr std::uint64_t kMark = 0x4846ull << 48;
constexpr std::uint64_t kMarkMask = 0xFFFFull << 48;

struct Slot {
  std::shared_ptr<Object> object;
  std::uint16_t generation = 1;
};

struct Table {
  std::vector<Slot> slots;
  std::vector<std::uint32_t> free;
  std::map<std::wstring, std::weak_ptr<Object>> names;
};

// Never destroyed: threads of a DLL may outlive main().
Table& table() {
  static Table* instance = new Table;
  return *instance;
}

Slot* slotOf(HANDLE handle) {
  const auto value = reinterpret_cast<std::uint64_t>(handle);
  if ((value & kMarkMask) != kMark) return nullptr;
  const auto index = static_cast<std::uint32_t>(value & 0xFFFFFFFF);
  if (index >= table().slots.size()) return nullptr;
  Slot& slot = table().slots[index];
  return slot.object && slot.generation == ((value >> 32) & 0xFFFF) ? &slot : nullptr;
}

std::shared_ptr<Object> named(LPCWSTR name) {
  const auto found = table().names.find(name);
  auto object = found == table().names.end() ? nullptr : found->second.lock();
  if (found != table().names.end() && !object) table().names.erase(found);
  return object;
}

}  // namespace

std::mutex& gate() {
  static std::mutex* instance = new std::mutex;
  return *instance;
}

std::condition_variable& gateChanged() {
  static std::condition_variable* instance = new std::condition_variable;
  return *instance;
}

Object::~Object() {
  if (shadow_ >= 0) close(shadow_);
}

int Object::watch() {
  if (shadow_ < 0) {
    shadow_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    changed();
  }
  return shadow_;
}

void Object::changed() {
  gateChanged().notify_all();
  // The thread id 0 is nobody's: a mutex looks free to it only when it is.
  const bool readable = signalled(0);
  if (shadow_ < 0 || readable == shadowReadable_) return;
  std::uint64_t count = 1;
  [[maybe_unused]] const ssize_t done =
      readable ? write(shadow_, &count, sizeof count) : read(shadow_, &count, sizeof count);
  shadowReadable_ = readable;
}

HANDLE insertHandle(std::shared_ptr<Object> object) {
  Table& all = table();
  std::uint32_t index = 0;
  if (all.free.empty()) {
    index = static_cast<std::uint32_t>(all.slots.size());
    all.slots.emplace_back();
  } else {
    index = all.free.back();
    all.free.pop_back();
  }
  Slot& slot = all.slots[index];
  slot.object = std::move(object);
  return reinterpret_cast<HANDLE>(kMark | (std::uint64_t{slot.generation} << 32) | index);
}

std::shared_ptr<Object> findHandle(HANDLE handle) {
  Slot* slot = slotOf(handle);
  if (!slot) {
    SetLastError(ERROR_INVALID_HANDLE);
    return nullptr;
  }
  return slot->object;
}

HANDLE createNamed(LPCWSTR name, Kind kind, const std::function<std::shared_ptr<Object>()>& make) {
  SetLastError(ERROR_SUCCESS);
  if (!name || !*name) return insertHandle(make());
  if (auto object = named(name)) {
    if (object->kind() != kind) {
      SetLastError(ERROR_INVALID_HANDLE);
      return nullptr;
    }
    SetLastError(ERROR_ALREADY_EXISTS);
    return insertHandle(std::move(object));
  }
  auto object = make();
  table().names[name] = object;
  return insertHandle(std::move(object));
}

HANDLE openNamed(LPCWSTR name, Kind kind) {
  auto object = name && *name ? named(name) : nullptr;
  if (!object || object->kind() != kind) {
    SetLastError(object ? ERROR_INVALID_HANDLE : ERROR_FILE_NOT_FOUND);
    return nullptr;
  }
  return insertHandle(std::move(object));
}

}  // namespace holdfast::winapi

using namespace holdfast::winapi;

extern "C" {

BOOL CloseHandle(HANDLE handle) {
  std::shared_ptr<Object> last;  // destroyed without the gate
  const std::lock_guard lock(gate());
  Slot* slot = slotOf(handle);
  if (!slot) {
    SetLastError(ERROR_INVALID_HANDLE);
    return FALSE;
  }
  last = std::move(slot->object);
  slot->object.reset();
  ++slot->generation;
  table().free.push_back(static_cast<std::uint32_t>(slot - table().slots.data()));
  gateChanged().notify_all();
  return TRUE;
}

BOOL DuplicateHandle(HANDLE, HANDLE from, HANDLE, LPHANDLE to, DWORD, BOOL, DWORD options) {
  if (!to) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  {
    const std::lock_guard lock(gate());
    auto object = findHandle(from);
    if (!object) return FALSE;
    *to = insertHandle(std::move(object));
  }
  if (options & DUPLICATE_CLOSE_SOURCE) CloseHandle(from);
  return TRUE;
}

int holdfast_winapi_watch(void* handle) {
  const std::lock_guard lock(gate());
  const auto object = findHandle(handle);
  return object ? object->watch() : -1;
}

int holdfast_winapi_is_waitable(void* handle) {
  const std::lock_guard lock(gate());
  return slotOf(handle) != nullptr;
}

}  // extern "C"
