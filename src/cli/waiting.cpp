#include "cli/waiting.h"

#include <algorithm>
#include <memory>

#include "cli/text.h"

namespace holdfast::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Tells that some resource or group changed its state. Without a port (refused) it is a plain pause: waiting still
/// works.
class StateChanges {
 public:
  explicit StateChanges(const Cluster& cluster)
      : port_(CreateClusterNotifyPort(reinterpret_cast<HCHANGE>(INVALID_HANDLE_VALUE), cluster.handle(),
                                      CLUSTER_CHANGE_RESOURCE_STATE | CLUSTER_CHANGE_GROUP_STATE, 0)) {}
  ~StateChanges() {
    if (port_) CloseClusterNotifyPort(port_);
  }
  StateChanges(const StateChanges&) = delete;
  StateChanges& operator=(const StateChanges&) = delete;

  void wait(std::chrono::milliseconds atMost) {
    DWORD_PTR key = 0;
    DWORD filter = 0;
    wchar_t name[260];
    DWORD length = 260;
    if (!port_ || GetClusterNotify(port_, &key, &filter, name, &length, static_cast<DWORD>(atMost.count())) ==
                      ERROR_INVALID_HANDLE) {
      Sleep(static_cast<DWORD>(std::min<long long>(atMost.count(), 100)));
    }
  }

 private:
  HCHANGE port_;
};

/// CM §13: a group is Offline when its top-level resources are; what they needed may be on its way yet.
bool allOffline(const Cluster& cluster, HGROUP group) {
  const auto names = cluster.resourcesOf(group);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return GetClusterResourceState(cluster.resource(name).get(), nullptr, nullptr, nullptr, nullptr) ==
           ClusterResourceOffline;
  });
}

bool triesAgainSoon(const Explained& explained) { return explained.nextIn && *explained.nextIn <= kWorthWaiting; }

}  // namespace

Explained explain(HRESOURCE resource, HGROUP group, std::string_view doing, HOLDFAST_EVENT_ROUTINE chain,
                  void* context) {
  char* now = nullptr;
  char* next = nullptr;
  LONGLONG nextIn = -1;
  const DWORD status = HoldfastExplain(resource, group, &now, &next, &nextIn, chain, context);
  if (status != ERROR_SUCCESS) refuse(status, doing);
  Explained explained{now ? now : "", next ? next : "", std::nullopt};
  if (nextIn >= 0) explained.nextIn = std::chrono::milliseconds(nextIn);
  LocalFree(now);
  LocalFree(next);
  return explained;
}

void waitUntil(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& subject,
               const std::function<Look()>& look, const std::function<std::string()>& why) {
  if (!options.wait) return;
  StateChanges changes(cluster);
  const auto deadline = Clock::now() + options.timeout;
  for (;;) {
    const Look seen = look();
    if (seen.end == Look::End::Reached) return;
    if (seen.end == Look::End::Failed)
      throw Failure{ERROR_RESOURCE_FAILED, subject + " ended in " + seen.state + ": " + why(), kEndedFailed};
    output.progress("waiting for " + subject + ": " + seen.state);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      throw Failure{ERROR_TIMEOUT,
                    subject + " is still " + seen.state + " after " + durationText(options.timeout.count()) +
                        "; it goes on: see `cluster explain`, or wait longer with --timeout",
                    kStillGoing};
    }
    changes.wait(std::min<std::chrono::milliseconds>(left, std::chrono::seconds(1)));
  }
}

void waitForResource(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& name,
                     CLUSTER_RESOURCE_STATE wanted) {
  const ResourceHandle resource = cluster.resource(name);
  waitUntil(
      cluster, options, output, "resource \"" + name + "\"",
      [&] {
        const CLUSTER_RESOURCE_STATE state =
            GetClusterResourceState(resource.get(), nullptr, nullptr, nullptr, nullptr);
        Look look{Look::End::NotYet, stateText(state)};
        if (state == wanted) look.end = Look::End::Reached;
        if (state == ClusterResourceFailed && wanted != ClusterResourceFailed &&
            !triesAgainSoon(explain(resource.get(), nullptr))) {
          look.end = Look::End::Failed;
        }
        return look;
      },
      [&] { return explain(resource.get(), nullptr).now; });
}

void waitForGroup(const Cluster& cluster, const WaitOptions& options, Output& output, const std::string& name,
                  CLUSTER_GROUP_STATE wanted) {
  const GroupHandle group = cluster.group(name);
  waitUntil(
      cluster, options, output, "group \"" + name + "\"",
      [&] {
        const CLUSTER_GROUP_STATE state = GetClusterGroupState(group.get(), nullptr, nullptr);
        Look look{Look::End::NotYet, stateText(state)};
        if (state == wanted) {
          if (wanted != ClusterGroupOffline || allOffline(cluster, group.get())) {
            look.end = Look::End::Reached;
          } else {
            look.state = "offline but for what the last ones needed";
          }
        }
        if (state == ClusterGroupFailed && !triesAgainSoon(explain(nullptr, group.get()))) look.end = Look::End::Failed;
        return look;
      },
      [&] { return explain(nullptr, group.get()).now; });
}

}  // namespace holdfast::cli
