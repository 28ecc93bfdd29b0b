// Batches: commands collected here, done as one atomic update when the batch is closed (CL §7).
#include <clusapi.h>

#include <algorithm>
#include <mutex>

#include "sdk/clusapi/key.h"

namespace {

using namespace holdfast::clusapi;

class Batch : public Object {
 public:
  explicit Batch(std::shared_ptr<Key> ofKey) : Object(Kind::Batch), key(std::move(ofKey)) {}
  const std::shared_ptr<Key> key;
  std::mutex mutex;
  wire::BatchRequest request;
};

/// Setting and creating twice is the same as once; conditions and deletions of keys see their own first effect.
bool repeatable(const wire::BatchRequest& request) {
  return std::ranges::all_of(request.commands(), [](const wire::BatchCommand& command) {
    return command.command() == CLUSREG_SET_VALUE || command.command() == CLUSREG_CREATE_KEY ||
           command.command() == CLUSREG_DELETE_VALUE;
  });
}

LONG code(DWORD status) { return static_cast<LONG>(finish(status)); }

LONG closeBatch(HREGBATCH handle, bool commit, INT* failedCommand) {
  // CL-83: what fails before the first command has no index.
  if (failedCommand) *failedCommand = -1;
  const auto batch = HandleTable::instance().find<Batch>(handle);
  if (!batch) return code(ERROR_INVALID_HANDLE);
  HandleTable::instance().remove(handle);
  if (!commit) return ERROR_SUCCESS;
  const std::lock_guard lock(batch->mutex);
  wire::BatchAnswer answer;
  const Outcome outcome = perform(*batch->key, Call::Batch, batch->request, &wire::BatchRequest::set_key, answer,
                                  repeatable(batch->request) ? Repeat::Always : Repeat::IfItReads);
  if (failedCommand && !outcome.ok() && answer.has_failed_command()) *failedCommand = answer.failed_command();
  return static_cast<LONG>(finish(outcome));
}

}  // namespace

LONG WINAPI ClusterRegCreateBatch(HKEY hKey, HREGBATCH* pHREGBATCH) {
  Outcome outcome;
  const auto key = keyOf(hKey, outcome);
  if (!key) return static_cast<LONG>(finish(outcome));
  if (!pHREGBATCH) return code(ERROR_INVALID_PARAMETER);
  *pHREGBATCH = static_cast<HREGBATCH>(HandleTable::instance().add(std::make_shared<Batch>(key)));
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegBatchAddCommand(HREGBATCH hRegBatch, CLUSTER_REG_COMMAND dwCommand, LPCWSTR wzName,
                                      DWORD dwOptions, const void* lpData, DWORD cbData) {
  const auto batch = HandleTable::instance().find<Batch>(hRegBatch);
  if (!batch) return code(ERROR_INVALID_HANDLE);
  if (!lpData && cbData != 0) return code(ERROR_INVALID_PARAMETER);
  Outcome outcome;
  wire::BatchCommand command;
  if (!takeOptionalText(wzName, *command.mutable_name(), outcome)) return static_cast<LONG>(finish(outcome));
  command.set_command(static_cast<std::uint32_t>(dwCommand));
  command.set_options(dwOptions);
  if (lpData) command.set_data(lpData, cbData);
  const std::lock_guard lock(batch->mutex);
  *batch->request.add_commands() = std::move(command);
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegCloseBatch(HREGBATCH hRegBatch, BOOL bCommit, INT* failedCommandNumber) {
  return closeBatch(hRegBatch, bCommit != FALSE, failedCommandNumber);
}

LONG WINAPI ClusterRegCloseBatchEx(HREGBATCH hRegBatch, DWORD flags, INT* failedCommandNumber) {
  if (flags > 1) return code(ERROR_INVALID_PARAMETER);
  return closeBatch(hRegBatch, flags == 1, failedCommandNumber);
}
