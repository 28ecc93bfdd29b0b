#include "clussvc/doors/handles.h"

namespace holdfast::clussvc::doors {

std::uint64_t HandleTable::add(HandleEntry entry) {
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  Slot& slot = slots_[index];
  ++slot.generation;
  ++used_;
  ++counts_[entry.what.index()];
  slot.entry = std::make_unique<HandleEntry>(std::move(entry));
  return (std::uint64_t{slot.generation} << 32) | (index + 1u);
}

HandleEntry* HandleTable::find(std::uint64_t handle) {
  const auto index = static_cast<std::uint32_t>(handle);
  if (index == 0 || index > slots_.size()) return nullptr;
  Slot& slot = slots_[index - 1];
  return slot.generation == handle >> 32 ? slot.entry.get() : nullptr;
}

bool HandleTable::remove(std::uint64_t handle) {
  HandleEntry* entry = find(handle);
  if (!entry) return false;
  const auto index = static_cast<std::uint32_t>(handle) - 1;
  --counts_[entry->what.index()];
  --used_;
  slots_[index].entry.reset();
  free_.push_back(index);
  return true;
}

}  // namespace holdfast::clussvc::doors
