// What a clussvc writes down about each monitor it starts, so that its successor knows whom to adopt: one small file
// per monitor below the run folder, mode 0600 because of the token.
#pragma once

#include <string>
#include <vector>

#include "clussvc/monitors/process.h"
#include "core/base/types.h"
#include "core/monitor/messages.h"

namespace holdfast::clussvc::monitors {

struct MonitorRecord {
  monitor::MonitorId monitor = 0;
  std::string name;
  std::string token;
  ProcessIdentity guard;  ///< empty until it is known
  ProcessIdentity rhs;
  bool operator==(const MonitorRecord&) const = default;
};

class Records {
 public:
  /// `folder` is made (0700) if it is missing.
  explicit Records(std::string folder);

  /// Replaces the file whole: a crash leaves the old one or the new one.
  Result<void> write(const MonitorRecord& record) const;
  void remove(monitor::MonitorId monitor) const;
  /// All that can be read, by id; `unreadable` gets the names of those that cannot, which are removed.
  std::vector<MonitorRecord> load(std::vector<std::string>& unreadable) const;

 private:
  std::string fileOf(monitor::MonitorId monitor) const;

  std::string folder_;
};

}  // namespace holdfast::clussvc::monitors
