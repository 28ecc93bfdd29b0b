#include "sdk/clusapi/key.h"

namespace holdfast::clusapi {

Outcome Key::open(std::uint64_t epoch, std::uint64_t& handle) {
  std::uint64_t root = 0;
  Outcome outcome = cluster_->handleOn(epoch, root);
  if (!outcome.ok()) return outcome;
  wire::OpenKeyRequest request;
  request.set_handle(root);
  request.set_subkey(path_);
  request.set_sam_desired(sam_);
  wire::OpenKeyAnswer answer;
  outcome = callOn(channel(), epoch, Call::OpenKey, request, answer);
  handle = answer.handle();
  return outcome;
}

Outcome openKeyOf(Remote& parent, const std::shared_ptr<Cluster>& cluster, const std::string& subkey, std::string path,
                  DWORD sam, bool create, std::shared_ptr<Key>& key, DWORD& disposition) {
  wire::OpenKeyRequest request;
  request.set_subkey(subkey);
  request.set_sam_desired(sam);
  request.set_create(create);
  wire::OpenKeyAnswer answer;
  std::uint64_t openedOn = 0;
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0;
    Outcome outcome = parent.handleOn(epoch, handle);
    request.set_handle(handle);
    openedOn = epoch;
    return outcome;
  };
  wire::ServerFrame frame;
  Outcome outcome = perform(parent.channel(), Call::OpenKey, request, fill, frame);
  if (!outcome.ok()) return outcome;
  if (!answer.ParseFromString(frame.body())) return {RPC_X_BAD_STUB_DATA, "the service's answer is garbled", {}};
  key = std::make_shared<Key>(cluster, std::move(path), sam);
  key->adopt(openedOn, answer.handle());
  disposition = answer.disposition();
  return {};
}

bool takeOptionalText(const wchar_t* text, std::string& utf8, Outcome& outcome) {
  if (text) return takeText(text, utf8, outcome);
  utf8.clear();
  return true;
}

}  // namespace holdfast::clusapi
