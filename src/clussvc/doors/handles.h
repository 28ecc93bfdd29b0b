// The handles of one session. A handle is a number that says slot and generation: a stale, wrong or made-up one is
// never mistaken for another object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "calls/session.pb.h"
#include "clussvc/doors/port.h"
#include "core/base/types.h"

namespace holdfast::clussvc::doors {

enum class Access : std::uint8_t { Read, All };

/// A key, by its path below the root; it need not exist any more (1018 then).
struct KeyHandle {
  std::string path;
  /// Names of the last enumeration by index, and the write of the key that they are from: so that going through a key
  /// costs its size once.
  std::vector<std::string> names;
  std::uint64_t namesWritten = 0;
  bool namesAreKeys = false;
};

/// A snapshot: what was there when it was opened (CL §1).
struct EnumerationHandle {
  std::vector<calls::EnumItem> items;
};

struct PortHandle {
  std::unique_ptr<Port> port;
};

struct HandleEntry {
  std::variant<ObjectRef, KeyHandle, EnumerationHandle, PortHandle> what;
  Access granted = Access::Read;
};

class HandleTable {
 public:
  /// Returns the new handle, never 0.
  std::uint64_t add(HandleEntry entry);

  /// nullptr for one that is not (any more) in the table. Valid until the next add() or remove().
  HandleEntry* find(std::uint64_t handle);

  /// The entry if it is of this kind.
  template <class Kind>
  Kind* find(std::uint64_t handle) {
    HandleEntry* entry = find(handle);
    return entry ? std::get_if<Kind>(&entry->what) : nullptr;
  }

  /// False if there is none.
  bool remove(std::uint64_t handle);

  std::size_t size() const { return used_; }
  template <class Kind>
  std::size_t count() const {
    return counts_[std::variant<ObjectRef, KeyHandle, EnumerationHandle, PortHandle>(Kind{}).index()];
  }

  /// Every port, in the order of slots.
  template <class Visit>
  void forEachPort(Visit visit) {
    if (count<PortHandle>() == 0) return;
    for (Slot& slot : slots_) {
      if (!slot.entry) continue;
      if (auto* held = std::get_if<PortHandle>(&slot.entry->what)) visit(*held->port);
    }
  }

 private:
  struct Slot {
    std::uint32_t generation = 0;
    std::unique_ptr<HandleEntry> entry;
  };
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t used_ = 0;
  std::size_t counts_[4] = {};
};

}  // namespace holdfast::clussvc::doors
