// Any bytes as a property list, a value list and every payload kind: no crash, no read outside, and what is accepted
// survives writing and reading again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/properties/payloads.h"
#include "core/properties/property_list.h"
#include "core/properties/value_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace holdfast::properties;
  const std::span<const std::uint8_t> bytes(data, size);
  for (const Width width : {Width::Canonical, Width::Native}) {
    if (const auto list = readPropertyList(bytes, width)) {
      const auto again = readPropertyList(writePropertyList(*list, width), width);
      if (!again || *again != *list) std::abort();
      for (const Property& property : *list) storedValue(property.values.front());
    }
    if (const auto list = readRequiredDependencies(bytes, width)) {
      if (readRequiredDependencies(writeRequiredDependencies(*list, width), width) != list) std::abort();
    }
    const Width other = width == Width::Native ? Width::Canonical : Width::Native;
    for (const Payload payload :
         {Payload::Properties, Payload::Formats, Payload::ValueList, Payload::MultiSz, Payload::Sz, Payload::Opaque}) {
      (void)convertPayload(payload, bytes, width, other);
    }
  }
  return 0;
}
