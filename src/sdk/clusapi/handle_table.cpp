#include "sdk/clusapi/handle_table.h"

#include <utility>

namespace holdfast::clusapi {

namespace {

// The value: kind (8 bits), generation (24), slot + 1 (32). No value of INVALID_HANDLE_VALUE's or a predefined HKEY's
// form comes out, because no kind is 0xFF.
constexpr std::uint32_t kGenerations = 1u << 24;

std::uint64_t valueOf(void* handle) { return reinterpret_cast<std::uintptr_t>(handle); }

void* encode(Object::Kind kind, std::uint32_t generation, std::uint32_t index) {
  const std::uint64_t value =
      std::uint64_t{static_cast<std::uint8_t>(kind)} << 56 | std::uint64_t{generation} << 32 | (index + 1u);
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(value));
}

}  // namespace

HandleTable& HandleTable::instance() {
  static auto* table = new HandleTable;
  return *table;
}

HandleTable::Slot* HandleTable::slotOf(void* handle) {
  const std::uint64_t value = valueOf(handle);
  const auto index = static_cast<std::uint32_t>(value);
  if (index == 0 || index > slots_.size()) return nullptr;
  Slot& slot = slots_[index - 1];
  if (!slot.object || slot.generation != ((value >> 32) & (kGenerations - 1))) return nullptr;
  return value >> 56 == static_cast<std::uint8_t>(slot.object->kind()) ? &slot : nullptr;
}

void* HandleTable::add(std::shared_ptr<Object> object) {
  const std::lock_guard lock(mutex_);
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  Slot& slot = slots_[index];
  slot.generation = (slot.generation + 1) % kGenerations;
  slot.object = std::move(object);
  return encode(slot.object->kind(), slot.generation, index);
}

std::shared_ptr<Object> HandleTable::find(void* handle) {
  const std::lock_guard lock(mutex_);
  const Slot* slot = slotOf(handle);
  return slot ? slot->object : nullptr;
}

std::shared_ptr<Object> HandleTable::remove(void* handle) {
  const std::lock_guard lock(mutex_);
  Slot* slot = slotOf(handle);
  if (!slot) return nullptr;
  free_.push_back(static_cast<std::uint32_t>(slot - slots_.data()));
  return std::exchange(slot->object, nullptr);
}

}  // namespace holdfast::clusapi
