// Opening and closing of instances: which monitor a resource lives in, and who waits for it to be there (RA §5.4, §5.5,
// §13.2).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "core/rcm/context.h"
#include "core/rcm/monitors.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

class Homes {
 public:
  Homes(Context& context, Monitors& monitors, Story& story) : context_(context), monitors_(monitors), story_(story) {}

  /// 0 when the instance is open, else why it is not (RA P-15).
  using Opened = std::function<void(std::uint32_t status)>;
  using Closed = std::function<void()>;

  /// Opens the instance if need be; `done` at once if it is open. One Open serves all who wait.
  void open(Resource& resource, Opened done);
  /// Closes it; `done` at once if there is none. Who waits for an Open in progress is answered first.
  void close(Resource& resource, Closed done);

  /// SeparateMonitor = 1, or the culprit of a crash (RA P-28).
  bool wantsOwnMonitor(const Resource& resource) const;
  /// It is open in a monitor of the other kind than it should be.
  bool misplaced(const Resource& resource) const;

  std::uint32_t pid(const Resource& resource) const;

  void onOpened(Resource& resource, const monitor::Opened& report);
  void onClosed(Resource& resource, monitor::InstanceId instance);
  /// The monitor is gone, and with it the instance.
  void onLost(Resource& resource, std::uint32_t status);

 private:
  void finishOpen(Resource& resource, std::uint32_t status);

  Context& context_;
  Monitors& monitors_;
  Story& story_;
  std::map<ObjectId, std::vector<Opened>> waitingForOpen_;
  std::map<ObjectId, std::vector<Closed>> waitingForClose_;
};

}  // namespace holdfast::rcm
