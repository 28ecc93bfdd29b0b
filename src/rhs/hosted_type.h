// The resource types that this monitor knows: which DLL, whether started, and with which table (RA §3, P-02, P-14).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/types.h"
#include "core/monitor/messages.h"
#include "rhs/loader.h"
#include "rhs/loop.h"
#include "rhs/pool.h"

namespace holdfast::rhs {

/// A DLL with its lane and its K.
struct Module {
  LoadedDll dll;
  std::shared_ptr<LockGroup> group;
  std::shared_ptr<Lane> lane;
};

struct HostedType {
  monitor::TypeInfo info;
  std::shared_ptr<Module> module;
  std::shared_ptr<Lane> lane;  ///< of the type's own calls
  CallLabel label{};
  FunctionTable table;
  bool ready = false;
  std::size_t instances = 0;
  std::uint32_t characteristics = 0;  ///< as last answered to GET_CHARACTERISTICS

  /// The lane of a new instance: that of the module, or one of its own (DllConcurrency, P-01).
  std::shared_ptr<Lane> laneForInstance(Pool& pool, const std::string& name) const;

  bool starting = false;
  std::uint32_t failure = 0;  ///< of the last attempt, kept until `failedUntil`
  Time failedUntil{};
  std::vector<std::function<void(std::uint32_t)>> waiting;
};

class TypeTable {
 public:
  using Log = std::function<void(std::uint32_t level, const std::string& type, const std::string& text)>;
  TypeTable(Loop& loop, Pool& pool, std::vector<std::string> folders, Log log);

  /// Calls `then(status, type)` when the type is started: at once if it is, or has failed within kFailedStartupKept;
  /// else after Startup. `type` is null if `status` is not 0. On the loop's thread.
  /// `instance`: on whose account a Startup is made: the culprit if it never returns. 0 for none.
  void withType(const monitor::TypeInfo& info, monitor::InstanceId instance,
                std::function<void(std::uint32_t status, const std::shared_ptr<HostedType>& type)> then);

  /// The last instance was closed: the table is dropped, the next use starts the type anew (RA-6).
  void release(HostedType& type);

  const std::map<std::string, std::shared_ptr<HostedType>>& types() const { return types_; }

 private:
  std::shared_ptr<Module> moduleOf(const std::string& path);
  void start(const std::shared_ptr<HostedType>& type, monitor::InstanceId instance);
  void started(const std::shared_ptr<HostedType>& type, const Started& result);

  Loop& loop_;
  Pool& pool_;
  const std::vector<std::string> folders_;
  const Log log_;
  std::map<std::string, std::shared_ptr<HostedType>> types_;
  std::map<std::string, std::shared_ptr<Module>> modules_;
};

}  // namespace holdfast::rhs
