// Required dependencies: what a resource's DLL says that it needs, by type name or by class, against the providers it
// has (CM §12).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/rcm/calls.h"
#include "core/rcm/context.h"

namespace holdfast::rcm {

class Requirements {
 public:
  Requirements(Context& context, Calls& calls) : context_(context), calls_(calls) {}

  /// What is missing, in words ("a \"Network Name\""), or nothing.
  using Checked = std::function<void(const std::optional<std::string>& missing)>;

  /// Asks the DLL once per life of the instance, later answers come from memory. A DLL that declines, or whose
  /// instance is not open, requires nothing. `done` runs now or later, exactly once.
  void check(Resource& resource, Checked done);

 private:
  void ask(Resource& resource, Checked done);
  void askClass(Resource& resource, Resource& provider, Checked done);

  Context& context_;
  Calls& calls_;
};

}  // namespace holdfast::rcm
