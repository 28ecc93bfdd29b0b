#include "rhs/hosted_type.h"

#include <winerror.h>

#include <utility>

#include "rhs/clocks.h"
#include "rhs/dll_search.h"
#include "rhs/limits.h"
#include "rhs/text.h"

namespace holdfast::rhs {

namespace {

constexpr std::uint32_t kInformation = 0;
constexpr std::uint32_t kError = 2;

}  // namespace

std::shared_ptr<Lane> HostedType::laneForInstance(Pool& pool, const std::string& name) const {
  return info.concurrency == 1 ? pool.makeLane(module->group, name) : module->lane;
}

TypeTable::TypeTable(Loop& loop, Pool& pool, std::vector<std::string> folders, Log log)
    : loop_(loop), pool_(pool), folders_(std::move(folders)), log_(std::move(log)) {}

std::shared_ptr<Module> TypeTable::moduleOf(const std::string& path) {
  auto& module = modules_[path];
  if (!module) {
    module = std::make_shared<Module>();
    module->dll.path = path;
    module->group = pool_.makeLockGroup();
    module->lane = pool_.makeLane(module->group, path.substr(path.rfind('/') + 1));
  }
  return module;
}

void TypeTable::withType(const monitor::TypeInfo& info, monitor::InstanceId instance,
                         std::function<void(std::uint32_t, const std::shared_ptr<HostedType>&)> then) {
  auto& type = types_[info.name];
  if (!type) type = std::make_shared<HostedType>();
  if (type->ready) return then(0, type);
  if (!type->starting && type->failure != 0 && monotonicNow() < type->failedUntil && type->info == info) {
    return then(type->failure, nullptr);  // RA-208
  }
  type->waiting.push_back(
      [then = std::move(then), type](std::uint32_t status) { then(status, status == 0 ? type : nullptr); });
  if (type->starting) return;
  type->info = info;
  start(type, instance);
}

void TypeTable::start(const std::shared_ptr<HostedType>& type, monitor::InstanceId instance) {
  type->starting = true;
  const auto found = findDll(type->info.dllName, folders_);
  if (found.status != 0) {
    Started failed;
    failed.status = found.status;
    failed.notes.push_back(found.reason);
    return started(type, failed);
  }
  type->module = moduleOf(found.path);
  type->lane = type->info.concurrency == 1 ? pool_.makeLane(type->module->group, type->info.name) : type->module->lane;
  copyCut(type->info.name, type->label.type, sizeof type->label.type);
  copyCut(found.path.substr(found.path.rfind('/') + 1), type->label.dll, sizeof type->label.dll);
  // Copies: what the worker reads does not change under it.
  auto work = [this, type, module = type->module, info = type->info, label = type->label, lane = type->lane, instance] {
    auto result = startType(module->dll, info, label, laneName(*lane), instance);
    loop_.post([this, type, result = std::move(result)] { started(type, result); });
  };
  pool_.submit(type->lane, std::make_shared<QueuedCall>(std::move(work), true));
}

void TypeTable::started(const std::shared_ptr<HostedType>& type, const Started& result) {
  type->starting = false;
  type->ready = result.status == 0;
  type->failure = result.status;
  for (const auto& note : result.notes) {
    log_(type->ready ? kInformation : kError, type->info.name, type->info.dllName + ": " + note);
  }
  if (type->ready) {
    type->table = result.table;
  } else {
    type->failedUntil = monotonicNow() + kFailedStartupKept;
  }
  const auto waiting = std::exchange(type->waiting, {});
  for (const auto& then : waiting) then(result.status);
}

void TypeTable::release(HostedType& type) {
  if (type.instances > 0) --type.instances;
  if (type.instances == 0) type.ready = false;
}

}  // namespace holdfast::rhs
