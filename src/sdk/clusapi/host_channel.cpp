#include "sdk/clusapi/host_channel.h"

#include "sdk/clusapi/key.h"
#include "sdk/clusapi/remote.h"

namespace holdfast::clusapi {

namespace {

// Set once, before the first DLL is loaded; never taken back, because DLLs may call until the process ends.
std::shared_ptr<HostChannel>& theHost() {
  static auto* host = new std::shared_ptr<HostChannel>;
  return *host;
}

/// What the keys given to Open are opened below.
std::shared_ptr<Cluster> hostCluster() {
  static auto* cluster = new std::shared_ptr<Cluster>(std::make_shared<Cluster>(theHost(), MAXIMUM_ALLOWED));
  return *cluster;
}

}  // namespace

std::shared_ptr<HostChannel> HostChannel::attached() { return theHost(); }

void HostChannel::attach(const HoldfastHostTransport& transport) {
  theHost() = std::make_shared<HostChannel>(transport);
}

}  // namespace holdfast::clusapi

using holdfast::clusapi::HandleTable;
using holdfast::clusapi::HostChannel;
using holdfast::clusapi::Key;

void holdfast_clusapi_attach_host(const HoldfastHostTransport* transport) { HostChannel::attach(*transport); }

void holdfast_clusapi_host_connected(std::uint64_t) {
  if (const auto host = HostChannel::attached()) host->hostConnected();
}

void holdfast_clusapi_host_deliver(const void* frame, std::size_t size_bytes) {
  if (const auto host = HostChannel::attached()) host->hostDelivered(frame, size_bytes);
}

void* holdfast_clusapi_open_host_key(const char* resource_guid) {
  if (!HostChannel::attached()) return nullptr;
  return HandleTable::instance().add(std::make_shared<Key>(
      holdfast::clusapi::hostCluster(), "Resources\\" + std::string(resource_guid), MAXIMUM_ALLOWED, true));
}

void holdfast_clusapi_close_host_key(void* key) { HandleTable::instance().remove(key); }
