// One clussvc per run folder (GUM-42): a lock that its holder shows to be alive.
#pragma once

#include <chrono>
#include <string>

#include "core/base/types.h"

namespace holdfast::clussvc {

class ServiceLock {
 public:
  /// A holder that shows no sign of life for `grace` (hung, or stopped by a signal) is killed: its monitors obey the
  /// new service only, so nothing is lost by it. A healthy one is left alone: ERROR_SERVICE_ALREADY_RUNNING (1056) with
  /// its pid. Blocks for up to the grace and a few seconds.
  static Result<ServiceLock> take(const std::string& path, std::chrono::milliseconds grace = std::chrono::seconds(3));

  ServiceLock(ServiceLock&& other) noexcept;
  ServiceLock& operator=(ServiceLock&&) = delete;
  ~ServiceLock();

  /// A sign of life: from the loop, several times within the grace.
  void beat();

 private:
  explicit ServiceLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace holdfast::clussvc
