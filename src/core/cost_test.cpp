// Work per event is that of the objects it touches: counted in allocations, which every look at an object needs here
// (events, batches, paths), and not in time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "core/database/schema.h"
#include "core/database/tree.h"
#include "simulated/node_under_test.h"

namespace {
std::uint64_t allocations = 0;
}

// What std::stable_sort takes. Without this one AddressSanitizer would bring its own, and miss it at the delete below.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size > 0 ? size : 1);
}
void* operator new(std::size_t size) {
  if (void* memory = ::operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace holdfast::core {
namespace {

using database::Batch;
using database::Value;

/// A stored cluster of `count` resources, ten to a group, that shall all be online.
gum::StoredState storedWith(unsigned count) {
  gum::StoredState stored;
  {
    NodeUnderTest fresh({}, false);
    fresh.join();
    fresh.request(CreateResourceType{"T", "Type T", "t.so", 5000, 60000});
    fresh.give(StopRequested{});
    fresh.run();
    stored = fresh.disk.stored();
  }
  namespace schema = database::schema;
  for (unsigned i = 0; i < count; ++i) {
    const std::string group = "g" + std::to_string(i / 10), id = "r" + std::to_string(i);
    if (i % 10 == 0) {
      stored.tree.createKey(schema::groupKey(group))
          .set(schema::groupKey(group), "Name", Value::sz("Group " + group))
          .set(schema::groupKey(group), "Owner", Value::dword(1))
          .set(schema::groupKey(group), "PersistentState", Value::dword(1));
    }
    const std::string key = schema::resourceKey(id);
    stored.tree.createKey(schema::parametersKey(id))
        .set(key, "Name", Value::sz("Resource " + id))
        .set(key, "Type", Value::sz("T"))
        .set(key, "Group", Value::sz(group))
        .set(key, "PersistentState", Value::dword(1));
  }
  return stored;
}

struct Cost {
  std::uint64_t write = 0, failure = 0, lookUp = 0;
};

Cost costWith(unsigned count) {
  NodeUnderTest node(storedWith(count), false);
  node.join();
  node.passTime(std::chrono::seconds(5));
  EXPECT_EQ(node.state("r7"), ResourceState::Online);
  EXPECT_EQ(node.state("r" + std::to_string(count - 1)), ResourceState::Online);
  const auto counted = [](auto work) {
    const std::uint64_t before = allocations;
    work();
    return allocations - before;
  };
  Cost cost;
  const auto write = [&] {
    node.request(WriteDatabase{"Resources\\r7", Batch().set("", "Description", Value::sz("x"))});
  };
  write();
  cost.write = counted(write);
  cost.failure = counted([&] {
    node.failResource("r7");
    node.passTime(std::chrono::seconds(2));
  });
  EXPECT_EQ(node.state("r7"), ResourceState::Online);
  cost.lookUp = counted([&] { node.view().resource("Resource r7"); });
  return cost;
}

TEST(Cost, ofAnEventIsFlatFromOneHundredToTenThousandResources) {
  const Cost few = costWith(100), many = costWith(10'000);
  RecordProperty("allocations_write", static_cast<int>(many.write));
  RecordProperty("allocations_failure", static_cast<int>(many.failure));
  // Ten per cent for what depends on the length of numbers in names and on where blocks of a deque end.
  EXPECT_LE(many.write, few.write * 11 / 10 + 10);
  EXPECT_LE(many.failure, few.failure * 11 / 10 + 10);
  EXPECT_LE(many.lookUp, few.lookUp + 5);
}

}  // namespace
}  // namespace holdfast::core
