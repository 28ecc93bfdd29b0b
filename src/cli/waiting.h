// Waiting for what was asked: every changing command waits by default, shows progress, and says how it ended.
#pragma once

#include <holdfast/cluster.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cli/cluster.h"
#include "cli/output.h"

namespace holdfast::cli {

struct WaitOptions {
  bool wait = true;
  std::chrono::milliseconds timeout = std::chrono::minutes(3);
};

struct Explained {
  std::string now;
  std::string next;
  std::optional<std::chrono::milliseconds> nextIn;
};
/// Exactly one of the two handles. `chain` gets each event of the story, oldest first, with `context`.
Explained explain(HRESOURCE resource, HGROUP group, std::string_view doing = "cannot explain",
                  HOLDFAST_EVENT_ROUTINE chain = nullptr, void* context = nullptr);

/// How far a resource or group is on its way; one look.
struct Look {
  enum class End { NotYet, Reached, Failed } end = End::NotYet;
  std::string state;
};

/// Looks again at every notification (and every second) until `look` says that it ended. Throws Failure with
/// kStillGoing at the timeout and kEndedFailed for End::Failed with `why()`. `subject` for progress: `resource "Clip"`.
void waitUntil(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& subject,
               const std::function<Look()>& look, const std::function<std::string()>& why);

/// Failed is an end unless the cluster is about to try again within this time.
inline constexpr std::chrono::seconds kWorthWaiting{30};

void waitForResource(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& name,
                     CLUSTER_RESOURCE_STATE wanted);
void waitForGroup(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& name,
                  CLUSTER_GROUP_STATE wanted);

}  // namespace holdfast::cli
