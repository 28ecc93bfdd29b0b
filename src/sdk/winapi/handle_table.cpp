#include "sdk/winapi/handle_table.h"

#include <utility>

namespace holdfast::winapi {
namespace {

// The value: kind of table (8 bits: this one's is 0x40, so that a handle of the Cluster API names nothing here),
// generation (24), slot + 1 (30), two zeros, as Windows has them.
constexpr std::uint64_t kTable = 0x40;
constexpr std::uint32_t kGenerations = 1u << 24;

}  // namespace

HandleTable& HandleTable::instance() {
  static HandleTable& table = *new HandleTable;
  return table;
}

HandleTable::Slot* HandleTable::slotOf(HANDLE handle) {
  const auto value = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(handle));
  const auto low = static_cast<std::uint32_t>(value);
  const std::uint32_t number = low >> 2;
  if (value >> 56 != kTable || (low & 3) != 0 || number == 0 || number > slots_.size()) return nullptr;
  Slot& slot = slots_[number - 1];
  if (!slot.entry.object || slot.generation != (value >> 32 & (kGenerations - 1))) return nullptr;
  return &slot;
}

HANDLE HandleTable::add(std::shared_ptr<Object> object, DWORD access) {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) {
    free_.reserve(slots_.size() + 1);  // so that closing never needs memory
    slots_.emplace_back();
    free_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Slot& slot = slots_[index];
  slot.generation = (slot.generation + 1) % kGenerations;
  slot.entry = {std::move(object), access};
  const std::uint64_t value = kTable << 56 | std::uint64_t{slot.generation} << 32 | std::uint64_t{index + 1u} << 2;
  return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(value));
}

HandleTable::Entry HandleTable::find(HANDLE handle) {
  const std::lock_guard lock(mutex_);
  const Slot* slot = slotOf(handle);
  return slot != nullptr ? slot->entry : Entry{};
}

HandleTable::Entry HandleTable::remove(HANDLE handle) {
  const std::lock_guard lock(mutex_);
  Slot* slot = slotOf(handle);
  if (slot == nullptr) return {};
  free_.push_back(static_cast<std::uint32_t>(slot - slots_.data()));
  return std::exchange(slot->entry, {});
}

DWORD grantedAccess(DWORD desired, DWORD all) {
  if ((desired & (MAXIMUM_ALLOWED | GENERIC_ALL)) != 0) return all;
  DWORD granted = desired & ~(GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE);
  if ((desired & (GENERIC_READ | GENERIC_EXECUTE)) != 0) granted |= SYNCHRONIZE;
  if ((desired & GENERIC_WRITE) != 0) granted |= all & 0xFFFF;
  return granted;
}

}  // namespace holdfast::winapi
