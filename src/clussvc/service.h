// What the rooms of the daemon may ask of its centre: submit operations, read the view, watch what happens, tell the
// time. Implemented by Shell (shell.h), which drives core::Node; doors and their tests see only this.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/event_log.h"
#include "core/base/operations.h"
#include "core/base/types.h"
#include "core/views.h"

namespace holdfast::clussvc {

/// All methods are called on the daemon's one loop thread, and call back on it. None blocks.
class Service {
 public:
  virtual ~Service() = default;

  using OnAnswer = std::function<void(const Answer&)>;
  /// Gives an operation to core::Node. `onAnswer` is called exactly once, perhaps before submit returns.
  virtual void submit(Operation operation, Cause cause, OnAnswer onAnswer) = 0;

  /// A committed, applied prefix. Valid until control returns to the loop.
  virtual const core::ClusterView& view() const = 0;

  /// Runs `then` as soon as the view reflects update `tag` (at once if it does already).
  virtual void whenApplied(std::uint64_t tag, std::function<void()> then) = 0;

  /// Keeps the subscription for as long as the token lives.
  using Token = std::shared_ptr<void>;
  virtual Token onNotification(std::function<void(const Notification&)> listener) = 0;
  virtual Token onEvent(std::function<void(const ClusterEvent&)> listener) = 0;

  virtual Time now() const = 0;
  virtual WallTime wallTime(Time time) const = 0;

  /// A new GUID: lower case, without braces.
  virtual std::string newGuid() = 0;

  /// Last lines of the cluster log, oldest first.
  virtual std::vector<std::string> logTail(std::size_t lines) const = 0;

  virtual NodeId nodeId() const = 0;
  virtual std::string nodeName() const = 0;
  /// Of this service process; another one means that all sessions of the former are gone.
  virtual std::uint64_t incarnation() const = 0;

  enum class LogLevel { Debug, Information, Warning, Error };
  /// One line of the cluster log; `room` is the folder's word: doors, monitors, store, gum, rcm.
  virtual void log(LogLevel level, std::string_view room, std::string_view text) = 0;
};

}  // namespace holdfast::clussvc
