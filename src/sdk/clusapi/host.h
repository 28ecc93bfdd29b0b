/* How rhs gives libclusapi its monitor's channel instead of cluster.sock (design §5). Private between the two: not
 * installed. Plain C, because the library is shared by rhs and the DLLs it loads. */
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

struct HoldfastHostTransport {
  /* Queues one ClientFrame body (session.proto). Returns 0, or a Win32 code when the channel is down: then the library
   * waits for holdfast_clusapi_host_connected and sends again what was not answered. Called on any thread; must not
   * block. */
  std::uint32_t (*send)(void* context, const void* frame, std::size_t size_bytes);
  void* context;
};

/* Before the first DLL is loaded, once. From then on OpenCluster(NULL) means the service of this monitor. */
__attribute__((visibility("default"))) void holdfast_clusapi_attach_host(const HoldfastHostTransport* transport);

/* The channel has a service at its other end (again): handles are opened anew there, lazily, by what they name. */
__attribute__((visibility("default"))) void holdfast_clusapi_host_connected(std::uint64_t incarnation);

/* One ServerFrame body from the service. Never blocks; called on rhs's loop thread. */
__attribute__((visibility("default"))) void holdfast_clusapi_host_deliver(const void* frame, std::size_t size_bytes);

/* The HKEY that Open gets: names Resources\<guid>, is opened at first use, and stays valid over a change of service.
 * Owned by rhs, which closes it with holdfast_clusapi_close_host_key after Close. */
__attribute__((visibility("default"))) void* holdfast_clusapi_open_host_key(const char* resource_guid);
__attribute__((visibility("default"))) void holdfast_clusapi_close_host_key(void* key);

}  // extern "C"
