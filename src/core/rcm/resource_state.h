// The states of a resource on its owner, as types: each holds what exists in that state only (CM §11).
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/base/types.h"
#include "core/monitor/messages.h"

namespace holdfast::rcm {

/// Why a resource is being brought online; decides what a failure on the way leads to.
enum class Attempt : std::uint8_t {
  Ordinary,  ///< request, start of the service, a provider came back
  Restart,   ///< after a failure, within the threshold
  Retry      ///< after RetryPeriodOnFailure: if it fails, the next try is one period later (CM §15.1 step 6)
};

namespace state {

/// What comes after Failed.
struct Next {
  enum class Kind : std::uint8_t {
    Nothing,  ///< until an administrator acts
    Restart,  ///< within the threshold, after RestartDelay
    Retry,    ///< after RetryPeriodOnFailure
    StartNow  ///< as soon as its providers allow: asked for, or its monitor died through another resource
  };
  Kind kind = Kind::Nothing;
  Time at{};
  std::string text;  ///< one sentence, for the time line
};

struct Failed {
  Time since{};
  std::string why;
  Next next;
};

/// Failed, and Terminate still runs: nothing may be started yet (RA-45).
struct Failing {
  Failed then;
  monitor::OperationId operation = 0;  ///< of a Terminate that we sent ourselves, else 0
};

struct Offline {};

/// About to go online: its instance is being opened, or its required dependencies are being asked for. To clients it
/// is still what it was.
struct Preparing {
  ResourceState from = ResourceState::Offline;
  Attempt attempt = Attempt::Ordinary;
  Failed failed;  ///< as it was, if `from` is Failed
};

/// Online was sent. Shown as before until the monitor says OnlinePending: an Online that ends at once goes straight to
/// Online (RA §7.2).
struct Starting {
  monitor::OperationId operation = 0;
  Attempt attempt = Attempt::Ordinary;
  ResourceState shown = ResourceState::Offline;
};

struct Online {
  Time since{};
};

/// Offline or Terminate was sent.
struct Stopping {
  monitor::OperationId operation = 0;
  ResourceState shown = ResourceState::Online;
  bool cancelled = false;  ///< a pending online was ended: LastOperationStatusCode 1223 (RA T8)
};

}  // namespace state

using State = std::variant<state::Offline, state::Preparing, state::Starting, state::Online, state::Stopping,
                           state::Failing, state::Failed>;

/// What clients see.
ResourceState shown(const State& state);

/// An entry point may be running or the resource runs: providers must not go offline, nor may it be started.
bool isUp(const State& state);

}  // namespace holdfast::rcm
