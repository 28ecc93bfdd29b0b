// The handles that the API hands out: entries of one table of the process, never pointers. A stale, foreign or made-up
// value is not found, and so gives ERROR_INVALID_HANDLE.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace holdfast::clusapi {

/// Whatever a handle stands for. The kind is part of the handle's value too.
class Object {
 public:
  enum class Kind : std::uint8_t { Cluster = 1, Group, Resource, Node, Key, Enumeration, Port, Batch };
  explicit Object(Kind kind) : kind_(kind) {}
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

class HandleTable {
 public:
  /// The one table of this process. Never destroyed: threads may call until the end.
  static HandleTable& instance();

  void* add(std::shared_ptr<Object> object);

  /// The object, kept alive by the result; null if there is none of this kind under the handle.
  std::shared_ptr<Object> find(void* handle);
  template <class AnObject>
  std::shared_ptr<AnObject> find(void* handle) {
    return std::dynamic_pointer_cast<AnObject>(find(handle));
  }

  /// Takes it out; null if there is none.
  std::shared_ptr<Object> remove(void* handle);

 private:
  struct Slot {
    std::uint32_t generation = 0;
    std::shared_ptr<Object> object;
  };
  Slot* slotOf(void* handle);

  std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace holdfast::clusapi
