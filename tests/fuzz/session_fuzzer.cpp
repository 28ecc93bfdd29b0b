// Whatever a client sends, a session answers or ends: cut into frames as the listener would, against a small cluster.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "calls/frame.h"
#include "clussvc/doors/fake_service.h"
#include "clussvc/doors/session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace holdfast;
  clussvc::doors::FakeService service;
  const ObjectId group = service.addGroup("Web").id;
  service.addResource(group, "Site");
  // What core::Node would check of an object that is gone is not the session's to check.
  service.script = [](const Operation&) { return std::optional(Answer{}); };
  clussvc::doors::Session session(service, {"fuzzer", true, true, false}, [](const std::string&) {});
  calls::FrameReader frames;
  frames.feed({reinterpret_cast<const char*>(data), size});
  while (const auto body = frames.next()) {
    if (!session.receive(*body)) break;
  }
  service.applyUpTo(1'000);
  service.happen({});
  return 0;
}
