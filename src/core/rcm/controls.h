// Control codes from end to end (CC §2, §3): what the service answers itself, what a DLL is asked first, what a default
// does when it declined, and the update that a SET code becomes.
#pragma once

#include <cstdint>
#include <memory>

#include "core/properties/default_processing.h"
#include "core/properties/payloads.h"
#include "core/rcm/answers.h"
#include "core/rcm/calls.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"

namespace holdfast::rcm {

class Controls {
 public:
  Controls(Context& context, Proposals& proposals, Homes& homes, Calls& calls)
      : context_(context), proposals_(proposals), homes_(homes), calls_(calls) {}

  void control(const Control& operation, const Ask& ask);

 private:
  using Request = std::shared_ptr<const Control>;

  void ofResource(const Request& request, const std::optional<properties::ControlCode>& code, const Ask& ask);
  void ofType(const Request& request, const std::optional<properties::ControlCode>& code, const Ask& ask);
  void askDll(const Resource& resource, const Request& request, const std::optional<properties::ControlCode>& code,
              const Ask& ask);
  /// A DLL has answered: its own word, or the default.
  void answered(const monitor::ControlDone& done, const Request& request,
                const std::optional<properties::ControlCode>& code, const Ask& ask);
  void processDefault(const Request& request, const properties::ControlCode& code, const Ask& ask);

  void reply(const Ask& ask, std::uint32_t status, Bytes output = {}, std::uint32_t bytesReturned = 0,
             std::uint64_t tag = 0);

  Context& context_;
  Proposals& proposals_;
  Homes& homes_;
  Calls& calls_;
};

}  // namespace holdfast::rcm
